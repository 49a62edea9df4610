"""The command line of contract.md: exit codes, messages, and that a wrong call writes nothing."""

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from gongkai.cli import cli
from gongkai.demonstration import files
from gongkai.demonstration.inboxes import SEED
from gongkai.demonstration.year import demonstration_year
from gongkai.profile import default_folder
from gongkai.warehouse.engine import open_warehouse
from tests.golden.published.build import cases
from tests.golden.published_reader import render

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def content(default_profile):
    return demonstration_year(SEED, default_profile).contents["T01"]


def written(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_help_lists_every_command_in_chinese(call):
    code, out, _ = call("--help")
    assert code == 0
    for name in ("demo", "run", "rebuild", "issue", "lock", "check", "import", "template", "status"):
        assert re.search(rf"^  {name} .*[一-鿿]", out, re.MULTILINE), name
    assert not re.search(r"^  \w+ +\.\.\.$", out, re.MULTILINE)  # what is too long is left out whole


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_option_of_every_command_has_chinese_help(name):
    for parameter in cli.commands[name].params:
        text = getattr(parameter, "help", None) or getattr(parameter, "metavar", "") or ""
        assert re.search("[一-鿿]", text), f"{name} {parameter.name}"


@pytest.mark.parametrize("page", ["README.md", "README.zh.md"])
def test_every_command_is_documented(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    documented = set(re.findall(r"gongkai (\w+)", text)) | ({"demo"} if "make demo" in text else set())
    assert set(cli.commands) <= documented


def test_an_unknown_option_is_exit_2(call):
    code, _, err = call("run", "--nonsense")
    assert code == 2
    assert err


def test_an_unknown_unit_is_exit_2_and_nothing_is_written(call, tmp_path):
    (tmp_path / "inbox").mkdir()
    code, _, err = call("run", "--year", 2021, "--inbox", "inbox", "--out", "out", "--units", "A01", "X99")
    assert code == 2
    assert "X99" in err
    assert written(tmp_path) == ["inbox"]


def test_a_missing_inbox_is_exit_2_and_nothing_is_written(call, tmp_path):
    code, _, err = call("run", "--year", 2021, "--inbox", "nowhere", "--out", "out")
    assert code == 2
    assert "nowhere" in err
    assert written(tmp_path) == []


def test_a_malformed_profile_is_exit_2_and_the_message_names_file_and_key(call, tmp_path):
    shutil.copytree(default_folder(), tmp_path / "profile")
    path = tmp_path / "profile" / "cycle.yaml"
    path.write_text(yaml.safe_dump({"soft": {"month": 13, "day": 1}, "hard": {"month": 3, "day": 31}}))
    (tmp_path / "inbox").mkdir()
    code, _, err = call("run", "--year", 2021, "--inbox", "inbox", "--out", "out", "--profile", "profile")
    assert code == 2
    assert "cycle.yaml" in err
    assert "soft.month" in err
    assert not (tmp_path / "out").exists()


def test_a_database_that_is_down_is_exit_1_without_a_password_in_the_message(call, tmp_path):
    (tmp_path / "inbox").mkdir()
    url = "postgresql://gongkai:geheim@127.0.0.1:9/gongkai"
    code, out, err = call("run", "--year", 2021, "--inbox", "inbox", "--out", "out", "--warehouse", url)
    assert code == 1
    assert "127.0.0.1" in err
    assert "geheim" not in out + err


def test_a_run_takes_the_profile_that_the_server_is_set_to(call, tmp_path, monkeypatch):
    shutil.copytree(default_folder(), tmp_path / "profile")
    units = tmp_path / "profile" / "units.yaml"
    units.write_text(units.read_text(encoding="utf-8").replace("code: T10", "code: T99"), encoding="utf-8")
    monkeypatch.setenv("GONGKAI_PROFILE", "profile")
    code, _, err = call("run", "--year", 2021, "--inbox", "nowhere", "--out", "out", "--units", "T99")
    assert (code, "收件目录不存在：nowhere" in err) == (2, True)


def test_check_accepts_a_clean_file_and_stores_nothing(call, tmp_path, content):
    (tmp_path / "T01.json").write_bytes(files.json_bytes(content))
    code, out, _ = call("check", "T01.json")
    assert code == 0
    assert "可以受理" in out
    assert written(tmp_path) == ["T01.json"]


def test_check_names_place_and_both_values(call, tmp_path, content):
    tables = {**content["tables"], "disputes": {**content["tables"]["disputes"]}}
    tables["disputes"]["reconsideration"] = dict.fromkeys(("upheld", "corrected", "other_result", "pending"), 0) | {
        "total": 3
    }
    (tmp_path / "T01.json").write_bytes(files.json_bytes({**content, "tables": tables}))
    code, out, _ = call("check", "T01.json", "--json")
    assert code == 3
    found = json.loads(out)
    assert found["status"] == "returned"
    (finding,) = [f for f in found["findings"] if f["rule"] == "DIS-SUM-RECONSIDERATION"]
    assert (finding["where"], finding["observed"], finding["expected"]) == ("disputes.reconsideration.total", 3, 0)
    left_out = {entry["rule"]: entry["reason"] for entry in found["rules_not_applied"]}
    assert left_out["INTAKE-CLOSED"] == "自查时不核对截止日期。"
    assert [rule for rule, reason in left_out.items() if reason.startswith("没有指明数据库")] == [
        "PUBLISHED-DIFFERS",
        "PEER-OUTLIER",
        "TEXT-REUSED",
        "REASON-MISSING",
        "ADMISSION-WAITING",
        "NO-CHANGE",
        "APPEAL-LATE",
    ]
    assert "YOY-CARRY" in left_out


def test_check_takes_the_moment_for_now(call, tmp_path, content):
    (tmp_path / "T01.json").write_bytes(files.json_bytes(content))
    assert call("check", "T01.json", "--as-of", "2022-01-31T09:00:00+08:00")[0] == 0
    code, out, _ = call("check", "T01.json", "--as-of", "2021-06-30", "--json")
    assert code == 3
    found = [one["message"] for one in json.loads(out)["findings"] if one["rule"] == "CASE-DATES"]
    assert any("晚于本文件的收到日期 2021-06-30" in message for message in found)


def test_check_finds_the_warehouse_below_the_folder_of_outputs_and_makes_none(call, tmp_path, content):
    (tmp_path / "T01.json").write_bytes(files.json_bytes(content))
    code, _, err = call("check", "T01.json", "--out", "out")
    assert (code, written(tmp_path)) == (2, ["T01.json"])
    assert "warehouse.sqlite" in err
    open_warehouse(f"sqlite:///{tmp_path / 'out' / 'warehouse.sqlite'}").dispose()
    code, out, _ = call("check", "T01.json", "--out", "out", "--json")
    assert code == 0
    assert not any(one["reason"].startswith("没有指明数据库") for one in json.loads(out)["rules_not_applied"])


def test_check_takes_unit_and_year_of_a_file_that_names_neither(call, tmp_path):
    """A published report or a CSV file outside a unit's folder; documented on the clerk's page."""
    text = "登记编号,收到日期,申请人类型\n2021-001,2021-03-01,自然人\n"
    (tmp_path / "台账.csv").write_bytes(text.encode("gb18030"))
    _, out, _ = call("check", "台账.csv", "--json")
    assert json.loads(out)["status"] == "quarantined"
    code, out, _ = call("check", "台账.csv", "--unit", "T01", "--year", 2021, "--json")
    said = json.loads(out)
    assert (code, said["unit"], said["year"], said["status"]) == (3, "T01", 2021, "returned")
    assert {f["rule"] for f in said["findings"] if f["severity"] == "error"} == {"BLANK"}
    assert "--unit T01" in (ROOT / "docs" / "clerk.md").read_text(encoding="utf-8")


def test_check_reads_a_published_report_as_the_given_units(call, tmp_path):
    (tmp_path / "report.html").write_text(
        f"<h1>东风街道办事处2021年政府信息公开工作年度报告</h1>{DISPUTES}", encoding="utf-8"
    )
    code, out, _ = call("check", "report.html", "--unit", "T01", "--json")
    assert (code, json.loads(out)["unit"], json.loads(out)["status"]) == (3, "T01", "returned")


def test_check_for_a_unit_that_nobody_knows_is_exit_2(call, tmp_path):
    (tmp_path / "T01.json").write_text("{}")
    code, _, err = call("check", "T01.json", "--unit", "X99")
    assert code == 2
    assert "X99" in err


def test_check_of_a_file_of_another_unit_says_so(call, tmp_path, content):
    (tmp_path / "T01.json").write_bytes(files.json_bytes(content))
    code, out, _ = call("check", "T01.json", "--unit", "T02")
    assert code == 3
    assert "WRONG-UNIT" in out


def test_check_of_a_file_that_does_not_exist_is_exit_2(call):
    code, _, err = call("check", "nowhere.xlsx")
    assert code == 2
    assert "nowhere.xlsx" in err


def test_check_of_something_that_is_no_submission_is_exit_3(call, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 nothing")
    code, out, _ = call("check", "scan.pdf")
    assert code == 3
    assert "无法" in out


RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
DISPUTES = (
    "<table><tr><th colspan=5 rowspan=2>行政复议</th><th colspan=10>行政诉讼</th></tr>"
    "<tr><th colspan=5>未经复议直接起诉</th><th colspan=5>复议后起诉</th></tr>"
    f"<tr>{''.join(f'<th>{word}</th>' for word in RESULTS * 3)}</tr><tr>{'<td>3</td>' * 15}</tr></table>"
)
REPORT = f"<html><h1>某镇人民政府2021年政府信息公开工作年度报告</h1>{DISPUTES}</html>"


def test_import_writes_what_it_read_and_says_what_it_did_not(call, tmp_path):
    (tmp_path / "年报.html").write_text(REPORT, encoding="utf-8")
    code, out, _ = call("import", "年报.html", "--out", "年报.json", "--unit", "T01")
    assert code == 3
    assert "表四：规定 15 格，读出 15 格" in out
    assert "未读出 年度报告中表三没有读出：报告中没有找到这张表" in out
    written_json = json.loads((tmp_path / "年报.json").read_text(encoding="utf-8"))
    assert (written_json["schema"], written_json["unit"], written_json["year"]) == ("gongkai/submission/1", "T01", 2021)
    assert list(written_json["tables"]) == ["disputes"]
    assert set(written_json["tables"]["disputes"]["litigation_direct"].values()) == {3}


@pytest.mark.parametrize("suffix", ["docx", "html", "pdf"])
def test_import_of_a_whole_report_is_exit_0_and_its_json_is_read_back_unchanged(call, tmp_path, suffix):
    case = next(case for case in cases() if case.number == "017")
    data = render.WRITERS[suffix](render.view(case, render.figures(case), render.sound))
    (tmp_path / f"年报.{suffix}").write_bytes(data)
    code, out, _ = call("import", f"年报.{suffix}", "--out", "out/年报.json", "--unit", "T01")
    assert (code, "未读出" in out) == (0, False)
    document = json.loads((tmp_path / "out" / "年报.json").read_text(encoding="utf-8"))
    assert document["tables"] == case.facts["tables"]
    assert document["narrative"]["overview"] == render.WORDS["overview"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere.docx", "--out", "a.json"), "nowhere.docx"),
        (("年报.html", "--out", "a.json", "--unit", "t 1"), "t 1"),
        (("年报.html", "--out", "a.json", "--year", 2022), "2021"),
        (("年报.html", "--out", "年报.html"), "同一个文件"),
        (("空.pdf", "--out", "a.json"), "PDF"),
    ],
)
def test_an_unusable_import_is_exit_2_and_writes_nothing(call, tmp_path, arguments, says):
    (tmp_path / "年报.html").write_text(REPORT, encoding="utf-8")
    (tmp_path / "空.pdf").write_bytes(b"%PDF-1.7")
    code, _, err = call("import", *arguments)
    assert code == 2
    assert says in err
    assert written(tmp_path) == ["年报.html", "空.pdf"]


def test_import_without_a_unit_says_so(call, tmp_path):
    (tmp_path / "年报.html").write_text(REPORT, encoding="utf-8")
    _, out, _ = call("import", "年报.html", "--out", "年报.json")
    assert "--unit" in out
    assert json.loads((tmp_path / "年报.json").read_text(encoding="utf-8"))["unit"] == "UNKNOWN"


def test_template_writes_the_workbooks_that_check_then_finds_blank(call, tmp_path):
    code, _, _ = call("template", "--year", 2021, "--out", "forms", "--units", "T01", "OFFICE")
    assert code == 0
    forms = written(tmp_path / "forms")
    assert len(forms) == 3
    assert "规则清单.html" in forms
    code, out, _ = call("check", tmp_path / "forms" / next(name for name in forms if name.startswith("T01")))
    assert code == 3
    # 200 cells of the form, less the three of 规章, which nobody below a city makes: they are handed out as 0
    assert out.count("没有填写") == 197


def test_status_without_a_warehouse_is_exit_2(call):
    assert call("status", "--year", 2021)[0] == 2


def test_status_of_a_warehouse_that_does_not_exist_is_exit_2_and_makes_none(call, tmp_path):
    assert call("status", "--year", 2021, "--out", "out")[0] == 2
    assert written(tmp_path) == []


def test_issue_without_drafts_is_exit_2(call, tmp_path):
    (tmp_path / "out").mkdir()
    code, _, err = call("issue", "--year", 2021, "--out", "out", "--by", "主任", "--reason", "定稿")
    assert code == 2
    assert "gongkai run" in err


def test_lock_needs_a_warehouse_a_name_and_a_year_that_was_run(call, tmp_path):
    arguments = ("lock", "--year", 2021, "--by", "李主任", "--reason", "已报市办")
    assert call(*arguments)[0] == 2
    assert call(*arguments, "--out", "out")[0] == 2
    assert written(tmp_path) == []
    open_warehouse(f"sqlite:///{tmp_path / 'w.db'}").dispose()
    code, _, err = call(*arguments, "--warehouse", "sqlite:///w.db")
    assert (code, "没有 2021 年度在" in err, "运行记录" in err) == (2, True, True)
    assert call(*arguments[:3], "--by", " ", "--reason", "说明", "--warehouse", "sqlite:///w.db")[0] == 2


@pytest.mark.parametrize(
    "command",
    [
        ("run", "--year", 2021, "--inbox", "inbox", "--out", "out"),
        ("template", "--year", 2021, "--out", "out"),
        ("check", "inbox/T01.json"),
    ],
)
def test_a_profile_that_switches_off_what_it_may_not_is_exit_2_and_writes_nothing(call, tmp_path, command, content):
    shutil.copytree(default_folder(), tmp_path / "profile")
    (tmp_path / "profile" / "rules.yaml").write_text("off: [{rule: BLANK, reason: 太麻烦了}]", encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "T01.json").write_bytes(files.json_bytes(content))
    before = written(tmp_path)
    code, _, err = call(*command, "--profile", "profile")
    assert code == 2
    assert "off.0.rule：规则 BLANK（必填项未填）不能停用" in err
    assert written(tmp_path) == before


def test_diff_without_a_warehouse_is_exit_2(call):
    assert call("diff", "T01", "--year", 2021)[0] == 2


@pytest.mark.parametrize(
    "command",
    [
        ("preview", "T01"),
        ("remind", "--out", "out"),
        ("notify", "--out", "out"),
        ("notify", "--out", "out", "--dry-run"),
        ("deliver", "--out", "out"),
        ("deliver", "--out", "out", "--dry-run"),
    ],
)
def test_what_looks_at_the_warehouse_makes_none(call, tmp_path, command, monkeypatch):
    monkeypatch.setenv("GONGKAI_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("GONGKAI_SMTP_SENDER", "zwgk@example.gov.cn")
    assert call(*command, "--year", 2021)[0] == 2
    assert written(tmp_path) == []


def test_verify_without_a_receipt_is_exit_2(call):
    code, _, err = call("verify", "nowhere.json")
    assert code == 2
    assert "nowhere" in err or "district.pub" in err


def test_check_also_writes_a_page_that_says_it_is_no_receipt(call, tmp_path, content):
    (tmp_path / "T01.json").write_bytes(files.json_bytes({**content, "tables": {}}))
    assert call("check", "T01.json", "--html", "check.html")[0] == 3
    page = (tmp_path / "check.html").read_text(encoding="utf-8")
    assert "自查结果（不是回执）" in page
    assert "会被退回" in page
    said = page.replace("收到和处理政府信息公开申请情况", "")  # the official caption of table three
    assert "收到" not in said  # nobody has received it
    assert written(tmp_path) == ["T01.json", "check.html"]
