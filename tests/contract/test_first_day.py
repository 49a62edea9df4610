"""What goes wrong on a first day; the day that goes right is `tests/integration/test_server.py`'s, from end to end."""

import json

import pytest

from gongkai.profile import load_profile
from tests.first_day import BEFORE, LAST_YEAR, begun, printed
from tests.golden.published.build import cases


@pytest.fixture
def district(call, tmp_path):
    return begun(call, tmp_path)


def test_a_scanned_report_is_told_and_read_as_nothing(call, district):
    (district.inbox / "T03").mkdir(parents=True)
    (district.inbox / "T03" / "扫描件.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))
    order = ["--year", LAST_YEAR, "--inbox", district.inbox, "--out", district.out, "--profile", district.profile]
    assert call("run", "--as-history", *order)[0] == 3
    said = json.loads((district.out / "history" / f"{LAST_YEAR}.json").read_text(encoding="utf-8"))
    (told,) = (row for row in said["units"] if row["code"] == "T03")
    assert (told["reports"], told["left_out"][0]["name"].endswith("扫描件.jpg")) == ([], True)


def test_a_year_taken_in_for_comparison_is_never_worked_on(call, district):
    (district.inbox / "T01").mkdir(parents=True)
    case = next(one for one in cases() if one.year >= 2021)
    authority = load_profile(district.profile).unit("T01").authority
    (district.inbox / "T01" / "年度报告.docx").write_bytes(printed(case, authority, LAST_YEAR, "docx"))
    order = ["--year", LAST_YEAR, "--out", district.out]
    took = [*order, "--inbox", district.inbox, "--profile", district.profile]
    assert call("run", "--as-history", *took)[0] == 3
    assert call("run", "--as-history", *took)[0] == 3  # once more changes nothing
    for command in (
        ["run", *took],
        ["status", *order],
        ["lock", *order, "--by", "张三", "--reason", "试锁一次"],
        ["issue", *order, "--by", "张三", "--reason", "试一试"],
        ["rebuild", *order, "--as-of", "2099-01-01T00:00:00+08:00"],
    ):
        code, _, err = call(*command)
        assert code == 2, (command, err)
        assert "往年资料" in err or "没有" in err, (command, err)


def test_two_reports_of_one_unit_that_differ_are_both_left_out(call, district):
    folder = district.inbox / "T01"
    folder.mkdir(parents=True)
    authority = load_profile(district.profile).unit("T01").authority
    for number, case in enumerate([one for one in cases() if one.year >= 2021][:2]):
        (folder / f"{number}.docx").write_bytes(printed(case, authority, LAST_YEAR, "docx"))
    order = ["--year", LAST_YEAR, "--inbox", district.inbox, "--out", district.out, "--profile", district.profile]
    code, out, _ = call("run", "--as-history", *order)
    assert code == 3
    assert "0 个有上年数" in out
    assert "不能断定哪一份是定稿" in out


def test_a_rule_that_a_run_would_refuse_to_switch_off_is_told_before_the_season(call, district):
    entry = "off:\n  - {rule: YOY-CARY, reason: 本区口径不同}"
    rules = (district.profile / "rules.yaml").read_text(encoding="utf-8").replace("off: []", entry)
    (district.profile / "rules.yaml").write_text(rules, encoding="utf-8")
    code, out, _ = call("profile", "check", district.profile, "--as-of", BEFORE)
    assert code == 2
    assert "没有规则 YOY-CARY，是否应为 YOY-CARRY" in out


def test_the_districts_own_sentences_are_checked_before_the_season(call, district):
    report = district.profile / "report.yaml"
    report.write_text(
        'headings: by_year\nsentences: {pres: "全年新闻发布会{office_pres_conferences}场。"}\n', encoding="utf-8"
    )
    code, out, _ = call("profile", "check", district.profile, "--as-of", BEFORE)
    assert code == 2
    assert "✕ 错误 report.yaml 有误：没有编号为 pres 的语句，是否为 press" in out
    assert "没有名为 office_pres_conferences 的事实，是否为 office_press_conferences" in out
