"""The rules as one run applies them: the catalogue, less what the district switches off, with its own thresholds.

A locked year has the catalogue of its lock instead of today's. Nothing is evaluated here; `context.Context.rules`
carries the value to whoever asks whether a rule is in force or where its threshold lies.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from expectations.catalogue import EVALUATED, Catalogue, Frame, Rule, Threshold, load_catalogue
from gongkai.errors import ProfileError
from gongkai.law.limits import LIMITS, Limits
from gongkai.profile import Profile
from gongkai.profile.rules import ChangedThreshold, RuleSettings
from gongkai.profile.wrong_values import nearest
from gongkai.submission.verdict import ChangedRule, NotApplied

_FILE = "rules.yaml"
_LATER = "本年度锁定之后才有的规则。"
_GONE = "本年度锁定之后已取消的规则。"


class RuleSet:
    """What a validation asks about rules.

    Attributes:
        catalogue: today's, or the one that a locked year keeps.
        clock: the limits by which a rule reads the clock of a case.
        off: rule id → why the district does not apply it.
        changed: the thresholds that the district has changed, as receipts print them.
    """

    def __init__(self, settings: RuleSettings, kept: Catalogue | None = None, clock: Limits = LIMITS) -> None:
        """Puts catalogue and settings together.

        Args:
            settings: the profile's `rules.yaml`.
            kept: the catalogue of a locked year.
            clock: the law's limits that it states.

        Raises:
            ProfileError: a rule that does not exist, cannot be switched off or has no such threshold.
        """
        self.catalogue, self.clock = kept or load_catalogue(), clock
        self._settings = settings
        mistakes = [*_wrong(self.catalogue, settings)]
        if mistakes:
            raise ProfileError("\n".join([f"{_FILE} 有误：", *mistakes]))
        self.off: Mapping[str, str] = {entry.rule: entry.reason for entry in settings.off}
        self._values = {(c.rule, _name(self.catalogue, c)): c.value for c in settings.thresholds}
        self.changed: Sequence[ChangedRule] = tuple(_changed(self.catalogue, change) for change in settings.thresholds)

    def in_force(self, year: int, *frames: Frame) -> tuple[Rule, ...]:
        """The rules of a report year that are applied, on the given frames (all when none is given)."""
        rules = self.catalogue.in_force(year, *frames)
        return tuple(rule for rule in rules if rule.id not in self.off and rule.id in self._today)

    def limit(self, rule: str, threshold: str) -> int:
        """The number that a rule decides by in this district and year.

        One that a kept catalogue does not name, because it is older than the threshold, is today's.
        """
        changed = self._values.get((rule, threshold))
        if changed is not None:
            return changed
        named = self.catalogue.has_limit(rule, threshold)
        return (self.catalogue if named else load_catalogue()).limit(rule, threshold)

    def left_out(self, year: int) -> list[NotApplied]:
        """The rules of a report year that are not applied to anybody, and why."""
        kept = {rule.id for rule in self.catalogue.rules}
        later = [rule.id for rule in load_catalogue().in_force(year, *EVALUATED) if rule.id not in kept]
        gone = [rule.id for rule in self.catalogue.in_force(year, *EVALUATED) if rule.id not in self._today]
        switched = [rule.id for rule in self.catalogue.in_force(year) if rule.id in self.off]
        return [
            *(NotApplied(rule, f"本区停用：{self.off[rule]}。") for rule in switched),
            *(NotApplied(rule, _LATER) for rule in later),
            *(NotApplied(rule, _GONE) for rule in gone if rule not in self.off),
        ]

    @cached_property
    def _today(self) -> frozenset[str]:
        return frozenset(rule.id for rule in load_catalogue().rules)


def rule_set(profile: Profile) -> RuleSet:
    """The rules as a district applies them today; raises as `RuleSet`."""
    return RuleSet(profile.rules)


def why_not_off(rule: str) -> str | None:
    """Why today's catalogue does not let a district switch a rule off; None where it may."""
    known = {one.id: one for one in load_catalogue().rules}
    if rule not in known:
        return _unknown(rule, known)
    return None if known[rule].switchable else _kept_on(known[rule])


def _unknown(rule: str, known: Collection[str]) -> str:
    return f"没有规则 {rule}{nearest(rule, list(known))}，规则编号见 docs/rules.md"


def _kept_on(rule: Rule) -> str:
    return f"规则 {rule.id}（{rule.title}）不能停用"


class _EntryPlace(NamedTuple):
    """Where in the file an entry stands, as a message names it."""

    key: str
    number: int

    def say(self, field: str, what: str) -> str:
        return f"  {self.key}.{self.number}.{field}：{what}"


def _wrong(catalogue: Catalogue, settings: RuleSettings) -> list[str]:
    """Everything that is wrong with the settings, by file position; nothing when they hold."""
    known = {rule.id: rule for rule in catalogue.rules}
    found = []
    seen: set[tuple[str, str]] = set()
    for number, entry in enumerate(settings.off):
        place, rule = _EntryPlace("off", number), known.get(entry.rule)
        if rule is None:
            found.append(place.say("rule", _unknown(entry.rule, known)))
        elif not rule.switchable:
            found.append(place.say("rule", _kept_on(rule)))
        elif ("off", entry.rule) in seen:
            found.append(place.say("rule", f"规则 {entry.rule} 写了两次"))
        seen.add(("off", entry.rule))
    for number, change in enumerate(settings.thresholds):
        place, rule = _EntryPlace("thresholds", number), known.get(change.rule)
        if rule is None:
            found.append(place.say("rule", _unknown(change.rule, known)))
            continue
        name = _name(catalogue, change)
        if name not in rule.thresholds:
            found.append(place.say("name", _which(rule, change)))
        elif not rule.thresholds[name].changeable:
            found.append(place.say("rule", f"规则 {rule.id} 的“{rule.thresholds[name].label}”由法规或格式规定，不能改"))
        elif (bound := _out_of_bounds(rule.thresholds[name], change.value)) is not None:
            found.append(place.say("value", f"“{rule.thresholds[name].label}”{bound}（现为 {change.value}）"))
        elif (rule.id, name) in seen:
            found.append(place.say("rule", f"规则 {rule.id} 的“{rule.thresholds[name].label}”写了两次"))
        seen.add((rule.id, name))
    return found


def _out_of_bounds(threshold: Threshold, value: int) -> str | None:
    """The bound that a value breaks, in words; beyond `most` a rule would find nothing, and nobody would be told."""
    if threshold.least is not None and value < threshold.least:
        return f"应不小于 {threshold.least}"
    if threshold.most is not None and value > threshold.most:
        return f"应不大于 {threshold.most}，不用这条规则请写在 off 中"
    return None


def _which(rule: Rule, change: ChangedThreshold) -> str:
    if not rule.thresholds:
        return f"规则 {rule.id} 没有门槛"
    names = "、".join(rule.thresholds)
    return f"规则 {rule.id} 的门槛是 {names}" + (f"，没有 {change.name}" if change.name else "，请写明 name")


def _name(catalogue: Catalogue, change: ChangedThreshold) -> str:
    """The threshold that an entry means: the one it names, else the only one."""
    names = list(catalogue.rule(change.rule).thresholds)
    return change.name or (names[0] if len(names) == 1 else "")


def _changed(catalogue: Catalogue, change: ChangedThreshold) -> ChangedRule:
    threshold = catalogue.rule(change.rule).thresholds[_name(catalogue, change)]
    return ChangedRule(
        rule=change.rule,
        what=threshold.label,
        value=change.value,
        regular=threshold.value,
        unit=threshold.unit,
        reason=change.reason,
    )
