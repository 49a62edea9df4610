"""What has changed about the rules between two runs, in sentences for the units: switched off, changed, new, gone.

One dated bulletin a change; it goes out with the next mail to each unit. Whose and when is `gongkai.reporting`'s.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import Connection

from expectations.catalogue import Catalogue, Rule, catalogue_in_force
from gongkai.profile.rules import ChangedThreshold, RuleSettings
from gongkai.reporting.letters.bulletin import Bulletin
from gongkai.warehouse.post.rule_history import RulesInForce, rule_history


def bulletins(history: Sequence[RulesInForce]) -> list[Bulletin]:
    """One bulletin for every change of the rules after the first, oldest first; none without words."""
    found = [Bulletin(now.run_id, now.since, tuple(_changes(before, now))) for before, now in pairwise(history)]
    return [one for one in found if one.lines]


def bulletins_of(connection: Connection, year: int) -> list[Bulletin]:
    """The bulletins of a year as the warehouse knows its runs."""
    return bulletins(rule_history(connection, year))


def _changes(before: RulesInForce, now: RulesInForce) -> Iterator[str]:
    then, today = catalogue_in_force(before.catalogue), catalogue_in_force(now.catalogue)
    yield from _switched(before.settings, now.settings, today)
    yield from _thresholds(before.settings, now.settings, today)
    if before.catalogue and now.catalogue:
        yield from _catalogues(then, today)


def _switched(before: RuleSettings, now: RuleSettings, catalogue: Catalogue) -> Iterator[str]:
    then, today = ({one.rule: one.reason for one in settings.off} for settings in (before, now))
    for rule, reason in today.items():
        if rule not in then:
            yield f"停用规则 {_named(rule, catalogue)}，此后不再据以核验。理由：{reason}。"
    for rule in then:
        if rule not in today:
            yield f"恢复规则 {_named(rule, catalogue)}，此后重新据以核验。"


def _thresholds(before: RuleSettings, now: RuleSettings, catalogue: Catalogue) -> Iterator[str]:
    then, today = _by_name(before), _by_name(now)
    for key, change in today.items():
        old = then.get(key)
        if old is None or old.value != change.value:
            label, unit, regular = _threshold(key, catalogue)
            was = old.value if old else regular
            shown = f"，由 {was} {unit}改为 {change.value} {unit}" if was is not None else f"，改为 {change.value}"
            yield f"规则 {_named(change.rule, catalogue)}的“{label}”{shown}。理由：{change.reason}。"
    for key, old in then.items():
        if key not in today:
            label, unit, regular = _threshold(key, catalogue)
            back = f"{regular} {unit}" if regular is not None else "一般的数"
            yield f"规则 {_named(old.rule, catalogue)}的“{label}”由 {old.value} {unit}恢复为 {back}。"


def _catalogues(then: Catalogue, today: Catalogue) -> Iterator[str]:
    before, now = ({rule.id: rule for rule in one.rules} for one in (then, today))
    for key, rule in now.items():
        if (old := before.get(key)) is None:
            yield f"新增规则 {_words(rule)}（{rule.severity.word}）。"
        elif old.severity is not rule.severity:
            yield f"规则 {_words(rule)}由{old.severity.word}改为{rule.severity.word}。"
    yield from (f"取消规则 {_words(rule)}。" for key, rule in before.items() if key not in now)


def _by_name(settings: RuleSettings) -> Mapping[tuple[str, str | None], ChangedThreshold]:
    return {(one.rule, one.name): one for one in settings.thresholds}


def _threshold(key: tuple[str, str | None], catalogue: Catalogue) -> tuple[str, str, int | None]:
    """Label, unit and the catalogue's number of a threshold; its own name where the catalogue has it no more."""
    rule, name = key
    known = catalogue.rule(rule).thresholds if catalogue.knows(rule) else {}
    found = known.get(name) if name else next(iter(known.values()), None)
    return (found.label, found.unit, found.value) if found else (name or "门槛", "", None)


def _named(rule: str, catalogue: Catalogue) -> str:
    return _words(catalogue.rule(rule)) if catalogue.knows(rule) else rule


def _words(rule: Rule) -> str:
    return f"{rule.id}“{rule.title}”"
