"""The records of an old Excel workbook (BIFF8), as far as they say how its cells look and what was never calculated.

The library reads the values of an `.xls`; here stands what it does not give. Only walks what is well formed: whatever
is not is the library's to refuse. What a mark is stands in `rich_runs`, what a format shows in `number_formats`.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

_BOF, _EOF, _CONTINUE, _BIFF8 = 0x0809, 0x000A, 0x003C, 0x0600
_WIDE, _EXTENDED, _RICH = 1, 4, 8  # the flags of a text: two bytes a character, something beside it, runs


class BiffRecord(NamedTuple):
    """One record: its type, its content, and where it starts in the stream."""

    type: int
    data: bytes
    at: int


class FontRun(NamedTuple):
    """From which character of a text on which font holds."""

    start: int
    font: int


class RichText(NamedTuple):
    """A text and its runs."""

    text: str
    runs: tuple[FontRun, ...]


def records(stream: bytes, at: int = 0) -> Iterator[BiffRecord]:
    """The records of one substream, from its first to its end; of no other version than BIFF8 any."""
    deep = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + size]
        if kind == _BOF:
            if len(data) < 2 or int.from_bytes(data[:2], "little") != _BIFF8:
                return
            deep += 1  # a chart within a sheet has its own
        elif kind == _EOF:
            deep -= 1
            if deep <= 0:
                return
        elif deep == 1:
            yield BiffRecord(kind, data, at)
        at += 4 + size


def continued(stream: bytes, first: BiffRecord) -> list[bytes]:
    """The content of a record and of those that continue it."""
    parts, at = [first.data], first.at + 4 + len(first.data)
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind != _CONTINUE:
            break
        parts.append(stream[at + 4 : at + 4 + size])
        at += 4 + size
    return parts


class Texts:
    """Reads texts out of a record and its continuations; where one goes on, its characters may change their width."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts, self._part, self._at = parts, 0, 0

    def number(self, size: int) -> int:
        """An unsigned number of so many bytes."""
        return int.from_bytes(self._bytes(size), "little")

    def rich(self) -> RichText:
        """A text with its runs.

        Raises:
            IndexError: the record ends before it.
        """
        length, flags = self.number(2), self.number(1)
        count = self.number(2) if flags & _RICH else 0
        beside = self.number(4) if flags & _EXTENDED else 0
        text = self._characters(length, flags)
        runs = tuple(FontRun(self.number(2), self.number(2)) for _ in range(count))
        self._bytes(beside)
        return RichText(text, runs)

    def _characters(self, length: int, flags: int) -> str:
        said = []
        while True:
            wide = 2 if flags & _WIDE else 1
            taken = min(length, (len(self._parts[self._part]) - self._at) // wide)
            said.append(self._bytes(taken * wide).decode("utf-16-le" if wide == 2 else "latin-1", "replace"))
            length -= taken
            if not length:
                return "".join(said)
            self._part, self._at = self._part + 1, 0
            flags = self.number(1)

    def _bytes(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size:
            self._next_part()
            piece = self._parts[self._part][self._at : self._at + size - len(taken)]
            self._at += len(piece)
            taken += piece
        return taken

    def _next_part(self) -> None:
        while self._at >= len(self._parts[self._part]):  # an IndexError where the record ends before
            self._part, self._at = self._part + 1, 0
