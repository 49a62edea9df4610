"""The page of a scheme says every number that the scheme has, and follows it when it is changed."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from gongkai.profile import load_profile
from gongkai.reporting.scheme.view import scheme_view
from gongkai.reporting.scheme.writer import scheme_page
from gongkai.reporting.style import Page

PAGE = Page("考核方案", load_profile().district, 2021, datetime(2022, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")), "")


def test_every_indicator_with_its_worth_in_each_group(default_profile):
    view = scheme_view(default_profile.scheme, {"area": "试点领域", "town": "镇街"})
    assert view.groups == ("试点领域", "镇街")
    lines = {one.code: one for level in view.levels for one in level.indicators}
    assert (lines["A5"].worth, lines["C1"].worth) == (("", "2"), ("8", "8"))
    assert lines["C1"].priced == ("申请逾期办结，每件扣 3 分",)
    assert "没有检查记录的不适用，不是满分" in lines["A2"].notes
    assert [sum(Decimal(level.worth[n]) for level in view.levels) for n in (0, 1)] == [100, 100]
    assert view.bands[0] == ("优秀", "90 分以上")
    assert view.bands[-1] == ("不合格", "不足 60 分")


def test_the_page_is_html_without_script(default_profile):
    text = scheme_page(default_profile.scheme, default_profile, PAGE)
    for indicator in default_profile.scheme.indicators:
        assert indicator.label in text
        assert indicator.to_raise in text
    assert "国家级表彰" in text
    assert "<script" not in text
