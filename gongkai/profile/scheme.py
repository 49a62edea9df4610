"""The assessment scheme as configuration: every weight, threshold and point is here, no arithmetic is.

One shape carries all indicators: `score = clamp(weight × Σ share·value − Σ points·cases, 0, weight)`. A part's
value is a rate between 0 and 1 (numerator / denominator, or a figure on a scale); a deduction takes points per
case. A part without a denominator is not applicable and leaves the shares; an indicator without an applicable
part and without a deduction leaves both sums. `gongkai.assessment` measures and computes.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_serializer, model_validator

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


class Part(SchemePart):
    """One measured part of an indicator.

    Attributes:
        measure: a name of `gongkai.assessment.measures`.
        share: how much of the weight it carries; the applicable shares are brought to 1.
        limits: the numbers the measure needs (`working_days: 20`), so that none stands in code.
    """

    measure: str
    share: Points = Decimal(1)
    limits: dict[str, int] = {}
    scale: Scale | None = None


class Deduction(SchemePart):
    """Points taken per case of a measure, with the reason the scorecard prints."""

    measure: str
    points: Points
    reason: str
    limits: dict[str, int] = {}


class Indicator(SchemePart):
    """One indicator. `source` says who decides it: auto (computed), inspector, patrol, or mixed.

    Attributes:
        weight: maximum by group; 0 or absent means the indicator does not exist for that group.
        needs_inspection: without any inspection entry for the unit the indicator is not applicable.
        max_deduction: cap on what `deductions` may take here (None: down to zero).
        to_raise: how the points could be earned back, a sentence for the unit.
    """

    code: str
    level: str
    label: str
    weight: dict[str, Points]
    source: Literal["auto", "inspector", "patrol", "mixed"]
    parts: tuple[Part, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    needs_inspection: bool = False
    max_deduction: Points | None = None
    basis: str
    to_raise: str

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not self.parts and not self.deductions:
            raise ValueError(f"指标 {self.code} 既没有 parts 也没有 deductions")
        return self


class IndicatorLevel(SchemePart):
    """A first-level indicator; `max_deduction` caps what the deductions of its indicators take together."""

    code: str
    label: str
    max_deduction: Points | None = None


class Award(SchemePart):
    """A bonus (by `level` of the evidence, or by the name in `what`) or a penalty (by `what`)."""

    points: Points
    level: str | None = None
    what: str | None = None


class Band(SchemePart):
    """A grade and the least total that earns it."""

    at_least: Points
    grade: str


class Scheme(SchemePart):
    """`scheme.yaml`. Total = 100 × Σ earned / Σ applicable + min(bonus_cap, bonus) − min(penalty_cap, penalty)."""

    scheme_id: str
    rank_within: tuple[str, ...]
    decimal_places: Annotated[int, Field(ge=0, le=4)] = 2
    bands: tuple[Band, ...]
    vetoes: tuple[str, ...]
    levels: tuple[IndicatorLevel, ...]
    indicators: tuple[Indicator, ...]
    bonus: tuple[Award, ...] = ()
    bonus_cap: Points
    penalty: tuple[Award, ...] = ()
    penalty_cap: Points

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        codes = [indicator.code for indicator in self.indicators]
        if len(codes) != len(set(codes)):
            raise ValueError("scheme.yaml：指标代码重复")
        levels = {level.code for level in self.levels}
        stray = [i.code for i in self.indicators if i.level not in levels]
        if stray:
            raise ValueError(f"scheme.yaml：指标 {'、'.join(stray)} 的 level 未在 levels 中登记")
        if [b.at_least for b in self.bands] != sorted((b.at_least for b in self.bands), reverse=True):
            raise ValueError("scheme.yaml：bands 应从高到低排列")
        return self
