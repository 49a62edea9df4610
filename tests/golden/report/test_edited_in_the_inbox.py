"""An edited report in the office's folder: the same comparison, told as findings by a run, which never adopts."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from expectations.office_files.edited_report import compared
from gongkai.reporting.report.adoption.compare import compare_report
from gongkai.reporting.report.docx_writer import report_docx
from gongkai.submission.inbox.office_files import is_district_report
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import StoredFile
from gongkai.warehouse.report_standing import Adoption, ReportStanding
from tests.golden.report.edited import edited, paragraph_behind, stripped, typed

_OWN = "编印工作手册"
_AT = datetime.fromisoformat("2022-02-16T09:00+08:00")


def laid(report: Any, data: bytes, name: str = "_office/稿.docx") -> Any:
    """The report of a year in whose office folder this file lies."""
    verdict = Verdict(Status.ACCEPTED, True, (), (), (), "0")
    file = StoredFile(name, hashlib.sha256(data).hexdigest(), _AT, verdict, document=data)
    return replace(report, state=replace(report.state, office_files=(*report.state.office_files, file)))


def said(report: Any) -> list[tuple[str, str]]:
    (file,) = compared(report)
    return [(found.rule, found.message) for found in file.verdict.findings]


@pytest.fixture(scope="module")
def draft(demonstration: Any) -> bytes:
    return report_docx(demonstration.report.view)


def test_what_differs_is_an_error_and_what_nobody_can_compare_a_query(demonstration: Any, draft: bytes) -> None:
    data = edited(draft, typed("7.29", "7.92"), paragraph_behind(_OWN, "全年组织开放日3场。"))
    report = laid(demonstration.report, data)
    (rule, differs), (other, open_one) = said(report)
    assert (rule, other) == ("REPORT-DIFFERS", "REPORT-UNCONFIRMED")
    assert differs.startswith("一、总体情况：填写 7.92，应为 7.29。语句：“全区平均答复用时7.92个工作日")
    assert "全年组织开放日3场。" in open_one
    assert compared(report)[0].verdict.status is Status.RETURNED


def test_what_agrees_is_a_notice_that_says_how_to_adopt_it_or_who_did(demonstration: Any, draft: bytes) -> None:
    data = edited(draft, paragraph_behind(_OWN, "全年组织开放日3场。"))
    report = laid(demonstration.report, data)
    confirmed = [{"sentence": "全年组织开放日3场。", "number": 1, "observed": "3", "confirmed_by": "李四"}]
    adoption = Adoption(
        number=1, at=_AT, by="王主任", file="稿.docx", sha256=report.state.office_files[-1].sha256,
        text=compare_report(data, report).text.to_json(), confirmed=confirmed,
    )  # fmt: skip
    ((rule, message),) = said(replace(report, standing=ReportStanding(adoptions=[adoption])))
    assert rule == "REPORT-AGREES"
    assert message.endswith("已由 王主任 于 2022-02-16 采用。不需要再做什么。")
    ((rule, message),) = said(laid(demonstration.report, draft))
    assert (rule, "gongkai adopt 稿.docx" in message) == ("REPORT-AGREES", True)


def test_it_is_told_from_a_units_report_by_its_title_or_by_our_controls(demonstration: Any, draft: bytes) -> None:
    profile, retitled = demonstration.profile, typed("示例区人民政府", "示例区民政局")
    assert is_district_report(draft, profile)
    assert is_district_report(edited(draft, stripped), profile)
    assert is_district_report(edited(draft, retitled), profile)
    assert not is_district_report(edited(draft, retitled, stripped), profile)
    assert not is_district_report(b"PK", profile)


def test_only_the_newest_of_a_name_is_compared(demonstration: Any, draft: bytes) -> None:
    older = laid(demonstration.report, edited(draft, typed("7.29", "7.92")))
    first, second = compared(laid(older, draft))
    assert first.verdict.findings == ()
    assert [found.rule for found in second.verdict.findings] == ["REPORT-AGREES"]
