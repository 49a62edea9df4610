"""The district's identities across two years in words and as JSON, for the board and the report's annex.

One line an identity (上年结转 by applicant, 现行有效), and under it every unit that explains a difference. What is
added up, and whose difference it is, stands in `gongkai.warehouse.years.across_years`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from gongkai.national_format import for_year
from gongkai.national_format.figures import CARRIED_IN, NORMATIVE_IN_FORCE
from gongkai.reporting.shared.wording import Wordings
from gongkai.submission.places import cell_label, listed
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Number
from gongkai.warehouse.years.across_years import AcrossYears, Cause, Gap, across_years

_TOLD = {CARRIED_IN: "未办结的申请", NORMATIVE_IN_FORCE: "现行有效的行政规范性文件"}


class GapLine(NamedTuple):
    """One difference as it is printed: the units that it lies at, both values, and why."""

    whose: str
    brought: str
    now: str
    difference: str
    why: str

    @property
    def sentence(self) -> str:
        """`T01 甲镇（承接 T02）：应为 3，填报 1，相差 −2，尚无说明`."""
        return f"{self.whose}：应为 {self.brought}，填报 {self.now}，相差 {self.difference}，{self.why}"


@dataclass(frozen=True)
class AcrossLine:
    """One identity as it is printed.

    Attributes:
        place: the cell's name.
        brought: what should be there by last year's figures (of the stock: with what this year issued and repealed).
        now: the district's sum.
        difference: empty where the two are the same.
        gaps: one a unit (or units that belong together) that explains a difference; differences may cancel out.
    """

    place: str
    brought: str
    now: str
    difference: str
    gaps: tuple[GapLine, ...]


def across_years_lines(state: YearState, wording: Wordings | None = None) -> tuple[AcrossLine, ...]:
    """Every identity across the years that can be decided, those that hold among them.

    Args:
        state: the year.
        wording: rule → the wording of its reasons; without it a reason is shown by its key.
    """
    return tuple(_line(one, state, wording or {}) for one in across_years(state))


def across_years_json(state: YearState) -> list[dict[str, Any]]:
    """The same as data: one object an identity, with the units behind each difference."""
    return [
        {
            "rule": one.rule,
            "where": one.where,
            "brought": one.brought,
            "now": one.now,
            "difference": one.difference,
            "units": [_gap_json(gap) for gap in one.gaps],
        }
        for one in across_years(state)
    ]


def unclaimed_notice(state: YearState) -> str | None:
    """What the operator must be told of last year's units that nobody succeeds; None where nothing is lost by it."""
    lost: dict[tuple[str, ...], list[str]] = {}
    for one in across_years(state):
        if one.where in _TOLD:
            for gap in one.gaps:
                if gap.cause is Cause.NO_SUCCESSOR:
                    lost.setdefault(gap.before, []).append(f"{_TOLD[one.where]} {_number(gap.brought)} 件")
    if not lost:
        return None
    each = "；".join(f"{'、'.join(codes)}：{'、'.join(what)}" for codes, what in lost.items())
    lines = f"{state.year - 1} 年度的单位没有承接者，其数据不在 {state.year} 年度中（{each}）"
    return f"{lines}：请在 units.yaml 的 succeeds 中写明由谁承接。"


def _gap_json(gap: Gap) -> dict[str, Any]:
    return {
        "units": list(gap.units),
        "before": list(gap.before),
        "brought": gap.brought,
        "now": gap.now,
        "difference": gap.difference,
        "cause": gap.cause.value,
        "settled_by": [found.settled_by for found in gap.found if found.settled_by],
    }


def _line(one: AcrossYears, state: YearState, wording: Wordings) -> AcrossLine:
    waiting = [gap for gap in one.gaps if gap.cause is Cause.NOT_YET]
    said = [_told(_whose(gap, state), _why(gap, wording), gap) for gap in one.gaps if gap.cause is not Cause.NOT_YET]
    if waiting:
        codes = listed([code for gap in waiting for code in gap.units])
        said.append(_told(codes, Cause.NOT_YET.word, *waiting))
    return AcrossLine(
        cell_label(for_year(state.year).spec(one.where)),
        _number(one.brought),
        _number(one.now),
        _signed(one.difference) if one.difference else "",
        tuple(said),
    )


def _told(whose: str | None, why: str, *gaps: Gap) -> GapLine:
    brought, now = sum((gap.brought for gap in gaps), 0), sum((gap.now for gap in gaps), 0)
    return GapLine(whose or "", _number(brought), _number(now), _signed(now - brought), why)


def _whose(gap: Gap, state: YearState) -> str:
    if not gap.units:
        return "、".join(f"上年度的 {code}" for code in gap.before)
    names = "、".join(f"{code} {state.unit(code).unit.name}" for code in gap.units)
    return f"{names}（承接 {'、'.join(gap.before)}）" if gap.before and gap.before != gap.units else names


def _why(gap: Gap, wording: Wordings) -> str:
    reasons = tuple(_reasons(gap, wording)) if gap.cause is Cause.SETTLED else ()
    return gap.cause.word + (f"：{'；'.join(reasons)}" if reasons else "")


def _reasons(gap: Gap, wording: Wordings) -> Iterator[str]:
    """Why the findings there were settled: the accepted reason, or the office's waiver."""
    for found in gap.found:
        if found.reason is not None:
            reasons = wording[found.rule].reasons if found.rule in wording else {}
            yield reasons.get(found.reason, found.reason)
        elif found.waived_by is not None:
            yield f"主管部门放行（{found.waived_by}）"


def _number(number: Number) -> str:
    return f"{number:f}" if not isinstance(number, int) else str(number)


def _signed(number: Number) -> str:
    """With its sign, a true minus: more is reported than last year brings, or less."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{_number(number if number >= 0 else -number)}"
