"""Rows of a frame that were compared as columns: the numbers of each rule, and how to read one row by itself."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Compared(NamedTuple):
    """What one rule compares: the positions of the rows, and the two numbers of each."""

    at: Ints
    left: Ints
    right: Ints

    @classmethod
    def where(cls, rows: Flags, left: Ints | int, right: Ints | int) -> "Compared":
        """In the rows that are marked; numbers are given for all rows, or are one for all."""
        at = np.flatnonzero(rows)
        return cls(at, *(np.broadcast_to(number, rows.shape)[at].astype(np.int64) for number in (left, right)))


class Columns(NamedTuple):
    """Rows that were compared together.

    Attributes:
        rows: how many rows of the frame they stand for.
        compared: rule id → its numbers.
        row: position → that row as the frame makes rows; asked only of one that failed.
    """

    rows: int
    compared: Mapping[str, Compared]
    row: Callable[[int], Any]
