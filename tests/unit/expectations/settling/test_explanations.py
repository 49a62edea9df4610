"""Explanations: an accepted reason settles a query; whatever settles nothing is said in a notice."""

from collections.abc import Callable

import pytest

from gongkai.findings import Severity
from gongkai.submission.form import Reading
from gongkai.submission.verdict import Status, Verdict
from tests.unit.expectations.conftest import of, put, read, sound

RULE = "YOY-STOCK-NORMATIVE_DOCUMENTS"
PLACE = "proactive_disclosure.normative_documents.in_force"
Judge = Callable[[Reading], Verdict]


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
    ("rule", "where", "reason", "why"),
    [
        (RULE, PLACE, "我们就是这样", "理由不在可接受的理由之内"),
        (RULE, "requests.granted.total", "expired", "本次核对没有这项疑点"),
        ("YOY-STOCK-RULES", PLACE, "expired", "本次核对没有这项疑点"),
        ("REGISTER-ABSENT", "requests.new_requests.total", "expired", "此处是提示，不需要说明"),
    ],
)
def test_what_settles_nothing_is_a_notice(judge: Judge, rule: str, where: str, reason: str, why: str) -> None:
    verdict = explained(judge, rule, where, reason)
    (notice,) = of(verdict, "EXPLANATION-UNUSED")
    assert f"疑点说明第 1 行（{rule}，{where}）没有采用：{why}。" in notice.message
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
