"""From 征求意见 to 正式: units appeal in their own forms, the office decides, who is concerned gets a new card.

A district of three towns: T03 appeals by workbook, T04 by JSON, T01 not at all.
"""

import json
import shutil
from datetime import timedelta

import openpyxl
import pytest

from gongkai.demonstration import inboxes
from gongkai.errors import Refused
from gongkai.reporting.outbox.release import release
from gongkai.warehouse.audit import entries
from gongkai.warehouse.engine import open_warehouse
from tests.few_units import profile_of
from tests.flows.conftest import District

TOWNS = ("T01", "T03", "T04")
ROUND = inboxes.AS_OF_SECOND_ROUND
DESPITE = {"all": "演示只有三个镇街"}


class Office:
    """What the office does, day by day after the second round."""

    def __init__(self, district, inbox):
        self.district, self.inbox = district, inbox

    def run(self, days):
        return self.district.run(2021, self.inbox, ROUND + timedelta(days=days))

    def issue(self, days, **how):
        at = ROUND + timedelta(days=days)
        return release(2021, self.district.out, "王主任", "评分表", self.district.warehouse, at, print, DESPITE, **how)

    def enter(self, *said):
        document = {"schema": "gongkai/inspection/1", "year": 2021, "entries": list(said)}
        (self.inbox / "_office" / "申诉决定.json").write_text(json.dumps(document), encoding="utf-8")

    def card(self, unit):
        return self._read(f"2021/scorecards/{unit}/scorecard.json")

    def receipt(self, unit):
        return self._read(f"2021/receipts/{unit}.json")

    def standing(self):
        return {unit: (self.card(unit)["version"], self.card(unit)["state"]) for unit in TOWNS}

    def _read(self, path):
        return json.loads((self.district.out / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def office(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("three")
    profile, inbox = profile_of(TOWNS, made.profile, folder / "profile"), folder / "inbox"
    for unit in TOWNS:
        shutil.copytree(made.second_round / unit, inbox / unit)
    (inbox / "_office").mkdir()
    return Office(District(folder, made, profile), inbox)


def appeal_by_workbook(office, unit, **row):
    """The unit opens the workbook that it sent, fills its sheet 申诉 and sends it again."""
    sent = max((office.inbox / unit).glob("*.xlsx"))
    book = openpyxl.load_workbook(sent)
    sheet = book["申诉"]
    header = next(cell.row for cell in sheet["A"] if cell.value == "指标代码")
    columns = {cell.value: cell.column for cell in sheet[header]}
    for label, value in row.items():
        sheet.cell(header + 1, columns[label]).value = value
    book.save(office.inbox / unit / "申诉.xlsx")


def test_from_the_first_issue_to_the_final_one(office):
    office.run(0)
    assert office.standing() == dict.fromkeys(TOWNS, (1, "draft"))

    said = office.issue(0)
    assert "评分表 3 份（征求意见稿，申诉截止 " in said
    assert office.standing() == dict.fromkeys(TOWNS, (1, "preliminary"))
    first = {unit: office.card(unit) for unit in TOWNS}
    page = (office.district.out / "2021/scorecards/T01/scorecard.html").read_text(encoding="utf-8")
    assert "<b>征求意见稿</b> · 第 1 版" in page
    with pytest.raises(Refused, match=r"T01 .*申诉期到"):
        office.issue(1, final=True)

    line = next(one for one in first["T03"]["indicators"] if one["deductions"])
    code = line["code"]
    appeal_by_workbook(office, "T03", 指标代码=code, 申诉理由="已按期公开", 佐证="截图.pdf")
    document = {"schema": "gongkai/submission/1", "year": 2021, "unit": "T04", "tables": None}
    document["appeals"] = [{"indicator": code, "ground": "日期有误", "evidence": None}]
    (office.inbox / "T04" / "申诉.json").write_text(json.dumps(document), encoding="utf-8")
    ended = office.run(2)
    assert "申诉" in ended.message
    assert {unit: office.card(unit) for unit in TOWNS} == first  # an appeal changes no card
    (appealed,) = office.receipt("T03")["appeals"]
    assert (appealed["received_on"], appealed["state"]) == (f"{ROUND + timedelta(days=2):%Y-%m-%d}", "open")
    assert (office.receipt("T04")["appeals"][0]["reason"], office.receipt("T03")["status"]) == ("日期有误", "accepted")
    engine = open_warehouse(office.district.warehouse)
    assert [(e.kind, e.subject) for e in entries(engine, 2021) if e.kind == "appealed"] == [
        ("appealed", "T03"),
        ("appealed", "T04"),
    ]

    on = f"{ROUND + timedelta(days=5):%Y-%m-%d}"
    about = {"kind": "decision", "indicator": code, "on": on, "by": "王主任"}
    office.enter(
        {"id": "1", "unit": "T03", "reason": "经复核属实", "points": line["max"], **about},
        {"id": "2", "unit": "T04", "reason": "原记录无误", **about},
    )
    office.run(4)  # the decisions are of tomorrow: they wait for their day
    assert office.receipt("T03")["appeals"][0]["state"] == "open"
    with pytest.raises(Refused, match=rf"T04 .*对 {code} 的申诉（申诉1）尚未决定"):
        office.issue(20, final=True)

    office.run(20)
    changed = {unit for unit in TOWNS if office.card(unit) != first[unit]}
    assert "T03" in changed
    assert office.receipt("T04")["appeals"][0]["decision"]["points"] is None
    second = office.card("T03")
    assert (second["version"], second["state"], second["appeal_until"]) == (2, "draft", None)

    office.issue(20)
    again = {unit: (2, "preliminary") if unit in changed else (1, "preliminary") for unit in TOWNS}
    assert office.standing() == again
    assert {unit: office.card(unit) for unit in TOWNS if unit not in changed} == {
        unit: first[unit] for unit in TOWNS if unit not in changed
    }
    kept = office.district.out / "outbox/2021/T03/第1次签发"
    assert json.loads((kept / "scorecard.json").read_text(encoding="utf-8")) == first["T03"]
    assert "第 2 版" in (kept / "本版已被取代.txt").read_text(encoding="utf-8")
    with pytest.raises(Refused, match=r"T03 .*申诉期到"):
        office.issue(21, final=True)

    office.issue(60, final=True)

    for unit in TOWNS:
        card = office.card(unit)
        assert (card["version"], card["state"]) == (2 if unit in changed else 1, "final")
        assert "T03" not in json.dumps(card["changes"])
        assert bool(card["changes"]) is (unit in changed)
    assert office.issue(61, final=True).endswith("评分表没有变化，此前签发的仍然有效")
    final = {unit: office.card(unit) for unit in TOWNS}
    office.run(70)
    assert {unit: office.card(unit) for unit in TOWNS} == final  # a run later changes nothing
