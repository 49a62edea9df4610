"""The fields of lists as columns: what `cells_frame` compares in a cell, for a whole field of a list at once."""

from collections.abc import Callable
from decimal import Decimal
from math import floor
from typing import Any

import numpy as np

from expectations.frames.columns.compared import Columns, Compared, Ints
from expectations.frames.columns.listed import ListColumns
from gongkai.submission.fields import Field
from gongkai.submission.form import Cell, State

NUMERIC = ("integer", "decimal")
_VALUE, _MOST = State.VALUE, 2**62
_NUMBERS = {"integer": (int,), "decimal": (int, Decimal)}


def compare(listed: ListColumns, field: Field, row: Callable[[int], Any]) -> tuple[Columns, Ints]:
    """Compares the cells that hold a plain value; gives the positions of the others that must be looked at alone."""
    found = listed.cells(field.key)
    numbers = _NUMBERS.get(field.type)
    plain = np.fromiter((cell is not None and _plain(cell, numbers) for cell in found), np.bool_, len(found))
    at = np.flatnonzero(plain)
    nothing = np.zeros(len(at), np.int64)
    compared = {rule: Compared(at, nothing, nothing) for rule in ("BLANK", "NOT-A-NUMBER") if field.required}
    if numbers is not None:
        values = np.fromiter((floor(cell.value) for cell in found if cell and _plain(cell, numbers)), np.int64, len(at))
        compared["NONNEG"] = Compared(at, values, nothing)
        if field.type == "integer":
            compared["INTEGER"] = Compared(at, values, values)
    alone = ~plain & (field.required | np.fromiter((cell is not None for cell in found), np.bool_, len(found)))
    return Columns(len(at), compared, row), np.flatnonzero(alone)


def _plain(cell: Cell, numbers: tuple[type, ...] | None) -> bool:
    value = cell.value
    return cell.state is _VALUE and (numbers is None or (type(value) in numbers and -_MOST < value < _MOST))
