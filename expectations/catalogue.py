"""The catalogue of rules and of accepted reasons, typed; read from `rules.yaml` and `reasons.yaml`.

Everything said about a rule (title, severity, message, source, years) is asked here. Importing this module
loads neither pandas nor Great Expectations. How a rule is evaluated is in `suites` and `frames`.
"""

import hashlib
import json
from functools import cache, cached_property
from string import Formatter
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gongkai.errors import ConfigurationError
from gongkai.findings import Severity
from gongkai.law.limits import LIMITS
from gongkai.national_format import known_formats
from gongkai.packaged_data import packaged_yaml

Frame = Literal[
    "cells",
    "identities",
    "register",
    "cases",
    "lists",
    "figures",
    "narrative",
    "reports",
    "rollup",
    "intake",
    "explanations",
    "revision",
    "reading",
    "published",
    "office",
]
Comparing = Literal["equal", "at_least", "at_most"]
EVALUATED: tuple[Frame, ...] = ("cells", "identities", "register", "cases", "lists", "figures", "narrative", "reports")
_SWITCHABLE: tuple[Frame, ...] = (*EVALUATED, "published")


class CataloguePart(BaseModel):
    """A part of the catalogue: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Years(CataloguePart):
    """First and last report year; `to` null means still in force."""

    from_: Annotated[int, Field(alias="from")] = 2019
    to: int | None = None

    def __contains__(self, year: int) -> bool:
        return self.from_ <= year <= (self.to or year)


class Check(CataloguePart):
    """What is expected between the `left` and `right` of a frame's rows that speak of the rule."""

    expect: Comparing


class Threshold(CataloguePart):
    """A number that a rule decides by; `changeable` is false where the law says it, else a profile stays in bounds.

    Where the law says it, `rules.yaml` names the law's limit (`law`) and does not repeat the number; a kept catalogue
    has both, the number as it was then.
    """

    label: str
    value: int
    unit: str
    why: str
    least: int | None = None
    most: int | None = None
    changeable: bool = True
    law: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_the_law(cls, said: Any) -> Any:
        if not isinstance(said, dict) or said.get("law") is None:
            return said
        return {"value": getattr(LIMITS, said["law"]), **said}


class Rule(CataloguePart):
    """One rule; the keys are explained at the head of `rules.yaml`."""

    id: str
    title: str
    family: str
    severity: Severity
    frame: Frame
    check: Check | None = None
    message: tuple[str, ...]
    hint: str
    source: str
    years: Years = Years()
    settled_by: tuple[str, ...] = ()
    query_while_provisional: bool = False
    switchable: bool = True
    needs_warehouse: bool = False
    thresholds: dict[str, Threshold] = {}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        evaluated = self.frame in (*EVALUATED, "rollup")
        if evaluated != (self.check is not None):
            raise ValueError(f"规则 {self.id} 的 frame 与 check 不相配")
        if self.settled_by and self.severity is not Severity.QUERY and not self.query_while_provisional:
            raise ValueError(f"规则 {self.id} 不是疑点，不能以说明了结")
        if self.switchable and self.frame not in _SWITCHABLE:
            raise ValueError(f"规则 {self.id} 在 {self.frame} 上，停用不了：应写明 switchable: false")
        return self

    def placeholders(self, variant: str) -> set[str]:
        """The names a message variant needs."""
        return {name for _, name, _, _ in Formatter().parse(variant) if name}


class Reason(CataloguePart):
    """An accepted reason: its key and its Chinese wording."""

    key: str
    wording: str


class Catalogue(CataloguePart):
    """All rules in the order of the file, and all reasons."""

    rules: tuple[Rule, ...]
    reasons: tuple[Reason, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [rule.id for rule in self.rules]
        if len(ids) != len(set(ids)):
            raise ValueError("rules.yaml：规则编号重复")
        known = {reason.key for reason in self.reasons}
        stray = [rule.id for rule in self.rules if not set(rule.settled_by) <= known]
        if stray:
            raise ValueError(f"rules.yaml：{'、'.join(stray)} 的 settled_by 不在 reasons.yaml 中")
        return self

    def rule(self, key: str) -> Rule:
        """The rule of that id; KeyError when there is none."""
        return self._by_id[key]

    def knows(self, key: str) -> bool:
        """Whether there is a rule of that id."""
        return key in self._by_id

    def order(self, key: str) -> int:
        """The rule's place in the catalogue; one that it does not have, as a locked year may, comes last."""
        return self._order.get(key, len(self.rules))

    def limit(self, key: str, threshold: str) -> int:
        """The number that a rule decides by, as the catalogue has it (a profile may change it: see `ruleset`)."""
        return self._by_id[key].thresholds[threshold].value

    def has_limit(self, key: str, threshold: str) -> bool:
        """Whether there is such a rule and it names such a threshold."""
        return key in self._by_id and threshold in self._by_id[key].thresholds

    def in_force(self, year: int, *frames: Frame) -> tuple[Rule, ...]:
        """The rules of a report year on the given frames (all frames when none is given)."""
        return tuple(r for r in self.rules if year in r.years and (not frames or r.frame in frames))

    def reason(self, said: str) -> Reason | None:
        """The accepted reason with that key or that wording."""
        return next((reason for reason in self.reasons if said in (reason.key, reason.wording)), None)

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _order(self) -> dict[str, int]:
        return {rule.id: number for number, rule in enumerate(self.rules)}


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that ships with the package.

    Raises:
        ConfigurationError: a national format has an identity that is no rule here, so that nobody would check it.
    """
    catalogue = Catalogue.model_validate(
        {kind: packaged_yaml(__package__, f"{kind}.yaml") for kind in ("rules", "reasons")}
    )
    ids = {rule.id for rule in catalogue.rules}
    for one in known_formats():
        if unchecked := sorted({identity.rule for identity in one.identities} - ids):
            said = "、".join(unchecked)
            raise ConfigurationError(
                f"格式 {one.format_id} 的勾稽关系 {said} 没有登记为规则，请写入 expectations/rules.yaml。"
            )
    return catalogue


@cache
def catalogue_json() -> str:
    """The rules and reasons as canonical JSON: what a run keeps, so that a verdict can be shown in its own words."""
    data = load_catalogue().model_dump(mode="json", by_alias=True)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def rules_version() -> str:
    """sha256 of `catalogue_json`: what a verdict, a manifest and a receipt print.

    Comments and the order of keys do not matter; any change of a rule, a message or a reason does.
    """
    return hashlib.sha256(catalogue_json().encode()).hexdigest()


@cache
def kept_catalogue(content: str) -> Catalogue:
    """The catalogue of another time, from what `catalogue_json` was then."""
    return Catalogue.model_validate_json(content)


def catalogue_in_force(kept: str | None) -> Catalogue:
    """The catalogue that a year goes by: the one that its lock keeps, today's of an open one."""
    return load_catalogue() if kept is None else kept_catalogue(kept)


def rule_in_force(key: str, catalogue: Catalogue) -> Rule:
    """A rule as a catalogue says it; one that is younger than a kept catalogue as today's does.

    Raises:
        KeyError: there is no such rule.
    """
    return (catalogue if catalogue.knows(key) else load_catalogue()).rule(key)
