"""One list of one submission, field by field: what its cells say as columns, each made when it is first asked for."""

from collections.abc import Collection
from functools import cached_property
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from expectations.frames.columns.compared import Flags, Ints
from gongkai.submission.form import State
from gongkai.submission.listed_rows import ListedRows, Record

Objects = npt.NDArray[np.object_]
_NONE = slice(0, 0)


class OneList:
    """The rows of a list in their order; in every column one value a row."""

    def __init__(self, rows: ListedRows) -> None:
        self._rows = rows
        keys = [cell[2] for cell in rows.cells]
        codes = {key: code for code, key in enumerate(dict.fromkeys(keys))}
        coded = np.fromiter(map(codes.__getitem__, keys), np.int16, len(keys))
        self._order: Ints = np.argsort(coded, kind="stable")
        ends = np.cumsum(np.bincount(coded)).tolist()
        self._spans = dict(zip(codes, map(slice, [0, *ends], ends), strict=False))
        self._known: dict[tuple[str, str], npt.NDArray[Any]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def record(self, at: int) -> Record:
        """One row by itself."""
        return self._rows.record(at)

    def at(self, key: str) -> Ints:
        """The rows that have a cell of a field."""
        return self._at[self._spans.get(key, _NONE)]

    def values(self, key: str) -> Objects:
        """What those cells say, one after the other; None where one says nothing."""
        return self._values[self._spans.get(key, _NONE)]

    def sound(self, key: str) -> Flags:
        """Which of those cells hold a value."""
        return self._sound[self._spans.get(key, _NONE)]

    def days(self, key: str) -> Ints:
        """A field of dates: the number of the day, 0 where nothing is filled in."""
        return self._column("days", key, np.int64, lambda day: day.toordinal() if day is not None else 0)

    def number(self, key: str) -> Ints:
        """A field of whole numbers; 0 where nothing is filled in, or no whole number."""
        return self._column("number", key, np.int64, lambda value: value if type(value) is int else 0)

    def fraction(self, key: str) -> Flags:
        """Where such a field says something else than a whole number."""
        return self._column("fraction", key, np.bool_, lambda value: type(value) is not int and value is not None)

    def words(self, key: str) -> Objects:
        """A field of words; None where nothing is filled in."""
        return self._column("words", key, object, None)

    def missing(self, key: str) -> Flags:
        """Where a field says nothing."""
        nothing: Flags = np.ones(len(self), np.bool_)
        nothing[self.at(key)] = [value is None for value in self.values(key).tolist()]
        return nothing

    def any_of(self, key: str, words: Collection[str]) -> Flags:
        """Where a field says one of some words."""
        found: Flags = np.zeros(len(self), np.bool_)
        found[self.at(key)] = [value in words for value in self.values(key).tolist()]
        return found

    def _column(self, kind: str, key: str, dtype: Any, read: Any) -> npt.NDArray[Any]:
        """One value a row: what a cell says, read; 0 (of words: None) without a cell."""
        if (kind, key) not in self._known:
            column = np.full(len(self), None) if dtype is object else np.zeros(len(self), dtype)
            values = self.values(key)
            column[self.at(key)] = values if read is None else [read(value) for value in values.tolist()]
            self._known[kind, key] = column
        return self._known[kind, key]

    @cached_property
    def _at(self) -> Ints:
        at: Ints = np.repeat(np.arange(len(self)), np.diff(self._rows.starts))[self._order]
        return at

    @cached_property
    def _values(self) -> Objects:
        values: Objects = np.fromiter(map(itemgetter(3), self._rows.cells), object, len(self._rows.cells))
        return values[self._order]

    @cached_property
    def _sound(self) -> Flags:
        states = [cell[4] for cell in self._rows.cells]
        if states.count(State.VALUE) == len(states):
            return np.ones(len(states), np.bool_)
        sound: Flags = np.fromiter((state is State.VALUE for state in states), np.bool_, len(states))
        return sound[self._order]
