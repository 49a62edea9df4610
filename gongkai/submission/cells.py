"""One cell of a form: what stood in it, in which state, and where it came from.

The floor of `form` and `listed_rows`: knows neither a submission nor a list.
"""

from enum import StrEnum
from typing import Any, NamedTuple

CellValue = Any  # int | Decimal | str | bool | date | tuple[str, ...] | None, by the field's type


class State(StrEnum):
    """What stood in a cell: blank, zero and not applicable are three different things."""

    VALUE = "value"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNREADABLE = "unreadable"

    def __reduce_ex__(self, proto: object) -> tuple[Any, ...]:
        """Pickled by value in every Python: until 3.11.3 an enum asked for `getattr`, which `isolation` refuses."""
        return State, (self.value,)


class Origin(NamedTuple):
    """Where a cell came from. `raw` is its text as it stood, None where it was the plain value."""

    sheet: str | None = None
    cell: str | None = None
    raw: str | None = None


class Cell(NamedTuple):
    """One cell: table (or list, or group), row, column, value, state, origin.

    `row` is the row key of a national table, the 1-based position in a list, `-` in a group.
    """

    table: str
    row: str
    column: str
    value: CellValue
    state: State = State.VALUE
    origin: Origin = Origin()
