"""The identities of the form hold on what is printed: read back from Word, page and PDF, and from an adopted report."""

from typing import Any

import pytest

from gongkai.national_format import for_year
from gongkai.reporting.report.adoption.compare import compare_report
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.reporting.report.writer import report_html, report_pdf
from gongkai.submission.published import printed_report, tables_printed
from gongkai.warehouse.report_standing import Adoption, ReportStanding
from tests.golden.report.edited import edited, stripped, typed

_IDENTITIES = [one for one in for_year(2021).identities if one.operator == "==" and not one.cross_year]


def kept(data: bytes) -> int:
    """How many identities a printed report keeps."""
    report = printed_report(data)
    assert report is not None
    tables = tables_printed(report, 2021)
    assert tables.issues == []
    cells = {where: text for where, (text, _) in tables.figures.items()}
    sides = (
        [sum(term.sign * int(cells[term.where]) for term in side) for side in (i.left, i.right)] for i in _IDENTITIES
    )
    return sum(left == right for left, right in sides)


@pytest.mark.parametrize(
    "written",
    [report_docx, lambda view: report_html(view).encode(), report_pdf],
    ids=["docx", "html", "pdf"],
)
def test_every_identity_holds_on_the_rendered_report(demonstration: Any, written: Any) -> None:
    assert len(_IDENTITIES) == 42
    assert kept(written(demonstration.view)) == 42


def test_every_identity_holds_on_an_adopted_report(make_year: Any) -> None:
    draft = make_year()
    data = edited(report_docx(draft.view), stripped, typed("均在法定期限内办结", "全部按时办结"))
    assert kept(data) == 42
    text = compare_report(data, draft.report).text.to_json()
    adopted = make_year()
    adopted.standing = ReportStanding(
        adoptions=[Adoption(number=1, at=draft.state.as_of, by="张三", file="a", sha256="0", text=text)]
    )
    assert "全部按时办结" in adopted.view.text()
    assert kept(report_docx(adopted.view)) == kept(report_html(adopted.view).encode()) == 42


def test_a_sum_that_breaks_an_identity_is_a_lack(make_year: Any) -> None:
    year = make_year()
    year.office()["tables"]["requests"]["granted"]["total"] += 1
    found = {lack.id for lack in year.report.lacks}
    assert "REQ-ROW-SUM-requests.granted.total" in found
