"""The district's totals from the accepted revisions of a year, with the provenance of every cell.

Only addition, the averages of the registers, and the counts of documents. What is printed of them is decided
in `gongkai.reporting`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.errors import CalendarError
from gongkai.law.clocks import closed_in, fee_due, is_late, judged_clock, read_clock, still_open
from gongkai.law.limits import Limits
from gongkai.national_format import NationalFormat, for_year
from gongkai.profile import WorkingDays
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import Record, State, Submission
from gongkai.submission.report_below import Counts, SourceBelow
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.rates import rates_of
from gongkai.warehouse.records import Revision, YearState

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one accepted revision adds to one cell; of a district's report also what its own units gave."""

    unit: str
    revision: int
    value: Number
    sources: tuple[SourceBelow, ...] = ()


@dataclass(frozen=True)
class Figures:
    """Summed figures of a set of revisions.

    Attributes:
        tables: `<table>.<row>.<column>` → sum, for every cell of the year's format, in its order; None where no
            revision gives a value.
        activities: field → sum of the numeric activities.
        documents_by_kind: kind → number of documents in the lists.
    """

    tables: Mapping[str, Number | None]
    activities: Mapping[str, Number]
    documents_by_kind: Mapping[str, int]


@dataclass(frozen=True)
class Indicators:
    """The district's rates as they are printed (`rates`); None without a case (never 0).

    None as well, with `unknown_year`, while nobody has supplied the working days of a year that a case needs, and where
    a district of a city gave no integers. `reply_working_days` over `judged` (the closed cases with a clock) is the
    average before it was rounded.
    """

    average_reply_working_days: Decimal | None
    reply_shortening_percent: Decimal | None
    requests_closed: int
    requests_closed_on_time: int | None
    requests_closed_on_time_percent: Decimal | None
    unknown_year: int | None = None
    requests_open_late: int = 0
    reply_working_days: int = 0
    judged: int = 0


@dataclass(frozen=True)
class Totals:
    """The district picture: all accepted revisions, the office apart, where each figure comes from, last year."""

    year: int
    district: Figures
    office: Figures | None
    indicators: Indicators
    office_indicators: Indicators
    sources: Mapping[str, tuple[Contribution, ...]]
    previous: Figures | None


def compute_totals(state: YearState) -> Totals:
    """Adds up the accepted revisions of a state, the office included, and the office's own apart.

    A cell that a revision leaves blank or not applicable, or that it lacks (a unit without tables), contributes
    nothing; a zero contributes 0. A figure that no revision gives is None in a table and absent in a mapping,
    never 0. `previous` adds up last year's accepted revisions only (a unit whose last year was merely readable
    is left out), in last year's format; None when there are none.
    """
    accepted = state.accepted
    office_codes = {unit.unit.code for unit in state.units if unit.unit.kind == "office"}
    office = [revision for revision in accepted if revision.unit in office_codes]
    national_format = for_year(state.year)
    days, limits = state.profile.working_days(), limits_of(state.lock)
    sources = {spec.where: _contributions(accepted, spec.where) for spec in national_format.cells}
    previous = [last.submission for last in state.last_reports if last.accepted]
    return Totals(
        year=state.year,
        district=_figures(_submissions(accepted), national_format),
        office=_figures(_submissions(office), national_format) if office else None,
        indicators=_indicators(_own_registers(accepted, state), state.year, days, limits),
        office_indicators=_indicators(_own_registers(office, state), state.year, days, limits),
        sources=sources,
        previous=_figures(previous, for_year(state.year - 1)) if previous else None,
    )


def _submissions(revisions: Sequence[Revision]) -> list[Submission]:
    return [revision.submission for revision in revisions if revision.submission is not None]


def _own_registers(revisions: Sequence[Revision], state: YearState) -> list[Submission]:
    """The submissions of units that count their own requests: the cases of others are in that authority's register."""
    counting = {unit.unit.code for unit in state.units if unit.unit.requests_counted_by is None}
    return _submissions([revision for revision in revisions if revision.unit in counting])


def _contributions(revisions: Sequence[Revision], where: str) -> tuple[Contribution, ...]:
    return tuple(
        Contribution(revision.unit, revision.number, value, _below(revision.submission, where))
        for revision in revisions
        if revision.submission is not None and (value := number_of(revision.submission, where)) is not None
    )


def _below(submission: Submission, where: str) -> tuple[SourceBelow, ...]:
    """What the units of a district gave, where the submission is a district's report."""
    return submission.below.sources.get(where, ()) if submission.below else ()


def number_of(submission: Submission, where: str) -> Number | None:
    """A submission's number at a place of the tables; None where none stands."""
    cell = submission.by_where.get(where)
    number: Number | None = cell.value if cell is not None and cell.state is State.VALUE else None
    return number


def _sum(submissions: Sequence[Submission], where: str) -> Number | None:
    numbers = [number for submission in submissions if (number := number_of(submission, where)) is not None]
    return sum(numbers[1:], numbers[0]) if numbers else None


def _figures(submissions: Sequence[Submission], national_format: NationalFormat) -> Figures:
    numeric = [f.key for f in groups()["activities"].fields.values() if f.type in ("integer", "decimal")]
    activities = {key: _sum(submissions, f"activities.{key}") for key in numeric}
    return Figures(
        tables={spec.where: _sum(submissions, spec.where) for spec in national_format.cells},
        activities={key: number for key, number in activities.items() if number is not None},
        documents_by_kind=_documents_by_kind(submissions, national_format),
    )


def _documents_by_kind(submissions: Sequence[Submission], national_format: NationalFormat) -> dict[str, int]:
    """Every kind with its number of documents, 0 included; empty when no submission carries the list or its counts."""
    below = [submission.below.documents_by_kind for submission in submissions if submission.below is not None]
    if not any("documents" in submission.reported for submission in submissions) and not any(below):
        return {}
    counts = dict.fromkeys(lists()["documents"].fields["kind"].choices_in(national_format), 0)
    for submission in submissions:
        for document in submission.records("documents"):
            if document["kind"] is not None:
                counts[document["kind"]] += 1
    for counted in below:
        for kind, number in counted.items():
            counts[kind] += number
    return counts


def _indicators(submissions: Sequence[Submission], year: int, days: WorkingDays, limits: Limits) -> Indicators:
    """The rates over the register cases of the year: the average over those closed in it, the share over those judged.

    A case without any starting day has no clock: it is closed, but neither in the average nor shown to be on time. One
    that is open although its limit lies in the year is late, and in no average; one whose applicant did not pay is
    closed without being late, and in no average either. The cases of a district's report are its integers.
    """
    cases = [case for s in submissions for case in s.records("register")]
    closed = [case for case in cases if closed_in(case, year)]
    try:
        judged = [case for case in closed if not fee_due(case, days, limits)]
        clocks = [clock for case in judged if (clock := read_clock(case, days, limits=limits)) is not None]
        open_late = sum(_open_and_late(case, year, days, limits) for case in cases if not closed_in(case, year))
    except CalendarError as error:
        return Indicators(None, None, len(closed), None, None, error.year)
    used = [clock.used for clock in clocks if clock.used is not None]
    on_time = len(closed) - len(judged) + sum(clock.overdue_by == 0 for clock in clocks)
    below = [submission.below.counts for submission in submissions if submission.below is not None]
    given = [counts for counts in below if counts is not None]
    counted = Counts(*map(sum, zip(Counts(sum(used), len(used), on_time, len(closed), open_late), *given, strict=True)))
    if len(given) < len(below):
        return Indicators(None, None, counted.all_closed, None, None)
    average, shortening, share = rates_of(counted, limits.reply)
    return Indicators(
        average_reply_working_days=average,
        reply_shortening_percent=shortening,
        requests_closed=counted.all_closed,
        requests_closed_on_time=counted.closed_on_time,
        requests_closed_on_time_percent=share,
        requests_open_late=counted.open_late,
        reply_working_days=counted.reply_working_days,
        judged=counted.closed,
    )


def _open_and_late(case: Record, year: int, days: WorkingDays, limits: Limits) -> bool:
    """Whether a case was still open at the end of the year although its limit lay in it."""
    received: date | None = case["received_on"]
    if not still_open(case, year) or (received is not None and received.year > year):
        return False
    clock = judged_clock(case, days, year, limits=limits)
    return clock is not None and is_late(case, clock, year)
