"""Reasons and evidence on the page: everything once, nothing lost that the reason does not say."""

from typing import Any

import pytest

from gongkai.assessment.scorecard import Evidence
from gongkai.national_format import for_year
from gongkai.reporting.scorecard.evidence import brief, headline, phrases

OWN = "T01/报送.xlsx"


def printed(*evidence: Evidence, reason: str = "没有说到的事") -> list[str]:
    return phrases(evidence, reason, OWN, for_year(2021))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"file": OWN, "sheet": "表三", "cell": "H9"}, "甲（“表三”表H9）"),
        ({"file": "T01/首次.xlsx", "sheet": "表三", "cell": "H9"}, "T01/首次.xlsx：甲（“表三”表H9）"),
        ({"file": OWN, "where": "register[2021-001].replied_on"}, "甲（“依申请公开台账”第“2021-001”条的“办结日期”）"),
        ({"where": "entries[巡查-3]"}, "甲（检查记录 巡查-3）"),
        ({}, "甲"),
    ],
)
def test_place_is_named_as_a_reader_finds_it(given: dict[str, Any], wanted: str) -> None:
    assert printed(Evidence("甲", **given)) == [wanted]


def test_file_is_named_once_for_the_pieces_that_follow() -> None:
    pieces = [Evidence(text, file="甲.xlsx", cell=cell) for text, cell in (("一", "A1"), ("二", "A2"))]

    assert printed(*pieces) == ["甲.xlsx：一（A1）", "二（A2）"]


def test_what_the_reason_says_is_not_said_again() -> None:
    piece = Evidence("3 月检查不合格（检查记录 X-3，佐证：通报）", where="entries[X-3]")

    assert printed(piece, reason="1 项不合格：3 月检查不合格") == ["检查记录 X-3，佐证：通报"]
    checked = Evidence("2021-08-09 检查 10 项合格 9 项，抽查 1 处内容过期（检查记录 X-5）")
    assert printed(checked, reason="1 项不合格：抽查 1 处内容过期") == [
        "2021-08-09 检查 10 项合格 9 项（检查记录 X-5）"
    ]
    assert printed(Evidence("超期 3 天"), reason="1 件超期 3 天") == []


def test_message_with_its_cell_keeps_what_is_wrong_only() -> None:
    piece = Evidence("表三“总计”列（H6 单元格）没有填写。没有发生的请填 0。", file=OWN, sheet="表三", cell="H6")

    assert printed(piece) == ["表三“总计”列（H6 单元格）没有填写"]


def test_list_of_many_items_moves_to_the_evidence() -> None:
    evidence = [Evidence(f"{n} 月不合格（记录 {n}）") for n in range(1, 6)]
    reason = "30 项中 5 项不合格：1 月不合格；2 月不合格；3 月不合格；等 5 项，全部见依据"

    assert brief(reason, evidence) == "30 项中 5 项不合格"
    assert brief(reason, evidence[:3]) == reason
    assert brief("30 项中 5 项不合格：另有原因", evidence) == "30 项中 5 项不合格：另有原因"


def test_first_glance_takes_a_long_reason_up_to_its_colon() -> None:
    assert headline("2 件超期：甲、乙") == "2 件超期：甲、乙"
    assert headline("2 件超期：" + "甲" * 60) == "2 件超期"
    assert headline("甲" * 60) == "甲" * 60
