"""What the scheme's bonuses and penalties are called where the office names one, and what each is worth."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from gongkai.profile.scheme import AwardGround
from gongkai.submission.fields import lists


def grounds(rules: Iterable[AwardGround]) -> Mapping[str, Decimal]:
    """Name → points: a ground's own name; one by level of commendation under the level's name and under its key."""
    found: dict[str, Decimal] = {}
    for rule in rules:
        if rule.what:
            found[rule.what] = rule.points
        if rule.level:
            found[level_name(rule.level)] = rule.points
            found.setdefault(rule.level, rule.points)
    return found


def level_name(ground: str) -> str:
    """A level of commendation by its name where its key is given; any other ground as it is."""
    names = lists()["evidence"].fields["level"].choices
    return names.get(ground, ground) if isinstance(names, dict) else ground
