"""The fields of lists as columns: what `cells_frame` compares in a cell, for a whole field of a list at once."""

from collections.abc import Callable
from decimal import Decimal
from math import floor
from typing import Any

import numpy as np

from expectations.frames.columns.compared import Columns, Compared, Flags, Ints
from expectations.frames.columns.listed import ListColumns
from gongkai.submission.fields import Field

NUMERIC = ("integer", "decimal")
_MOST = 2**62
_NUMBERS = {"integer": (int,), "decimal": (int, Decimal)}


def compare(listed: ListColumns, field: Field, row: Callable[[int], Any]) -> tuple[Columns, Ints]:
    """Compares the cells that hold a plain value; gives the positions of the others that must be looked at alone."""
    at, values, plain = listed.filled(field.key)
    numbers = _NUMBERS.get(field.type)
    if numbers is not None:
        plain &= np.array([type(value) in numbers and -_MOST < value < _MOST for value in values.tolist()], np.bool_)
    alone: Flags = np.full(len(listed), field.required)
    alone[at] = ~plain
    at = at[plain]
    nothing = np.zeros(len(at), np.int64)
    compared = {rule: Compared(at, nothing, nothing) for rule in ("BLANK", "NOT-A-NUMBER") if field.required}
    if numbers is not None:
        whole = np.array([floor(value) for value in values[plain].tolist()], np.int64)
        compared["NONNEG"] = Compared(at, whole, nothing)
        if field.type == "integer":
            compared["INTEGER"] = Compared(at, whole, whole)
    return Columns(len(at), compared, row), np.flatnonzero(alone)
