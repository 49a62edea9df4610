"""A list of several submissions, one below the other, as columns: days as numbers, 0 for none."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from expectations.frames.columns.compared import Flags, Ints
from expectations.frames.shapes import SubmissionUnderCheck
from gongkai.submission.form import Cell, Record


class ListColumns:
    """All records of a list, in the order of the submissions; a column is made when it is first asked for."""

    def __init__(self, entries: Sequence[SubmissionUnderCheck], name: str) -> None:
        self.entries, self.list = entries, name
        self._parts = [entry.submission.records(name) for entry in entries]
        self._ends = np.cumsum([len(part) for part in self._parts], dtype=np.int64)
        self._days: dict[str, Ints] = {}
        self._said: dict[str, list[Any]] = {}
        self.records: list[Record] = list(chain.from_iterable(self._parts))

    def entry_of(self, at: int) -> SubmissionUnderCheck:
        """Whose record a row is."""
        return self.entries[int(np.searchsorted(self._ends, at, side="right"))]

    def of_entries(self, number: Callable[[SubmissionUnderCheck], int]) -> Ints:
        """A number of each submission, in every row of it."""
        return np.repeat(np.array([number(entry) for entry in self.entries], np.int64), [len(p) for p in self._parts])

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
            here = any(place.startswith(f"{self.list}[") for place in entry.unread)
            return (lambda record: entry.unsure(record, *keys)) if here else None

        return self.marked(alone)

    def marked(self, alone: Callable[[SubmissionUnderCheck], Callable[[Record], bool] | None]) -> Flags:
        """The records that are marked, each asked by itself; of most submissions there are none (None)."""
        parts = [np.zeros(len(part), np.bool_) for part in self._parts]
        for found, entry, records in zip(parts, self.entries, self._parts, strict=True):
            if (by_itself := alone(entry)) is not None:
                found[:] = [by_itself(record) for record in records]
        return np.concatenate([np.zeros(0, np.bool_), *parts])

    def days(self, key: str) -> Ints:
        """The days of a date field."""
        if key not in self._days:
            numbers = (value.toordinal() if value is not None else 0 for value in self.said(key))
            self._days[key] = np.fromiter(numbers, np.int64, len(self.records))
        return self._days[key]

    def cells(self, key: str) -> list[Cell | None]:
        """The cells of a field."""
        return [record.cells.get(key) for record in self.records]

    def said(self, key: str) -> list[Any]:
        """The values of a field; None where nothing is filled in."""
        if key not in self._said:
            self._said[key] = [cell[3] if (cell := record.cells.get(key)) else None for record in self.records]
        return self._said[key]

    def words(self, key: str) -> npt.NDArray[np.object_]:
        """The same as an array."""
        found = np.empty(len(self.records), dtype=object)
        found[:] = self.said(key)
        return found

    def any_of(self, key: str, words: Collection[Any]) -> Flags:
        """Where a field says one of some words; None is what an empty one says."""
        return np.fromiter((value in words for value in self.said(key)), np.bool_, len(self.records))

    def number(self, key: str) -> Ints:
        """The values of a field of whole numbers; 0 where nothing is filled in, or no whole number."""
        return np.fromiter(
            (value if type(value) is int else 0 for value in self.said(key)), np.int64, len(self.records)
        )

    def fraction(self, key: str) -> Flags:
        """Where such a field says something else than a whole number."""
        return np.fromiter((type(v) is not int and v is not None for v in self.said(key)), np.bool_, len(self.records))
