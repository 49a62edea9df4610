"""The law's clocks over one case of the request register (政府信息公开条例, State Council order 711).

Art. 33: a reply within 20 working days, extended at most once by at most 20, notified before the first limit.
The day the clock starts is not counted. Time out of the authority's hands does not count: asking a third
party (art. 32) or another authority (art. 34), 15 working days at most each; and waiting for a correction
(art. 30), which starts the clock anew when it arrives. A fee that was notified in time starts it anew the day after
it is paid (国办函〔2020〕109号).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from gongkai.errors import CalendarError
from gongkai.law.due_day import Due, UnknownDay, on_or_before
from gongkai.law.limits import LIMITS, Limits
from gongkai.law.tariff import TARIFF_FROM

IN_FORCE_FROM = date(2008, 5, 1)  # the regulation's first day: no request, and no clock of it, is older
UNPAID, UNCORRECTED = "closed_fee_unpaid", "closed_no_correction"
"""The outcomes of a request whose applicant did not pay, or did not correct it."""
_ANSWERED = (("third_party_asked_on", "third_party_answered_on"), ("consulted_on", "consulted_answered_on"))

Span = tuple[date, date]
"""A stretch of days: after the first, up to and with the second."""


class WorkingDayCalendar(Protocol):
    """A calendar of working days: what a clock asks of it. Which days are worked is the profile's."""

    def between(self, after: date, through: date, /) -> int:
        """Working days from the day after the first up to and with the second."""

    def add(self, day: date, count: int, /) -> date:
        """The `count`-th working day after a day."""


class Case(Protocol):
    """A case: anything that gives a register field by key (a `Record`, a mapping with None for what is missing)."""

    def __getitem__(self, key: str, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock of a case says.

    Attributes:
        started_on: the day that is not counted.
        due_on: last day for the reply, pauses and a valid extension included; unknown where nobody has supplied the
            working days of the year that it lies in.
        used: working days used until the reply; None while the case is open.
        overdue_by: working days past the limit (0 in time; None while open).
        remaining: working days left of the limit (0 when it is used up; None while open).
    """

    started_on: date
    due_on: Due
    used: int | None
    overdue_by: int | None
    remaining: int | None = None


def read_clock(
    case: Case, days: WorkingDayCalendar, on: date | None = None, *, limits: Limits = LIMITS
) -> Clock | None:
    """The clock of one case; None when no starting day is known.

    Args:
        case: the case.
        days: the working days.
        on: the day on which a case that was open then is read: what was used by then, and what was left.
        limits: those of the year; a locked one keeps its own.

    Raises:
        CalendarError: what was used cannot be counted, because nobody has supplied the working days of a year in
            between. A reply in a known year is counted, whatever year its limit lies in.
    """
    start = _started(case, days, limits)
    if start is None:
        return None
    return _read(case, days, start, on, limits)


def fee_due(case: Case, days: WorkingDayCalendar, limits: Limits = LIMITS) -> bool:
    """Whether a fee was asked for within the time to answer, and no payment is known: the time stands still.

    A case that was answered all the same is read as if there had been no fee.
    """
    answered = case["replied_on"] is not None and case["outcome"] != UNPAID
    return case["fee_paid_on"] is None and not answered and _fee_in_time(case, days, _plain_start(case), limits)


def judged_clock(case: Case, days: WorkingDayCalendar, year: int, *, limits: Limits = LIMITS) -> Clock | None:
    """The clock by which a case is judged in a report year: as it was closed, or as it stood open at the year's end.

    None where nobody can be blamed: the applicant was asked for a correction or a fee, and it has not come.
    """
    open_then = still_open(case, year)
    if fee_due(case, days, limits):
        return None
    if open_then and case["correction_asked_on"] is not None and case["correction_received_on"] is None:
        return None
    return read_clock(case, days, date(year, 12, 31) if open_then else None, limits=limits)


def is_late(case: Case, clock: Clock, year: int) -> bool:
    """Whether a case counts as late in a report year: answered after its limit, or open with the limit in the year."""
    if still_open(case, year):
        return isinstance(clock.due_on, date) and clock.due_on <= date(year, 12, 31)
    return bool(clock.overdue_by)


def still_open(case: Case, year: int) -> bool:
    """Whether no reply is known up to the end of the report year."""
    replied: date | None = case["replied_on"]
    return replied is None or replied.year > year


def _plain_start(case: Case) -> date | None:
    start: date | None = case["correction_received_on"] or case["clock_started_on"] or case["received_on"]
    return start


def _started(case: Case, days: WorkingDayCalendar, limits: Limits) -> date | None:
    """The day that is not counted: of receipt, of the correction, or of the payment of a fee notified in time."""
    start, paid = _plain_start(case), case["fee_paid_on"]
    if paid is not None and start is not None and _fee_in_time(case, days, start, limits):
        later: date = max(start, paid)
        return later
    return start


def _fee_in_time(case: Case, days: WorkingDayCalendar, start: date | None, limits: Limits) -> bool:
    asked: date | None = case["fee_notified_on"]
    if start is None or asked is None or asked < TARIFF_FROM:
        return False
    return on_or_before(asked, _read(case, days, start, None, limits).due_on)


def _read(case: Case, days: WorkingDayCalendar, start: date, on: date | None, limits: Limits) -> Clock:
    """The clock of a case from a known start on."""
    ended: date | None = case["replied_on"]
    if on is not None and (ended is None or ended > on):
        ended = on
    pauses = _pauses(case, days, start, ended, limits.answer)
    first_limit = _due(pauses, days, start, limits.reply)
    limit = limits.reply
    notified: date | None = case["extension_notified_on"]
    if notified is not None and on_or_before(notified, first_limit):
        limit += int(min(max(case["extension_days"] or 0, 0), limits.extension))  # a fraction or worse is a finding
    due = first_limit if limit == limits.reply else _due(pauses, days, start, limit)
    if ended is None:
        return Clock(start, due, None, None)
    used = _counted(pauses, days, start, ended)
    return Clock(start, due, used, max(0, used - limit), max(0, limit - used))


def _counted(pauses: Sequence[Span], days: WorkingDayCalendar, start: date, through: date) -> int:
    used = days.between(start, through)
    return used - sum(days.between(after, min(until, through)) for after, until in pauses) if pauses else used


def _due(pauses: Sequence[Span], days: WorkingDayCalendar, start: date, limit: int) -> Due:
    """The day on which `limit` counted working days are used up: pauses push it on until nothing changes."""
    try:
        due = days.add(start, limit)
        while pauses and (missing := limit - _counted(pauses, days, start, due)) > 0:
            due = days.add(due, missing)
    except CalendarError as error:
        return UnknownDay(error.year)
    return due


def _longest(days: WorkingDayCalendar, asked: date, answer: int) -> date:
    """The last day on which an asking pauses the clock.

    Where it lies in an unknown year, the first day of that year stands for it: no day beyond can be counted anyway.
    """
    try:
        return days.add(asked, answer)
    except CalendarError as error:
        return date(error.year, 1, 1)


def _pauses(case: Case, days: WorkingDayCalendar, start: date, ended: date | None, answer: int) -> Sequence[Span]:
    """Disjoint spans after the start that do not count, in order; an asking pauses for `answer` days at most.

    A correction that never came is waited for until the case `ended`, unless it was answered without one.
    """
    spans = []
    for asked_key, answered_key in _ANSWERED:
        if (asked := case[asked_key]) is not None:
            longest = _longest(days, asked, answer)
            spans.append((asked, min(case[answered_key] or longest, longest)))
    asked = case["correction_asked_on"]
    if asked is not None and ended is not None and case["correction_received_on"] is None:
        answered = case["replied_on"] is not None and case["outcome"] not in (None, UNCORRECTED)
        if not answered:
            spans.append((asked, ended))
    if not spans:  # as for nearly every case
        return ()
    disjoint, end = [], start
    for after, until in sorted(spans):
        if until > max(after, end):
            disjoint.append((max(after, end), until))
            end = until
    return disjoint


def closed_in(case: Mapping[str, Any] | Case, year: int) -> bool:
    """Whether the case was closed in the report year, whatever the outcome."""
    replied: date | None = case["replied_on"]
    return replied is not None and replied.year == year
