"""A register that a system exports as HTML, under whatever name, is a register; a published report stays a report."""

from typing import Any

import pytest

from gongkai.submission.form import CSV, PUBLISHED, Reading
from gongkai.submission.inbox.formats import read_bytes
from tests.unit.submission.published.conftest import disputes, fifteen, page

HEADINGS = ("登记编号", "收到日期", "申请人类型", "办结日期", "延期工作日")
CASE = ("2021-001", "2021-03-01", "自然人", "2021-03-10", "5")


def table(*rows: tuple[str, ...]) -> str:
    lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def exported(desk: Any, body: str, encoding: str = "gb18030") -> Reading:
    return read_bytes(desk.received, f"<html><body>{body}</body></html>".encode(encoding), 2021)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_register_in_a_page_is_a_register(desk: Any, encoding: str) -> None:
    reading = exported(desk, f"<p>单位：T01</p><p>年度：2021</p>{table(HEADINGS, CASE)}", encoding)
    assert reading.kind == CSV
    assert reading.submission is not None
    (case,) = reading.submission.records("register")
    assert (case.id, case["extension_days"], reading.submission.reported) == ("2021-001", 5, {"register"})


def test_a_raised_figure_in_it_becomes_no_number(desk: Any) -> None:
    reading = exported(desk, table(HEADINGS, (*CASE[:4], "5<sup>1</sup>")))
    assert reading.submission is not None
    assert reading.submission.records("register")[0]["extension_days"] is None
    assert [issue.where for issue in reading.issues] == ["register[2021-001].extension_days"]


def test_one_that_misses_a_column_says_which(desk: Any) -> None:
    reading = exported(desk, table(("登记编号", "收到日期", "申请人类别", "办结日期"), CASE[:4]))
    assert "缺少列“申请人类型”（现有“申请人类别”）" in str(reading.issues[0].observed)


def test_a_published_report_stays_one(desk: Any) -> None:
    assert read_bytes(desk.received, page(disputes(fifteen())), 2021).kind == PUBLISHED
