"""The assessment scheme as configuration: every weight, threshold and point is here, no arithmetic is.

The scheme as a whole: levels, grades, what a grade needs beyond the total, bonus and penalty. One indicator of it is in
`indicators`; `gongkai.assessment` measures and computes.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from gongkai.profile.indicators import Indicator, Nothing, Points, SchemePart
from gongkai.profile.wrong_values import Misplaced

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
    level: Literal["national", "provincial", "city"] | None = None
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
        codes, levels = [indicator.code for indicator in self.indicators], [level.code for level in self.levels]
        for number, level in enumerate(self.levels):
            if level.under is not None and level.under not in levels[:number]:
                text = f"{level.code} 的 under {level.under} 应是排在它前面的一级，请改正或调整次序"
                raise Misplaced(text, "levels", number, "under")
        for number, one in enumerate(self.indicators):
            self._check_indicator(number, one, codes, levels)
        self._check_bands()
        known = {group for i in self.indicators for group in i.weight}
        if unknown := [group for group in self.rolled_up if group not in known]:
            text = f"{'、'.join(unknown)} 不是 weight 中的组（{'、'.join(sorted(known))}），请改正"
            raise Misplaced(text, "rolled_up")
        if self.late_publication_veto is not None and self.late_publication_veto not in self.vetoes:
            raise Misplaced("未在 vetoes 中登记，请改正或在 vetoes 中补上", "late_publication_veto")
        self._check_gates(set(codes), set(levels))
        return self

    def _check_indicator(self, number: int, one: Indicator, codes: list[str], levels: list[str]) -> None:
        if one.code in codes[:number]:
            raise Misplaced(f"代码 {one.code} 重复，请改用另一个代码", "indicators", number, "code")
        if one.level not in levels:
            raise Misplaced(
                f"level {one.level} 未在 levels 中登记，请改正或在 levels 中补上", "indicators", number, "level"
            )
        if one.veto is not None and one.veto not in self.vetoes:
            raise Misplaced(f"{one.veto} 未在 vetoes 中登记，请改正或在 vetoes 中补上", "indicators", number, "veto")
        if any(self._too_fine(points) for points in one.weight.values()):
            text = f"小数位数超过 decimal_places（{self.decimal_places}），请减少小数位数"
            raise Misplaced(text, "indicators", number, "weight")

    def _check_bands(self) -> None:
        if not self.bands:
            raise Misplaced("至少要有一档，请写明等次和起点分", "bands")
        floors = [band.at_least for band in self.bands]
        if floors != sorted(floors, reverse=True):
            raise Misplaced("应从高到低排列，请调整次序", "bands")

    def _check_gates(self, codes: set[str], levels: set[str]) -> None:
        grades = [band.grade for band in self.bands]
        for number, gate in enumerate(self.gates):
            if not gate.indicators and not gate.levels:
                raise Misplaced(f"“{gate.reason}”没有写明 indicators 或 levels，请补上", "gates", number)
            unknown = [*(code for code in gate.indicators if code not in codes), *sorted(set(gate.levels) - levels)]
            if unknown:
                raise Misplaced(f"“{gate.reason}”所列的 {'、'.join(unknown)} 没有登记，请改正", "gates", number)
            if gate.otherwise not in grades:
                text = f"应为 bands 中的等次（{'、'.join(grades)}），现为 {gate.otherwise!r}，请改正"
                raise Misplaced(text, "gates", number, "otherwise")

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
