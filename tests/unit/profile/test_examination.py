"""What `gongkai profile check` finds before the season: mistakes apart from advice, each with place and way out."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.profile import Profile, load_profile
from gongkai.profile.examination import Remark, examine, season

TODAY = date(2025, 12, 1)
Changed = Callable[..., Profile]


@pytest.fixture
def registry() -> Changed:
    """The default profile with some units changed: code → keys, None for a unit that is gone."""

    def changed(units: dict[str, dict[str, Any] | None]) -> Profile:
        profile = load_profile()
        kept = [
            u.model_copy(update=units.get(u.code) or {}) for u in profile.units if units.get(u.code, {}) is not None
        ]
        return profile.model_copy(update={"units": tuple(kept)})

    return changed


def said(profile: Profile, last_year: Profile | None = None, *, advice: bool) -> str:
    return "\n".join(one.text for one in examine(profile, 2025, TODAY, last_year) if one.advice is advice)


def test_the_profile_that_ships_has_advice_at_most() -> None:
    found = examine(load_profile(), 2025, TODAY)
    assert all(one.advice for one in found)
    assert "样例地址" in found[0].text


@pytest.mark.parametrize("address", ["zwgk＠example.gov.cn", "zwgk example.gov.cn", "zwgk@gov", "a@b.cn，c@d.cn"])
def test_an_address_that_is_none_is_a_mistake(registry: Changed, address: str) -> None:
    found = said(registry({"T03": {"contact_email": address}}), advice=False)
    assert "T03 新桥街道 的 contact_email 不是邮件地址" in found
    assert address in found


def test_a_missing_address_is_advice(registry: Changed) -> None:
    assert "T03 新桥街道没有 contact_email" in said(registry({"T03": {"contact_email": None}}), advice=True)


def test_areas_nobody_or_two_answer_for(registry: Changed) -> None:
    found = said(registry({"A01": {"areas": ("02",)}}), advice=True)
    assert "领域 01 重大建设项目 没有单位负责" in found
    assert "领域 02 公共资源交易 由 A01、A02共同负责" in found


def test_a_predecessor_that_is_no_unit_and_two_units_of_one_name(registry: Changed) -> None:
    twin = {"name": "新桥街道", "authority": load_profile().unit("T03").authority}
    found = said(registry({"T01": {"succeeds": ("T01", "Z99")}, "T02": twin}), advice=True)
    assert "的 succeeds 写了 Z99，名册里没有这样的单位" in found
    assert "T02、T03都叫“新桥街道（" in found


def test_weights_that_do_not_make_a_hundred_are_a_mistake() -> None:
    profile = load_profile()
    first, *others = profile.scheme.indicators
    heavier = first.model_copy(update={"weight": {**first.weight, "town": Decimal(11)}})
    scheme = profile.scheme.model_copy(update={"indicators": (heavier, *others)})
    found = said(profile.model_copy(update={"scheme": scheme}), advice=False)
    assert found == "scheme.yaml：town（镇街）各指标的 weight 合计为 101，应为 100。"


def test_a_group_without_units(registry: Changed) -> None:
    towns = {f"T{number:02d}": None for number in range(1, 11)}
    assert "town（镇街）没有单位" in said(registry(towns), advice=True)


def test_deadlines_in_the_past_and_the_calendar_of_next_year() -> None:
    texts = [one.text for one in examine(load_profile(), 2026, date(2027, 2, 2))]
    assert "cycle.yaml：soft 即 2026 年度的期限 2027-01-31 已过。" in texts
    assert any("calendar/2027.csv" in text for text in texts)


def test_a_unit_of_last_year_that_nobody_follows(registry: Changed) -> None:
    gone = registry({"T05": None})
    assert "2024 年度的 T05 清河镇 没有下文" in said(gone, load_profile(), advice=True)
    merged = registry({"T05": None, "T06": {"succeeds": ("T05", "T06")}})
    assert "没有下文" not in said(merged, load_profile(), advice=True)


def test_a_code_that_means_another_unit(registry: Changed) -> None:
    other = registry({"T05": {"name": "某某街道", "authority": "某某街道办事处"}})
    assert "T05 上年叫“清河镇（清河镇人民政府）”" in said(other, load_profile(), advice=True)
    named = {"T05": {"name": "某某街道", "authority": "某某街道办事处", "former_names": ("清河镇人民政府",)}}
    assert "上年叫" not in said(registry(named), load_profile(), advice=True)


@pytest.mark.parametrize(("today", "year"), [((2026, 12, 1), 2026), ((2027, 1, 15), 2026), ((2027, 4, 1), 2027)])
def test_the_season_is_the_year_that_is_collected_now_or_next(today: tuple[int, int, int], year: int) -> None:
    assert season(load_profile(), date(*today)) == year


def test_a_remark_is_a_sentence() -> None:
    assert all(isinstance(one, Remark) and one.text.endswith("。") for one in examine(load_profile(), 2025, TODAY))
