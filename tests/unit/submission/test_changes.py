"""Differences of two submissions: by cell, by row of a list, and nothing that is no content."""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.submission.changes import compare
from gongkai.submission.form import ReceivedFile, Submission
from gongkai.submission.readers.json_reader import read_json

MOMENT = datetime(2022, 1, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def said(total: int | None = 3, **further: Any) -> Submission:
    rows = {"reconsideration": {"upheld": 3, "total": total}}
    document = {"schema": "gongkai/submission/1", "year": 2021, "unit": "T01", "tables": {"disputes": rows}, **further}
    data = json.dumps(document).encode()
    file = ReceivedFile(Path("x.json"), "x.json", "T01", hashlib.sha256(data).hexdigest(), len(data), MOMENT)
    submission = read_json(file, data).submission
    assert submission is not None
    return submission


def case(number: str, **fields: Any) -> dict[str, Any]:
    return {"case_no": number, "received_on": "2021-03-01", **fields}


def differences(new: Submission, old: Submission) -> list[tuple[Any, ...]]:
    return [(c.where, c.before, c.after, c.row) for c in compare(new, old)]


def test_equal_content_has_no_difference_whoever_prepared_it() -> None:
    assert differences(said(prepared_by="甲", reason="更正"), said(prepared_by="乙")) == []


def test_a_cell_that_is_blank_or_absent_says_the_same_and_zero_is_something_else() -> None:
    assert differences(said(None), said(0)) == [("disputes.reconsideration.total", 0, None, None)]
    absent = said(None)
    assert differences(absent, said(3)) == [("disputes.reconsideration.total", 3, None, None)]


def test_an_inserted_row_is_one_new_row_and_the_others_are_unchanged() -> None:
    old = said(register=[case("1"), case("2")])
    new = said(register=[case("1"), case("1a", channel="post"), case("2", replied_on="2021-03-09")])
    assert differences(new, old) == [
        ("register[1a].case_no", None, "1a", "added"),
        ("register[1a].received_on", None, date(2021, 3, 1), "added"),
        ("register[1a].channel", None, "post", "added"),
        ("register[2].replied_on", None, date(2021, 3, 9), None),
    ]


def test_rows_in_another_order_are_no_difference() -> None:
    assert differences(said(register=[case("2"), case("1")]), said(register=[case("1"), case("2")])) == []


def test_rows_without_an_identifier_are_matched_by_what_they_say() -> None:
    old = said(catalogue=[{"area": "01", "item": "甲"}, {"area": "02", "item": "乙"}])
    new = said(catalogue=[{"area": "02", "item": "乙"}, {"area": "01", "item": "丙"}, {"area": "03", "item": "丁"}])
    assert differences(new, old) == [
        ("catalogue[2].item", "甲", "丙", None),
        ("catalogue[3].area", None, "03", "added"),
        ("catalogue[3].item", None, "丁", "added"),
    ]


def test_none_reported_and_not_reported_are_two_things() -> None:
    assert differences(said(responses=[]), said()) == [("responses", None, "已报", None)]
    assert differences(said(), said(responses=[])) == [("responses", "已报", None, None)]
