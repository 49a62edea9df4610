"""What sections five and six must say: problems that are some, and the fees of the year as the register has them."""

from typing import Any

import pytest

from expectations.frames.shapes import SubmissionUnderCheck
from gongkai.profile import Profile, Unit
from tests.unit.expectations.conftest import ON_TIME, cases_with, read, sound
from tests.unit.expectations.frames.test_narrative import findings

BUREAU = Unit(code="T01", name="社会救助", kind="area", level="department", authority="区民政局")
NOTHING_CHARGED = "本年度未收取信息处理费。"
ENOUGH = "公开还不及时，已逐月检查。"


def told(profile: Profile, rule: str, register: list[dict[str, Any]] | None = None, **narrative: str) -> list[Any]:
    document = {**sound(), "narrative": {"problems": ENOUGH, "other_matters": NOTHING_CHARGED, **narrative}}
    if register is not None:
        document["register"] = register
    submission = read(document).submission
    assert submission is not None
    found = findings(SubmissionUnderCheck(0, submission, BUREAU, ON_TIME), profile)
    return [(facts.observed, facts.expected) for name, facts in found if name == rule]


@pytest.mark.parametrize("said", ["无。", "存在的主要问题及改进情况：无", "本年度不存在问题", "暂无", "/", "略"])
def test_problems_that_are_none_are_told(profile: Profile, said: str) -> None:
    assert told(profile, "PROBLEMS-EMPTY", problems=said)


@pytest.mark.parametrize("said", ["没有专人负责。", "问题：更新不及时。", "一是公开不及时；二是解读少。"])
def test_problems_that_are_some_are_not(profile: Profile, said: str) -> None:
    assert not told(profile, "PROBLEMS-EMPTY", problems=said)


@pytest.mark.parametrize("other", ["无。", "没有其他需要报告的事项。"])
@pytest.mark.parametrize("overview", ["养老机构的床位、收费标准已公开。", "全年免费培训2场。"])
def test_what_an_office_charges_for_elsewhere_is_no_sentence_on_the_fees(
    profile: Profile, other: str, overview: str
) -> None:
    assert told(profile, "FEES-UNSAID", other_matters=other, overview=overview)


@pytest.mark.parametrize(
    ("other", "overview"),
    [
        (NOTHING_CHARGED, "工作平稳。"),
        ("本年度没有收费。", "工作平稳。"),
        ("发出收费通知的件数和总金额均为0。", "工作平稳。"),
        ("无。", "全年未发生信息处理费。"),
        ("无。", "办理申请未收取任何费用。"),
    ],
)
def test_the_sentence_on_the_fees_may_stand_in_either_section(profile: Profile, other: str, overview: str) -> None:
    assert not told(profile, "FEES-UNSAID", other_matters=other, overview=overview)


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        (NOTHING_CHARGED, 0),
        ("本年度收取信息处理费0.05万元。", 500),
        ("发出收费通知2件，总金额300元，实际收取的总金额为100元。", 100),
    ],
)
def test_the_fees_of_the_text_are_those_of_the_register(profile: Profile, said: str, yuan: int) -> None:
    assert told(profile, "FEES-REGISTER", cases_with(1, fee_yuan="300"), other_matters=said) == [(yuan, 300)]


@pytest.mark.parametrize(
    ("said", "fee"),
    [(NOTHING_CHARGED, "0"), ("收取信息处理费300元。", "300"), ("收取信息处理费0.03万元。", "300"), ("无。", "300")],
)
def test_fees_that_agree_or_are_not_stated_are_not_told(profile: Profile, said: str, fee: str) -> None:
    assert told(profile, "FEES-REGISTER", cases_with(1, fee_yuan=fee), other_matters=said) == []
    assert told(profile, "FEES-REGISTER", other_matters="收取信息处理费300元。") == [], (
        "no register, nothing to compare"
    )
