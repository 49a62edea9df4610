"""What a measure sees and what it answers: the subject (one unit's accepted report) and the measurement.

Here stand the two values and the few ways to build an answer (a rate, a figure, a count, an absent list, not
applicable). What is measured stands in `gongkai.assessment.measures`, what points it gives in `scoring`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from gongkai.assessment.scorecard import Evidence
from gongkai.errors import CalendarError
from gongkai.law.clocks import IN_FORCE_FROM, Clock, closed_in, read_clock
from gongkai.law.limits import LIMITS, Limits
from gongkai.profile import Profile, Unit, WorkingDays
from gongkai.submission.form import Record, Submission, where_of
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.records import Revision


@dataclass(frozen=True)
class Subject:
    """One unit as the measures see it: its accepted revision, how it got there, and what inspectors found.

    Attributes:
        submission: the accepted revision's; the only one that is scored.
        revisions: all revisions of the year, oldest first (indicator F1 looks at the first readable one).
        inspections: the unit's own entries in force.
        days: the profile's working days (one calendar for all subjects, it keeps what it has counted).
        as_of: the day of the assessment in the district's time zone.
        clock_limits: the law's time limits of the year; a locked one keeps its own.
    """

    unit: Unit
    year: int
    as_of: date
    profile: Profile
    days: WorkingDays
    accepted: Revision
    submission: Submission
    revisions: tuple[Revision, ...]
    inspections: tuple[InspectionEntry, ...]
    clock_limits: Limits = LIMITS

    @cached_property
    def closed_cases(self) -> tuple[tuple[Record, Clock | None], ...]:
        """The register's cases closed in the year, each with its clock."""
        return tuple(
            (case, read_clock(case, self.days, limits=self.clock_limits))
            for case in self.submission.records("register")
            if closed_in(case, self.year)
        )

    def reported(self, name: str) -> bool:
        """Whether the unit reported a list at all (an empty one is reported)."""
        return name in self.submission.reported

    def value(self, where: str) -> int:
        """A count of the tables or activities; 0 where nothing is given."""
        found = self.submission.value(where)
        return int(found) if found is not None else 0

    def received_on(self, revision: Revision) -> date:
        """The day a revision came in, in the district's time zone."""
        return self.profile.local(revision.received_at).date()

    def at_record(self, record: Record, key: str, text: str) -> Evidence:
        """Evidence: one field of a list's row."""
        origin = record.origin(key)
        return Evidence(text, self.accepted.file, origin.sheet, origin.cell, record.where(key))

    def at_cell(self, where: str, text: str) -> Evidence:
        """Evidence: one cell of the tables or one activity, also when it is missing there."""
        cell = self.submission.by_where.get(where)
        origin = cell.origin if cell else None
        return Evidence(
            text,
            self.accepted.file,
            origin.sheet if origin else None,
            origin.cell if origin else None,
            where_of(cell) if cell else where,
        )


class Asked(NamedTuple):
    """Which indicator asks a measure, and with which limits of the scheme."""

    indicator: str
    limits: Mapping[str, int]


class Shortfall(NamedTuple):
    """One case that did not earn its points: a Chinese clause, and where it can be seen."""

    text: str
    evidence: Evidence


@dataclass(frozen=True)
class Measurement:
    """The answer of one measure.

    Attributes:
        applicable: false leaves the part out; `note` says why.
        numerator, denominator: the counts that stand beside the value; None where there are none.
        value: a rate between 0 and 1, or a figure that the scheme's scale turns into one; None for a count.
        sentence: what is missing, with counts and without cases: `7 件中 1 件逾期`.
        cases: every case that lost something.
        note: said on the line whether points were lost or not.
        scale_free: the value is a rate already, whatever scale the part has (an absent list: 0).
        counter: the measure word of a count.
    """

    applicable: bool
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    value: Fraction | None = None
    sentence: str = ""
    cases: tuple[Shortfall, ...] = ()
    note: str | None = None
    scale_free: bool = False
    counter: str = "件"

    @property
    def count(self) -> Fraction:
        """How many cases a deduction takes points for."""
        return self.numerator or Fraction(0)


Measure = Callable[[Subject, Asked], Measurement]


def not_applicable(note: str) -> Measurement:
    """The unit has no such business, or nobody looked."""
    return Measurement(applicable=False, note=note)


def absent(shown: str, what: str, evidence: Evidence) -> Measurement:
    """The tables show the business, the list was not reported: 0 points (scheme: `absent_list`)."""
    return Measurement(
        applicable=True,
        value=Fraction(0),
        sentence=f"{shown}，但没有报送{what}，按 0 分计",
        cases=(Shortfall("", evidence),),
        scale_free=True,
    )


def rate(
    passed: int, of: int, fault: str, cases: Sequence[Shortfall], nothing: str, counter: str = "件"
) -> Measurement:
    """`passed` of `of`; without a denominator not applicable, for the reason `nothing`."""
    if of == 0:
        return not_applicable(nothing)
    sentence = f"{of} {counter}中 {of - passed} {counter}{fault}" if passed < of else ""
    return Measurement(
        applicable=True,
        numerator=Fraction(passed),
        denominator=Fraction(of),
        value=Fraction(passed, of),
        sentence=sentence,
        cases=tuple(cases),
        counter=counter,
    )


def count(
    cases: Sequence[Shortfall], counter: str = "件", note: str | None = None, number: int | None = None
) -> Measurement:
    """So many cases for a deduction; `number` where one case stands for several."""
    many = len(cases) if number is None else number
    return Measurement(applicable=True, numerator=Fraction(many), cases=tuple(cases), note=note, counter=counter)


def exceeds(days: WorkingDays, start: date, end: date, limit: int) -> str | None:
    """By how much a span is longer than `limit` working days, in Chinese; None within the limit.

    A span far beyond the limit is told in calendar days, and one that ended before the regulation set any limit
    is within it, so that a document of long ago needs no calendar of its own year.

    Raises:
        CalendarError: only the working days of a year that nobody has supplied could tell.
    """
    natural = (end - start).days
    if natural <= limit or end < IN_FORCE_FROM:
        return None
    if natural > 4 * limit + 60:
        return f"历时 {natural} 天，超过 {limit} 个工作日的期限"
    try:
        used = days.between(start, end)
    except CalendarError as error:  # the known days before that year may be too many already
        if start.year < error.year and days.between(start, date(error.year - 1, 12, 31)) > limit:
            return f"用时超过 {limit} 个工作日"
        raise
    return f"用时 {used} 个工作日，超期 {used - limit} 个工作日" if used > limit else None
