"""The measures by name: `(subject, asked) -> Measurement`, one module a family.

Which measures there are is declared in `gongkai.profile.measures`; here each gets its function, which has the same
name and stands in exactly one family.
"""

from collections.abc import Mapping
from types import ModuleType

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
from gongkai.profile.measures import MEASURES as DECLARED

_FAMILIES: tuple[ModuleType, ...] = (
    listed_documents,
    requests,
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


MEASURES: Mapping[str, Measure] = {name: _function(name) for name in DECLARED}
