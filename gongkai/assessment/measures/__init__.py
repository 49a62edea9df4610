"""Every measure a scheme can name, by its name: `(subject, asked) -> Measurement`.

One module a family. The names and the limits each needs are declared in `gongkai.profile.scheme.MEASURES`, so
that a scheme is refused when it is read; a test keeps both in step.
"""

from collections.abc import Mapping

from gongkai.assessment.measurement import Measure
from gongkai.assessment.measures import (
    activities,
    catalogue_upkeep,
    disputes,
    inspected,
    listed_documents,
    report_quality,
    requests,
)

_ALL: tuple[Measure, ...] = (
    listed_documents.documents_on_time,
    listed_documents.normative_documents_complete,
    listed_documents.budget_and_final_account_on_time,
    listed_documents.documents_interpreted,
    listed_documents.interpretations_in_step,
    listed_documents.interpretations_multi_form,
    listed_documents.responses_on_time,
    requests.requests_closed_on_time,
    requests.requests_overdue,
    requests.average_reply_working_days,
    requests.register_complete,
    disputes.reconsiderations_corrected,
    disputes.litigations_corrected,
    catalogue_upkeep.areas_in_catalogue,
    catalogue_upkeep.catalogue_adjusted_on_time,
    activities.guide_fresh,
    activities.rules_in_place,
    activities.training_held,
    activities.training_attendance,
    inspected.inspection_passed,
    inspected.inspection_passed_monthly,
    inspected.inspection_problems,
    inspected.rectifications_on_time,
    inspected.rectifications_not_recurred,
    report_quality.report_errors,
    report_quality.report_unexplained_queries,
    report_quality.report_late,
    report_quality.report_return_rounds,
)

MEASURES: Mapping[str, Measure] = {measure.__name__: measure for measure in _ALL}
