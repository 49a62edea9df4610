"""The rules about single cases of the request register as columns; the same as `cases_frame` compares row by row.

Left to that module: whatever is impossible, unread, outside the year, charged for, or in need of a day that nobody has
supplied. Those are few, and their words need the row by itself anyway.
"""

from datetime import date
from typing import NamedTuple

import numpy as np

from expectations.frames import case_steps, dates
from expectations.frames.columns import clocks
from expectations.frames.columns.calendar import BEYOND, Calendar
from expectations.frames.columns.compared import Compared, Flags, Ints
from expectations.frames.columns.listed import ListColumns
from expectations.ruleset import RuleSet
from gongkai.law.clocks import IN_FORCE_FROM
from gongkai.profile import WorkingDays

_IN_USE = (
    *("received_on", "clock_started_on", "correction_asked_on", "correction_received_on", "replied_on"),
    *("third_party_asked_on", "third_party_answered_on", "consulted_on", "consulted_answered_on"),
    "extension_notified_on",
)


class CasesCompared(NamedTuple):
    """What was compared, and the rows that are left to be read one by one."""

    compared: dict[str, Compared]
    left_over: Ints


def compare(cases: ListColumns, days: WorkingDays, rules: RuleSet, charged: Flags) -> CasesCompared:
    """Compares all cases that can be compared together.

    Args:
        cases: of one report year.
        days: the profile's working days.
        rules: the limits.
        charged: cases whose fee is compared.
    """
    if not len(cases):
        return CasesCompared({}, np.zeros(0, np.int64))
    year = int(cases.entries[0].submission.year)
    calendar = Calendar(days, year, *_years(cases, year))
    plain = ~charged & ~cases.unread() & (cases.days("fee_notified_on") == 0) & ~cases.fraction("extension_days")
    plain &= (impossible(cases) == 0) & calendar.has(cases.year_end)
    for key in _IN_USE:
        plain &= calendar.has(cases.days(key))
    received, replied = cases.days("received_on"), cases.days("replied_on")
    plain &= ((replied == 0) | (replied >= cases.year_start)) & (received <= cases.year_end)
    compared, unknown = _clocks(cases, calendar, rules, plain & (received > 0))
    plain &= ~unknown
    compared = {rule: _of(found, plain) for rule, found in compared.items()}
    compared["CASE-DATES"] = Compared.where(plain, 0, 0)
    return CasesCompared(compared | _steps(cases, plain), np.flatnonzero(~plain))


def impossible(cases: ListColumns) -> Ints:
    """How many dates of each case cannot be (`dates`)."""
    arrived = cases.of_entries(lambda entry: entry.received_on.toordinal())
    first = IN_FORCE_FROM.toordinal()
    wrong = {}
    for key in dates.date_fields(cases.list):
        day = cases.days(key)
        wrong[key] = (day > 0) & ((day < first) | (day > arrived))
    found: Ints = np.zeros(len(cases), np.int64)
    for flags in wrong.values():
        found += flags
    for earlier, later in dates.REQUEST_ORDER:
        before, after = cases.days(earlier), cases.days(later)
        found += (before > after) & (after > 0) & ~wrong[earlier] & ~wrong[later]
    return found


def _years(cases: ListColumns, year: int) -> tuple[int, int]:
    """The years that the clocks may ask for: from the first request up to a limit after the last day."""
    seen = np.concatenate([cases.year_start, *(cases.days(key) for key in _IN_USE)])
    return date.fromordinal(int(seen[seen >= IN_FORCE_FROM.toordinal()].min())).year, year + 2


def _of(found: Compared, rows: Flags) -> Compared:
    kept = rows[found.at]
    return Compared(found.at[kept], found.left[kept], found.right[kept])


def _clocks(cases: ListColumns, calendar: Calendar, rules: RuleSet, rows: Flags) -> tuple[dict[str, Compared], Flags]:
    """What the clocks compare, and the cases whose last day lies in an unknown year."""
    received, started, replied = (cases.days(key) for key in ("received_on", "clock_started_on", "replied_on"))
    asked, corrected = cases.days("correction_asked_on"), cases.days("correction_received_on")
    notified, limits = cases.days("extension_notified_on"), rules.clock
    begun = np.maximum(received, started)
    counted_from = np.where(begun <= asked, begun, received)
    start = np.where(corrected > 0, corrected, np.where(started > 0, started, received))
    still_open = (replied == 0) | (replied > cases.year_end)
    stood = clocks.read(cases, calendar, limits, start, np.where(still_open, cases.year_end, replied))
    first_due = clocks.read(cases, calendar, limits, start, replied).first_due
    too_long = cases.number("extension_days") > limits.extension
    too_late = (notified > 0) & (notified > first_due)
    judged = rows & ((replied > 0) | cases.missing("outcome")) & ~(still_open & (asked > 0) & (corrected == 0))
    by_hand = cases.any_of("channel", ("in_person",))
    confirmed = np.where(by_hand, 0, rules.limit("CASE-CLOCK", "confirmed"))
    extended = rows & ((notified > 0) | ~cases.missing("extension_days"))
    compared = {
        "CASE-CLOCK": Compared.where(
            rows & (started > received) & (corrected == 0), calendar.between(received, started), confirmed
        ),
        "CASE-CORRECTION": Compared.where(
            rows & (asked > 0), calendar.between(counted_from, asked), rules.limit("CASE-CORRECTION", "asked")
        ),
        "CASE-EXTENSION": Compared.where(extended, too_long.astype(np.int64) + too_late, 0),
        "CASE-OVERDUE": Compared.where(judged, np.maximum(stood.used - stood.limit, 0), 0),
    }
    return compared, judged & still_open & (stood.due == BEYOND)


def _steps(cases: ListColumns, rows: Flags) -> dict[str, Compared]:
    """What an outcome presupposes (`case_steps`)."""
    replied, outcome = cases.days("replied_on"), cases.words("outcome")
    asking: dict[str, Flags] = {}
    there: dict[str, Flags] = {}
    for word, (rule, key) in case_steps.PRESUPPOSED.items():
        at = rows & (outcome == word)
        asking[rule] = asking.get(rule, False) | at
        there[rule] = there.get(rule, False) | (at & (cases.days(key) > 0))
    told = ~cases.missing("outcome")
    asking |= {
        "CASE-NO-REPLY": rows & told & (replied == 0),
        "CASE-NO-OUTCOME": rows & ~told & (replied > 0) & (replied <= cases.year_end),
    }
    return {
        rule: Compared.where(at, there[rule].astype(np.int64) if rule in there else 0, 1) for rule, at in asking.items()
    }
