"""The office's workbook through a run: read from `_office`, given back marked, corrected in it, handed out again."""

import json
from datetime import timedelta

import openpyxl

from gongkai.cli import cli
from gongkai.demonstration import inboxes
from gongkai.profile import load_profile
from gongkai.submission.inspection.workbook.writer import office_workbook, rows_of

UNIT, NAME = "A08", "办公室录入-2021.xlsx"
ABOUT = {"unit": UNIT, "indicator": "D2", "kind": "checked", "checked": 10, "by": "甲组", "on": "2021-09-10"}
ENTRIES = [
    {**ABOUT, "id": "检查-001", "item": "专区", "passed": 10},
    {**ABOUT, "id": "检查-002", "item": "查阅点", "passed": 8},  # nobody says why
]


def test_what_was_not_taken_comes_back_marked_and_counts_once_it_is_corrected(fresh, tmp_path):
    inbox, profile = tmp_path / "inbox" / "_office", load_profile(fresh.profile)
    inbox.mkdir(parents=True)
    (inbox / NAME).write_bytes(office_workbook(rows_of(ENTRIES), profile, 2021))

    def run(hours):
        fresh.run(2021, inbox.parent, inboxes.AS_OF_SECOND_ROUND + timedelta(hours=hours), units=[UNIT])
        (told,) = json.loads((fresh.out / "2021/receipts/_office.json").read_text(encoding="utf-8"))["files"][-1:]
        return told, json.loads((fresh.out / "2021/board.json").read_text(encoding="utf-8"))["entries_not_counted"]

    told, left_out = run(0)
    assert (told["status"], told["returned"], left_out) == ("returned", "_office-returned.xlsx", 1)
    (finding,) = told["findings"]
    assert (finding["rule"], finding["sheet"], finding["cell"]) == ("ENTRY-INCOMPLETE", "检查评分", "K7")
    listed = json.loads((fresh.out / "2021/manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert "receipts/_office-returned.xlsx" in {one["path"] for one in listed}

    handed_out = ["template", "--office", "--year", "2021", "--out", str(tmp_path), "--warehouse", fresh.warehouse]
    assert cli.main(handed_out, standalone_mode=False) == 0
    again = openpyxl.load_workbook(tmp_path / NAME)["检查评分"]
    assert [again[f"A{row}"].value for row in (6, 7, 8)] == ["检查-001", "检查-002", "检查-003"]  # the third is free

    book = openpyxl.load_workbook(fresh.out / "2021/receipts/_office-returned.xlsx")
    book["检查评分"]["K7"] = "查阅点两项未更新"
    book.save(inbox / NAME)
    told, left_out = run(1)
    assert (told["status"], told["returned"], left_out) == ("accepted", None, 0)
    assert told["replaced"] == {"came": ["检查-002"], "went": [], "changed": []}
    assert not (fresh.out / "2021/receipts/_office-returned.xlsx").exists()
