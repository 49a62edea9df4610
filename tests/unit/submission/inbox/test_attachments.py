"""What lies beside a submission: evidence and files that are no form are attached; an unread form is told, no more."""

from dataclasses import replace
from typing import Any

import pytest

from gongkai.findings import ReadingIssue
from gongkai.submission.form import PUBLISHED, REFUSED, Reading
from gongkai.submission.inbox.attachments import Beside, beside
from tests.unit.submission.conftest import RECEIVED, submission


def unread(name: str, kind: str | None = None) -> Reading:
    file = replace(RECEIVED, name=f"T01/{name}", sha256=name)
    return Reading(file, None, (ReadingIssue(rule="WRONG-TEMPLATE"),), kind=kind)


def read(name: str = "填报表.xlsx", kind: str = "workbook", **parts: Any) -> Reading:
    return Reading(replace(RECEIVED, name=f"T01/{name}", sha256=name), submission(**parts), kind=kind)


@pytest.mark.parametrize("name", ["现场.jpg", "证明.zip", "通知.txt", "会议.doc", "报告.ofd", "函.eml", "签到.HEIC"])
def test_what_is_no_form_is_an_attachment_alone_or_beside_a_submission(name: str) -> None:
    assert beside([unread(name)], []) == {name: Beside.ATTACHMENT}
    assert beside([unread(name), read()], []) == {name: Beside.ATTACHMENT}


@pytest.mark.parametrize(
    "name", ["表.xlsx", "表.XLS", "表.et", "表.ods", "数据.json", "台账.csv", "报告.docx", "页.html", "扫描.pdf"]
)
def test_a_form_that_cannot_be_read_is_told_beside_a_submission_and_is_all_there_is_without(name: str) -> None:
    assert beside([unread(name), read()], []) == {name: Beside.UNREADABLE}
    assert beside([unread(name)], [submission()]) == {name: Beside.UNREADABLE}
    assert beside([unread(name)], []) == {}


@pytest.mark.parametrize("said", ["签到表.xlsx", "T01\\佐证\\签到表.XLSX", "签到表．xlsx", "佐证/签到表.xlsx"])
def test_what_evidence_names_is_an_attachment_however_it_is_written(said: str) -> None:
    naming = read(evidence=[{"indicator": "A1", "title": "培训", "file": said}])
    assert beside([unread("佐证/签到表.xlsx", "workbook"), naming], []) == {"佐证/签到表.xlsx": Beside.ATTACHMENT}
    assert naming.submission is not None
    assert beside([unread("签到表.xlsx")], [naming.submission]) == {"签到表.xlsx": Beside.ATTACHMENT}


def test_a_submission_that_names_itself_stays_one_and_so_does_its_corrected_copy() -> None:
    naming = read("填报表.xlsx", evidence=[{"indicator": "A1", "title": "本表", "file": "填报表.xlsx"}])
    assert naming.submission is not None
    assert beside([naming], []) == {}
    assert beside([read("填报表.xlsx", reason="更正")], [naming.submission]) == {}


def test_a_submission_of_another_year_may_be_evidence() -> None:
    naming = read("填报表.xlsx", evidence=[{"indicator": "A1", "title": "上年", "file": "上年.xlsx"}])
    last = read("上年.xlsx")
    assert last.submission is not None
    last = replace(last, submission=replace(last.submission, year=2020))
    assert beside([naming, last], []) == {"上年.xlsx": Beside.ATTACHMENT}


def test_a_readable_report_is_compared_and_no_attachment_though_it_is_named() -> None:
    naming = read(evidence=[{"indicator": "A1", "title": "年报", "file": "年报.docx"}])
    assert beside([read("年报.docx", PUBLISHED), naming], []) == {}


def test_a_refused_link_is_never_an_attachment() -> None:
    assert beside([unread("现场.jpg", REFUSED), read()], []) == {"现场.jpg": Beside.UNREADABLE}
    assert beside([unread("现场.jpg", REFUSED)], []) == {}
