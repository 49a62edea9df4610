"""The assessment scheme as configuration: every weight, threshold and point is here, no arithmetic is.

The scheme as a whole: levels, grades, what a grade needs beyond the total, bonus and penalty. One indicator of it is in
`indicators`; `gongkai.assessment` measures and computes.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gongkai.profile.indicators import Indicator, Nothing, Points, SchemePart

WHOLE = Decimal(100)
"""What the weights of a group add up to."""


class IndicatorLevel(SchemePart):
    """A level above the indicators.

    Attributes:
        under: the level above this one, where there are three; it stands before this one.
        max_deduction: cap on what the deductions of its indicators take together.
        floor: where a loss ends: at each indicator's own 0, or (`level`) at the 0 of the whole level, so that a
            deduction may exceed its indicator's weight.
        beside: its weights stand beside the hundred of their group; they count in earned and applicable all the same.
    """

    code: str
    label: str
    under: str | None = None
    max_deduction: Points | None = None
    floor: Literal["indicator", "level"] = "indicator"
    beside: bool = False


class AwardGround(SchemePart):
    """A bonus (by `level` of the evidence, or by the name in `what`) or a penalty (by `what`)."""

    points: Points
    level: str | None = None
    what: str | None = None


class Band(SchemePart):
    """A grade and the least total that earns it; at most a share of a ranked group gets it (`quota`)."""

    at_least: Points
    grade: str
    quota: Annotated[Decimal, Field(gt=0, le=1)] | None = None


class Gate(SchemePart):
    """What a grade needs beyond the total: enough points of some indicators or levels, else a lower grade at best.

    Attributes:
        indicators, levels: whose points are taken together; what is not applicable is left out on both sides.
        at_least: of their full points; None: all of them.
        otherwise: the best grade that a unit below it can have.
    """

    indicators: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    at_least: Points | None = None
    otherwise: str
    reason: str


class Scheme(SchemePart):
    """`scheme.yaml`. Total = 100 × Σ earned / Σ applicable + min(bonus_cap, bonus) − min(penalty_cap, penalty).

    Attributes:
        rank_within: the groups (kinds of units) that are ranked, each by itself.
        rolled_up: the groups whose units are graded and ranked together with those of the same `authority`.
        vetoes: the usual reasons for 不合格 whatever the points; an inspector may give another.
        late_publication_veto: the one of `vetoes` that follows by itself when a unit reports to have published its
            annual report after the hard deadline; null: only an inspector decides.
        rectified_returns: what share of a deduction is given back once it is mended in time.
        rated_interpretation: a bonus is earned by an interpretation whose rating, put behind this, is its `what`.
        zero_denominator: what a part is worth where there is nothing to measure, if it does not say so itself.
        bonus_from: the bonus counts only from this many points of a hundred.
        penalty_cap: None: down to a total of 0.
        gates: what a grade needs beyond the total.
    """

    scheme_id: str
    rank_within: tuple[str, ...]
    decimal_places: Annotated[int, Field(ge=0, le=4)] = 2
    bands: tuple[Band, ...]
    rolled_up: tuple[str, ...] = ()
    vetoes: tuple[str, ...]
    late_publication_veto: str | None = None
    rated_interpretation: str = "解读案例获评"
    levels: tuple[IndicatorLevel, ...]
    indicators: tuple[Indicator, ...]
    zero_denominator: Nothing = "not_applicable"
    bonus: tuple[AwardGround, ...] = ()
    bonus_cap: Points
    bonus_from: Points | None = None
    penalty: tuple[AwardGround, ...] = ()
    penalty_cap: Points | None
    gates: tuple[Gate, ...] = ()
    rectified_returns: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(0)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        codes = [indicator.code for indicator in self.indicators]
        if len(codes) != len(set(codes)):
            raise ValueError("指标代码重复")
        levels = [level.code for level in self.levels]
        for number, level in enumerate(self.levels):
            if level.under is not None and level.under not in levels[:number]:
                raise ValueError(f"levels 中 {level.code} 的 under {level.under} 应是排在它前面的一级")
        stray = [i.code for i in self.indicators if i.level not in levels]
        if stray:
            raise ValueError(f"指标 {'、'.join(stray)} 的 level 未在 levels 中登记")
        if [b.at_least for b in self.bands] != sorted((b.at_least for b in self.bands), reverse=True):
            raise ValueError("bands 应从高到低排列")
        known = {group for i in self.indicators for group in i.weight}
        if unknown := [group for group in self.rolled_up if group not in known]:
            raise ValueError(f"rolled_up 所列的 {'、'.join(unknown)} 不是 weight 中的组")
        if not self.bands:
            raise ValueError("bands 至少要有一档")
        if self.late_publication_veto is not None and self.late_publication_veto not in self.vetoes:
            raise ValueError("late_publication_veto 未在 vetoes 中登记")
        named = [(i.code, i.veto) for i in self.indicators if i.veto is not None and i.veto not in self.vetoes]
        if named:
            raise ValueError(f"指标 {named[0][0]} 的 veto {named[0][1]} 未在 vetoes 中登记")
        self._check_gates(set(codes), set(levels))
        fine = [i.code for i in self.indicators for w in i.weight.values() if self._too_fine(w)]
        if fine:
            raise ValueError(f"指标 {'、'.join(fine)} 的 weight 小数位数超过 decimal_places")
        return self

    def _check_gates(self, codes: set[str], levels: set[str]) -> None:
        for gate in self.gates:
            if not gate.indicators and not gate.levels:
                raise ValueError(f"gates 中“{gate.reason}”没有写明 indicators 或 levels")
            unknown = [*(code for code in gate.indicators if code not in codes), *(set(gate.levels) - levels)]
            if unknown:
                raise ValueError(f"gates 中“{gate.reason}”所列的 {'、'.join(unknown)} 没有登记")
            if gate.otherwise not in [band.grade for band in self.bands]:
                raise ValueError(f"gates 中“{gate.reason}”的 otherwise 应为 bands 中的等次（现为 {gate.otherwise!r}）")

    def within(self, code: str) -> tuple[IndicatorLevel, ...]:
        """A level and those above it, from the bottom up."""
        by_code = {level.code: level for level in self.levels}
        found = [by_code[code]]
        while (above := found[-1].under) is not None:
            found.append(by_code[above])
        return tuple(found)

    def hundred_of(self, group: str) -> Decimal:
        """What the weights of a group add up to, without what stands beside the hundred."""
        beside = {level.code for level in self.levels if level.beside}
        return sum((i.weight.get(group, Decimal(0)) for i in self.indicators if i.level not in beside), Decimal(0))

    def _too_fine(self, points: Decimal) -> bool:
        """A weight that print would round could not be lost in rounded deductions."""
        return points != points.quantize(Decimal(1).scaleb(-self.decimal_places))
