"""What documents below say of a rule, handed to them as data: they may not ask the catalogue themselves."""

from functools import cache

from expectations.catalogue import catalogue_in_force
from expectations.handbook import FAMILIES, by_family
from gongkai.reporting.shared.wording import Wording, Wordings


@cache
def rule_wording(kept: str | None = None) -> Wordings:
    """Rule id → its title, family, source, way out and the reasons that settle it, in the handbook's order.

    Args:
        kept: the catalogue that a verdict was given by, as its run kept it; None for today's.
    """
    catalogue = catalogue_in_force(kept)
    reasons = {reason.key: reason.wording for reason in catalogue.reasons}
    return {
        rule.id: Wording(
            title=rule.title,
            family=FAMILIES[rule.family],
            source=rule.source,
            hint=rule.hint,
            reasons={key: reasons[key] for key in rule.settled_by},
        )
        for rule in by_family(catalogue.rules)
    }
