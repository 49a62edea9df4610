"""What a request register counts in table three, as columns: the same as `gongkai.submission.counted_cases.rows_of`."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np

from expectations.frames.columns.compared import Flags
from expectations.frames.columns.listed import ListColumns
from gongkai.submission.counted_cases import BROUGHT, LEFT, RECEIVED


class CountedCases:
    """The cases of one register by row of table three and type of applicant.

    Attributes:
        rows: the rows on receipt and on what was left open; those of the outcomes are among `closed`.
        nameless: cases that do not say what their applicant is.
    """

    def __init__(self, cases: ListColumns) -> None:
        self._cases = cases
        self._applicants, self._outcomes = cases.words("applicant_type"), cases.words("outcome")
        self.nameless = cases.missing("applicant_type")
        received, replied = cases.days("received_on"), cases.days("replied_on")
        start, end, known = cases.year_start, cases.year_end, received > 0
        self.closed: Flags = (replied >= start) & (replied <= end)
        self.rows: Mapping[str, Flags] = {
            RECEIVED: known & (received >= start) & (received <= end),
            BROUGHT: known & (received < start) & ((replied == 0) | (replied >= start)),
            LEFT: known & (received <= end) & ((replied == 0) | (replied > end)),
        }

    def of(self, row: str) -> Flags:
        """The cases that a row of the table counts."""
        found = self.rows.get(row)
        return self.closed & (self._outcomes == row) if found is None else found

    def counts(self, row: str) -> Mapping[str, int]:
        """Type of applicant → how many cases the row counts."""
        found = self._by_outcome.get(row, Counter())
        if row in self.rows:
            found = Counter(self._applicants[self.rows[row] & ~self.nameless].tolist())
        return {**found, "total": found.total()}

    @cached_property
    def _by_outcome(self) -> Mapping[str, Counter[str]]:
        named = self.closed & ~self.nameless
        found: dict[str, Counter[str]] = {}
        pairs = zip(self._outcomes[named].tolist(), self._applicants[named].tolist(), strict=True)
        for (outcome, applicant), count in Counter(pairs).items():
            found.setdefault(outcome, Counter())[applicant] = count
        return found

    def named(self, row: str, column: str) -> Iterator[str]:
        """The cases that a cell of the table counts."""
        for at in np.flatnonzero(self.of(row) & ~self.nameless):
            if column in (self._applicants[at], "total"):
                yield self._cases.record(int(at)).id
