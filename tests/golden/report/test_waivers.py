"""What the office let pass stands in the annex of all three documents and in report.json: who, why, until when."""

import io
import re
from datetime import date
from typing import Any

import docx
import pypdf
import pytest

from gongkai.findings import Finding, Severity
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.json_form import report_json
from gongkai.reporting.report.writer import report_html, report_pdf
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


def documents(year: Any) -> dict[str, str]:
    """The text of each document without white space."""
    word = docx.Document(io.BytesIO(report_docx(year.view)))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    pages = pypdf.PdfReader(io.BytesIO(report_pdf(year.view))).pages
    texts = {
        "docx": "".join(cells),
        "html": re.sub(r"<[^>]+>", "", report_html(year.view)),
        "pdf": "".join(page.extract_text() for page in pages),
    }
    return {name: re.sub(r"\s", "", text) for name, text in texts.items()}


def test_the_annex_says_who_let_what_pass_why_and_until_when(waived_year: Any) -> None:
    for name, text in documents(waived_year).items():
        said = re.sub(
            r"\s", "", f"{MESSAGE}（李主任，待复议机关书面答复，有效至2022年3月15日；DIS-SUM-RECONSIDERATION）"
        )
        assert said in text, name
        assert text.count("豁免核验") == 1, name


def test_report_json_lists_the_waivers_of_what_is_counted(waived_year: Any) -> None:
    (said,) = report_json(waived_year.state, waived_year.totals, "b" * 64)["waivers"]
    assert (said["unit"], said["rule"], said["where"]) == ("A05", "DIS-SUM-RECONSIDERATION", PLACE)
    assert (said["by"], said["reason"], said["until"]) == ("李主任", "待复议机关书面答复", "2022-03-15")
