"""A report edited in Word from its adoption to its correction: adopted, approved, published, moved by a correction."""

import json
import shutil
from datetime import timedelta

import pytest

from expectations.wording import rule_wording
from gongkai.cli import main
from gongkai.demonstration import inboxes
from gongkai.errors import Refused
from gongkai.profile import load_profile
from gongkai.reporting.outbox.adopting import adopt
from gongkai.reporting.outbox.approval import approve, publish
from gongkai.reporting.outbox.report_act import Act
from gongkai.submission.inbox import received_files
from gongkai.submission.readers.json_writer import submission_to_json
from gongkai.warehouse.audit import entries
from gongkai.warehouse.engine import opened
from tests.golden.report.edited import edited, paragraph_behind, typed

START = inboxes.AS_OF_SECOND_ROUND
_DESPITE = {"all": "试行年度，先行编制"}


@pytest.fixture
def drafted(fresh, made, tmp_path):
    """A district whose office and one town have reported; the others are released by name."""
    inbox = tmp_path / "inbox"
    for code in ("T01", "OFFICE"):
        shutil.copytree(made.second_round / code, inbox / code)
    fresh.run(2021, inbox, START)
    return fresh, inbox


def act(district, days, by="王主任"):
    return Act(
        year=2021,
        out=district.out,
        by=by,
        wordings=rule_wording,
        say=print,
        warehouse=district.warehouse,
        at=START + timedelta(days=days),
    )


def papers(district):
    folder = district.out / "2021" / "report"
    said = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return said, (folder / "report.html").read_text(encoding="utf-8"), (folder / "report.docx").read_bytes()


def told(district):
    """Rule and message of what the office's receipt says of its files."""
    receipt = json.loads((district.out / "2021/receipts/_office.json").read_text(encoding="utf-8"))
    return [(found["rule"], found["message"]) for file in receipt["files"] for found in file["findings"]]


def correct(inbox, profile, moment):
    """A later revision of the town: five sessions of training more."""
    (sent,) = (inbox / "T01").iterdir()
    reading = received_files.read(received_files.received(sent, load_profile(profile), moment))
    assert reading.submission is not None
    said = {**submission_to_json(reading.submission), "reason": "漏计培训"}
    said["activities"]["training_sessions"] += 5
    (inbox / "T01" / "again.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def command(district, file, *more):
    """`gongkai adopt FILE` the day after the draft; its exit code."""
    where = ["--year", "2021", "--out", str(district.out), "--warehouse", district.warehouse, "--by", "王主任"]
    with pytest.raises(SystemExit) as leaving:
        main(["adopt", str(file), *where, "--as-of", (START + timedelta(days=1)).isoformat(), *more])
    return leaving.value.code


def checked(file, *more):
    """`gongkai check FILE`: its exit code."""
    with pytest.raises(SystemExit) as leaving:
        main(["check", str(file), *more])
    return leaving.value.code


def test_an_adopted_report_is_approved_published_moved_and_corrected(drafted, tmp_path, capsys):
    district, inbox = drafted
    draft, file, written = papers(district)[2], tmp_path / "稿.docx", tmp_path / "稿.adopt.json"
    added = paragraph_behind("编印工作手册", "全年组织开放日3场。")
    file.write_bytes(b"no Word file")
    assert command(district, file) == 2
    file.write_bytes(edited(draft, added, typed("条。", "1条。")))
    assert command(district, file) == 3
    assert "1 处与数据不一致，1 处须由人确认" in capsys.readouterr().out
    file.write_bytes(edited(draft, added))
    assert command(district, file) == 3
    assert papers(district)[0]["adopted"] is None
    where = ["--warehouse", district.warehouse, "--as-of", (START + timedelta(days=1)).isoformat()]
    capsys.readouterr()
    assert checked(file) == 2
    assert "是全区报告的修改稿，不是单位的报送" in capsys.readouterr().err
    assert checked(file, *where) == 3
    out = capsys.readouterr().out
    assert out.startswith("这是2021年度全区报告的修改稿，不是单位的报送")
    assert "REPORT-UNCONFIRMED" in out
    assert "WRONG-UNIT" not in out
    found = json.loads(written.read_text(encoding="utf-8"))
    assert [one["sentence"] for one in found["to_confirm"]] == ["全年组织开放日3场。"]
    found["to_confirm"][0]["confirmed_by"] = "李四"
    written.write_text(json.dumps(found), encoding="utf-8")
    assert command(district, file, "--confirm", str(written)) == 0
    later = (START + timedelta(days=1, hours=1)).isoformat()  # what was adopted before a moment is known at it
    assert checked(file, *where[:-1], later, "--json") == 0
    assert [one["rule"] for one in json.loads(capsys.readouterr().out.split("\n", 1)[1])["findings"]] == [
        "REPORT-AGREES"
    ]

    said, page, word = papers(district)
    assert (said["state"], said["adopted"]["by"], said["adopted"]["moved"]) == ("draft", "王主任", [])
    assert said["adopted"]["confirmed"][0]["confirmed_by"] == "李四"
    assert "全年组织开放日3场。" in page
    assert "全年组织开放日3场。" in said["text"]

    approve(act(district, 2), "会议审定", _DESPITE)
    publish(act(district, 4), (START + timedelta(days=3)).date(), "https://www.example.invalid/2021")
    (inbox / "_office").mkdir()
    shutil.copy(file, inbox / "_office")
    district.run(2021, inbox, START + timedelta(days=5))
    assert papers(district)[0]["state"] == "published"
    ((rule, message),) = told(district)
    assert rule == "REPORT-AGREES"
    assert "已由 王主任 于" in message

    correct(inbox, district.profile, START)
    district.run(2021, inbox, START + timedelta(days=6))
    said, page, word = papers(district)
    assert said["state"] == "draft"
    assert [rule for rule, _ in told(district)] == ["REPORT-DIFFERS"]
    (moved,) = said["adopted"]["moved"]
    assert moved["path"] == "activities.training_sessions"
    assert int(moved["now"]) == int(moved["was"]) + 5
    assert moved["sentence"] in next(lack["what"] for lack in said["lacks"] if lack["id"] == "ADOPTED")
    with pytest.raises(Refused, match="1 处数字已变，没有审定"):
        approve(act(district, 7), "更正", _DESPITE)

    anew = adopt(act(district, 7), "新稿.docx", edited(word, typed("全年组织开放日3场。", "")))
    assert anew.adoption is not None
    assert anew.gone == ("全年组织开放日3场。",)
    approve(act(district, 8), "更正：漏计培训", _DESPITE)
    said = papers(district)[0]
    assert (said["state"], said["approved"]["number"]) == ("corrected", 2)
    assert any("文字有改动" in change and f"培训{moved['now']}场" in change for change in said["approved"]["changes"])
    kept = district.out / "2021/report/earlier/1"
    assert json.loads((kept / "report.json").read_text(encoding="utf-8"))["state"] == "approved"
    with opened(district.warehouse) as engine:
        kinds = [entry.kind for entry in entries(engine, 2021, "全区报告")]
    assert kinds == ["confirmed", "adopted", "approved", "published", "adopted", "approved"]
