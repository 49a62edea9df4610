"""Explanations: an accepted reason settles a query; whatever settles nothing is said in a notice."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from gongkai.findings import Severity
from gongkai.submission.form import Origin, Reading, where_of
from gongkai.submission.verdict import Status, Verdict
from tests.unit.expectations.conftest import of, put, read, sound

RULE = "YOY-STOCK-NORMATIVE_DOCUMENTS"
PLACE = "proactive_disclosure.normative_documents.in_force"
STOCK = "表二“行政规范性文件”行“现行有效件数”列"
NEW, NEW_NAMED = "requests.new_requests.total", "表三“一、本年新收政府信息公开申请数量”行“总计”列"
Judge = Callable[[Reading], Verdict]


def at_cell(reading: Reading, where: str, origin: Origin) -> Reading:
    """The reading with one cell where a workbook has it."""
    submission = reading.submission
    assert submission is not None
    cells = tuple(one._replace(origin=origin) if where_of(one) == where else one for one in submission.cells)
    return replace(reading, submission=replace(submission, cells=cells))


def explained(judge: Judge, rule: str = RULE, where: str = PLACE, reason: str = "cleaned_up") -> Verdict:
    """A stock that does not follow from last year's, and one explanation."""
    document = sound("T02")
    put(PLACE, 8)(document)
    put("explanations", [{"finding": rule, "where": where, "reason": reason, "text": "已清理"}])(document)
    return judge(read(document, "T02"))


@pytest.mark.parametrize("reason", ["cleaned_up", "追溯清理，补记以前年度废止的文件"])
def test_an_accepted_reason_settles_the_query_and_the_submission_is_accepted(judge: Judge, reason: str) -> None:
    verdict = explained(judge, reason=reason)
    (query,) = of(verdict, RULE)
    assert (query.settled_by, verdict.status, verdict.count(Severity.QUERY)) == ("cleaned_up", Status.ACCEPTED, 0)
    assert of(verdict, "EXPLANATION-UNUSED") == []


def test_any_cell_that_the_finding_names_will_do(judge: Judge) -> None:
    verdict = explained(judge, where="proactive_disclosure.normative_documents.repealed")
    assert verdict.status is Status.ACCEPTED


@pytest.mark.parametrize(
    "said",
    [
        "表二“行政规范性文件”行“现行有效件数”列",
        "表二“行政规范性文件”行“现行有效件数”列（E7 单元格）",
        "表二 '行政规范性文件' 行 '现行有效件数' 列 (E7 单元格)",
        "表二“行政规范性文件”行“本年废止件数”列",  # a cell that the finding names
        "E7",
        "表二 主动公开 E7",
    ],
)
def test_a_place_may_be_written_as_the_receipt_prints_it(judge: Judge, said: str) -> None:
    document = sound("T02")
    put(PLACE, 8)(document)
    put("explanations", [{"finding": RULE, "where": said, "reason": "cleaned_up", "text": "已清理"}])(document)
    verdict = judge(at_cell(read(document, "T02"), PLACE, Origin("表二 主动公开", "E7")))
    assert (of(verdict, RULE)[0].settled_by, of(verdict, "EXPLANATION-UNUSED")) == ("cleaned_up", [])


@pytest.mark.parametrize(
    ("rule", "where", "reason", "named", "why"),
    [
        (RULE, PLACE, "我们就是这样", STOCK, "理由不在可接受的理由之内"),
        (RULE, "requests.granted.total", "expired", "表三“（一）予以公开”行“总计”列", "本次核对没有这项疑点"),
        (RULE, "第三张表", "expired", "第三张表", "本次核对没有这项疑点"),
        ("YOY-STOCK-RULES", PLACE, "expired", STOCK, "本次核对没有这项疑点"),
        (
            "REGISTER-ABSENT",
            NEW,
            "expired",
            "表三“一、本年新收政府信息公开申请数量”行“总计”列",
            "此处是提示，不需要说明",
        ),
    ],
)
def test_what_settles_nothing_is_a_notice(
    judge: Judge, rule: str, where: str, reason: str, named: str, why: str
) -> None:
    verdict = explained(judge, rule, where, reason)
    (notice,) = of(verdict, "EXPLANATION-UNUSED")
    assert f"疑点说明第 1 行（{rule}，{named}）没有采用：{why}。" in notice.message
    assert notice.severity is Severity.NOTICE
    assert verdict.status is Status.RETURNED


def test_an_error_cannot_be_explained_away(judge: Judge) -> None:
    document = sound()
    put("requests.granted.total", 12)(document)
    put("explanations", [{"finding": "REQ-ROW-SUM", "where": "requests.granted.total", "reason": "expired"}])(document)
    verdict = judge(read(document))
    assert "必须改正的差错" in of(verdict, "EXPLANATION-UNUSED")[0].message
    assert verdict.status is Status.RETURNED


def test_an_explanation_without_its_fields_is_incomplete_and_unused(judge: Judge) -> None:
    document = sound()
    put("explanations", [{"text": "见附件"}])(document)
    verdict = judge(read(document))
    assert [finding.where for finding in of(verdict, "BLANK")] == [
        f"explanations[1].{key}" for key in ("finding", "reason", "where")
    ]
    assert "未填规则编号，未填位置" in of(verdict, "EXPLANATION-UNUSED")[0].message
