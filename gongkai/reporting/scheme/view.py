"""What the page of a scheme says, as strings in the order of reading.

Everything comes from the scheme itself: a number that it changes is another number on the page.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.assessment.points import plain
from gongkai.profile.indicators import Indicator
from gongkai.profile.scheme import AwardGround, IndicatorLevel, Scheme
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
        total=tuple(_total(scheme, names)),
        bands=tuple(_bands(scheme)),
        vetoes=scheme.vetoes,
        levels=tuple(_levels(scheme, groups)),
        bonus=tuple(_awards(scheme.bonus)),
        penalty=tuple(_awards(scheme.penalty)),
        rules=(*_gates(scheme), *_rules()),
    )


def _total(scheme: Scheme, names: Mapping[str, str]) -> Iterator[str]:
    yield "总分 ＝ 100 × 各项得分之和 ÷ 适用指标的满分之和 ＋ 加分 － 通报扣分；不适用的指标不计入满分。"
    most = f"合计最多 {plain(scheme.penalty_cap)} 分" if scheme.penalty_cap is not None else "不设上限"
    from_points = f"，得分满 {plain(scheme.bonus_from)} 分的才计" if scheme.bonus_from is not None else ""
    yield f"加分合计最多 {plain(scheme.bonus_cap)} 分{from_points}；通报扣分{most}，总分扣到 0 分为止。"
    yield f"四舍五入，保留 {scheme.decimal_places} 位小数。各组分别排名，总分相同的名次并列。"
    if scheme.rolled_up:
        rolled = "、".join(f"{names.get(group, group)}组" for group in scheme.rolled_up)
        yield f"{rolled}按机关合并评定：机关得分 ＝ 该机关各单位总分的平均，等次和名次按机关得分。"
        yield "有单位一票否决的，机关同样否决；有单位尚未评分的，机关暂不评定。"


def _bands(scheme: Scheme) -> Iterator[tuple[str, str]]:
    above = None
    for band in scheme.bands:
        least, most = f"{plain(band.at_least)} 分以上", f"不足 {plain(above)} 分" if above is not None else ""
        range_ = "，".join(part for part in (least if band.at_least else "", most) if part) or "不限"
        quota = f"；不超过本组的 {plain(100 * band.quota)}%" if band.quota is not None else ""
        yield band.grade, f"{range_}{quota}"
        above = band.at_least


def _levels(scheme: Scheme, groups: list[str]) -> Iterator[LevelText]:
    for level in scheme.levels:
        listed = [one for one in scheme.indicators if one.level == level.code]
        sums = [sum((one.weight.get(group, Decimal()) for one in listed), Decimal()) for group in groups]
        yield LevelText(
            code=level.code,
            label=level.label,
            worth=tuple(plain(points) if points else "" for points in sums),
            note="；".join(_level_notes(level, scheme)),
            indicators=tuple(_indicator(one, groups) for one in listed),
        )


def _level_notes(level: IndicatorLevel, scheme: Scheme) -> Iterator[str]:
    if level.under is not None:
        yield f"属于{scheme.within(level.under)[0].label}"
    if level.max_deduction is not None:
        yield f"各指标按件扣分合计不超过 {plain(level.max_deduction)} 分"
    if level.floor == "level":
        yield "扣分可以超过指标自身的分值，以本级合计扣到 0 分为限"
    if level.beside:
        yield "分值在 100 分之外，同样计入得分和满分"


def _gates(scheme: Scheme) -> Iterator[str]:
    for gate in scheme.gates:
        named = "、".join((*gate.levels, *gate.indicators))
        needed = f"合计不足 {plain(gate.at_least)} 分" if gate.at_least is not None else "没有全部得满分"
        yield f"{gate.reason}：{named} {needed}的，等次最高为{gate.otherwise}。"


def _indicator(one: Indicator, groups: list[str]) -> IndicatorText:
    worth = [one.weight.get(group) for group in groups]
    priced = [f"{taken.ground or taken.reason}，每件扣 {plain(taken.points)} 分" for taken in one.deductions]
    notes = ["没有检查记录的不适用，不是满分"] if one.needs_inspection else []
    if one.max_deduction is not None:
        notes.append(f"按件扣分合计不超过 {plain(one.max_deduction)} 分")
    if one.veto is not None:
        notes.append(f"未得满分的，提请一票否决（{one.veto}）")
    for part in one.parts:
        if part.small_base is not None:
            share = plain(100 * part.small_base.at_most)
            notes.append(f"不足 {part.small_base.below} 件的，每有一件不合格最多扣这一部分的 {share}%")
        if part.when_nothing == "full":
            notes.append("没有可以计量的事项的，记满分")
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
