"""What each computed figure of the text is called: its path, as `report.json`, the tags in Word and `trace` have it.

A cell is `requests.new_requests.total`, an activity `activities.portal_items`, a rate `indicators.…`, all as
`report.json` nests them; anything else that the sentences count is `facts.<name>`. The office's own begins with
`office.`. A change on last year is its figure's path with `.change` or `.percent`.
"""

from collections.abc import Mapping

from gongkai.national_format.figures import (
    CARRIED_IN,
    CARRIED_OUT,
    COMPULSIONS,
    FEES_WAN_YUAN,
    GRANTED,
    LICENCES,
    LITIGATION,
    LITIGATIONS,
    NEW_REQUESTS,
    NORMATIVE_IN_FORCE,
    NORMATIVE_ISSUED,
    NORMATIVE_REPEALED,
    OUTCOME_TOTAL,
    PARTLY_GRANTED,
    PENALTIES,
    RECONSIDERATION,
    RECONSIDERATIONS,
    of_disputes,
)
from gongkai.submission.fields import groups
from gongkai.submission.references import OFFICE

# What the sentences call a cell of the tables. A sum is missing as soon as one of its cells is.
CELLS: Mapping[str, tuple[str, ...]] = {
    "requests_new": (NEW_REQUESTS,),
    "requests_carried_in": (CARRIED_IN,),
    "requests_handled": (OUTCOME_TOTAL,),
    "requests_carried_out": (CARRIED_OUT,),
    "requests_granted": (GRANTED,),
    "requests_partly_granted": (PARTLY_GRANTED,),
    "reconsiderations": (RECONSIDERATIONS,),
    "reconsiderations_corrected": of_disputes("corrected", (RECONSIDERATION,)),
    "litigations": LITIGATIONS,
    "litigations_corrected": of_disputes("corrected", LITIGATION),
    "disputes_corrected": of_disputes("corrected"),
    "disputes_pending": of_disputes("pending"),
    "normative_issued": (NORMATIVE_ISSUED,),
    "normative_repealed": (NORMATIVE_REPEALED,),
    "normative_in_force": (NORMATIVE_IN_FORCE,),
    "licences": (LICENCES,),
    "penalties": (PENALTIES,),
    "compulsions": (COMPULSIONS,),
    "fees_wan_yuan": (FEES_WAN_YUAN,),
}
_INDICATORS = {
    "average_days": "average_reply_working_days",
    "shortening_percent": "reply_shortening_percent",
    "cases_closed": "requests_closed",
    "cases_on_time": "requests_closed_on_time",
    "on_time_percent": "requests_closed_on_time_percent",
}
_OFFICE_FACT = "office_"
DIFFERENCE, PERCENT = ".change", ".percent"  # short: a tag of Word has at most 64 characters


def figure_path(fact: str) -> str:
    """The path of a fact by its name among the facts of the sentences (`office_requests_new`)."""
    own = fact.startswith(_OFFICE_FACT)
    name = fact.removeprefix(_OFFICE_FACT)
    return f"{OFFICE if own else ''}{_path(name)}"


def _path(name: str) -> str:
    if len(cells := CELLS.get(name, ())) == 1:
        return cells[0]
    if name in groups()["activities"].fields:
        return f"activities.{name}"
    return f"indicators.{_INDICATORS[name]}" if name in _INDICATORS else f"facts.{name}"
