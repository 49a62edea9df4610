"""Quantities in running text: which number, which counter, and when the number is not certain."""

from decimal import Decimal

import pytest

from gongkai.submission.narrative.quantities import quantities


def read(text: str) -> list[tuple[Decimal | None, str]]:
    return [(quantity.number, quantity.unit) for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("收到申请12件", 12, "件"),
        ("收办3,607件", 3607, "件"),
        ("参训58人次", 58, "人次"),
        ("举办两场", 2, "场"),
        ("受理一百零五宗", 105, "宗"),
        ("收费9116.36万元", Decimal("9116.36"), "万元"),
        ("收取2230元", 2230, "元"),
        ("增长1.05%", Decimal("1.05"), "%"),
        ("占百分之三十", 30, "%"),
        ("占百分之12", 12, "%"),
    ],
)
def test_a_certain_quantity(text: str, number: object, unit: str) -> None:
    assert read(text) == [(Decimal(number), unit)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "约10件",
        "近百件",
        "数十件",
        "上百件",
        "十余件",
        "100多条",
        "10件以上",
        "1.2万条",
        "3亿元",
        "10至15件",
        "10件至15件",
        "3-5场",
        "第3件",
    ],
)
def test_a_rough_number_a_range_and_an_ordinal_have_no_value(text: str) -> None:
    assert [number for number, _ in read(text)] == [None]


@pytest.mark.parametrize(
    ("text", "least", "said"),
    [
        ("十余件", 10, "十余件"),
        ("收到200多条", 200, "200多条"),
        ("办结10件以上", 10, "10件以上"),
        ("增长超过20%", 20, "超过20%"),
        ("举办不少于2场", 2, "不少于2场"),
    ],
)
def test_a_rough_number_may_say_what_it_is_at_least(text: str, least: int, said: str) -> None:
    assert [(q.number, q.least, q.text) for q in quantities(text)] == [(None, least, said)]


@pytest.mark.parametrize(
    "text", ["约200余件", "不超过20件", "未超过20件", "近百件", "10至20余件", "10余件左右", "超过第3件"]
)
def test_what_is_rough_on_both_sides_or_is_at_most_says_nothing(text: str) -> None:
    assert [(q.number, q.least) for q in quantities(text)] == [(None, None)]


@pytest.mark.parametrize("text", ["国务院令第711号", "2022年12月31日", "12345热线", "三安全一稳定"])
def test_what_is_no_quantity(text: str) -> None:
    assert read(text) == []


def test_places_are_those_of_the_text() -> None:
    text = "予以公开258件，占33.9%"
    assert [text[q.start : q.end] for q in quantities(text)] == ["258件", "33.9%"]
    assert [q.decimals for q in quantities(text)] == [0, 1]
