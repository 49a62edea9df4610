"""A list of several submissions, one below the other, as columns: days as numbers, 0 for none."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from expectations.frames.columns.compared import Flags, Ints
from expectations.frames.columns.one_list import Objects, OneList
from expectations.frames.shapes import SubmissionUnderCheck
from gongkai.submission.form import Record


class ListColumns:
    """All rows of a list, in the order of the submissions; each column as the submission's own (`OneList`) has it.

    Attributes:
        entries: the submissions that have rows of it.
    """

    def __init__(self, entries: Sequence[SubmissionUnderCheck], name: str) -> None:
        self.list = name
        found = [(entry, rows) for entry in entries if (rows := entry.list_columns(name)) is not None]
        self.entries = [entry for entry, _ in found]
        self._parts = [rows for _, rows in found]
        self._sizes = [len(rows) for rows in self._parts]
        self._ends = np.cumsum(self._sizes, dtype=np.int64)

    def __len__(self) -> int:
        return sum(self._sizes)

    def entry_of(self, at: int) -> SubmissionUnderCheck:
        """Whose record a row is."""
        return self.entries[int(np.searchsorted(self._ends, at, side="right"))]

    def record(self, at: int) -> Record:
        """A row by itself."""
        part = int(np.searchsorted(self._ends, at, side="right"))
        return self._parts[part].record(at - int(self._ends[part]) + self._sizes[part])

    def of_entries(self, number: Callable[[SubmissionUnderCheck], int]) -> Ints:
        """A number of each submission, in every row of it."""
        return np.repeat(np.array([number(entry) for entry in self.entries], np.int64), self._sizes)

    @cached_property
    def year_start(self) -> Ints:
        """The first day of the report year."""
        return self.of_entries(lambda entry: date(entry.submission.year, 1, 1).toordinal())

    @cached_property
    def year_end(self) -> Ints:
        """Its last day."""
        return self.of_entries(lambda entry: date(entry.submission.year, 12, 31).toordinal())

    def unread(self, *keys: str) -> Flags:
        """Where one of the fields (without keys: any field) is filled in and could not be read."""

        def alone(entry: SubmissionUnderCheck) -> Callable[[Record], bool] | None:
            return (lambda record: entry.unsure(record, *keys)) if entry.unread_in(self.list) else None

        return self.marked(alone)

    def marked(self, alone: Callable[[SubmissionUnderCheck], Callable[[Record], bool] | None]) -> Flags:
        """The records that are marked, each asked by itself; of most submissions there are none (None)."""
        parts = [np.zeros(size, np.bool_) for size in self._sizes]
        for found, entry, rows in zip(parts, self.entries, self._parts, strict=True):
            if (by_itself := alone(entry)) is not None:
                found[:] = [by_itself(rows.record(at)) for at in range(len(rows))]
        return np.concatenate([np.zeros(0, np.bool_), *parts])

    def days(self, key: str) -> Ints:
        """The days of a date field."""
        return self._together(np.int64, lambda rows: rows.days(key))

    def number(self, key: str) -> Ints:
        """The values of a field of whole numbers; 0 where nothing is filled in, or no whole number."""
        return self._together(np.int64, lambda rows: rows.number(key))

    def fraction(self, key: str) -> Flags:
        """Where such a field says something else than a whole number."""
        return self._together(np.bool_, lambda rows: rows.fraction(key))

    def words(self, key: str) -> Objects:
        """What a field says; None where nothing is filled in."""
        return self._together(object, lambda rows: rows.words(key))

    def missing(self, key: str) -> Flags:
        """Where a field says nothing."""
        return self._together(np.bool_, lambda rows: rows.missing(key))

    def any_of(self, key: str, words: Collection[str]) -> Flags:
        """Where a field says one of some words."""
        return self._together(np.bool_, lambda rows: rows.any_of(key, words))

    def filled(self, key: str) -> tuple[Ints, Objects, Flags]:
        """The rows that have a cell of a field, what each says, and whether it holds a value."""
        before = [end - size for end, size in zip(self._ends.tolist(), self._sizes, strict=True)]
        at = [rows.at(key) + start for rows, start in zip(self._parts, before, strict=True)]
        return (
            np.concatenate([np.zeros(0, np.int64), *at]),
            self._together(object, lambda rows: rows.values(key)),
            self._together(np.bool_, lambda rows: rows.sound(key)),
        )

    def _together(self, dtype: Any, column: Callable[[OneList], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        return np.concatenate([np.zeros(0, dtype), *map(column, self._parts)])
