"""The measures by name: `(subject, asked) -> Measurement`, one module a family.

A whole district's report (a unit of a city) has no lists: what is measured in its place stands in `district_reports`.
Which measures there are is declared in `gongkai.profile.measures`; here each gets its function, which has the same
name and stands in exactly one family.
"""

from collections.abc import Mapping
from functools import wraps
from types import ModuleType

from gongkai.assessment.measurement import Asked, Measure, Measurement
from gongkai.assessment.measures import (
    activities,
    catalogue_upkeep,
    disputes,
    district_reports,
    inspected,
    listed_documents,
    report_quality,
    requests,
    responses,
)
from gongkai.assessment.subject import Subject
from gongkai.profile.measures import MEASURES as DECLARED

_FAMILIES: tuple[ModuleType, ...] = (
    listed_documents,
    requests,
    responses,
    disputes,
    catalogue_upkeep,
    activities,
    inspected,
    report_quality,
)


def _function(name: str) -> Measure:
    """The one function of a declared measure."""
    (found,) = (family for family in _FAMILIES if hasattr(family, name))
    measure: Measure = getattr(found, name)
    return measure


def _of_any(name: str) -> Measure:
    """The measure of a unit's own submission, or of a whole district's report."""
    own, of_report = _function(name), district_reports.MEASURES.get(name)

    @wraps(own)
    def measure(subject: Subject, asked: Asked) -> Measurement:
        below = subject.submission.below
        return own(subject, asked) if below is None or of_report is None else of_report(subject, below)

    return measure


MEASURES: Mapping[str, Measure] = {name: _of_any(name) for name in DECLARED}
