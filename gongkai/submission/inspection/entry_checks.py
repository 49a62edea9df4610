"""Whether an entry of the office can be true: of its kind, of the registry, of the scheme and of the year.

Faults are noted on the `EntryDraft`, all of them, and never raised. What depends on other entries or on the day of
the run is in `counting`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from gongkai.profile import Profile
from gongkai.profile.indicators import Indicator
from gongkai.profile.unit import OFFICE, Unit
from gongkai.submission.inspection.claim_names import claim_of
from gongkai.submission.inspection.entry import KIND_NAMES, Kind
from gongkai.submission.inspection.entry_draft import EntryDraft, Fault, shown
from gongkai.submission.inspection.entry_needs import ALWAYS, FREELY, NEEDS, Needs
from gongkai.submission.inspection.grounds import grounds
from gongkai.submission.places import ENTRY_LABELS

INCOMPLETE, RANGE, UNKNOWN, DUPLICATE = "ENTRY-INCOMPLETE", "ENTRY-RANGE", "ENTRY-UNKNOWN", "ENTRY-DUPLICATE"
BY_THE_UNIT = ("appeal", "excuse")
"""The kinds that a unit may say of itself."""
VETO_NEEDS = ("ground", "reason", "evidence")


def check(draft: EntryDraft, profile: Profile, year: int) -> None:
    """What an entry says against its kind, the registry, the scheme and the year; all faults at once."""
    values = draft.values
    if values["kind"] not in NEEDS:
        by_key = (f"{kind}（{name}）" for kind, name in KIND_NAMES.items())
        listed = "、".join([KIND_NAMES[kind] for kind in draft.kinds] or by_key)
        draft.leave_out(Fault(UNKNOWN, "kind", values["kind"], f"应为以下之一：{listed}"))
        return
    kind = cast(Kind, values["kind"])
    needs = NEEDS[kind]
    for key in [key for key in values if key not in (*ALWAYS, *FREELY, *needs.must, *needs.may)]:
        draft.note("UNKNOWN-KEY", key, shown(values.pop(key)))
    keys = _keys(needs)
    needed = f"{KIND_NAMES[kind]}须写明{'、'.join(f'“{ENTRY_LABELS[key]}”' for key in keys)}"
    for key in keys:
        if key not in values:
            draft.leave_out(Fault(INCOMPLETE, key, "空白", ""), needed)
    if _wants_proof(values, needs, profile) and not values.get("reason") and not values.get("evidence"):
        needed = "没有满分的检查和评分、发现的问题和整改通知，须写明“理由”或“佐证”"
        draft.leave_out(Fault(INCOMPLETE, "reason", "空白", ""), needed)
    for fault in (*_about(values, needs, profile, year), *_range(values, profile, year), *_naming(values, profile)):
        draft.leave_out(fault)
    if kind == "veto":
        _proposal(draft, profile)


def _keys(needs: Needs) -> list[str]:
    """What an entry of a kind must say, beyond which it is and of whom; a day of issue is its day."""
    return [*needs.must, "by", *(["on"] if "issued_on" not in needs.must else [])]


def _wants_proof(values: Mapping[str, Any], needs: Needs, profile: Profile) -> bool:
    """Whether it takes something from a unit, which must be proven."""
    match values["kind"]:
        case "checked":
            passed, checked = values.get("passed"), values.get("checked")
            return passed is not None and checked is not None and passed < checked
        case "score":
            most, points = _weight(values, profile), values.get("points")
            return most is not None and points is not None and points < most
    return needs.proof


def _about(values: Mapping[str, Any], needs: Needs, profile: Profile, year: int) -> Iterator[Fault]:
    """The unit and the indicator that it speaks of: they exist, are assessed, and the indicator uses such entries."""
    unit = next((unit for unit in profile.expected(year) if unit.code == values["unit"]), None)
    if unit is None:
        yield Fault(UNKNOWN, "unit", values["unit"], f"不在 {year} 年度的报送单位名录中")
    elif unit.kind == OFFICE and (
        needs.about != "anybody" or (values.get("kind") == "decision" and "indicator" in values)
    ):
        yield Fault(UNKNOWN, "unit", values["unit"], "是主管部门自己，不参加考核")
    elif unit.kind != OFFICE and values["kind"] not in BY_THE_UNIT and _speaks_for(values.get("by"), unit, profile):
        yield Fault(RANGE, "by", values["by"], f"应为主管部门的经办人：{unit.code} 不能检查、确认或决定自己的事项")
    # A waiver's indicator is the rule it lets pass; whether there is such a rule is judged where rules are known.
    if values["kind"] == "waiver" or "indicator" not in values:
        return
    indicator = _indicator(values, profile)
    if indicator is None:
        codes = [one.code for one in profile.scheme.indicators]
        yield Fault(UNKNOWN, "indicator", values["indicator"], f"不是考核方案中的指标（{codes[0]}…{codes[-1]}）")
        return
    if unit is not None and unit.kind != OFFICE and not indicator.weight.get(unit.kind):
        yield Fault(UNKNOWN, "indicator", values["indicator"], f"不考核“{profile.kind_name(unit.kind)}”类单位")
    if needs.about == "indicator" and values["kind"] not in indicator.entry_kinds:
        used = "、".join(KIND_NAMES[kind] for kind in KIND_NAMES if kind in indicator.entry_kinds)
        bound = (
            f"不用于指标 {indicator.code}，该指标按{used}计分"
            if used
            else f"不用于指标 {indicator.code}，该指标由系统计算"
        )
        yield Fault(UNKNOWN, "kind", KIND_NAMES[cast(Kind, values["kind"])], bound)


def _range(values: Mapping[str, Any], profile: Profile, year: int) -> Iterator[Fault]:
    """Days within the year, counts that can be, points that the scheme gives."""
    first = date(year, 1, 1)
    for key in ("on", "issued_on"):
        if key in values and values[key] < first:
            yield Fault(RANGE, key, values[key], f"应不早于 {first}（报告年度的第一天）")
    for key in ("passed", "checked", "points"):
        if key in values and values[key] < 0:
            yield Fault(RANGE, key, values[key], "应为不小于 0 的数")
    if values.get("checked") == 0:
        yield Fault(RANGE, "checked", 0, "应不小于 1：没有检查的不必录入")
    if "passed" in values and "checked" in values and values["passed"] > values["checked"]:
        yield Fault(RANGE, "passed", values["passed"], f"应不大于检查数 {values['checked']}")
    if "issued_on" in values:
        for key in ("due_on", "closed_on"):
            if key in values and values[key] < values["issued_on"]:
                yield Fault(RANGE, key, values[key], f"应不早于下达日期 {values['issued_on']}")
    if values.get("recurred") and "closed_on" not in values:
        yield Fault(RANGE, "recurred", "是", "没有办结日期：没有办结的整改谈不上复发")
    if "points" in values and values["kind"] in ("score", "decision"):
        if "indicator" not in values:
            yield Fault(INCOMPLETE, "indicator", "空白", "")
        elif (most := _weight(values, profile)) is not None and values["points"] > most:
            yield Fault(RANGE, "points", values["points"], f"应不大于该单位此项指标的分值 {most}")


def _naming(values: Mapping[str, Any], profile: Profile) -> Iterator[Fault]:
    """The scheme's names and the unit's claims."""
    if values["kind"] in ("penalty", "bonus") and "ground" in values:
        rules = profile.scheme.penalty if values["kind"] == "penalty" else profile.scheme.bonus
        worth = grounds(rules)
        if values["ground"] not in worth:
            yield Fault(UNKNOWN, "ground", values["ground"], f"应为考核方案所列的{'、'.join(worth)}之一")
        elif values.get("points", worth[values["ground"]]) != worth[values["ground"]]:
            most = worth[values["ground"]]
            yield Fault(RANGE, "points", values["points"], f"考核方案规定“{values['ground']}”为 {most} 分")
    if values["kind"] == "decision" and "ground" in values and values["ground"] not in profile.scheme.vetoes:
        bound = f"应为考核方案所列的一票否决事由（{'、'.join(profile.scheme.vetoes)}）之一"
        yield Fault(UNKNOWN, "ground", values["ground"], bound)
    if values["kind"] == "problem" and (indicator := _indicator(values, profile)) is not None:
        yield from _kind_of_problem(values, indicator)
    if values["kind"] in ("confirmation", "rejection") and "claim" in values and claim_of(values["claim"]) is None:
        bound = "应写作 evidence[第几条] 或 interpretations[文号].rating"
        yield Fault(UNKNOWN, "claim", values["claim"], bound)


def _kind_of_problem(values: Mapping[str, Any], indicator: Indicator) -> Iterator[Fault]:
    """Where the scheme prices kinds of problem apart, an entry names one of them."""
    given, plain = values.get("ground"), any(one.ground is None for one in indicator.deductions)
    if given is not None and given not in indicator.grounds:
        listed = f"应为指标 {indicator.code} 所列的{'、'.join(indicator.grounds)}之一"
        bound = listed if indicator.grounds else f"指标 {indicator.code} 的问题不分事由，请留空"
        yield Fault(UNKNOWN, "ground", given, bound)
    elif given is None and indicator.grounds and not plain:
        yield Fault(INCOMPLETE, "ground", "空白", "")


def _proposal(draft: EntryDraft, profile: Profile) -> None:
    """What a veto lacks: it is a proposal then, and the receipt says why it is no more."""
    values, proposed = draft.values, "只列为一票否决的提议"
    for key in VETO_NEEDS:
        if not values.get(key):
            needed = f"一票否决须写明{'、'.join(f'“{ENTRY_LABELS[one]}”' for one in VETO_NEEDS)}和“复核人”"
            draft.say(Fault(INCOMPLETE, key, "空白", ""), needed, proposed=proposed)
    if values.get("confirmed_by") and same_person(values["confirmed_by"], values.get("by")):
        bound = f"须与经办人“{values['by']}”是两个人"
        draft.say(Fault(RANGE, "confirmed_by", values["confirmed_by"], bound), proposed=proposed)
    unit = profile.unit(values["unit"])
    if unit is not None and _speaks_for(values.get("confirmed_by"), unit, profile):
        bound = f"应为主管部门的复核人：{unit.code} 不能复核对自己的否决"
        draft.say(Fault(RANGE, "confirmed_by", values.pop("confirmed_by"), bound), proposed=proposed)
    if values.get("ground") and values["ground"] not in profile.scheme.vetoes:
        bound = f"应为考核方案所列的{'、'.join(profile.scheme.vetoes)}之一"
        draft.say(Fault(UNKNOWN, "ground", values["ground"], bound), proposed=proposed)


def _speaks_for(by: str | None, unit: Unit, profile: Profile) -> bool:
    """Whether an author is named by the unit: by its code, its name or its authority's, with or without a person's.

    An authority that is the office's own too inspects its units like all others.
    """
    offices = {one.authority for one in profile.units if one.kind == OFFICE}
    names = {unit.code, unit.name, unit.authority, *unit.aliases, *unit.former_names} - offices
    said = _closed_up(by)
    return any(said == _closed_up(name) or (len(name) > 2 and said.startswith(_closed_up(name))) for name in names)


def _indicator(values: Mapping[str, Any], profile: Profile) -> Indicator | None:
    return next((one for one in profile.scheme.indicators if one.code == values.get("indicator")), None)


def _weight(values: Mapping[str, Any], profile: Profile) -> Decimal | None:
    """What the indicator is worth in the unit's group, 0 where the group does not have it; None of unknown ones."""
    unit, found = profile.unit(values["unit"]), _indicator(values, profile)
    return found.weight.get(unit.kind, Decimal(0)) if unit and found else None


def same_person(one: str | None, other: str | None) -> bool:
    """Whether two names are one person's, however they are spaced."""
    return bool(one) and _closed_up(one) == _closed_up(other)


def _closed_up(name: str | None) -> str:
    return "".join((name or "").split())
