"""Steps of a request that another field presupposes: THIRD-PARTY, UNCLEAR-CONSISTENT, FEE-CONSISTENT, CASE-NO-….

Part of the `cases` frame. Only whether a step is there; whether it came in time is the clocks' business.
"""

from functools import partial

from expectations.frames.shapes import ComparedValues, Facts, SubmissionUnderCheck
from gongkai.law.clocks import UNCORRECTED, UNPAID
from gongkai.submission.form import Record

# Outcome → the rule that asks for a step before it, and the date of that step.
PRESUPPOSED = {
    "refused_third_party_rights": ("THIRD-PARTY", "third_party_asked_on"),
    "unavailable_still_unclear": ("UNCLEAR-CONSISTENT", "correction_asked_on"),
    UNCORRECTED: ("UNCLEAR-CONSISTENT", "correction_asked_on"),
    UNPAID: ("FEE-CONSISTENT", "fee_notified_on"),
}


def check(entry: SubmissionUnderCheck, case: Record) -> dict[str, ComparedValues]:
    """What an outcome presupposes, and the day of a case that has an outcome; not where what is asked for is unread."""
    outcome, replied, year = case["outcome"], case["replied_on"], entry.submission.year
    measured = {}
    if (presupposed := PRESUPPOSED.get(outcome)) is not None:
        rule, key = presupposed
        if not entry.unsure(case, key):
            measured[rule] = ComparedValues(int(case[key] is not None), 1, partial(_missing_step, case, key))
    if outcome is not None and replied is None and not entry.unsure(case, "replied_on"):
        measured["CASE-NO-REPLY"] = ComparedValues(0, 1, partial(_missing_step, case, "replied_on"))
    if outcome is None and replied is not None and replied.year <= year and not entry.unsure(case, "outcome"):
        measured["CASE-NO-OUTCOME"] = ComparedValues(0, 1, partial(_missing_step, case, "outcome"))
    return measured


def _missing_step(case: Record, key: str) -> Facts:
    return Facts(
        where=case.where(key),
        cells=(case.where(key), case.where("outcome")),
        origin=case.origin("outcome"),
        values={"case": case.id, "replied": case["replied_on"]},
    )
