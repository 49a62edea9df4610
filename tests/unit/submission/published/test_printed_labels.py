"""Printed labels: what is the same label, what is a misprint of it, and what is nothing."""

import pytest

from gongkai.national_format import for_year
from gongkai.submission.published.printed_labels import assign, core, numbering, same

ROWS = [row.label for row in for_year(2021).requests.rows]
LAW, SECRET, SECURITY = 5, 4, 6


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("２．其他 法律行政法规\n禁止公开", "2.其他法律行政法规禁止公开"),
        ("其他法律行政法规禁止公开", "2.其他法律行政法规禁止公开"),
        ("(二)部分公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
        ("总 计", "总计"),
        ("合计", "总计"),
        ("3.其它", "3.其他"),
        ('3.危及"三安全一稳定"', "3.危及“三安全一稳定”"),
    ],
)
def test_spelling_does_not_distinguish_labels(text: str, label: str) -> None:
    assert same(text, label)


def test_a_label_is_not_an_empty_text_nor_another_label() -> None:
    assert not same("", "总计")
    assert not same("（六）其他处理", "3.其他")
    assert core("三安全") == "三安全"  # a numeral without a stop is a word
    assert (numbering("2.重复申请"), numbering("（六）其他处理"), numbering("规章")) == ("2", "六", None)


def test_a_misprint_is_its_label_where_the_order_confirms_it() -> None:
    printed = ["1.属于国家秘密", "2.其他法律行政止公开", "3.危及“三安全一稳定”"]
    assert assign(printed, ROWS) == [SECRET, LAW, SECURITY]


@pytest.mark.parametrize(
    "printed",
    [
        ["3.危及“三安全一稳定”", "2.其他法律行政止公开"],  # stands after the row it should precede
        ["1.属于国家秘密", "5.其他法律行政止公开"],  # its number says another row
        ["1.属于国家秘密", "完全不同的文字内容"],
        ["1.属于国家秘密", ""],
    ],
)
def test_a_misprint_that_nothing_confirms_is_nothing(printed: list[str]) -> None:
    assert assign(printed, ROWS)[1] is None


def test_a_label_that_stands_twice_is_nothing_both_times() -> None:
    assert assign(["2.重复申请", "2.重复申请", "（七）总计"], ROWS) == [None, None, 23]


def test_two_misprints_of_one_label_are_nothing() -> None:
    printed = ["1.属于国家秘密", "其他法律行政止公开", "其他法律行政禁公开", "3.危及“三安全一稳定”"]
    assert assign(printed, ROWS) == [SECRET, None, None, SECURITY]


def test_a_label_between_two_alike_ones_is_neither() -> None:
    assert assign(["本年件数"], ["本年制发件数", "本年废止件数", "现行有效件数"]) == [None]


def test_a_label_cut_short_is_told_by_its_beginning() -> None:
    printed = ["1.申请人无正当理由逾期不补正", "2.申请人逾期未按收费通知要求缴纳费用", "3.其他"]
    assert assign(printed, ROWS) == [20, 21, 22]
