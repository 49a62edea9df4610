"""What goes between a run and its reading children: messages with their length; readings built of known parts only."""

import pickle
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import IO, Any

from gongkai.loading import collector_paused
from gongkai.submission.form import Cell, Origin, Reading, ReceivedFile, Submission

# What a reading is made of. Whatever else a child might be made to send is refused, not built.
_PARTS = frozenset(
    {
        ("gongkai.submission.form", "Submission"),
        ("gongkai.submission.cells", "State"),
        ("gongkai.submission.report_below", "ReportBelow"),
        ("gongkai.findings", "ReadingIssue"),
        ("gongkai.findings", "Coercion"),
        ("decimal", "Decimal"),
        ("datetime", "date"),
    }
)


class _Parts(pickle.Unpickler):
    """Builds readings and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PARTS:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def answered(message: bytes) -> Any:
    """What a child says.

    Raises:
        pickle.UnpicklingError, EOFError, TypeError: it is no reading, or made of other parts.
    """
    return _Parts(BytesIO(message)).load()


def flat(cells: Iterable[Cell]) -> tuple[tuple[Any, ...], ...]:
    """Cells as plain tuples: they are most of an answer, and so it takes a third of the time to write."""
    return tuple((*cell[:5], *cell.origin) for cell in cells)


def reading_of(file: ReceivedFile, said: Submission | None, cells: tuple[tuple[Any, ...], ...], *more: Any) -> Reading:
    """The reading that an answer is."""
    if said is None:
        return Reading(file, None, *more)
    made = tuple.__new__  # a named tuple's own takes twice as long
    with collector_paused():
        whole = tuple(
            made(Cell, (table, row, column, value, state, made(Origin, origin)))
            for table, row, column, value, state, *origin in cells
        )
    return Reading(file, replace(said, cells=whole), *more)


def send(stream: IO[bytes], message: bytes) -> None:
    """Writes one message: its length, then its bytes."""
    stream.write(len(message).to_bytes(8, "big"))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """Reads one message; None when the other side is gone."""
    length = stream.read(8)
    size = int.from_bytes(length, "big")
    message = stream.read(size) if len(length) == 8 else b""
    return message if len(length) == 8 and len(message) == size else None
