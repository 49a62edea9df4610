"""What documents below say of a rule, handed to them as data: they may not ask the catalogue themselves."""

from collections.abc import Mapping
from functools import cache

from expectations.catalogue import kept_catalogue, load_catalogue
from gongkai.reporting.returned_list import Wording


@cache
def rule_wording(kept: str | None = None) -> Mapping[str, Wording]:
    """Rule id → its title and the wording of the reasons that settle it.

    Args:
        kept: the catalogue that a verdict was given by, as its run kept it; None for today's.
    """
    catalogue = load_catalogue() if kept is None else kept_catalogue(kept)
    reasons = {reason.key: reason.wording for reason in catalogue.reasons}
    return {rule.id: Wording(rule.title, tuple(reasons[key] for key in rule.settled_by)) for rule in catalogue.rules}
