"""What a receipt says of changes: against which revision, which cells, in words."""

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from gongkai.reporting.receipt.changed_cells import base_of, change_lines, changes_json
from gongkai.reporting.receipt.writer import write_receipt
from gongkai.submission.changes import compare
from gongkai.submission.form import ReceivedFile, Submission
from gongkai.submission.readers.json_reader import read_json
from gongkai.warehouse.records import RepeatedFile
from tests.unit.reporting.conftest import AS_OF


def said(total: int, **further: Any) -> Submission:
    tables = {"disputes": {"reconsideration": {"total": total}}}
    document = {"schema": "gongkai/submission/1", "year": 2021, "unit": "A01", "tables": tables, **further}
    data = json.dumps(document).encode()
    file = ReceivedFile(Path("x"), "x", "A01", hashlib.sha256(data).hexdigest(), len(data), AS_OF)
    submission = read_json(file, data).submission
    assert submission is not None
    return submission


def unit_of(make: SimpleNamespace, *revisions: tuple[bool, Submission | None], **further: Any) -> Any:
    """A01 with revisions: accepted or returned, and what they say."""
    made = tuple(
        make.revision("A01", make.verdict() if accepted else make.verdict(make.finding()), n, submission=submission)
        for n, (accepted, submission) in enumerate(revisions, 1)
    )
    return make.state({"A01": made}, **further)


def test_a_revision_is_compared_with_the_accepted_one_before_it(make: SimpleNamespace) -> None:
    unit = unit_of(make, (True, said(1)), (False, said(2)), (False, said(3))).unit("A01")
    assert base_of(unit, unit.revisions[2]).number == 1
    assert changes_json(unit, unit.revisions[2]) == {
        "against": 1,
        "against_status": "accepted",
        "cells": [
            {
                "where": "disputes.reconsideration.total",
                "sheet": None,
                "cell": None,
                "before": 1,
                "after": 3,
                "row": None,
            }
        ],
    }


def test_without_an_accepted_one_with_the_readable_one_before_it(make: SimpleNamespace) -> None:
    unit = unit_of(make, (False, said(1)), (False, None), (True, said(3))).unit("A01")
    assert base_of(unit, unit.revisions[2]).number == 1
    assert changes_json(unit, unit.revisions[0]) is None
    assert changes_json(unit, unit.revisions[1]) is None


def test_lines_are_in_words_and_a_new_row_is_one_line() -> None:
    new = said(2, register=[{"case_no": "7", "received_on": "2021-03-01", "channel": "post"}])
    lines = change_lines(compare(new, said(1, register=[])), 2021)
    assert [(line.place, line.before, line.after) for line in lines] == [
        ("表四“行政复议”的“总计”", "1", "2"),
        ("“依申请公开台账”第 7 条", "无", "新增：登记编号 7，收到日期 2021-03-01，申请渠道 邮寄"),
    ]


def test_a_column_that_changed_alike_is_one_line() -> None:
    def column(value: int | None, total: int) -> Submission:
        rows = {key: {"legal_service_org": value} for key in ("granted", "carried_out", "carried_in")}
        tables = {"requests": {**rows, "new_requests": {"legal_service_org": 2, "total": total}}}
        return said(0, tables=tables)

    lines = change_lines(compare(column(0, 3), column(None, 2)), 2021)
    assert [(line.place, line.before, line.after) for line in lines] == [
        ("表三“一、本年新收政府信息公开申请数量”行“总计”列", "2", "3"),
        ("表三“法律服务机构”列 3 格", "未报", "0"),
    ]


def test_the_page_shows_changes_and_files_that_changed_nothing(make: SimpleNamespace, tmp_path: Path) -> None:
    from dataclasses import replace

    state = unit_of(make, (True, said(1)), (True, said(2)))
    again = RepeatedFile("A01/再报一次.json", "f" * 64, AS_OF, 2, (make.finding("NO-CHANGE"),))
    unit = replace(state.unit("A01"), repeated=(again,))
    receipt, page = write_receipt(unit, state, tmp_path)
    text = page.read_text(encoding="utf-8")
    assert "与第 1 次报送（已受理）相比" in text
    assert "改动 1 处" in text
    assert "A01/再报一次.json · 内容与第 2 次报送相同，没有形成新的版本" in text
    (repeated,) = json.loads(receipt.read_text(encoding="utf-8"))["repeated"]
    assert (repeated["revision"], repeated["findings"][0]["rule"]) == (2, "NO-CHANGE")
