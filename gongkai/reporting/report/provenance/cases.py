"""The cases of the registers that a figure counts, each with what the law's clock says of it.

Which cell a case counts in stands in `submission.counted_cases`; which cases a rate counts, here, as `warehouse.totals`
counts them. No subject, no applicant: only number, days and result.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.errors import CalendarError
from gongkai.law.clocks import closed_in, fee_due, is_late, judged_clock, still_open
from gongkai.law.limits import Limits
from gongkai.national_format import for_year
from gongkai.profile import WorkingDays
from gongkai.reporting.report.provenance.traced import TracedCase
from gongkai.reporting.report.words.counts import in_year
from gongkai.submission.counted_cases import cells_of
from gongkai.submission.fields import lists
from gongkai.submission.form import Record
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.records import Revision, UnitYear, YearState

REGISTER, DISPUTES = "register", "disputes_register"


@dataclass(frozen=True)
class CountedCase:
    """A case with what decides whether a figure counts it.

    Attributes:
        closed: in the report year; open_late: open at its end though its limit lay in it.
        in_time: closed, and not shown to be late.
        used: working days, where the average counts them.
    """

    record: Record
    shown: TracedCase
    closed: bool = False
    open_late: bool = False
    in_time: bool = False
    used: int | None = None


def all_cases(state: YearState) -> tuple[CountedCase, ...]:
    """The cases of every accepted revision whose unit counts its own, in registry order."""
    days, limits = state.profile.working_days(), limits_of(state.lock)
    return tuple(case for unit in state.units for case in _of_unit(unit, state.year, days, limits))


def by_figure(cases: Sequence[CountedCase], year: int) -> Mapping[str, Sequence[CountedCase]]:
    """Path → the cases that the figure counts, in their order; of one that counts none no cases."""
    found = {path: [case for case in cases if counts(case)] for path, counts in _COUNTING.items()}
    for case in cases:
        for path in _places_of(case.record, year):
            found.setdefault(path, []).append(case)
    return found


def counts_cases(path: str) -> bool:
    """Whether a figure that is no cell counts cases."""
    return path in _COUNTING or path.startswith(_CHANNELS)


def _places_of(record: Record, year: int) -> list[str]:
    places = cells_of(record, year)
    if record.list == REGISTER and in_year(record["received_on"], year):
        places.append(f"{_CHANNELS}{record['channel']}")
    return places


_CHANNELS = "facts.channels."
_STEPS = ("received_on", "reviewed_on", "assigned_on", "replied_on", "archived_on")
_COUNTING: Mapping[str, Callable[[CountedCase], bool]] = {
    "indicators.average_reply_working_days": lambda case: case.used is not None,
    "indicators.reply_shortening_percent": lambda case: case.used is not None,
    "indicators.requests_closed": lambda case: case.closed,
    "indicators.requests_closed_on_time": lambda case: case.in_time,
    "indicators.requests_closed_on_time_percent": lambda case: case.closed or case.open_late,
    "facts.cases_overdue": lambda case: case.closed and not case.in_time,
    "facts.cases_open_late": lambda case: case.open_late,
    "facts.cases_archived": lambda case: case.closed and case.record["archived_on"] is not None,
    "facts.cases_step_by_step": lambda case: case.closed and all(case.record[step] for step in _STEPS),
    "facts.fees_in_register_yuan": lambda case: (
        case.record.list == REGISTER and bool(case.record["fee_paid_on"] and case.record["fee_yuan"])
    ),
}


def _of_unit(unit: UnitYear, year: int, days: WorkingDays, limits: Limits) -> Iterator[CountedCase]:
    revision = unit.accepted
    if revision is None or revision.submission is None:
        return
    if unit.unit.requests_counted_by is None:
        for record in revision.submission.records(REGISTER):
            yield _request(_shown(unit, revision, record, "outcome"), record, year, days, limits)
    for record in revision.submission.records(DISPUTES):
        yield CountedCase(record, _shown(unit, revision, record, "result"))


def _request(shown: TracedCase, record: Record, year: int, days: WorkingDays, limits: Limits) -> CountedCase:
    """A request with its clock; none where nobody has supplied a year's working days."""
    closed = closed_in(record, year)
    try:
        unpaid = fee_due(record, days, limits)
        clock = judged_clock(record, days, year, limits=limits)
    except CalendarError:
        return CountedCase(record, shown, closed)
    late = clock is not None and is_late(record, clock, year)
    received = record["received_on"]
    open_late = late and still_open(record, year) and not (received and received.year > year)
    used = clock.used if clock is not None and closed else None
    if clock is not None:
        shown = replace(shown, used=used, due_on=clock.due_on, late=late)
    return CountedCase(record, shown, closed, open_late, closed and (unpaid or (clock is not None and not late)), used)


def _shown(unit: UnitYear, revision: Revision, record: Record, result: str) -> TracedCase:
    national_format, origin = for_year(revision.year), record.origin("case_no")
    words = lists()[record.list].fields[result].choices_in(national_format)
    received, closed = ("received_on", "replied_on") if record.list == REGISTER else ("filed_on", "closed_on")
    return TracedCase(
        unit=unit.unit.code,
        name=unit.unit.name,
        revision=revision.number,
        list=record.list,
        case_no=record.id,
        where=record.where("case_no"),
        sheet=origin.sheet,
        cell=origin.cell,
        applicant=national_format.applicant_types.get(record["applicant_type"]),
        received_on=record[received],
        replied_on=record[closed],
        result=words.get(record[result], record[result]),
    )
