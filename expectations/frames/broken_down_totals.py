"""Totals broken down by names (分解数字): the parts of each figure against the cells they add up to.

Part of the `figures` frame: one row a submission and figure. Which cells a figure is the sum of stands here.
"""

from collections.abc import Mapping

from expectations.frames.shapes import ComparedValues, Facts, SubmissionUnderCheck, apart
from gongkai.national_format.figures import (
    CARRIED_IN,
    CARRIED_OUT,
    LITIGATIONS,
    NEW_REQUESTS,
    OUTCOME_TOTAL,
    RECONSIDERATIONS,
)
from gongkai.submission.fields import lists

# Figure of the list `parts` → the cells whose sum it is (of a format, those it has).
FIGURES: Mapping[str, tuple[str, ...]] = {
    "requests_received": (NEW_REQUESTS, CARRIED_IN),
    "new_requests": (NEW_REQUESTS,),
    "outcome_total": (OUTCOME_TOTAL,),
    "carried_out": (CARRIED_OUT,),
    "reconsideration": (RECONSIDERATIONS,),
    "litigation": LITIGATIONS,
}


def check(entry: SubmissionUnderCheck, figure: str) -> dict[str, ComparedValues]:
    """PARTS-SUM of one figure; nothing where it is not broken down, or a part or a cell has no number."""
    records = [part for part in entry.submission.records("parts") if part["figure"] == figure]
    numbers = [entry.numbers.get(where) for where in FIGURES[figure]]
    values = [part["value"] for part in records]
    if not records or None in values or None in numbers:
        return {}
    added, total = sum(values), sum(number for number in numbers if number is not None)
    named = lists()["parts"].fields["figure"].choices

    def describe() -> Facts:
        first = records[0]
        return Facts(
            where=first.where("value"),
            observed=added,
            expected=total,
            difference=apart(added, total),
            cells=(*(part.where("value") for part in records), *FIGURES[figure]),
            origin=first.origin("value"),
            values={"figure": named[figure] if isinstance(named, Mapping) else figure, "count": len(records)},
        )

    return {"PARTS-SUM": ComparedValues(added, total, describe)}
