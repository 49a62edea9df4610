"""A unit whose requests another authority counts (另行统计): table three empty or 0, nothing said of cases."""

from typing import Any

import pytest

from expectations.context import Context
from expectations.roles import decide_roles
from expectations.validation import validate
from gongkai.profile import Profile
from gongkai.profile.unit import Unit
from gongkai.submission.form import State
from gongkai.submission.readers.json_writer import submission_to_json
from gongkai.submission.verdict import JudgedReading, Status, Verdict
from gongkai.warehouse.records import UnitYear
from tests.unit.expectations.conftest import ON_TIME, YEAR, Document, of, read, register, sound

ELSEWHERE = Unit(
    code="T01",
    name="T01镇",
    kind="town",
    level="town",
    authority="T01镇人民政府",
    requests_counted_by="示例区人民政府",
)


def document(requests: Any = ..., **further: Any) -> Document:
    """A sound file whose table three is all zero, or what a test puts there."""
    made = sound()
    table = made["tables"]["requests"]
    made["tables"]["requests"] = {row: dict.fromkeys(cells, 0) for row, cells in table.items()}
    if requests is not ...:
        made["tables"]["requests"] = requests
    return {**made, **further}


@pytest.fixture(scope="module")
def context(profile: Profile) -> Context:
    return Context(YEAR, profile.model_copy(update={"units": (ELSEWHERE,)}), ON_TIME)


def verdicts(context: Context, *documents: Document) -> list[Verdict]:
    return validate([read(one) for one in documents], context)


def with_one(where: str, value: Any) -> Document:
    made = document()
    row, column = where.split(".")
    made["tables"]["requests"][row][column] = value
    return made


def test_an_empty_a_zero_and_a_worded_table_three_are_all_right(context: Context) -> None:
    worded = document({row: dict.fromkeys(cells, "另行统计") for row, cells in sound()["tables"]["requests"].items()})
    for verdict in verdicts(context, document(None), document(), document({}), worded):
        assert (verdict.status, verdict.findings) == (Status.ACCEPTED, ())


def test_what_does_not_apply_is_listed_with_whose_count_it_is(context: Context) -> None:
    (verdict,) = verdicts(context, document(None))
    said = {one.rule: one.reason for one in verdict.rules_not_applied}
    named = {"BLANK", "REQ-BALANCE", "YOY-CARRY", "YOY-JUMP", "REGISTER-ABSENT", "CASE-OVERDUE", "CASE-NEW"}
    assert named <= set(said)
    assert "本单位的依申请公开由示例区人民政府统计，表三和台账另行统计。" in said.values()
    assert "DIS-ROWSUM" not in said or "另行统计" not in said["DIS-ROWSUM"]


def test_any_other_number_is_counted_twice(context: Context) -> None:
    (verdict,) = verdicts(context, with_one("granted.total", 2))
    (found,) = of(verdict, "WRONG-CARRIER")
    assert (verdict.status, found.observed, found.cells) == (Status.RETURNED, 1, ("requests.granted.total",))
    assert "由示例区人民政府统计，表三应不填或全填 0，此文件却有 1 个单元格" in found.message


def test_something_illegible_there_is_not_passed_over(context: Context) -> None:
    (verdict,) = verdicts(context, with_one("granted.total", "两三件"))
    assert {found.rule for found in verdict.findings} >= {"NOT-A-NUMBER"}


def test_a_text_that_says_0_agrees_and_another_number_does_not(context: Context) -> None:
    right, wrong = verdicts(
        context,
        document(None, narrative={"overview": "全年收到政府信息公开申请0件。"}),
        document(None, narrative={"overview": "全年收到政府信息公开申请5件。"}),
    )
    assert of(right, "TEXT-TABLE") == []
    assert of(wrong, "TEXT-TABLE") != []


def test_tables_two_and_four_count_as_usual(context: Context) -> None:
    made = document(None)
    made["tables"]["disputes"]["reconsideration"]["total"] = None
    (verdict,) = verdicts(context, made)
    assert [found.where for found in of(verdict, "BLANK")] == ["disputes.reconsideration.total"]


def test_cases_in_a_register_are_not_judged(context: Context) -> None:
    late = {**register()[1], "received_on": f"{YEAR}-01-05", "replied_on": f"{YEAR}-12-01"}
    (verdict,) = verdicts(context, document(None, register=[late, late]))
    assert verdict.findings == ()


def test_both_are_kept_as_counted_elsewhere(context: Context) -> None:
    for made in (document(None), document()):
        reading = read(made)
        judged = JudgedReading(reading, validate([reading], context)[0])
        (filed,) = decide_roles([judged], UnitYear(ELSEWHERE, ()))
        submission = filed.reading.submission
        assert submission is not None
        cells = [cell for cell in submission.cells if cell.table == "requests"]
        assert {(cell.state, cell.value) for cell in cells} == {(State.NOT_APPLICABLE, None)}
        assert len(cells) == 175
        assert set(submission_to_json(submission)["tables"]["requests"]["granted"].values()) == {None}
        assert [cell.table for cell in submission.cells[:12]] == [
            *["proactive_disclosure"] * 10,
            "requests",
            "requests",
        ]
