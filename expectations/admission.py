"""Whether a file may be taken as this unit's submission of this year, and in time: facts about a file.

WRONG-UNIT, WRONG-YEAR (which quarantine), WRONG-CARRIER and INTAKE-CLOSED. What stands in the cells is the
business of the frames.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from expectations.catalogue import load_catalogue, rules_version
from expectations.context import Context
from expectations.frames import Facts
from expectations.results import finding
from gongkai.national_format import for_year
from gongkai.national_format.figures import REQUESTS
from gongkai.profile import Profile, Unit
from gongkai.profile.unit import DISTRICT
from gongkai.submission.counted_elsewhere import given_requests
from gongkai.submission.form import Reading, ReceivedFile, State, Submission
from gongkai.submission.inbox.named_unit import not_expected
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.merge import HeldElsewhere

_ROWS = 3  # so many cases that were answered before the year are no slips of a date


class RaisedRule(NamedTuple):
    """A rule that does not hold, and the facts."""

    rule: str
    facts: Facts


class Admission(NamedTuple):
    """The outcome of the intake for one file.

    Attributes:
        unit: whose submission it is; None when it is quarantined.
        raised: rules that do not hold, quarantining ones included.
    """

    unit: Unit | None
    on_time: bool
    raised: tuple[RaisedRule, ...]


def admit(reading: Reading, context: Context) -> Admission:
    """Decides about one file. A reading without submission is quarantined; its reader said why."""
    code = reading.addressee
    on_time = reading.file.received_at <= _deadline(context, code, context.profile.cycle.soft_deadline(context.year))
    closed = tuple(_closed(reading, context, code))
    submission = reading.submission
    if submission is None:
        return Admission(None, on_time, () if reading.issues else (RaisedRule("SHAPE", Facts()),))
    refused = tuple(_refused(reading, submission, context))
    unit = context.profile.unit(submission.unit)
    if refused or unit is None:
        return Admission(None, on_time, refused)
    return Admission(unit, on_time, (*closed, *_contradictions(submission, unit), *_unsettled(submission, unit)))


def _refused(reading: Reading, submission: Submission, context: Context) -> Iterator[RaisedRule]:
    active = {unit.code for unit in context.profile.expected(context.year)}
    inside, folder = submission.unit, reading.file.folder
    if folder is not None and folder not in active:
        values = {"stray": folder, "year": context.year, **not_expected(folder, context.year, context.profile)}
        yield RaisedRule("WRONG-UNIT", Facts(where="unit", observed=folder, values=values))
    elif folder is not None and folder != inside:
        values = {"inside": inside, "folder": folder}
        yield RaisedRule("WRONG-UNIT", Facts(where="unit", observed=inside, expected=folder, values=values))
    elif inside not in active:
        values = {"inside": inside, "year": context.year, **not_expected(inside, context.year, context.profile)}
        yield RaisedRule("WRONG-UNIT", Facts(where="unit", observed=inside, values=values))
    if submission.year != context.year:
        yield RaisedRule("WRONG-YEAR", Facts(where="year", observed=submission.year, expected=context.year))


def _contradictions(submission: Submission, unit: Unit) -> Iterator[RaisedRule]:
    if submission.authority is not None and not unit.is_authority(submission.authority):
        names = {"authority": submission.authority, "registered": unit.authority}
        yield RaisedRule(
            "WRONG-UNIT",
            Facts(where="authority", observed=submission.authority, expected=unit.authority, values=names),
        )
    if before := _register_before(submission):
        facts = Facts(where="year", observed=submission.year, expected=before["whole"], values=before)
        yield RaisedRule("WRONG-YEAR", facts)
    if not unit.carries_tables and (given := _given(submission)):
        yield RaisedRule(
            "WRONG-CARRIER",
            Facts(where="tables", observed=given, expected=0, difference=given, values={"authority": unit.authority}),
        )
    elif unit.requests_counted_by is not None and (places := given_requests(submission)):
        given, values = len(places), {"authority": unit.requests_counted_by, "elsewhere": len(places)}
        facts = Facts(where=REQUESTS, observed=given, expected=0, difference=given, cells=tuple(places), values=values)
        yield RaisedRule("WRONG-CARRIER", facts)


def _register_before(submission: Submission) -> dict[str, Any]:
    """What is to be said of a register that is another year's; nothing where one case is of the year.

    A register holds the cases that were open at the start of the year or received in it. Where none was received in
    it and most were answered before it, the year was changed and the register was not.
    """
    cells = submission.by_table.get("register", ())
    came = (cell.value for cell in cells if cell.column == "received_on" and isinstance(cell.value, date))
    if any(day.year >= submission.year for day in came):
        return {}
    rows = submission.records("register")
    received = [day for row in rows if isinstance(day := row["received_on"], date)]
    answered = [day for row in rows if isinstance(day := row["replied_on"], date) and day.year < submission.year]
    if len(answered) < max(_ROWS, len(rows) / 2 + 0.5):
        return {}
    years = "、".join(str(year) for year in sorted({day.year for day in received}))
    return {"whole": years, "rows": len(rows), "answered": len(answered), "wanted": submission.year}


def _unsettled(submission: Submission, unit: Unit) -> Iterator[RaisedRule]:
    """What a whole district's report may still become, which the city takes it with; another unit hands in none."""
    below = submission.below
    if below is None:
        return
    moment = below.as_of or "未写明"
    if unit.kind != DISTRICT:
        yield RaisedRule("REPORT-LEVEL", Facts(where="schema", observed=unit.name))
    if not below.approved:
        yield RaisedRule(
            "REPORT-NOT-APPROVED", Facts(where="state", observed="草稿", expected="已审定", values={"at": moment})
        )
    if below.provisional:
        yield RaisedRule(
            "REPORT-PROVISIONAL",
            Facts(where="provisional", observed="数据未齐", expected="数据已齐", values={"at": moment}),
        )


def _given(submission: Submission) -> int:
    """How many cells of the national tables are filled in."""
    tables = for_year(submission.year).tables
    return sum(cell.table in tables and cell.state is not State.BLANK for cell in submission.by_where.values())


def _closed(reading: Reading, context: Context, code: str | None) -> Iterator[RaisedRule]:
    received, extended = reading.file.received_at, context.extensions.get(code or "")
    if extended is not None and received <= context.profile.end_of(extended):
        return
    limit = context.profile.end_of(context.profile.cycle.hard_deadline(context.year))
    if context.lock is not None or received > limit:
        closed_at = context.lock.at if context.lock else limit
        first, last = context.profile.local(received).date(), context.profile.local(closed_at).date()
        values = {"year": context.year, "locked": last if context.lock else None}
        late = max(0, (first - last).days)
        yield RaisedRule("INTAKE-CLOSED", Facts(observed=first, expected=last, difference=late, values=values))


def _deadline(context: Context, code: str | None, regular: date) -> datetime:
    extended = context.extensions.get(code or "")
    return context.profile.end_of(max(regular, extended) if extended else regular)


def judge_earlier(file: ReceivedFile, held: HeldElsewhere, year: int, profile: Profile) -> Verdict:
    """What is said of such a file; it changes nothing of where the unit stands."""
    values = {
        "kept": held.year,
        "number": held.number,
        "day": profile.local(held.received_at).date(),
        "wanted": year,
        "named": file.name.rpartition("/")[2],
    }
    facts = Facts(where="year", observed=held.year, expected=year, values=values)
    said = finding(load_catalogue().rule("WRONG-YEAR"), facts, for_year(year))
    return Verdict(Status.QUARANTINED, True, (said,), (), (), rules_version())
