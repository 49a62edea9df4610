"""When the clock of a request begins: CASE-CLOCK. Part of the `cases` frame.

In person it begins on the day it was handed in; otherwise once both sides have confirmed. A late start is time won.
"""

from datetime import date
from functools import partial

from expectations.frames.shapes import ComparedValues, Facts
from gongkai.profile import WorkingDays
from gongkai.submission.form import Record


def check(case: Record, received: date, days: WorkingDays, limit: int) -> dict[str, ComparedValues]:
    """CASE-CLOCK of a case that was started later than it came; a correction that came starts it anew."""
    started = case["clock_started_on"]
    if started is None or started <= received or case["correction_received_on"] is not None:
        return {}
    by_hand = case["channel"] == "in_person"
    used, allowed = days.between(received, started), 0 if by_hand else limit
    return {"CASE-CLOCK": ComparedValues(used, allowed, partial(_late_start, case, by_hand, used, allowed))}


def _late_start(case: Record, by_hand: bool, used: int, allowed: int) -> Facts:
    return Facts(
        where=case.where("clock_started_on"),
        cells=(case.where("clock_started_on"), case.where("received_on")),
        observed=used,
        expected=allowed,
        origin=case.origin("clock_started_on"),
        values={
            "case": case.id,
            "received": case["received_on"],
            "started": case["clock_started_on"],
            **({"by_hand": "当面提交"} if by_hand else {}),
        },
    )
