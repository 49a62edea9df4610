"""Where a unit stands: seven states kept apart, on the board and in words."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.reporting.board.writer import write_board
from gongkai.reporting.receipt.writer import write_receipt
from gongkai.reporting.report.annex.view import annex_tables
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.shared.standing import standing, standing_words
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import Status
from gongkai.warehouse.totals import compute_totals

BEFORE = datetime(2022, 1, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
AFTER = datetime(2022, 2, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def year_of(make: SimpleNamespace, sent: str, as_of: datetime, *entries: InspectionEntry) -> Any:
    late = replace(make.verdict(), on_time=False)
    revisions = {
        "nothing": (),
        "good": (make.revision("A01", make.verdict()),),
        "late": (make.revision("A01", late),),
        "bad": (make.revision("A01", make.verdict(make.finding())),),
        "unreadable": (make.revision("A01", replace(make.verdict(make.finding()), status=Status.QUARANTINED)),),
    }
    return replace(make.state({"A01": revisions[sent]}, as_of=as_of), inspections=entries)


def entry(kind: Any, until: date | None = None) -> InspectionEntry:
    return InspectionEntry(id=kind, unit="A01", kind=kind, until=until, reason="机构撤并，无业务")


@pytest.mark.parametrize(
    ("sent", "as_of", "entries", "expected", "words"),
    [
        ("nothing", BEFORE, (), "expected", "未报"),
        ("nothing", AFTER, (), "overdue", "逾期未报"),
        ("nothing", AFTER, (entry("excuse"),), "excused", "已说明"),
        ("nothing", AFTER, (entry("excuse", date(2022, 2, 1)),), "overdue", "逾期未报"),
        ("nothing", AFTER, (entry("extension", date(2022, 2, 2)),), "expected", "未报"),
        ("bad", BEFORE, (), "returned", "退回修改"),
        ("bad", AFTER, (), "overdue", "逾期未更正"),
        ("unreadable", BEFORE, (), "received", "未能受理"),
        ("good", AFTER, (), "accepted", "已受理"),
        ("late", AFTER, (entry("excuse"),), "late", "逾期受理"),
    ],
)
def test_each_state_is_told_from_the_others(
    make: SimpleNamespace,
    sent: str,
    as_of: datetime,
    entries: tuple[InspectionEntry, ...],
    expected: str,
    words: str,
) -> None:
    state = year_of(make, sent, as_of, *entries)
    unit = state.unit("A01")
    assert (standing(unit, state), standing_words(unit, state)) == (expected, words)


def test_the_board_shows_an_excuse_with_its_reason_and_not_as_missing(make: SimpleNamespace, tmp_path: Path) -> None:
    board, page = write_board(year_of(make, "nothing", AFTER, entry("excuse")), tmp_path)
    row = json.loads(board.read_text(encoding="utf-8"))["units"][0]
    assert (row["state"], row["standing"], row["due"]) == ("missing", "excused", "2022-01-31")
    text = page.read_text(encoding="utf-8")
    assert "已说明 1 个" in text
    assert "机构撤并，无业务" in text
    assert "○ 未报 1 个" not in text
    assert "全部 37 个单位已受理" not in text


def test_the_board_tells_who_is_past_the_deadline_from_who_still_has_time(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    pages = {}
    for name, as_of in (("before", BEFORE), ("after", AFTER)):
        _, page = write_board(year_of(make, "bad", as_of), tmp_path / name)
        pages[name] = page.read_text(encoding="utf-8")
    assert "其中已过期限" not in pages["before"]
    assert "<b>已过期限</b>" not in pages["before"]
    assert "其中已过期限 1 个" in pages["after"]
    assert "<b>已过期限</b>" in pages["after"]


def test_an_extension_is_printed_in_its_units_receipt_alone(make: SimpleNamespace, tmp_path: Path) -> None:
    extension = replace(entry("extension", date(2022, 2, 15)), by="李主任", reason="机构改革交接")
    state = year_of(make, "bad", AFTER, extension)
    said = {}
    for code in ("A01", "A02"):
        receipt, page = write_receipt(state.unit(code), state, tmp_path)[:2]
        said[code] = json.loads(receipt.read_text(encoding="utf-8"))["extensions"]
        assert ("李主任，机构改革交接，有效至2022年2月15日" in page.read_text(encoding="utf-8")) is (code == "A01")
    assert [(one["until"], one["by"]) for one in said["A01"]] == [("2022-02-15", "李主任")]
    assert said["A02"] == []


def test_a_waiver_is_printed_in_the_receipt_and_in_the_reports_annex(make: SimpleNamespace, tmp_path: Path) -> None:
    found = replace(make.finding(), settled_by="waiver:W1")
    waiver = InspectionEntry(
        id="W1", unit="A01", kind="waiver", indicator=found.rule, by="李主任", reason="更正中", until=date(2022, 3, 1)
    )
    verdict = replace(make.verdict(found), status=Status.ACCEPTED)
    state = replace(make.state({"A01": (make.revision("A01", verdict),)}), inspections=(waiver,))
    receipt, page = write_receipt(state.unit("A01"), state, tmp_path)
    (said,) = json.loads(receipt.read_text(encoding="utf-8"))["waivers"]
    assert (said["rule"], said["by"], said["reason"], said["until"]) == (found.rule, "李主任", "更正中", "2022-03-01")
    text = page.read_text(encoding="utf-8")
    assert "经主管部门豁免 1 处" in text
    assert "李主任，更正中，有效至2022年3月1日" in text
    assert "已说明的疑点" not in text
    annex = {table.key: table.rows for table in annex_tables(DistrictReport(state, compute_totals(state), "b" * 64))}
    ((_, _, words),) = annex["豁免"]
    assert words == "李主任，更正中，有效至2022年3月1日"
