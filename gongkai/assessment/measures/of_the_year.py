"""Which rows of a list are the year's own: rows of other years, and the same thing told twice, earn nothing.

A row belongs to a year when what it tells had begun by its end and was not over before it began: what was late from
last year still counts. A row that does not say when is never taken in the unit's favour.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from gongkai.assessment.measurement import Measurement
from gongkai.submission.form import Record

Span = tuple[date | None, date | None]
"""When something began and when it was done, as far as the row says."""


@dataclass(frozen=True)
class OwnRows:
    """The rows of a list that count for a year, in their order.

    Attributes:
        rows: what counts.
        others: how many are of another year.
        twice: how many tell what another row told.
    """

    rows: tuple[Record, ...]
    others: int = 0
    twice: int = 0

    def said(self, found: Measurement) -> Measurement:
        """The measurement with a note of what was left out."""
        left = [(self.others, "条属于其他年度，没有计入"), (self.twice, "条与另一条相同，只计一次")]
        notes = [
            *([found.note] if found.note else []),
            *(f"清单中有 {number} {words}" for number, words in left if number),
        ]
        return replace(found, note="；".join(notes) or None) if self.others or self.twice else found


def own_rows(
    rows: Iterable[Record],
    year: int,
    span: Callable[[Record], Span],
    thing: Callable[[Record], object | None],
) -> OwnRows:
    """The rows of the year.

    Args:
        rows: all of a list.
        year: the report year.
        span: the day on which what a row tells began, and that on which it was done.
        thing: what a row tells of; rows of one thing count once, and the latest end speaks for them. None: by itself.
    """
    listed = tuple(rows)
    within = [row for row in listed if not of_another_year(span(row), year)]
    first: dict[object, Record] = {}
    for row in within:
        named = thing(row)
        key = row.position if named is None else named
        first[key] = max(first.get(key, row), row, key=lambda one: span(one)[1] or date.max)
    kept = tuple(sorted(first.values(), key=lambda row: row.position))
    return OwnRows(kept, len(listed) - len(within), len(within) - len(kept))


def of_another_year(span: Span, year: int) -> bool:
    """Whether its days say that it was over before the year, or began after it."""
    began, ended = span
    return (ended is not None and ended.year < year) or (began is not None and began.year > year)


def proven(span: Span, year: int) -> bool:
    """Whether the days of a row of the year show that it is the year's; what is unknown shows nothing."""
    began, ended = span
    if ended is None:
        return began is not None and began.year == year
    return began is not None or ended.year == year
