"""Every measure a scheme can name, by its name: `(subject, asked) -> Measurement`.

One module a family. The names and the limits each needs are declared in `gongkai.profile.scheme.MEASURES`, so
that a scheme is refused when it is read; a test keeps both in step.
"""

from collections.abc import Mapping

from gongkai.assessment.measurement import Measure
from gongkai.assessment.measures import (
    activities,
    catalogue,
    disputes,
    documents,
    inspections,
    report_quality,
    requests,
)

_ALL: tuple[Measure, ...] = (
    documents.documents_on_time,
    documents.normative_documents_complete,
    documents.budget_and_final_account_on_time,
    documents.documents_interpreted,
    documents.interpretations_in_step,
    documents.interpretations_multi_form,
    documents.responses_on_time,
    requests.requests_closed_on_time,
    requests.requests_overdue,
    requests.average_reply_working_days,
    requests.register_complete,
    disputes.reconsiderations_corrected,
    disputes.litigations_corrected,
    catalogue.areas_in_catalogue,
    catalogue.catalogue_adjusted_on_time,
    activities.guide_fresh,
    activities.rules_in_place,
    activities.training_held,
    activities.training_attendance,
    inspections.inspection_passed,
    inspections.inspection_passed_monthly,
    inspections.inspection_problems,
    inspections.rectifications_on_time,
    inspections.rectifications_not_recurred,
    report_quality.report_errors,
    report_quality.report_unexplained_queries,
    report_quality.report_late,
    report_quality.report_return_rounds,
)

MEASURES: Mapping[str, Measure] = {measure.__name__: measure for measure in _ALL}
