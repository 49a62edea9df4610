"""The `cases` frame: one row a case of the request register or of the disputes register.

Each rule about a single case compares two numbers of it. A rule that needs a date which cannot be, or which is
missing, has nothing to say about that case: the date is a finding of its own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from expectations.frames import case_start, case_steps, dates, fees
from expectations.frames.columns import cases as columns
from expectations.frames.columns.compared import Columns
from expectations.frames.columns.listed import ListColumns
from expectations.frames.shapes import (
    Checked,
    ComparedValues,
    Facts,
    Frame,
    Number,
    SubmissionUnderCheck,
    describe_measured,
)
from expectations.frames.unknown_days import UnknownDays
from expectations.ruleset import RuleSet
from gongkai.law.clocks import Case, Clock, judged_clock, read_clock, still_open
from gongkai.law.due_day import UnknownDay, on_or_before
from gongkai.law.limits import Limits
from gongkai.profile import WorkingDays
from gongkai.submission.fields import lists
from gongkai.submission.form import Record

_LISTS = ("register", "disputes_register")
# What a clock is read from.
_TIMES = (
    *("received_on", "clock_started_on", "correction_asked_on", "correction_received_on"),
    *("third_party_asked_on", "third_party_answered_on", "consulted_on", "consulted_answered_on"),
    *("extension_notified_on", "extension_days", "replied_on"),
)


def build(entries: Sequence[SubmissionUnderCheck], days: WorkingDays, rules: RuleSet) -> Frame:
    """The rows of all entries, in the order of their registers; the limits are those of `rules`.

    A rule that would need a day of a year whose working days nobody has supplied is not evaluated for that case.
    """
    unknown = UnknownDays()
    cases = ListColumns([entry for entry in entries if entry.counts_requests], _LISTS[0])
    charged = {entry.key: fees.by_case(entry) for entry in cases.entries}

    def row(at: int, unknown: UnknownDays) -> Checked:
        entry, case = cases.entry_of(at), cases.record(at)
        return _request(entry, case, charged[entry.key].get(case.position, {}), days, rules, unknown)

    def paid(entry: SubmissionUnderCheck) -> Callable[[Record], bool] | None:
        here = charged[entry.key]
        return (lambda case: case.position in here) if here else None

    together, left_over = columns.compare(cases, days, rules, cases.marked(paid))
    rows = [row(int(at), unknown) for at in left_over]
    rows += [one for entry in entries for one in _disputes(entry)]
    read_alone = partial(row, unknown=UnknownDays())
    parts = [Columns(len(cases) - len(left_over), together, read_alone)]
    own = [(e, _LISTS if e.counts_requests else _LISTS[1:]) for e in entries]
    planned = sum(e.submission.rows_of_lists[name] for e, names in own for name in names)
    return Frame("cases", rows, planned, describe_measured, unknown.not_evaluated(), parts)


def _request(
    entry: SubmissionUnderCheck,
    case: Record,
    charged: Mapping[str, ComparedValues],
    days: WorkingDays,
    rules: RuleSet,
    unknown: UnknownDays,
) -> Checked:
    """One case of the request register by itself; the law and the words of what `columns` compares together."""
    faults = dates.check(case, entry.received_on)
    measured = {"CASE-DATES": faults, **charged, **case_steps.check(entry, case)}
    if faults.left == 0 and not entry.unsure(case, *_TIMES):
        measured |= _outside(case, entry.submission.year) | _clocks(entry, case, days, rules, unknown)
    return Checked(entry.key, measured)


def _disputes(entry: SubmissionUnderCheck) -> Iterator[Checked]:
    year = entry.submission.year
    for record in entry.submission.records("disputes_register"):
        faults = dates.check(record, entry.received_on)
        sure = faults.left == 0 and not entry.unsure(record, "filed_on", "closed_on")
        yield Checked(entry.key, {"CASE-DATES": faults, **(_outside(record, year) if sure else {})})


def _outside(case: Record, year: int) -> dict[str, ComparedValues]:
    """A case that was closed before the year or came in after it: it counts nowhere."""
    if (key := dates.outside(case, year)) is None:
        return {}
    return {"CASE-OUTSIDE": ComparedValues(1, 0, partial(_stray, case, key))}


def _stray(case: Record, key: str) -> Facts:
    fields = lists()[case.list].fields
    return Facts(
        where=case.where(key),
        observed=case[key],
        origin=case.origin(key),
        values={
            "list": lists()[case.list].label,
            "case": case.id,
            "what": fields[key].label.removesuffix("日期"),
            "table": "表三" if case.list == "register" else "表四",
        },
    )


def _clocks(
    entry: SubmissionUnderCheck, case: Record, days: WorkingDays, rules: RuleSet, unknown: UnknownDays
) -> dict[str, ComparedValues]:
    """The law's clocks over a case whose dates are sound, as they stood at the end of the year."""
    received, year = case["received_on"], entry.submission.year
    year_end, replied = date(year, 12, 31), case["replied_on"]
    if received is None or received > year_end or (replied is not None and replied.year < year):
        return {}
    measured: dict[str, ComparedValues] = {}
    with unknown.noted(entry.key, "CASE-CLOCK", case.id):
        measured |= case_start.check(case, received, days, rules.limit("CASE-CLOCK", "confirmed"))
    with unknown.noted(entry.key, "CASE-CORRECTION", case.id):
        measured |= _correction(case, received, days, rules.limit("CASE-CORRECTION", "asked"))
    if case["extension_notified_on"] is not None or case["extension_days"] is not None:
        with unknown.noted(entry.key, "CASE-EXTENSION", case.id):
            faults = list(_extension_faults(case, days, rules.clock))
            measured["CASE-EXTENSION"] = ComparedValues(len(faults), 0, lambda: _extension(case, faults))
    with unknown.noted(entry.key, "CASE-OVERDUE", case.id):
        measured |= _reply(entry, case, days, rules.clock, unknown)
    return measured


def _correction(case: Record, received: date, days: WorkingDays, limit: int) -> dict[str, ComparedValues]:
    """CASE-CORRECTION of a case whose applicant was asked to correct the request."""
    if (asked := case["correction_asked_on"]) is None:
        return {}
    start = max(received, case["clock_started_on"] or received)
    counted_from = start if start <= asked else received
    used = days.between(counted_from, asked)
    described = partial(_late_correction, case, counted_from, used, limit)
    return {"CASE-CORRECTION": ComparedValues(used, limit, described)}


def _reply(
    entry: SubmissionUnderCheck, case: Record, days: WorkingDays, limits: Limits, unknown: UnknownDays
) -> dict[str, ComparedValues]:
    """CASE-OVERDUE of a case that was closed in the year, or was open at its end and waited for nobody."""
    year = entry.submission.year
    if case["replied_on"] is None and case["outcome"] is not None:  # closed, and nobody says when
        return {}
    clock = judged_clock(case, days, year, limits=limits)
    if clock is None:
        return {}
    still_open_on = date(year, 12, 31) if still_open(case, year) else None
    if still_open_on and isinstance(clock.due_on, UnknownDay):  # in time until then; when it falls due nobody knows yet
        unknown.add(entry.key, "CASE-OVERDUE", case.id, clock.due_on.year)
    described = partial(_overdue, case, clock, limits, still_open_on)
    return {"CASE-OVERDUE": ComparedValues(clock.overdue_by or 0, 0, described)}


class _Changed:
    """A case with some fields changed, for a clock that asks what if."""

    def __init__(self, case: Case, fields: Mapping[str, Any]) -> None:
        self._case, self._fields = case, fields

    def __getitem__(self, key: str) -> Any:
        return self._fields[key] if key in self._fields else self._case[key]


class _ExtensionFault(NamedTuple):
    """What is wrong with an extension: its field, what the law allows there, how far beyond it is, and the clause."""

    field: str
    allowed: int | date
    beyond: Number
    clause: str


def _extension_faults(case: Record, days: WorkingDays, limits: Limits) -> Iterator[_ExtensionFault]:
    extended, notified = case["extension_days"], case["extension_notified_on"]
    if extended is not None and extended > limits.extension:
        beyond = extended - limits.extension
        clause = f"延期 {extended} 个工作日，最多 {limits.extension} 个，多出 {beyond} 个"
        yield _ExtensionFault("extension_days", limits.extension, beyond, clause)
    if notified is not None:
        first = read_clock(_Changed(case, {"extension_notified_on": None}), days, limits=limits)
        if first is not None and not on_or_before(notified, due := first.due_on) and isinstance(due, date):
            late = days.between(due, notified)
            clause = f"延期告知日期 {notified} 晚于原答复期限 {due}，晚了 {late} 个工作日"
            yield _ExtensionFault("extension_notified_on", due, late, clause)


def _extension(case: Record, faults: Sequence[_ExtensionFault]) -> Facts:
    first = faults[0]
    return Facts(
        where=case.where(first.field),
        observed=case[first.field],
        expected=first.allowed,
        difference=first.beyond,
        cells=tuple(case.where(k) for k in ("extension_days", "extension_notified_on") if case[k] is not None),
        origin=case.origin(first.field),
        values={"case": case.id, "faults": "；".join(fault.clause for fault in faults)},
    )


def _late_correction(case: Record, counted_from: date, used: int, limit: int) -> Facts:
    received = case["received_on"]
    started = counted_from if counted_from != received else None
    return Facts(
        where=case.where("correction_asked_on"),
        observed=used,
        expected=limit,
        difference=used - limit,
        cells=(case.where("correction_asked_on"), case.where("clock_started_on" if started else "received_on")),
        origin=case.origin("correction_asked_on"),
        values={"case": case.id, "received": received, "started": started, "asked": case["correction_asked_on"]},
    )


def _overdue(case: Record, clock: Clock, limits: Limits, still_open_on: date | None) -> Facts:
    """The facts of a late reply, or (with `still_open_on`) of a case that was overdue and open on that day."""
    spoken = {"still_open": still_open_on} if still_open_on else {"replied": case["replied_on"]}
    not_stated = _extension_not_stated(case, clock, limits)
    return Facts(
        where=case.where("replied_on"),
        observed=still_open_on or case["replied_on"],
        expected=clock.due_on if isinstance(clock.due_on, date) else None,  # whoever is late knows since when
        difference=clock.overdue_by,
        cells=(case.where("replied_on"), case.where("clock_started_on"), case.where("received_on")),
        origin=case.origin("replied_on"),
        values={"case": case.id, "start": clock.started_on, "used": clock.used, "not_stated": not_stated, **spoken},
    )


def _extension_not_stated(case: Record, clock: Clock, limits: Limits) -> str | None:
    """What is not filled in of an extension that, filled in, could make the reply one in time."""
    notified, extended = case["extension_notified_on"], case["extension_days"]
    if clock.used is None or clock.used > limits.reply + limits.extension:
        return None
    if notified is not None and extended is None and on_or_before(notified, clock.due_on):
        return f"{notified} 告知延期，但没有填写延期工作日"
    if notified is None and (extended or 0) > 0:
        return f"延期 {extended} 个工作日，但没有填写延期告知日期"
    return None
