"""The points of register, documents, catalogue and figures worked out a second time, from a submission's JSON alone.

Nothing of the product is imported: the contract's formulas, the law's clock counted day by day, the working days of the
`chinesecalendar` package. `points(said, …)` gives code → exact points, None where an indicator does not apply.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import chinese_calendar

Row = dict[str, Any]
Share = Fraction | None
SEVEN = ("received_on", "clock_started_on", "channel", "applicant_type", "replied_on", "outcome", "archived_on")


def cents(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def day(row: Row, key: str) -> date | None:
    return date.fromisoformat(row[key]) if row.get(key) else None


def working(after: date, through: date) -> list[date]:
    span = (after + timedelta(n) for n in range(1, (through - after).days + 1))
    return [one for one in span if chinese_calendar.is_workday(one)]


def within(start: date, end: date, limit: int) -> bool:
    return len(working(start, end)) <= limit


def share(passed: int, of: int) -> Share:
    return Fraction(passed, of) if of else None


class Reckoned:
    """One case: the working days it used, and whether it was in time. Walks the days one by one."""

    def __init__(self, case: Row, last: date) -> None:
        received = day(case, "clock_started_on") or day(case, "received_on")
        start = day(case, "correction_received_on") or received
        assert start is not None
        asked, paid = day(case, "fee_notified_on"), day(case, "fee_paid_on")
        if asked and paid and asked <= self._limit_day(case, start, 20):
            start = max(start, paid)
        limit = 20
        notified = day(case, "extension_notified_on")
        if notified and notified <= self._limit_day(case, start, 20):
            limit += min(case.get("extension_days") or 0, 20)
        self.used = len(self._counted(case, start, last))
        self.due = self._limit_day(case, start, limit)
        self.late = self.used > limit

    @staticmethod
    def _counted(case: Row, start: date, through: date) -> list[date]:
        """The days that count: those of a third party or another authority, fifteen at most, do not."""
        away: set[date] = set()
        for ask, answer in (
            ("third_party_asked_on", "third_party_answered_on"),
            ("consulted_on", "consulted_answered_on"),
        ):
            if (asked := day(case, ask)) is not None:
                until = day(case, answer) or asked + timedelta(60)
                away |= set(working(asked, until)[:15])
        return [one for one in working(start, through) if one not in away]

    @classmethod
    def _limit_day(cls, case: Row, start: date, limit: int) -> date:
        return cls._counted(case, start, start + timedelta(150))[limit - 1]


def cases(said: Row, year: int) -> dict[str, Fraction | None]:
    """C1, C4, C5 as shares of the weight; C1's overdue cases under `overdue`."""
    end = date(year, 12, 31)
    closed = [one for one in said["register"] if (replied := day(one, "replied_on")) and replied.year == year]
    waiting = [one for one in said["register"] if one not in closed]
    done = [Reckoned(one, day(one, "replied_on") or end) for one in closed]
    late_open = [one for one in waiting if Reckoned(one, end).due <= end]
    late = sum(one.late for one in done) + len(late_open)
    judged = len(done) + len(late_open)
    used = [one.used for one in done] + [Reckoned(one, end).used for one in late_open]  # an open one: by the year's end
    average = Fraction(sum(used), len(used)) if done else None
    speed = None if average is None else max(Fraction(0), min(Fraction(1), (20 - average) / 12))
    full = sum(all(one.get(key) is not None for key in SEVEN) for one in (*closed, *late_open))
    return {
        "C1": share(judged - late, judged),
        "overdue": Fraction(late),
        "C4": Fraction(0) if speed is None and late_open else speed,
        "C5": share(full, judged),
    }


def documents(said: Row, year: int, handed_in: date) -> dict[str, Share]:
    """A1, A3, A4, B1 to B3: documents that came out before the year are none of it."""
    every = said["documents"]
    own = [
        one
        for one in every
        if not ((out := day(one, "published_on")) and out.year < year and not one.get("repealed_on"))
    ]
    due = on_time = 0
    for one in own:
        began, out = (
            day(one, "approved_on" if one["kind"] in ("budget", "final_account") else "made_on"),
            day(one, "published_on"),
        )
        if out is None and began and within(began, handed_in, 20):
            continue
        due += 1
        on_time += bool(began and out and within(began, out, 20))
    normative = [one for one in every if one["kind"] == "normative"]
    money = [[one for one in own if one["kind"] == kind] for kind in ("budget", "final_account")]
    prompt = sum(bool(some) and all(_within_twenty_days(one) for one in some) for some in money)
    read = {one["number"]: [r for r in said["interpretations"] if r["document_number"] == one["number"]] for one in own}
    wanted = [one for one in own if one["needs_interpretation"] is not False or _made_normative(one, year)]
    return {
        "A1": share(on_time, due),
        "A3": share(sum(one["elements_complete"] and one["validity_marked"] for one in normative), len(normative)),
        "A4": Fraction(prompt, 2),
        "B1": share(sum(bool(read[one["number"]]) for one in wanted), len(wanted)),
        "B2": share(sum(_in_step(one, read[one["number"]]) for one in wanted), len(wanted)),
        "B3": share(sum(len({f for r in read[one["number"]] for f in r["forms"]}) > 1 for one in wanted), len(wanted)),
    }


def _within_twenty_days(one: Row) -> bool:
    approved, out = day(one, "approved_on"), day(one, "published_on")
    return bool(approved and out and (out - approved).days <= 20)


def _made_normative(one: Row, year: int) -> bool:
    made = day(one, "made_on")
    return one["kind"] == "normative" and (made is None or made.year == year)


def _in_step(one: Row, readings: Iterable[Row]) -> bool:
    out, days = day(one, "published_on"), [found for r in readings if (found := day(r, "published_on"))]
    return bool(out and any(within(min(out, other), max(out, other), 3) for other in days))


def upkeep(said: Row, year: int, areas: Iterable[str]) -> dict[str, Share]:
    """B4, E1, E2, F2, and the halves of D3 and F3 that a unit's own figures give."""
    replies = [one for one in said["responses"] if (out := day(one, "answered_on")) is None or out.year >= year]
    told = {(one["topic"], one["raised_on"]): one for one in sorted(replies, key=lambda one: one["answered_on"])}
    quick = sum(
        within(date.fromisoformat(one["raised_on"]), date.fromisoformat(one["answered_on"]), 5) for one in told.values()
    )
    changed = [one for one in said["catalogue"] if one.get("change")]
    adjusted = sum(
        within(date.fromisoformat(one["source_changed_on"]), date.fromisoformat(one["changed_on"]), 20)
        for one in changed
    )
    fresh = any((one.get("updated_on") or "").startswith(str(year)) for one in said["catalogue"])
    owned, listed, act = set(areas), {one["area"] for one in said["catalogue"]}, said["activities"]
    held, expected = act["training_sessions"] >= 1, act["training_expected"]
    guide = day(act, "guide_updated_on")
    return {
        "B4": share(quick, len(told)),
        "E1": share(len(owned & listed), len(owned)),
        "E2": share(adjusted, len(changed)) if changed else Fraction(1) if fresh else None,
        "F2": Fraction(min(act["rules_in_place"], 4), 4),
        "F3": (Fraction(held) + min(Fraction(act["training_attendees"], expected), 1)) / 2
        if expected
        else Fraction(held),
        "guide": Fraction(bool(guide and (date(year, 12, 31) - guide).days <= 365)),
    }


def points(
    said: Row, year: int, areas: Iterable[str], handed_in: date, weight: Callable[[str], Decimal]
) -> dict[str, Fraction | None]:
    """Code → exact points of what a submission alone decides; None: not applicable."""
    shares = {**cases(said, year), **documents(said, year, handed_in), **upkeep(said, year, areas)}
    overdue = shares.pop("overdue") or Fraction(0)
    shares.pop("guide")
    found = {code: None if value is None else Fraction(weight(code)) * value for code, value in shares.items()}
    if found["C1"] is not None:
        found["C1"] = max(Fraction(0), found["C1"] - 3 * overdue)
    corrected = {kind: row["corrected"] for kind, row in said["tables"]["disputes"].items()}
    rest = Fraction(weight("C3")) - 2 * corrected.pop("reconsideration") - 3 * sum(corrected.values())
    return {**found, "C3": max(Fraction(0), rest)}
