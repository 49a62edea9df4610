"""What the page of a scheme says, as strings in the order of reading.

Everything comes from the scheme itself: a number that it changes is another number on the page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.assessment.points import plain
from gongkai.profile.scheme import AwardGround, Indicator, Scheme
from gongkai.submission.fields import lists

_DECIDES = {"auto": "系统计算", "inspector": "实地检查", "patrol": "网上巡查", "mixed": "系统计算与检查"}


@dataclass(frozen=True)
class IndicatorText:
    """One indicator: what it is worth in each group (empty where the group does not have it), and how it is counted."""

    code: str
    label: str
    worth: tuple[str, ...]
    decides: str
    basis: str
    priced: tuple[str, ...]
    notes: tuple[str, ...]
    to_raise: str


@dataclass(frozen=True)
class LevelText:
    """A first-level indicator with the sum of its weights in each group."""

    code: str
    label: str
    worth: tuple[str, ...]
    note: str
    indicators: tuple[IndicatorText, ...]


@dataclass(frozen=True)
class SchemeView:
    """The whole page; `groups` are the columns."""

    scheme_id: str
    groups: tuple[str, ...]
    count: str
    total: tuple[str, ...]
    bands: tuple[tuple[str, str], ...]
    vetoes: tuple[str, ...]
    levels: tuple[LevelText, ...]
    bonus: tuple[tuple[str, str], ...]
    penalty: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]


def scheme_view(scheme: Scheme, names: dict[str, str]) -> SchemeView:
    """The scheme in words.

    Args:
        scheme: as read.
        names: group → what it is called; a group without a name is called by its key.
    """
    groups = list(dict.fromkeys([*scheme.rank_within, *(g for one in scheme.indicators for g in one.weight)]))
    return SchemeView(
        scheme_id=scheme.scheme_id,
        groups=tuple(names.get(group, group) for group in groups),
        count=str(len(scheme.indicators)),
        total=tuple(_total(scheme)),
        bands=tuple(_bands(scheme)),
        vetoes=scheme.vetoes,
        levels=tuple(_levels(scheme, groups)),
        bonus=tuple(_awards(scheme.bonus)),
        penalty=tuple(_awards(scheme.penalty)),
        rules=tuple(_rules()),
    )


def _total(scheme: Scheme) -> Iterator[str]:
    yield "总分 ＝ 100 × 各项得分之和 ÷ 适用指标的满分之和 ＋ 加分 － 通报扣分；不适用的指标不计入满分。"
    yield f"加分合计最多 {plain(scheme.bonus_cap)} 分，通报扣分合计最多 {plain(scheme.penalty_cap)} 分。"
    yield f"四舍五入，保留 {scheme.decimal_places} 位小数。各组分别排名，总分相同的名次并列。"


def _bands(scheme: Scheme) -> Iterator[tuple[str, str]]:
    above = None
    for band in scheme.bands:
        least, most = f"{plain(band.at_least)} 分以上", f"不足 {plain(above)} 分" if above is not None else ""
        yield band.grade, "，".join(part for part in (least if band.at_least else "", most) if part) or "不限"
        above = band.at_least


def _levels(scheme: Scheme, groups: list[str]) -> Iterator[LevelText]:
    for level in scheme.levels:
        listed = [one for one in scheme.indicators if one.level == level.code]
        sums = [sum((one.weight.get(group, Decimal()) for one in listed), Decimal()) for group in groups]
        capped = level.max_deduction
        yield LevelText(
            code=level.code,
            label=level.label,
            worth=tuple(plain(points) if points else "" for points in sums),
            note=f"各指标按件扣分合计不超过 {plain(capped)} 分" if capped is not None else "",
            indicators=tuple(_indicator(one, groups) for one in listed),
        )


def _indicator(one: Indicator, groups: list[str]) -> IndicatorText:
    worth = [one.weight.get(group) for group in groups]
    priced = [f"{taken.reason}，每件扣 {plain(taken.points)} 分" for taken in one.deductions]
    notes = ["没有检查记录的不适用，不是满分"] if one.needs_inspection else []
    if one.max_deduction is not None:
        notes.append(f"按件扣分合计不超过 {plain(one.max_deduction)} 分")
    return IndicatorText(
        code=one.code,
        label=one.label,
        worth=tuple(plain(points) if points else "" for points in worth),
        decides=_DECIDES[one.source],
        basis=one.basis,
        priced=tuple(priced),
        notes=tuple(notes),
        to_raise=one.to_raise,
    )


def _awards(grounds: tuple[AwardGround, ...]) -> Iterator[tuple[str, str]]:
    choices = lists()["evidence"].fields["level"].choices
    for ground in grounds:
        level = choices.get(ground.level or "", "") if isinstance(choices, dict) else ""
        yield ground.what or f"{level or ground.level}表彰、推广等佐证材料", plain(ground.points)


def _rules() -> Iterator[str]:
    yield "清单未报的，依靠该清单的指标得 0 分，理由写“未报”；申明没有的，不适用，列入抽查。"
    yield "单位申报的佐证和解读评级是申报，经主管部门确认后才计分。"
    yield "一票否决由两人签认、写明事由和佐证才成立；成立的，无论得分多少，等次为最低一档。"
    yield "对评分有异议的，在公布之日起的申诉期内提出；决定书面答复并说明理由。"
