"""Receipts: the contract's JSON, and a page that says first what to do and then where."""

import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.findings import Coercion, Finding, Severity
from gongkai.national_format import for_year
from gongkai.reporting.receipt.view import ReceiptView, receipt_view
from gongkai.reporting.receipt.writer import other_files, write_other_receipt, write_receipt
from gongkai.reporting.shared.series import series, spans
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import ChangedRule, NotApplied, Status, Verdict

SHANGHAI = ZoneInfo("Asia/Shanghai")
CONTRACT = {
    "unit", "year", "revision", "accepted_revision", "file", "sha256", "received_at", "status", "on_time", "findings",
    "coercions", "rules_not_applied",
}  # fmt: skip
FINDING = {
    "rule", "severity", "where", "table", "row", "column", "sheet", "cell", "message", "observed", "expected",
    "difference", "hint",
}  # fmt: skip


def written(make: SimpleNamespace, folder: Path, *verdicts: Verdict, **state: Any) -> tuple[dict[str, Any], str]:
    revisions = tuple(make.revision("A01", verdict, number) for number, verdict in enumerate(verdicts, 1))
    year = make.state({"A01": revisions}, **state)
    paths = write_receipt(year.unit("A01"), year, folder)
    assert [path.relative_to(folder).as_posix() for path in paths[:2]] == ["receipts/A01.json", "receipts/A01.html"]
    html = re.sub(r"<style>.*?</style>", "", paths[1].read_text(encoding="utf-8"), flags=re.DOTALL)
    return json.loads(paths[0].read_text(encoding="utf-8")), html


def view(make: SimpleNamespace, *verdicts: Verdict, **state: Any) -> ReceiptView:
    revisions = tuple(make.revision("A01", verdict, number) for number, verdict in enumerate(verdicts, 1))
    year = make.state({"A01": revisions}, **state)
    return receipt_view(year.unit("A01"), revisions[-1], year)


def test_json_has_the_contracts_keys(make: SimpleNamespace, tmp_path: Path) -> None:
    coercion = Coercion(where="requests.granted.total", raw="１２", value=12, why="全角数字或多余空格", cell="J9")
    verdict = make.verdict(
        make.finding(), coercions=(coercion,), not_applied=(NotApplied("REQ-CARRY", "没有上年数据"),)
    )

    receipt, _ = written(make, tmp_path, verdict)

    assert set(receipt) >= CONTRACT
    assert receipt["status"] == "returned"
    assert receipt["accepted_revision"] is None
    assert receipt["received_at"] == "2022-01-22T17:05:00+08:00"
    [finding] = receipt["findings"]
    assert set(finding) >= FINDING
    [read] = receipt["coercions"]
    assert set(read) == {"where", "sheet", "cell", "raw", "value", "why"}
    assert receipt["rules_not_applied"] == [{"rule": "REQ-CARRY", "reason": "没有上年数据"}]


def test_head_says_returned_how_many_to_fix_and_until_when(make: SimpleNamespace, tmp_path: Path) -> None:
    query = make.finding("YOY-JUMP", Severity.QUERY)

    _, html = written(make, tmp_path, make.verdict(make.finding(), query))

    head = html[: html.index("<h2>")]
    assert "退回修改" in head
    assert "2 处" in head
    assert "错误 1 · 疑点 1" in head
    assert "2022年3月31日" in head


def test_findings_stand_by_what_to_fix_first_with_sentence_cell_and_rule(make: SimpleNamespace, tmp_path: Path) -> None:
    query = make.finding("YOY-JUMP", Severity.QUERY, message="收到申请总计 120 件，上年 12 件。请核对。", cell="J5")
    notice = make.finding(
        "REGISTER-ABSENT", Severity.NOTICE, message="未报送台账。", where="-", cell=None, hint="请补报。"
    )

    _, html = written(make, tmp_path, make.verdict(make.finding(), query, notice))

    order = [html.index(text) for text in ("✕ 错误 1 处", "？ 疑点 1 处", "· 提示 1 处")]
    assert order == sorted(order)
    assert "六类申请人合计 11，总计填写 12，相差 1。请核对 H9 单元格，或相应修改分项。 <span" in html
    assert '<span class="rule">REQ-ROWSUM</span>' in html
    assert "未报送台账。 请补报。" in html


@pytest.mark.parametrize(
    ("today", "extension", "shown", "sentence"),
    [
        (date(2022, 1, 20), None, "2022年1月31日", "请在2022年1月31日前重新报送。"),
        (date(2022, 1, 31), None, "2022年1月31日", "请在2022年1月31日前重新报送。"),
        (date(2022, 2, 1), None, "2022年3月31日", "将于2022年3月31日关闭"),
        (date(2022, 2, 1), date(2022, 2, 15), "2022年2月15日", "请在2022年2月15日前重新报送。"),
        (date(2022, 4, 1), None, "已截止", "已于2022年3月31日关闭"),
    ],
)
def test_until_when_follows_the_deadlines_and_an_extension(
    make: SimpleNamespace, today: date, extension: date | None, shown: str, sentence: str
) -> None:
    revision = make.revision("A01", make.verdict(make.finding()))
    year = make.state({"A01": (revision,)}, as_of=datetime(today.year, today.month, today.day, 9, tzinfo=SHANGHAI))
    if extension:
        year = replace(year, inspections=(InspectionEntry(id="1", unit="A01", kind="extension", until=extension),))

    until = receipt_view(year.unit("A01"), revision, year).until

    assert until.day == shown
    assert sentence in until.sentence


def test_accepted_receipt_asks_for_nothing(make: SimpleNamespace, tmp_path: Path) -> None:
    receipt, html = written(make, tmp_path, make.verdict())

    assert receipt["accepted_revision"] == 1
    assert "✓ 已受理" in html
    assert "无须处理" in html
    assert "错误 1" not in html


def test_newer_file_that_is_not_acceptable_leaves_the_accepted_one_standing(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    unreadable = make.verdict(
        make.finding("SHAPE", message="文件已加密。请取消密码后重新报送。", where="-"), status=Status.QUARANTINED
    )

    receipt, html = written(make, tmp_path, make.verdict(), unreadable)

    assert (receipt["revision"], receipt["accepted_revision"]) == (2, 1)
    assert "未能受理" in html
    assert "第 1 次报送此前已受理，仍然有效" in html


def test_settled_query_is_listed_but_not_to_fix(make: SimpleNamespace) -> None:
    told = "表三现行填写 9，上年为 3，相差 6。"
    asked = f"{told}请核对该格；情况属实的，请在“疑点说明”中选择理由。"
    settled = make.finding("YOY-JUMP", Severity.QUERY, message=asked, settled_by="policy_change")

    said = view(make, make.verdict(settled))

    assert said.to_fix == 0
    assert [(line.rule, line.message) for line in said.said.settled] == [("YOY-JUMP", told)]


def test_of_what_was_waived_nothing_is_asked_either(make: SimpleNamespace) -> None:
    told = "表四“行政复议”的各列之和为 3，“总计”填写 4，相差 1。"
    waived = make.finding("DIS-SUM-RECONSIDERATION", message=f"{told}请核对各格。", settled_by="waiver:W1")

    said = view(make, make.verdict(waived))

    assert [(line.message, line.rule) for line in said.waived] == [(told, "DIS-SUM-RECONSIDERATION")]


def test_unit_that_sent_nothing_has_no_receipt(make: SimpleNamespace, tmp_path: Path) -> None:
    year = make.state({"A01": ()})

    assert write_receipt(year.unit("A01"), year, tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def blanks(make: SimpleNamespace, columns: set[str], rows: set[str] | None = None) -> list[Finding]:
    form = for_year(2021)
    across = [column.key for column in form.requests.columns]
    down = [row.key for row in form.requests.rows]
    return [
        make.finding(
            "BLANK",
            where=cell.where,
            row=cell.row,
            column=cell.column,
            cell=f"{'DEFGHIJ'[across.index(cell.column)]}{5 + down.index(cell.row)}",
            message=f"{cell.label}没有填写。没有发生的请填 0，不要留空。",
            observed=None,
        )
        for cell in form.cells
        if cell.table == "requests" and cell.column in columns and (rows is None or cell.row in rows)
    ]


def test_unfilled_columns_are_one_line_each_on_the_page_and_all_in_the_json(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    found = blanks(make, {"commercial_enterprise", "research_institution"})

    receipt, html = written(make, tmp_path, make.verdict(*found))

    assert len(receipt["findings"]) == 50
    assert html.count('<span class="rule">BLANK</span>') == 2
    assert "表三“商业企业”列全部 25 格没有填写。没有发生的请填 0，不要留空。" in html
    assert "E5:E29" in html


def test_unfilled_row_is_one_line_that_names_its_cells(make: SimpleNamespace) -> None:
    found = blanks(make, {"natural_person", "commercial_enterprise", "legal_service_org"}, {"granted"})

    [line] = series(found, for_year(2021))

    assert line.line.startswith("表三“（一）予以公开”行 3 格（自然人、商业企业、法律服务机构）没有填写。")
    assert line.cells == "D7:E7、H7"


def test_two_blanks_stay_two_sentences(make: SimpleNamespace) -> None:
    found = blanks(make, {"natural_person", "other_org"}, {"granted"})

    assert [line.line for line in series(found, for_year(2021))] == [f.message for f in found]


@pytest.mark.parametrize(
    ("addresses", "printed"),
    [(["A1"], "A1"), (["A1", "A2", "A3"], "A1:A3"), (["Z5", "AA5", "AC5"], "Z5:AA5、AC5"), ([None, "-"], "")],
)
def test_neighbouring_addresses_are_drawn_together(addresses: list[str | None], printed: str) -> None:
    assert spans(addresses) == printed


def test_hostile_message_is_shown_as_it_is(make: SimpleNamespace, tmp_path: Path) -> None:
    _, html = written(make, tmp_path, make.verdict(make.finding(message='<script>alert("x")</script>请核对。')))

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_file_without_cells_names_the_column_instead(make: SimpleNamespace, tmp_path: Path) -> None:
    _, html = written(make, tmp_path, make.verdict(make.finding(cell=None, sheet=None)))

    assert '<span class="cells">总计</span>' in html


def test_office_input_and_stray_files_get_receipts_of_their_own(make: SimpleNamespace, tmp_path: Path) -> None:
    unknown = make.verdict(make.finding("WRONG-UNIT", message="请核对单位代码。", where="-"), status=Status.QUARANTINED)
    year = make.state(
        office_files=(make.stored("_office/巡查.json", make.verdict()),), unassigned=(make.stored("散件.doc", unknown),)
    )

    paths = [path for name in other_files(year) for path in write_other_receipt(name, year, tmp_path)]

    assert [path.name for path in paths] == ["_office.json", "_office.html", "unassigned.json", "unassigned.html"]
    stray = json.loads((tmp_path / "receipts/unassigned.json").read_text(encoding="utf-8"))
    [file] = stray["files"]
    assert (file["file"], file["status"], file["findings"][0]["rule"]) == ("散件.doc", "quarantined", "WRONG-UNIT")
    assert "请核对单位代码。" in (tmp_path / "receipts/unassigned.html").read_text(encoding="utf-8")


def test_no_receipts_for_files_that_are_not_there(make: SimpleNamespace) -> None:
    assert other_files(make.state()) == {}


def test_moment_is_printed_in_the_districts_zone(make: SimpleNamespace) -> None:
    revision = make.revision(
        "A01", make.verdict(), received_at=datetime(2022, 1, 31, 23, 30, tzinfo=ZoneInfo("UTC")) - timedelta(hours=8)
    )
    year = make.state({"A01": (revision,)})

    assert receipt_view(year.unit("A01"), revision, year).received_at == "2022-01-31 23:30"


def test_what_the_district_changed_about_the_rules_is_told_with_its_reason(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    change = ChangedRule("YOY-JUMP", "与上年相差", 5, 3, "倍", "区划调整")
    off = NotApplied("CATALOGUE-STALE", "本区停用：目录由市级维护。")
    verdict = replace(make.verdict(not_applied=(off,)), profile_rules=(change,))

    receipt, html = written(make, tmp_path, verdict)

    assert receipt["profile_rules"] == [
        {"rule": "YOY-JUMP", "what": "与上年相差", "value": 5, "regular": 3, "unit": "倍", "reason": "区划调整"}
    ]
    assert receipt["rules_not_applied"] == [{"rule": "CATALOGUE-STALE", "reason": "本区停用：目录由市级维护。"}]
    assert "本区停用：目录由市级维护。" in html
    assert "与上年相差 5 倍（一般为 3 倍）：区划调整。" in html


def test_what_arose_after_the_acceptance_is_said_and_asks_for_nothing(make: SimpleNamespace, tmp_path: Path) -> None:
    told = "表三“上年结转”填写 3，上年报告为 4，相差 1。"
    arisen = make.finding("YOY-CARRY", Severity.QUERY, message=f"{told}请核对该格。", settled_by="kept:error")

    receipt, html = written(make, tmp_path, make.verdict(arisen))

    assert (receipt["status"], receipt["findings"][0]["settled_by"]) == ("accepted", "kept:error")
    assert "受理后出现，不影响受理 1 处" in re.sub(r"\s+", " ", html.replace("<", " <"))
    assert told in html
    assert "请核对该格" not in html
    assert receipt["explanations"] == []
