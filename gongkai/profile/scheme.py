"""The assessment scheme as configuration: every weight, threshold and point is here, no arithmetic is.

One shape carries all indicators: `score = clamp(weight × Σ share·value − Σ points·cases, 0, weight)`. A part's
value is a rate between 0 and 1 (numerator / denominator, or a figure on a scale); a deduction takes points per
case. A part without a denominator is not applicable and leaves the shares; an indicator without an applicable
part and without a deduction leaves both sums. `gongkai.assessment` measures and computes.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_serializer, model_validator

from gongkai.profile.measures import MEASURES, Gives

Points = Annotated[Decimal, Field(ge=0)]
WHOLE = Decimal(100)
"""What the weights of a group add up to."""


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


class Measuring(SchemePart):
    """What names a measure and gives it its limits: exactly those it needs, none below 1."""

    measure: str
    limits: dict[str, Annotated[int, Field(ge=1)]] = {}

    @model_validator(mode="after")
    def _known(self) -> Self:
        declared = MEASURES.get(self.measure)
        if declared is None:
            raise ValueError(f"没有名为 {self.measure} 的测量方法")
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
    """

    share: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    label: str = ""
    scale: Scale | None = None

    @model_validator(mode="after")
    def _gives_a_value(self) -> Self:
        gives = MEASURES[self.measure].gives
        if gives is Gives.COUNT:
            raise ValueError(f"测量方法 {self.measure} 只能用于 deductions")
        if (gives is Gives.FIGURE) != (self.scale is not None):
            raise ValueError(f"测量方法 {self.measure} {'需要' if self.scale is None else '不能用'} scale")
        return self


class Deduction(Measuring):
    """Points taken per case of a measure, with the reason the scorecard prints."""

    points: Points
    reason: str

    @model_validator(mode="after")
    def _counts(self) -> Self:
        if MEASURES[self.measure].gives is not Gives.COUNT:
            raise ValueError(f"测量方法 {self.measure} 不是计件的，不能用于 deductions")
        return self


class Indicator(SchemePart):
    """One indicator. `source` says who decides it: auto (computed), inspector, patrol, or mixed.

    Attributes:
        weight: maximum by group; 0 or absent means the indicator does not exist for that group.
        needs_inspection: without any inspection entry for the unit the indicator is not applicable.
        sampled_from: the list of the unit's report from which inspectors draw what they look at; None: none of them.
        max_deduction: cap on what `deductions` may take here (None: down to zero).
        to_raise: how the points could be earned back, a sentence for the unit.
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

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not self.parts and not self.deductions:
            raise ValueError(f"指标 {self.code} 既没有 parts 也没有 deductions")
        return self

    @property
    def entry_kinds(self) -> frozenset[str]:
        """The kinds of the office's entries that move its score.

        A computed indicator takes no score from a person. Where problems count, a check says that somebody looked.
        """
        counted = {MEASURES[asking.measure].entry_kind for asking in (*self.parts, *self.deductions)} - {None}
        looked = {"checked"} if "problem" in counted else set()
        scored = {"score"} if self.source != "auto" else set()
        return frozenset(str(kind) for kind in counted | looked | scored)


class IndicatorLevel(SchemePart):
    """A first-level indicator; `max_deduction` caps what the deductions of its indicators take together."""

    code: str
    label: str
    max_deduction: Points | None = None


class AwardGround(SchemePart):
    """A bonus (by `level` of the evidence, or by the name in `what`) or a penalty (by `what`)."""

    points: Points
    level: str | None = None
    what: str | None = None


class Band(SchemePart):
    """A grade and the least total that earns it."""

    at_least: Points
    grade: str


class Scheme(SchemePart):
    """`scheme.yaml`. Total = 100 × Σ earned / Σ applicable + min(bonus_cap, bonus) − min(penalty_cap, penalty).

    Attributes:
        rank_within: the groups (kinds of units) that are ranked, each by itself.
        vetoes: the usual reasons for 不合格 whatever the points; an inspector may give another.
        late_publication_veto: the one of `vetoes` that follows by itself when a unit reports to have published its
            annual report after the hard deadline; null: only an inspector decides.
        rated_interpretation: a bonus is earned by an interpretation whose rating, put behind this, is its `what`.
    """

    scheme_id: str
    rank_within: tuple[str, ...]
    decimal_places: Annotated[int, Field(ge=0, le=4)] = 2
    bands: tuple[Band, ...]
    vetoes: tuple[str, ...]
    late_publication_veto: str | None = None
    rated_interpretation: str = "解读案例获评"
    levels: tuple[IndicatorLevel, ...]
    indicators: tuple[Indicator, ...]
    bonus: tuple[AwardGround, ...] = ()
    bonus_cap: Points
    penalty: tuple[AwardGround, ...] = ()
    penalty_cap: Points

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        codes = [indicator.code for indicator in self.indicators]
        if len(codes) != len(set(codes)):
            raise ValueError("指标代码重复")
        levels = {level.code for level in self.levels}
        stray = [i.code for i in self.indicators if i.level not in levels]
        if stray:
            raise ValueError(f"指标 {'、'.join(stray)} 的 level 未在 levels 中登记")
        if [b.at_least for b in self.bands] != sorted((b.at_least for b in self.bands), reverse=True):
            raise ValueError("bands 应从高到低排列")
        if not self.bands:
            raise ValueError("bands 至少要有一档")
        if self.late_publication_veto is not None and self.late_publication_veto not in self.vetoes:
            raise ValueError("late_publication_veto 未在 vetoes 中登记")
        fine = [i.code for i in self.indicators for w in i.weight.values() if self._too_fine(w)]
        if fine:
            raise ValueError(f"指标 {'、'.join(fine)} 的 weight 小数位数超过 decimal_places")
        return self

    def _too_fine(self, points: Decimal) -> bool:
        """A weight that print would round could not be lost in rounded deductions."""
        return points != points.quantize(Decimal(1).scaleb(-self.decimal_places))
