"""The open cases on a receipt: the one due first on top, with used and remaining working days as of the run's day."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from gongkai.reporting.receipt.writer import write_receipt
from gongkai.submission.form import Cell, Submission


def receipt(
    make: SimpleNamespace, folder: Path, *cases: dict[str, Any], as_of: datetime | None = None
) -> tuple[list[dict[str, Any]], str]:
    """`open_cases` and the page as of 20 February 2022, a Sunday."""
    cells = tuple(
        Cell("register", str(at), key, value) for at, case in enumerate(cases, 1) for key, value in case.items()
    )
    revision = make.revision("A01", make.verdict(), submission=Submission("A01", 2021, cells, frozenset({"register"})))
    year = make.state({"A01": (revision,)})
    year = replace(year, as_of=as_of) if as_of else year
    written = write_receipt(year.unit("A01"), year, folder)
    found = json.loads(written[0].read_text(encoding="utf-8"))["open_cases"]
    return found, written[1].read_text(encoding="utf-8")


def case(number: int, **values: Any) -> dict[str, Any]:
    return {"case_no": f"2021-{number}", "received_on": date(2021, 12, 30), **values}


def test_days_used_and_left_and_overdue(make: SimpleNamespace, tmp_path: Path) -> None:
    # 2022: 1–3 January and 31 January to 6 February off, 29 and 30 January worked
    found, html = receipt(
        make, tmp_path, case(1, received_on=date(2022, 2, 8)), case(2), case(3, replied_on=date(2022, 1, 5))
    )
    assert [(one["case_no"], one["due_on"], one["used"], one["remaining"], one["overdue_by"]) for one in found] == [
        ("2021-2", "2022-01-28", 32, 0, 12),
        ("2021-1", "2022-03-08", 8, 12, 0),
    ]
    assert "超期 12" in html
    assert "剩余 12" in html
    assert "台账中未办结的申请 2 件" in html


def test_a_correction_that_is_waited_for_has_no_due_day(make: SimpleNamespace, tmp_path: Path) -> None:
    found, html = receipt(make, tmp_path, case(1, correction_asked_on=date(2022, 1, 5)))
    assert (found[0]["due_on"], found[0]["waiting_for_correction"]) == (None, True)
    assert "等待补正" in html


def test_dates_that_cannot_be_and_years_nobody_supplied_give_no_day_and_no_crash(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    found, html = receipt(
        make,
        tmp_path,
        case(1, received_on=date(202, 1, 1)),
        case(2, third_party_asked_on=date(9999, 12, 1)),
        case(3, received_on=None),
    )
    assert [one["due_on"] for one in found] == [None, None, None]
    assert "请核对日期" in html


def test_without_open_cases_the_page_says_nothing_of_them(make: SimpleNamespace, tmp_path: Path) -> None:
    found, html = receipt(make, tmp_path, case(1, replied_on=date(2022, 1, 5)))
    assert found == []
    assert "未办结的申请" not in html


def test_a_day_of_a_year_nobody_supplied_says_what_it_waits_for(make: SimpleNamespace, tmp_path: Path) -> None:
    days = ((6, date(2026, 11, 2)), (7, date(2026, 12, 21)))
    cases = [case(number, received_on=received) for number, received in days]
    found, html = receipt(make, tmp_path, *cases, as_of=datetime(2027, 1, 20, 9, 0, tzinfo=UTC))
    assert [(one["due_on"], one["due_waits_for"], one["used"]) for one in found] == [
        ("2026-11-30", None, None),
        (None, 2027, None),
    ]
    assert "已过期限" in html
    assert "待 2027 年放假安排公布" in html
