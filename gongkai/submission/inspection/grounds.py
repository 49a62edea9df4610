"""What the scheme's bonuses and penalties are called where the office names one, and what each is worth."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gongkai.profile.scheme import AwardGround
from gongkai.submission.fields import lists


def grounds(rules: Iterable[AwardGround]) -> Mapping[str, Decimal]:
    """Name → points: a ground's own name; one by level of commendation under the level's name and under its key."""
    names = lists()["evidence"].fields["level"].choices
    found: dict[str, Decimal] = {}
    for rule in rules:
        if rule.what:
            found[rule.what] = rule.points
        if rule.level:
            found[names.get(rule.level, rule.level) if isinstance(names, dict) else rule.level] = rule.points
            found.setdefault(rule.level, rule.points)
    return found
