"""Looks at an old Excel workbook for what its library does not give: marked parts, added text, formulas not calculated.

The counterpart of the guard's scans for `.xls`. Refused is only a value far away, for which the library would take all
memory; limits of size and time are the reading process's, and what is malformed is the library's to refuse.
"""

import io
import struct

import olefile

from gongkai.submission.guard.number_formats import BUILT_IN, adds_text
from gongkai.submission.guard.rich_runs import LOWERED, RAISED, STRUCK, CellLook
from gongkai.submission.guard.workbook_guard import MAX_AREA, Package
from gongkai.submission.guard.xls_records import BiffRecord, RichText, Texts, continued, records
from gongkai.submission.guard.xml_scan import Scan

_FONT, _FORMAT, _XF, _SHEET, _SHARED = 0x0031, 0x041E, 0x00E0, 0x0085, 0x00FC
_SHARED_TEXT, _NUMBERS, _FORMULA, _UNCALCULATED = 0x00FD, 0x00BD, 0x0006, 0x005E
_CELLS = frozenset((_SHARED_TEXT, 0x0203, 0x0205, 0x027E, _FORMULA, 0x0204))  # row, column and style in front
_STRUCK, _ALIGNED = 0x0008, {1: RAISED, 2: LOWERED}
_BUILT_IN = {9: "0%", 10: "0.00%"}
_NO_NUMBER, _EMPTY = b"\xff\xff", 3  # the end of a result that is none, and the first byte of the empty one
_FORMULA_WORD = "=（公式）"  # its text would have to be put together from tokens
_SKIPPED = 4  # no font has this number


def inspect_xls(data: bytes) -> Package:
    """What can be learnt of the bytes of an .xls; nothing of a file of another version.

    Raises:
        WorkbookRefused: a value lies far outside of any template.
    """
    package, area_left = Package(), MAX_AREA
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as archive:
            stream = archive.openstream("Workbook").read()
        book = _Book(stream)
        for name, at in book.sheets:
            reached = Scan()
            package.looks[name], package.broken[name] = book.sheet(at, reached)
            area_left -= reached.area(name, area_left)
    except (OSError, struct.error, IndexError, ValueError):
        return Package()
    return package


class _Book:
    """The globals of a workbook: which styles and which shared texts are not to be taken at their value."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._fonts: list[str] = []
        self._formats = dict(_BUILT_IN)
        self._styles: list[CellLook | None] = []
        self._texts: dict[int, CellLook] = {}
        self._blank: set[int] = set()  # texts that show nothing
        self.sheets: list[tuple[str, int]] = []
        for record in records(stream):
            self._learn(record)

    def _learn(self, record: BiffRecord) -> None:
        if record.type == _FONT:
            self._fonts.append(_mark(record.data))
            if len(self._fonts) == _SKIPPED:
                self._fonts.append("")
        elif record.type == _FORMAT:
            text = Texts([record.data])
            number = text.number(2)
            self._formats[number] = text.rich().text
        elif record.type == _XF:
            self._styles.append(self._style(*struct.unpack_from("<HH", record.data)))
        elif record.type == _SHEET:
            at, _, length, wide = struct.unpack_from("<IHBB", record.data)
            name = record.data[8 : 8 + length * (1 + (wide & 1))]
            self.sheets.append((name.decode("utf-16-le" if wide & 1 else "latin-1"), at))
        elif record.type == _SHARED:
            self._share(Texts(continued(self._stream, record)))

    def _style(self, font: int, number_format: int) -> CellLook | None:
        whole, code = self._mark(font), self._formats.get(number_format, BUILT_IN.get(str(number_format), ""))
        code = code if adds_text(code) else ""
        return CellLook(whole=whole, number_format=code) if whole or code else None

    def _mark(self, font: int) -> str:
        return self._fonts[font] if font < len(self._fonts) else ""

    def _share(self, texts: Texts) -> None:
        texts.number(4)
        for number in range(texts.number(4)):
            text = texts.rich()
            if not text.text.strip():
                self._blank.add(number)
            if text.runs and (parts := self._parts(text)):
                self._texts[number] = CellLook(parts=parts)

    def _parts(self, rich: RichText) -> tuple[tuple[str, str], ...]:
        """The marked parts of a text."""
        ends = [run.start for run in rich.runs[1:]] + [len(rich.text)]
        said = ((rich.text[run.start : end], self._mark(run.font)) for run, end in zip(rich.runs, ends, strict=True))
        return tuple((text, mark) for text, mark in said if mark and text.strip())

    def sheet(self, at: int, reached: Scan) -> tuple[dict[tuple[int, int], CellLook], dict[tuple[int, int], str]]:
        """Of a sheet: (row, column) → look, and → formula without a result; `reached` learns how far it goes."""
        looks: dict[tuple[int, int], CellLook] = {}
        empty: dict[tuple[int, int], str] = {}
        uncalculated = False
        for kind, data, _ in records(self._stream, at):
            if kind == _UNCALCULATED:
                uncalculated = True
            elif kind == _NUMBERS:
                row, first = struct.unpack_from("<HH", data)
                reached.reach(row, first + (len(data) - 6) // 6 - 1)
                for n in range((len(data) - 6) // 6):
                    self._look(looks, (row, first + n), int.from_bytes(data[4 + 6 * n : 6 + 6 * n], "little"))
            elif kind in _CELLS:
                row, column, style = struct.unpack_from("<HHH", data)
                if kind != _SHARED_TEXT or int.from_bytes(data[6:10], "little") not in self._blank:
                    reached.reach(row, column)
                self._look(looks, (row, column), style)
                if kind == _SHARED_TEXT and (look := self._texts.get(int.from_bytes(data[6:10], "little"))):
                    looks[row, column] = look
                elif kind == _FORMULA and _no_result(data[6:14]):
                    empty[row, column] = _FORMULA_WORD
        return looks, empty if uncalculated else {}

    def _look(self, looks: dict[tuple[int, int], CellLook], place: tuple[int, int], style: int) -> None:
        look = self._styles[style] if style < len(self._styles) else None
        if look is not None:
            looks[place] = look


def _mark(font: bytes) -> str:
    """What a font marks: raised and lowered text, or struck out."""
    _, flags, _, _, aligned = struct.unpack_from("<HHHHH", font)
    return _ALIGNED.get(aligned, "") or (STRUCK if flags & _STRUCK else "")


def _no_result(result: bytes) -> bool:
    """Whether what is stored for a formula is 0 or nothing."""
    if result[6:] == _NO_NUMBER:
        return result[0] == _EMPTY
    return struct.unpack("<d", result) == (0.0,)
