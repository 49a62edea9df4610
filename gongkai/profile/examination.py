"""Everything that can be known of a valid profile before the season begins (`gongkai profile check`).

A mistake must be mended, advice may be right as it is. What makes a profile no profile at all is found by `loader`.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gongkai.profile.arrangement import arrangement
from gongkai.profile.models import Profile
from gongkai.profile.scheme import WHOLE
from gongkai.profile.succession import predecessors
from gongkai.profile.unit import Unit

_ADDRESS = re.compile(r"[^\s@,;<>，；＠]+@[^\s@,;<>，；＠.]+(?:\.[^\s@,;<>，；＠.]+)+", re.ASCII)
_NOBODYS = (".invalid", ".example", "@example.com")
_ASIDE = ("town", "district")  # groups whose units answer for an area beside the department that leads it


class Remark(NamedTuple):
    """One thing to do.

    Attributes:
        advice: whether the profile works without it.
        text: in Chinese, with file, place and way out.
    """

    advice: bool
    text: str


def is_address(text: str) -> bool:
    """Whether a text is one mail address."""
    return _ADDRESS.fullmatch(text) is not None


def season(profile: Profile, today: date) -> int:
    """The report year that is collected now or next."""
    return today.year - 1 if today <= profile.cycle.hard_deadline(today.year - 1) else today.year


def examine(profile: Profile, year: int, today: date, last_year: Profile | None = None) -> list[Remark]:
    """What to mend and what to think of, in the order of the files.

    Args:
        profile: a valid profile.
        year: the report year that it is for.
        today: the day.
        last_year: the registry by which the year before was collected; None where there was none.
    """
    found = [
        *_names(profile, year),
        *_predecessors(profile, last_year),
        *_addresses(profile, year),
        *_areas(profile, year),
        *_groups(profile, year),
        *_calendar(profile, year, today),
    ]
    return [*found, *_succession(profile, year, last_year)] if last_year else found


def _names(profile: Profile, year: int) -> Iterator[Remark]:
    """Two units of one name and authority: a file that says no code is nobody's."""
    named: dict[tuple[str, str], list[str]] = {}
    for unit in profile.expected(year):
        named.setdefault((unit.name, unit.authority), []).append(unit.code)
    for (name, authority), codes in named.items():
        if len(codes) > 1:
            yield Remark(True, f"units.yaml：{_some(codes)}都叫“{name}（{authority}）”，文件分不清是谁的；请核对。")


def _predecessors(profile: Profile, last_year: Profile | None) -> Iterator[Remark]:
    known = {unit.code for registry in (profile, last_year) if registry for unit in registry.units}
    for unit in profile.units:
        if strange := [code for code in unit.succeeds if code not in known]:
            yield Remark(
                True,
                f"units.yaml：{unit.code} {unit.name} 的 succeeds 写了 {'、'.join(strange)}，名册里没有这样的单位；"
                "写错的请改正，撤并前的单位请留着它的一行并写 to_year。",
            )


def _addresses(profile: Profile, year: int) -> Iterator[Remark]:
    asked = [("district.yaml：contact.email", profile.district.contact.email)]
    asked += [
        (f"units.yaml：{unit.code} {unit.name} 的 contact_email", unit.contact_email or "")
        for unit in profile.expected(year)
    ]
    for place, address in asked:
        if address and not is_address(address):
            yield Remark(
                False, f"{place} 不是邮件地址（现为“{address}”），应像 zwgk@example.gov.cn，用半角字符、中间没有空格。"
            )
    missing = [place.partition("：")[2].removesuffix(" 的 contact_email") for place, address in asked if not address]
    if missing:
        yield Remark(True, f"units.yaml：{_some(missing)}没有 contact_email，退件、催报和评分表寄不到。")
    invented = [place for place, address in asked if address.endswith(_NOBODYS)]
    if invented:
        yield Remark(True, f"{len(invented)} 个邮件地址还是样例地址（如 {invented[0]}），收不到邮件，请换成真实地址。")


def _areas(profile: Profile, year: int) -> Iterator[Remark]:
    leads = [unit for unit in profile.assessed(year) if unit.kind not in _ASIDE]
    for area, name in profile.areas.items():
        units = [unit for unit in leads if area in unit.areas]
        if not units and leads:
            yield Remark(
                True,
                f"units.yaml：领域 {area} {name} 没有单位负责；请写进负责单位的 areas，本区不设的从 areas 中删去。",
            )
        if len(units) > 1:
            yield Remark(
                True,
                f"units.yaml：领域 {area} {name} 由 {_some([u.code for u in units])}共同负责，会各算一遍；请核对。",
            )


def _groups(profile: Profile, year: int) -> Iterator[Remark]:
    groups = dict.fromkeys(group for one in profile.scheme.indicators for group in one.weight)
    for group in groups:
        total = profile.scheme.hundred_of(group)
        if total != WHOLE:
            yield Remark(
                False, f"scheme.yaml：{group}（{profile.kind_name(group)}）各指标的 weight 合计为 {total}，应为 100。"
            )
        if not any(unit.kind == group for unit in profile.assessed(year)):
            yield Remark(
                True, f"scheme.yaml：{group}（{profile.kind_name(group)}）没有单位，{year} 年度不会用到它的分值。"
            )
    unscored = [unit.code for unit in profile.assessed(year) if unit.kind not in groups]
    if unscored:
        yield Remark(False, f"units.yaml：{_some(unscored)}所在的组在 scheme.yaml 中没有分值，无法评分。")


def _calendar(profile: Profile, year: int, today: date) -> Iterator[Remark]:
    for name, day in (("soft", profile.cycle.soft_deadline(year)), ("hard", profile.cycle.hard_deadline(year))):
        if day < today:
            yield Remark(True, f"cycle.yaml：{name} 即 {year} 年度的期限 {day} 已过。")
    if notice := arrangement(profile, year, today).notice:
        yield Remark(True, notice)


def _succession(profile: Profile, year: int, last_year: Profile) -> Iterator[Remark]:
    before = {unit.code: unit for unit in last_year.expected(year - 1)}
    followed = {code for unit in profile.expected(year) for code in predecessors(unit, year, profile, before.keys())}
    for code, unit in before.items():
        if code not in followed:
            yield Remark(
                True,
                f"units.yaml：{year - 1} 年度的 {code} {unit.name} 没有下文，它的结转件和存量文件无人接续；"
                f"由谁承接，请写进那个单位的 succeeds: [{code}]。",
            )
    for unit in profile.expected(year):
        if (last := before.get(unit.code)) is not None and not _same(unit, last):
            yield Remark(
                True,
                f"units.yaml：{unit.code} 上年叫“{last.name}（{last.authority}）”，"
                f"今年叫“{unit.name}（{unit.authority}）”；"
                f"改名的请写 former_names: [{last.authority}]，换了单位的请写 from_year: {year}。",
            )


def _same(unit: Unit, last: Unit) -> bool:
    """Whether a code still means the same unit, or says since when or whence it means another."""
    return (
        unit.is_called(last.name) or unit.is_called(last.authority) or bool(unit.succeeds) or unit.from_year is not None
    )


def _some(codes: list[str]) -> str:
    return "、".join(codes[:8]) + (f" 等 {len(codes)} 个" if len(codes) > 8 else "")
