"""What may be passed over around a figure or in a denial, and what may not: read from whole sentences."""

import pytest

from gongkai.submission.narrative import Names, read

NAMES = Names(2022, ("区民政局",))
NEW, OUT = "requests.new_requests.total", "requests.outcome_total.total"
RECONSIDERATIONS = "disputes.reconsideration.total"


def means(text: str) -> list[str]:
    return [claim.means[0] for claim in read(text, NAMES) if claim.kind in ("figure", "nothing") and claim.means]


@pytest.mark.parametrize(
    "said",
    [
        "我局持续优化流程收到政府信息公开申请12件",
        "受理辖区居民提出的政府信息公开申请12件",
        "共有12件政府信息公开申请由我局受理",
        "本机关新收申请12件",
    ],
)
def test_who_applied_and_how_the_office_worked_say_nothing_of_the_count(said: str) -> None:
    (claim,) = read(said, NAMES)
    assert (claim.means[0], claim.guessed, claim.loose) == (NEW, True, True)


@pytest.mark.parametrize(
    "said",
    [
        "收到土地征收政府信息公开申请12件",
        "窗口收到政府信息公开申请12件",
        "协助上级答复政府信息公开申请12件",
        "收到政府信息公开申请补正通知12件",
        "有12件政府信息公开申请收取了信息处理费",
        "当场答复申请12件",
    ],
)
def test_a_part_another_s_or_another_thing_is_not_the_count(said: str) -> None:
    assert read(said, NAMES) == []


def test_a_guess_is_right_in_any_reading_of_its_words() -> None:
    (claim,) = read("持续优化流程收到政府信息公开申请12件", NAMES)
    assert claim.means == (NEW, f"{NEW} + requests.carried_in.total", NEW)
    assert claim.also == ()


@pytest.mark.parametrize(
    ("said", "cells"),
    [
        ("没有群众以任何方式向我局提出公开申请", [NEW]),
        ("暂未收到相关依申请公开事项", [NEW]),
        ("没有自然人、法人和其他组织提出的政府信息公开申请", [NEW]),
        ("不存在因依申请公开引发复议诉讼的情形", ["disputes.*.total"]),
        ("没有政府信息公开案件在诉讼中被判决纠正", ["disputes.litigation_*.corrected"]),
        ("涉政府信息公开案件零纠错、零败诉", ["disputes.*.corrected"]),
        ("行政复议方面，全年未发生", [RECONSIDERATIONS]),
        ("政府信息公开行政复议：无", [RECONSIDERATIONS]),
    ],
)
def test_a_denial_is_read_in_any_wording(said: str, cells: list[str]) -> None:
    assert means(said) == cells


@pytest.mark.parametrize(
    "said",
    [
        "没有因答复超期引发行政复议",
        "没有未按期答复的政府信息公开申请",
        "未收到对依申请公开的负面评价",
        "没有收到涉及第三方的政府信息公开申请",
        "未收到法人和其他组织的政府信息公开申请",
    ],
)
def test_a_denial_of_something_narrower_denies_nothing_of_the_tables(said: str) -> None:
    assert read(said, NAMES) == []


def test_disputes_need_not_name_disclosure_where_nothing_says_that_they_are_of_all_kinds() -> None:
    assert means("行政复议6件，行政诉讼4件") == [RECONSIDERATIONS, "disputes.litigation_*.total"]
    assert means("各类行政复议6件，行政诉讼4件") == []
    assert means("办理行政复议案件6件") == []
    assert means("行政复议案件6件，其中涉及政府信息公开2件") == []


def test_a_bureau_of_justice_has_disputes_of_all_kinds() -> None:
    justice = Names(2022, ("区司法局",))
    assert read("行政复议6件", justice) == []
    assert [claim.means[0] for claim in read("因政府信息公开引发行政复议6件", justice)] == [RECONSIDERATIONS]


def test_a_list_s_total_need_not_say_again_what_it_counts() -> None:
    assert means("网络申请7件、信函申请3件、当面申请2件，合计12件")[-1] == (f"{NEW} + requests.carried_in.total")
    assert "12件" not in [claim.words for claim in read("网络申请7件、信函申请3件，合计12件", NAMES)]


def test_what_is_counted_of_some_of_them_is_a_part() -> None:
    assert means("上年结转的2件申请中，1件予以公开") == ["requests.carried_in.total"]
