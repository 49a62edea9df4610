"""Waivers: what the office lets pass no longer returns a submission; everything else stays as it is."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from expectations.office_files.verdicts import judge_inspection
from expectations.settling.waivers import in_force, rule_of
from expectations.validation import Context, validate
from gongkai.findings import Severity
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.reader import InspectionReading
from gongkai.submission.verdict import Status, Verdict
from tests.unit.expectations.conftest import YEAR, of, put, read, sound

RULE = "DIS-SUM-RECONSIDERATION"
PLACE = "disputes.reconsideration.total"


def waiver(**values: Any) -> InspectionEntry:
    given = {"id": "W1", "unit": "T01", "indicator": RULE, "by": "李主任", "reason": "法院更正中", **values}
    return InspectionEntry(kind="waiver", **given)


def judged(context: Context, *waivers: InspectionEntry, unit: str = "T01") -> Verdict:
    """A total of table four that is not the sum."""
    document = sound(unit)
    put(PLACE, 7)(document)
    return validate([read(document, unit)], replace(context, waivers=waivers))[0]


def test_a_waived_error_no_longer_returns_the_submission_and_says_by_which_entry(context: Context) -> None:
    assert judged(context).status is Status.RETURNED
    verdict = judged(context, waiver())
    (found,) = of(verdict, RULE)
    assert (verdict.status, found.waived_by, verdict.count(Severity.ERROR)) == (Status.ACCEPTED, "W1", 0)


@pytest.mark.parametrize(
    "entry",
    [
        waiver(evidence=PLACE),
        waiver(evidence="disputes.reconsideration.upheld，见 会议纪要.pdf"),
        waiver(evidence="会议纪要.pdf"),
        waiver(indicator=None, evidence=f"{RULE} {PLACE}"),
        waiver(indicator=None, reason=f"{RULE}：法院更正中"),
    ],
)
def test_a_waiver_may_name_any_cell_of_the_finding_or_the_rule_alone(context: Context, entry: InspectionEntry) -> None:
    assert judged(context, entry).status is Status.ACCEPTED


@pytest.mark.parametrize(
    "entry",
    [
        waiver(unit="T02"),
        waiver(indicator="REQ-ROW-SUM"),
        waiver(evidence="disputes.litigation_direct.total"),
        waiver(indicator=None, reason="先收下"),
    ],
)
def test_another_units_another_rules_or_another_places_waiver_lets_nothing_pass(
    context: Context, entry: InspectionEntry
) -> None:
    assert judged(context, entry).status is Status.RETURNED


def test_personal_data_is_never_waived(context: Context) -> None:
    document = sound()
    put("narrative", {"problems": "联系电话 13800138000"})(document)
    verdict = validate([read(document)], replace(context, waivers=(waiver(indicator="PERSONAL-DATA"),)))[0]
    assert (len(of(verdict, "PERSONAL-DATA")), verdict.status) == (1, Status.RETURNED)


def test_what_may_be_personal_is_settled_by_the_office_alone_and_stays_masked(context: Context) -> None:
    document = sound()
    put("narrative", {"problems": "申请人：金示例，要求公开批文"})(document)
    place = "narrative.problems"
    put("explanations", [{"finding": "PERSONAL-SUSPECT", "where": place, "reason": "other_scope"}])(document)
    reading = read(document)
    alone = validate([reading], context)[0]
    assert (len(of(alone, "PERSONAL-SUSPECT")), alone.status) == (1, Status.RETURNED)
    assert "由政务公开主管部门确认" in of(alone, "EXPLANATION-UNUSED")[0].message
    settled = validate([reading], replace(context, waivers=(waiver(indicator="PERSONAL-SUSPECT", evidence=place),)))[0]
    assert (of(settled, "PERSONAL-SUSPECT")[0].waived_by, settled.status) == ("W1", Status.ACCEPTED)
    assert reading.submission is not None
    assert reading.submission.value(place) == "申请人：〔已屏蔽：疑似申请人姓名〕，要求公开批文"


def test_a_waiver_holds_up_to_and_with_its_last_day() -> None:
    until = waiver(until=date(2022, 3, 1))
    entries = (until, waiver(id="W2"), InspectionEntry(id="E", unit="T01", kind="extension", until=date(2022, 3, 9)))
    assert [e.id for e in in_force(entries, date(2022, 3, 1))] == ["W1", "W2"]
    assert [e.id for e in in_force(entries, date(2022, 3, 2))] == ["W2"]


@pytest.mark.parametrize("entry", [waiver(indicator="NO-SUCH-RULE"), waiver(indicator="PERSONAL-DATA")])
def test_a_waiver_that_can_let_nothing_pass_is_told_on_the_offices_receipt(entry: InspectionEntry) -> None:
    verdict = judge_inspection(InspectionReading((waiver(), replace(entry, id="W9"))), YEAR)
    (found,) = verdict.findings
    assert found.where == "entries[W9].indicator"
    assert "豁免的规则" in found.message
    assert rule_of(waiver()) == RULE
