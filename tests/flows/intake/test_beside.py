"""What lies beside a submission never takes the place of its verdict: attachments, unread forms, links, folders."""

import json
import os
import shutil

import pytest

from gongkai.demonstration import inboxes
from gongkai.profile import load_profile
from gongkai.reporting.outbox.reminder import reminders
from gongkai.warehouse.engine import looked_at
from gongkai.warehouse.queries import load_year

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
SEALED = b"%TSD-Header-###%" + b"\x9a" * 400


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture
def inbox(made, tmp_path):
    """T01 and T03 as they are accepted."""
    for unit in ("T01", "T03"):
        shutil.copytree(made.second_round / unit, tmp_path / "inbox" / unit)
    return tmp_path / "inbox"


def receipt(district, unit="T01"):
    return read(district.out / "2021" / "receipts" / f"{unit}.json")


def page(district, unit="T01"):
    return (district.out / "2021" / "receipts" / f"{unit}.html").read_text(encoding="utf-8")


def test_evidence_and_an_unread_form_stand_beside_the_verdict_that_holds(fresh, inbox):
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    before = receipt(fresh)
    (inbox / "T01" / "现场.png").write_bytes(PICTURE)
    (inbox / "T01" / "填报表（新）.xlsx").write_bytes(SEALED)
    (inbox / "T01" / "表.xlsx").symlink_to(inbox / "T03")
    for _ in range(2):
        fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01"])
        after = receipt(fresh)
        assert (after["status"], after["revision"], after["file"]) == ("accepted", 1, before["file"])
        assert [one["file"] for one in after["attachments"]] == ["T01/现场.png"]
        assert all(len(one["sha256"]) == 64 for one in after["attachments"])
        said = {one["file"]: one["findings"][0]["message"] for one in after["unreadable"]}
        assert set(said) == {"T01/填报表（新）.xlsx", "T01/表.xlsx"}
        assert "加密软件" in said["T01/填报表（新）.xlsx"]
        assert "符号链接" in said["T01/表.xlsx"]
    assert "另有一份文件没有读出：T01/填报表（新）.xlsx" in page(fresh)
    board = read(fresh.out / "2021" / "board.json")["units"]
    assert [(one["state"], one["unreadable"]) for one in board if one["unit"] == "T01"] == [("accepted", 2)]


def test_a_returned_unit_keeps_seeing_its_findings(fresh, made, tmp_path):
    inbox = tmp_path / "inbox"
    shutil.copytree(made.first_round / "T03", inbox / "T03")
    fresh.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND, units=["T03"])
    before = receipt(fresh, "T03")
    (inbox / "T03" / "改好的.xlsx").write_bytes(b"PK\x03\x04 cut off")
    fresh.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND, units=["T03"])
    after = receipt(fresh, "T03")
    assert (after["status"], after["findings"]) == (before["status"], before["findings"])
    assert [one["file"] for one in after["unreadable"]] == ["T03/改好的.xlsx"]


def test_a_unit_with_attachments_only_is_missing_and_sees_its_list(fresh, tmp_path):
    (tmp_path / "inbox" / "T01").mkdir(parents=True)
    (tmp_path / "inbox" / "T01" / "现场.png").write_bytes(PICTURE)
    fresh.run(2021, tmp_path / "inbox", inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    assert (receipt(fresh)["status"], receipt(fresh)["revision"]) == ("missing", None)
    assert [one["file"] for one in receipt(fresh)["attachments"]] == ["T01/现场.png"]
    assert "图片（PNG）" in page(fresh)
    board = {one["unit"]: one for one in read(fresh.out / "2021" / "board.json")["units"]}
    assert (board["T01"]["state"], board["T01"]["attachments"]) == ("missing", 1)


def test_a_form_that_is_all_a_unit_sent_is_answered_as_unreadable(fresh, tmp_path):
    (tmp_path / "inbox" / "T01").mkdir(parents=True)
    (tmp_path / "inbox" / "T01" / "填报表.xlsx").write_bytes(SEALED)
    (tmp_path / "inbox" / "T01" / "现场.png").write_bytes(PICTURE)
    fresh.run(2021, tmp_path / "inbox", inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    said = receipt(fresh)
    assert (said["status"], said["file"], len(said["attachments"])) == ("quarantined", "T01/填报表.xlsx", 1)


def test_a_folder_that_cannot_be_listed_is_told_and_stops_nobody(fresh, inbox, monkeypatch):
    listed = os.scandir

    def scandir(folder):
        if str(folder).endswith("T01"):
            raise PermissionError(13, "denied")
        return listed(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    state = fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01", "T03"])
    assert state.is_completed()
    assert "收件提醒：T01：“T01”无法读取（没有权限）" in state.message
    assert receipt(fresh, "T03")["status"] == "accepted"


def test_last_years_file_handed_in_again_is_listed_for_its_unit(fresh, made, tmp_path):
    fresh.run(2020, made.inbox_before, inboxes.AS_OF_2020, units=["T01", "T03"], stages=["merge"])
    inbox = tmp_path / "inbox"
    shutil.copytree(made.inbox_before / "T01", inbox / "T01")
    shutil.copytree(made.inbox_before / "T03", inbox / "T03")
    for path in (made.second_round / "T03").iterdir():
        shutil.copy(path, inbox / "T03" / f"本年{path.suffix}")
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01", "T03"])

    receipt = json.loads((fresh.out / "2021/receipts/T01.json").read_text(encoding="utf-8"))
    (found,) = receipt["findings"]
    assert (receipt["status"], found["rule"]) == ("missing", "WRONG-YEAR")
    assert "是已收的 2020 年度报送（第 1 次，" in found["message"]
    page = (fresh.out / "2021/receipts/T01.html").read_text(encoding="utf-8")
    assert "交来的是往年已收的报送，还没有收到 2021 年度的填报表" in page
    assert "交来的是已收的 2020 年度报送" in (fresh.out / "2021/board.html").read_text(encoding="utf-8")
    assert json.loads((fresh.out / "2021/receipts/T03.json").read_text(encoding="utf-8"))["attachments"] == []

    with looked_at(fresh.warehouse) as engine:
        state = load_year(engine, 2021, inboxes.AS_OF_SECOND_ROUND, load_profile(fresh.profile))
    (owed,) = [one for one in reminders(state) if one.unit.code == "T01"]
    assert "是已收的 2020 年度报送。\n截至" in owed.text

    shutil.copy(next((made.second_round / "T01").iterdir()), inbox / "T01" / "本年.xlsx")
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    receipt = json.loads((fresh.out / "2021/receipts/T01.json").read_text(encoding="utf-8"))
    assert (receipt["revision"], receipt["status"]) == (1, "accepted")
