"""What the office let pass stands in the annex and in report.json, never in the public report: who, why, until when."""

import io
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest

from gongkai.findings import Finding, Severity
from gongkai.reporting.report.annex.documents import annex_docx, annex_xlsx
from gongkai.reporting.report.annex.view import annex_tables
from gongkai.reporting.report.json_form import report_json
from gongkai.reporting.report.writer import report_html
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import Status

MESSAGE = "表四“行政复议”行：各项合计 2，总计填写 0，相差 2。"
PLACE = "disputes.reconsideration.total"


@pytest.fixture
def waived_year(plain_year: Any) -> Any:
    """A05 counts, with one waived finding; A06's is waived too, but its submission is not accepted."""
    rule = "DIS-SUM-RECONSIDERATION"
    for unit, entry in (("A05", "W1"), ("A06", "W2")):
        found = Finding(rule=rule, severity=Severity.ERROR, message=MESSAGE, where=PLACE, settled_by=f"waiver:{entry}")
        plain_year.findings[unit] = (found,)
        waiver = InspectionEntry(
            id=entry, unit=unit, kind="waiver", indicator=rule, by="李主任", reason="待复议机关书面答复",
            until=date(2022, 3, 15),
        )  # fmt: skip
        plain_year.inspections += (waiver,)
    plain_year.status["A06"] = Status.RETURNED
    return plain_year


def test_the_annex_says_who_let_what_pass_why_and_until_when(waived_year: Any) -> None:
    word = docx.Document(io.BytesIO(annex_docx(waived_year.report, annex_tables(waived_year.report))))
    text = "".join(cell.text for table in word.tables for row in table.rows for cell in row.cells)
    assert f"{MESSAGE}（DIS-SUM-RECONSIDERATION）" in text
    assert "李主任，待复议机关书面答复，有效至2022年3月15日" in text
    sheet = openpyxl.load_workbook(io.BytesIO(annex_xlsx(waived_year.report, annex_tables(waived_year.report))))["豁免"]
    assert [row[0] for row in sheet.iter_rows(min_row=3, values_only=True)] == ["A05 救灾"]


def test_the_public_report_says_nothing_of_it(waived_year: Any) -> None:
    assert "豁免" not in report_html(waived_year.view)


def test_report_json_lists_the_waivers_of_what_is_counted(waived_year: Any) -> None:
    (said,) = report_json(waived_year.report)["waivers"]
    assert (said["unit"], said["rule"], said["where"]) == ("A05", "DIS-SUM-RECONSIDERATION", PLACE)
    assert (said["by"], said["reason"], said["until"]) == ("李主任", "待复议机关书面答复", "2022-03-15")


def test_the_annex_asks_for_the_lists_that_a_unit_owes_and_for_no_appeal(plain_year: Any) -> None:
    """Who claims, explains or objects to nothing has left nothing out."""
    rows = {
        row[0]: str(row[3]) for table in annex_tables(plain_year.report) if table.key == "单位" for row in table.rows
    }
    owed = rows["A01"].removeprefix("未报：").split("、")
    assert {"复议诉讼台账", "政策解读"} <= set(owed)
    assert not {"申诉", "佐证材料", "疑点说明", "分解数字"} & set(owed)
