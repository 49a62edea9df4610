"""A district sets itself up from an empty folder, without YAML: docs/first-day.md up to the templates that go out."""

import json
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from flows.parameters import unit_codes
from gongkai.profile import load_profile
from tests.golden.published.build import Case, cases
from tests.golden.published_reader.render import WRITERS, figures, sound, view

LAST_YEAR = 2025
BEFORE = "2026-11-20T09:00:00+08:00"


@dataclass
class District:
    """A new district's folder, and what is in it."""

    profile: Path
    workbook: Path
    inbox: Path
    out: Path


@pytest.fixture
def district(call, tmp_path):
    code, out, _ = call("init", "配置", "--example", "towns", "--name", "临江区")
    assert code == 0, out
    return District(tmp_path / "配置", tmp_path / "配置.xlsx", tmp_path / "往年", tmp_path / "结果")


def fill_in(district: District, mail: str) -> None:
    """What somebody does in Excel: a name changed, a unit added with an address."""
    book = openpyxl.load_workbook(district.workbook)
    sheet = book["单位"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "代码")
    at = {str(cell.value): int(cell.column or 0) for cell in head if cell.value}
    rows = {str(row[0].value): int(row[0].row or 0) for row in sheet.iter_rows()}
    sheet.cell(rows["T02"], at["名称"]).value = "和平新城街道"
    last = rows["OFFICE"] + 1
    for heading, value in {
        "代码": "T11",
        "名称": "柳林镇",
        "所属机关": "柳林镇人民政府",
        "组别": "镇街",
        "层级": "镇街",
        "邮件地址": mail,
    }.items():
        sheet.cell(last, at[heading]).value = value
    book.save(district.workbook)


def printed(case: Case, authority: str, year: int, form: str) -> bytes:
    """The case's figures as the published report of an authority."""
    about = {**case.facts["about"], "authority": authority}
    theirs = case._replace(year=year, facts={**case.facts, "about": about})
    return WRITERS[form](view(theirs, figures(theirs), sound))


def test_a_workbook_sets_the_district_up_and_a_mistyped_address_is_told_with_its_cell(call, district, monkeypatch):
    assert call("profile", "workbook", "--profile", district.profile, "--out", district.workbook)[0] == 0
    fill_in(district, "liulin.example.invalid")
    code, out, _ = call("profile", "read", district.workbook, "--profile", district.profile, "--yes")
    assert code == 2
    assert "“单位”" in out
    assert "liulin.example.invalid" in out
    assert "T11" not in (district.profile / "units.yaml").read_text(encoding="utf-8")

    fill_in(district, "ｌｉｕｌｉｎ＠example.invalid")  # full-width, as an input method leaves it
    code, out, _ = call("profile", "read", district.workbook, "--profile", district.profile, "--yes")
    assert code == 0, out
    assert load_profile(district.profile).unit("T11").contact_email == "liulin@example.invalid"
    code, out, _ = call("profile", "check", district.profile, "--as-of", BEFORE)
    assert code == 0, out

    monkeypatch.setenv("GONGKAI_PROFILE", str(district.profile))
    assert "T11" in unit_codes()  # the choices of the server's forms


def test_last_years_reports_are_taken_in_as_they_were_published_and_this_years_templates_come_prefilled(call, district):
    of_2021, of_2019 = ([one for one in cases() if (one.year >= 2021) is new] for new in (True, False))
    units = [unit for unit in load_profile(district.profile).units if unit.carries_tables]
    district.inbox.mkdir()
    for number, (case, unit) in enumerate(zip(of_2021, units, strict=False)):
        form = list(WRITERS)[number % len(WRITERS)]
        path = district.inbox / f"{number} 年度报告.{form}"  # nothing but the report says whose it is
        path.write_bytes(printed(case, unit.authority, LAST_YEAR, form))
    other_year = district.inbox / units[-2].code / "年度报告.docx"
    other_year.parent.mkdir()
    other_year.write_bytes(printed(of_2019[0], units[-2].authority, of_2019[0].year, "docx"))
    scanned = district.inbox / units[-3].code / "扫描件.jpg"
    scanned.parent.mkdir()
    scanned.write_bytes(b"\xff\xd8\xff\xe0" + bytes(100))

    order = ["--year", LAST_YEAR, "--inbox", district.inbox, "--out", district.out, "--profile", district.profile]
    code, out, err = call("run", "--as-history", *order)
    assert code == 3, (out, err)
    said = json.loads((district.out / "history" / f"{LAST_YEAR}.json").read_text(encoding="utf-8"))
    rows = {row["code"]: row for row in said["units"]}
    for case, unit in zip(of_2021, units, strict=False):
        assert rows[unit.code]["reports"] == [unit.code]
        read = sum(value != "" for value in figures(case).values())
        assert rows[unit.code]["figures"] + len(rows[unit.code]["unread"]) == len(figures(case))
        assert rows[unit.code]["figures"] == read
    assert str(of_2019[0].year) in rows[units[-2].code]["left_out"][0]["reasons"][0]
    assert rows[units[-3].code]["reports"] == []
    assert rows[units[-3].code]["left_out"][0]["name"].endswith("扫描件.jpg")

    code, out, _ = call(
        "template", "--year", LAST_YEAR + 1, "--out", "填报表", "--profile", district.profile,
        "--warehouse", f"sqlite:///{district.out / 'warehouse.sqlite'}", "--units", units[0].code,
    )  # fmt: skip
    assert code == 0, out
    (template,) = Path("填报表").glob(f"{units[0].code}*.xlsx")
    carried = int(figures(of_2021[0])["requests.carried_out.total"])
    cell = openpyxl.load_workbook(template)["表三"]
    assert carried in [value for row in cell.iter_rows(values_only=True) for value in row]


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
