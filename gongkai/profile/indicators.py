"""One indicator of a scheme as configuration: what is measured, on which scale, what a case costs.

One shape carries all indicators: `score = clamp(weight × Σ share·value − Σ points·cases, 0, weight)`. A part's
value is a rate between 0 and 1 (numerator / denominator, or a figure on a scale); a deduction takes points per
case. A part without a denominator is not applicable and leaves the shares, unless the scheme counts it as full.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_serializer, model_validator

from gongkai.profile.measures import MEASURES, Gives
from gongkai.profile.wrong_values import nearest

Nothing = Literal["not_applicable", "full"]
"""What a part is worth where there is nothing to measure: it leaves the shares, or counts as full."""

Points = Annotated[Decimal, Field(ge=0)]


class SchemePart(BaseModel):
    """A piece of the scheme: immutable, unknown keys refused, decimals written plainly."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @field_serializer("*", when_used="json", check_fields=False)
    def _plain(self, value: object) -> object:
        return format(value, "f") if isinstance(value, Decimal) else value


class Scale(SchemePart):
    """A figure turned into a value: 0 at `zero_at` or beyond, 1 at `full_at` or beyond, straight between."""

    zero_at: Decimal
    full_at: Decimal

    @model_validator(mode="after")
    def _spans(self) -> Self:
        if self.zero_at == self.full_at:
            raise ValueError("scale 的 zero_at 与 full_at 不能相同")
        return self


class SmallBase(SchemePart):
    """Of fewer than `below` cases, a single slip costs at most `at_most` of the part: 1 of 1 is no catastrophe.

    A share below one of `below` would make one good case more cost points, so it is refused.
    """

    below: Annotated[int, Field(ge=2)]
    at_most: Annotated[Decimal, Field(gt=0, le=1)]

    @model_validator(mode="after")
    def _never_lowers(self) -> Self:
        if self.at_most * self.below < 1:
            raise ValueError(f"small_base 的 at_most 不能小于 1/{self.below}，否则多办好一件反而少得分")
        return self


class Measuring(SchemePart):
    """What names a measure and gives it its limits: exactly those it needs, none below 1."""

    measure: str
    limits: dict[str, Annotated[int, Field(ge=1)]] = {}

    @model_validator(mode="after")
    def _known(self) -> Self:
        declared = MEASURES.get(self.measure)
        if declared is None:
            meant = nearest(self.measure, sorted(MEASURES)) or f"，可用的有 {'、'.join(sorted(MEASURES))}"
            raise ValueError(f"没有名为 {self.measure} 的测量方法{meant}")
        if set(self.limits) != set(declared.limits):
            wanted = "、".join(sorted(declared.limits)) or "（不需要）"
            raise ValueError(f"测量方法 {self.measure} 的 limits 应为 {wanted}")
        return self


class MeasuredPart(Measuring):
    """One measured part of an indicator.

    Attributes:
        measure: a name of `gongkai.profile.measures`.
        share: how much of the weight it carries; the applicable shares are brought to 1.
        limits: the numbers the measure needs (`working_days: 20`), so that none stands in code.
        label: what the part is called where an indicator has several.
        when_nothing: what it is worth without a denominator; None: as the scheme says.
        small_base: softens the rate of a few cases.
    """

    share: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    label: str = ""
    scale: Scale | None = None
    when_nothing: Nothing | None = None
    small_base: SmallBase | None = None

    @model_validator(mode="after")
    def _gives_a_value(self) -> Self:
        gives = MEASURES[self.measure].gives
        if gives is Gives.COUNT:
            raise ValueError(f"测量方法 {self.measure} 只能用于 deductions")
        if gives is Gives.FIGURE and self.small_base is not None:
            raise ValueError(f"测量方法 {self.measure} 不是比率，不能用 small_base")
        if (gives is Gives.FIGURE) != (self.scale is not None):
            raise ValueError(f"测量方法 {self.measure} {'需要' if self.scale is None else '不能用'} scale")
        return self


class Deduction(Measuring):
    """Points taken per case of a measure, with the reason the scorecard prints.

    Attributes:
        ground: the kind of problem that it prices, as an entry of the office names it; None: problems without a kind.
    """

    points: Points
    reason: str
    ground: str | None = None

    @model_validator(mode="after")
    def _counts(self) -> Self:
        if MEASURES[self.measure].gives is not Gives.COUNT:
            raise ValueError(f"测量方法 {self.measure} 不是计件的，不能用于 deductions")
        if self.ground is not None and MEASURES[self.measure].entry_kind != "problem":
            raise ValueError(f"测量方法 {self.measure} 不分事由，ground 只用于检查发现的问题")
        return self


class Indicator(SchemePart):
    """One indicator. `source` says who decides it: auto (computed), inspector, patrol, or mixed.

    Attributes:
        weight: maximum by group; 0 or absent means the indicator does not exist for that group.
        needs_inspection: without any inspection entry for the unit the indicator is not applicable.
        sampled_from: the list of the unit's report from which inspectors draw what they look at; None: none of them.
        max_deduction: cap on what `deductions` may take here (None: down to zero).
        to_raise: how the points could be earned back, a sentence for the unit.
        veto: the one of the scheme's vetoes that is proposed where it is not full.
    """

    code: str
    level: str
    label: str
    weight: dict[str, Points]
    source: Literal["auto", "inspector", "patrol", "mixed"]
    parts: tuple[MeasuredPart, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    needs_inspection: bool = False
    sampled_from: Literal["register", "documents", "catalogue"] | None = None
    max_deduction: Points | None = None
    basis: str
    to_raise: str
    veto: str | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not self.parts and not self.deductions:
            raise ValueError(f"指标 {self.code} 既没有 parts 也没有 deductions")
        if len(self.grounds) != len(set(self.grounds)):
            raise ValueError(f"指标 {self.code} 的 deductions 中有重复的 ground")
        return self

    @property
    def grounds(self) -> tuple[str, ...]:
        """The kinds of problem that it prices apart."""
        return tuple(one.ground for one in self.deductions if one.ground is not None)

    @property
    def entry_kinds(self) -> frozenset[str]:
        """The kinds of the office's entries that move its score.

        A computed indicator takes no score from a person. Where problems count, a check says that somebody looked.
        """
        counted = {MEASURES[asking.measure].entry_kind for asking in (*self.parts, *self.deductions)} - {None}
        looked = {"checked"} if "problem" in counted else set()
        scored = {"score"} if self.source != "auto" else set()
        return frozenset(str(kind) for kind in counted | looked | scored)
