"""What documents below say of a rule, handed to them as data: they may not ask the catalogue themselves."""

from collections.abc import Mapping
from functools import cache

from expectations.catalogue import load_catalogue
from gongkai.reporting.wording import Wording


@cache
def rule_wording() -> Mapping[str, Wording]:
    """Rule id → its title and the wording of the reasons that settle it."""
    catalogue = load_catalogue()
    reasons = {reason.key: reason.wording for reason in catalogue.reasons}
    return {rule.id: Wording(rule.title, {key: reasons[key] for key in rule.settled_by}) for rule in catalogue.rules}
