"""Every measure that a scheme can name, declared once: the limits it needs and what it gives.

A declaration stands here, below the scheme, so that a misspelt scheme is refused when it is read. What is measured is
the function of the same name in `gongkai.assessment.measures`: a new measure is a line here and that function.
"""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class Gives(Enum):
    """What a measure answers with, and so where a scheme may name it."""

    RATE = "a value between 0 and 1: in `parts`"
    FIGURE = "a figure that is a value only on a scale: in `parts` with `scale`"
    COUNT = "a number of cases that each cost points: in `deductions`"


class DeclaredMeasure(NamedTuple):
    """A measure: what it gives, the names of the numbers that the scheme must give it, and the entries it counts.

    Attributes:
        entry_kind: the kind of the office's entries on its own indicator that it counts; None where it needs none.
    """

    gives: Gives
    limits: tuple[str, ...] = ()
    entry_kind: str | None = None


_RATE, _FIGURE, _COUNT = Gives.RATE, Gives.FIGURE, Gives.COUNT

MEASURES: Mapping[str, DeclaredMeasure] = {
    "documents_on_time": DeclaredMeasure(_RATE, ("working_days",)),
    "normative_documents_complete": DeclaredMeasure(_RATE),
    "budget_and_final_account_on_time": DeclaredMeasure(_RATE, ("days",)),
    "documents_interpreted": DeclaredMeasure(_RATE),
    "interpretations_in_step": DeclaredMeasure(_RATE, ("working_days",)),
    "interpretations_multi_form": DeclaredMeasure(_RATE, ("forms",)),
    "responses_on_time": DeclaredMeasure(_RATE, ("working_days",)),
    "requests_closed_on_time": DeclaredMeasure(_RATE),
    "requests_overdue": DeclaredMeasure(_COUNT),
    "average_reply_working_days": DeclaredMeasure(_FIGURE),
    "register_complete": DeclaredMeasure(_RATE),
    "reconsiderations_corrected": DeclaredMeasure(_COUNT),
    "litigations_corrected": DeclaredMeasure(_COUNT),
    "areas_in_catalogue": DeclaredMeasure(_RATE),
    "catalogue_adjusted_on_time": DeclaredMeasure(_RATE, ("working_days",)),
    "guide_fresh": DeclaredMeasure(_RATE, ("days",)),
    "rules_in_place": DeclaredMeasure(_RATE, ("of",)),
    "training_held": DeclaredMeasure(_RATE, ("sessions",)),
    "training_attendance": DeclaredMeasure(_RATE),
    "portal_items": DeclaredMeasure(_FIGURE),
    "new_media_items": DeclaredMeasure(_FIGURE),
    "inspection_passed": DeclaredMeasure(_RATE, entry_kind="checked"),
    "inspection_passed_monthly": DeclaredMeasure(_RATE, entry_kind="checked"),
    "inspection_problems": DeclaredMeasure(_COUNT, entry_kind="problem"),
    "rectifications_on_time": DeclaredMeasure(_RATE),
    "rectifications_not_recurred": DeclaredMeasure(_RATE),
    "report_errors": DeclaredMeasure(_COUNT),
    "report_unexplained_queries": DeclaredMeasure(_COUNT),
    "report_late": DeclaredMeasure(_COUNT),
    "report_return_rounds": DeclaredMeasure(_COUNT),
}
