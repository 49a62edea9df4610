"""Totals that a sentence breaks down: parts that exceed them, parts that prove nothing, counts that are parts."""

from decimal import Decimal

import pytest

from gongkai.submission.narrative import Names, read

NAMES = Names(2022, ("区民政局",))


def sums(text: str) -> list[tuple[Decimal, Decimal]]:
    """What parts add up to and their total, where they exceed it."""
    found = [(claim.number, claim.beside[0]) for claim in read(text, NAMES) if claim.kind == "parts"]
    return [(parts, total) for parts, total in found if parts > total]


@pytest.mark.parametrize(
    ("text", "parts", "total"),
    [
        ("收到政府信息公开申请12件，其中自然人10件、商业企业5件", 15, 12),
        ("收到政府信息公开申请12件（自然人10件、法人或其他组织5件）", 15, 12),
        ("收到政府信息公开申请12件，其中网络申请9件，信函申请4件", 13, 12),
        ("办结12件，其中：予以公开9件；部分公开2件；不予公开3件", 14, 12),
        ("主动公开信息100条：1、政策类60条；2、财政类38条；3、其他20条", 118, 100),
        ("受理145件（3+143）", 146, 145),
        ("政府信息公开类行政复议3件，其中维持2件、纠正1件、尚未审结1件", 4, 3),
    ],
)
def test_parts_of_one_kind_that_exceed_their_total(text: str, parts: int, total: int) -> None:
    assert sums(text) == [(parts, total)]


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请12件，其中自然人10件、商业企业1件",
        "受理145件（2+143）",
        "收到政府信息公开申请12件，其中自然人10件、网络申请9件",
        "制发规范性文件10件，其中区政府6件、区政府办4件、规范性文件3件",
        "收到政府信息公开申请12件，其中自然人10件、法人3件，同比增加2件",
        "新收12件、结转2件，其中自然人10件、商业企业4件",
        "收到政府信息公开申请12件，其中法人4件、商业企业4件、自然人8件",
        "主动公开信息100条、解读30篇，其中政策类60条、原创50条",
        "不予公开3件（其中内部事务2件、过程性信息1件），无法提供4件",
    ],
)
def test_parts_that_fall_short_or_are_counted_on_two_bases_prove_nothing(text: str) -> None:
    assert sums(text) == []


def test_a_count_of_replies_beside_other_results_that_make_up_the_total_is_a_part() -> None:
    text = "受理政府信息公开申请12件，答复7件，不予受理4件，补正后申请内容仍不明确1件"
    assert [claim.words for claim in read(text, NAMES)] == ["12件"]
    text = "受理政府信息公开申请12件，答复7件，结转下年度5件"
    assert [claim.words for claim in read(text, NAMES)] == ["12件", "7件", "5件"]


def test_what_was_carried_in_is_no_result_beside_the_replies() -> None:
    text = "新收政府信息公开申请9件，上年结转0件，办结9件，结转下年度0件"
    assert [claim.words for claim in read(text, NAMES)] == ["9件", "0件", "9件", "0件"]
