"""One certain reading, or none: what stood in a cell, what it is read as, and why."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.submission.form import State
from gongkai.submission.values.doubtful_cells import Broken
from gongkai.submission.values.typed_values import MAX_TEXT, expected_form, read_value
from gongkai.submission.values.written_numbers import _written, chinese_integer

FORMS = {"text": "文字", "graphic": "图解", "audio": "音频"}
NOON = datetime.fromisoformat("2021-03-01T12:00")


@pytest.mark.parametrize(
    ("raw", "field_type", "value"),
    [
        (17, "integer", 17),
        (17.0, "integer", 17),
        (0, "integer", 0),
        (-3, "integer", -3),
        ("0.092", "decimal", Decimal("0.092")),
        ("0.0920", "decimal", Decimal("0.092")),
        (Decimal("1E+3"), "decimal", Decimal(1000)),
        ("3912345678.5", "decimal", Decimal("3912345678.5")),
        ("2021-03-01", "date", date(2021, 3, 1)),
        (date(2021, 3, 1), "date", date(2021, 3, 1)),
        (True, "boolean", True),
        ("否", "boolean", False),
        ("第一行\n第二行", "text", "第一行\n第二行"),
        ("graphic", "choice", "graphic"),
        ("图解", "choice", "graphic"),
        (" 图 解\n", "choice", "graphic"),
        (["audio", "text"], "choices", ("text", "audio")),
        ("音频、文字", "choices", ("text", "audio")),
    ],
)
def test_a_plain_value_is_read_without_a_word(raw: Any, field_type: str, value: Any) -> None:
    read = read_value(raw, field_type, FORMS)
    assert (read.state, read.value, read.why) == (State.VALUE, value, None)


@pytest.mark.parametrize(
    ("raw", "field_type", "value", "why"),
    [
        ("１２", "integer", 12, "全角数字或多余空格"),
        ("12 ", "integer", 12, "全角数字或多余空格"),
        ("1,234", "integer", 1234, "去掉千位分隔符"),
        ("12", "integer", 12, "以文本形式填写的数字"),
        ("3件", "integer", 3, "去掉计量单位"),
        ("0件", "integer", 0, "去掉计量单位"),
        ("１２ 件", "integer", 12, "去掉计量单位"),
        ("9人次", "integer", 9, "去掉计量单位"),
        ("十二件次", "integer", 12, "去掉计量单位，中文数字"),
        ("3，845条", "integer", 3845, "去掉计量单位"),
        ("55（含自然失效29件）", "integer", 55, "去掉括号内的说明"),
        ("55件(其中网络 50 件)", "integer", 55, "去掉括号内的说明，去掉计量单位"),
        ("3（件）", "integer", 3, "去掉括号内的说明"),
        ("〇", "integer", 0, "中文数字"),
        ("零", "integer", 0, "中文数字"),
        ("十二", "integer", 12, "中文数字"),
        ("二十件", "integer", 20, "去掉计量单位，中文数字"),
        ("一百零五", "integer", 105, "中文数字"),
        ("一〇五", "integer", 105, "中文数字"),
        ("三千〇八", "integer", 3008, "中文数字"),
        ("一万零三百", "integer", 10300, "中文数字"),
        ("贰拾", "integer", 20, "中文数字"),
        ("0元", "decimal", Decimal(0), "去掉计量单位"),
        ("2021-03-01 09:15:00", "date", date(2021, 3, 1), "去掉时刻，只取日期"),
        ("2021-03-01T09:15:00.123", "date", date(2021, 3, 1), "去掉时刻，只取日期"),
        ("2021/3/1 9:15:00 PM", "date", date(2021, 3, 1), "去掉时刻，只取日期"),
        ("2021年3月1日 9时15分", "date", date(2021, 3, 1), "去掉时刻，只取日期"),
        ("20210301091500", "date", date(2021, 3, 1), "去掉时刻，只取日期"),
        ("2021-03-01T09:15:00+08:00", "date", date(2021, 3, 1), "换算为北京时间，只取日期"),
        ("2021-03-01T09:15:00Z", "date", date(2021, 3, 1), "换算为北京时间，只取日期"),
        ("2021-02-28T16:00:00.000Z", "date", date(2021, 3, 1), "换算为北京时间，只取日期"),
        ("2021年3月1号", "date", date(2021, 3, 1), "日期写法"),
        ("2021-03-01（星期一）", "date", date(2021, 3, 1), "日期写法"),
        ("20210301", "date", date(2021, 3, 1), "日期写法"),
        (20210301, "date", date(2021, 3, 1), "日期写法"),
        ("2021/3/1 0:00", "date", date(2021, 3, 1), "日期写法"),
        ("二〇二一年三月十一日", "date", date(2021, 3, 11), "日期写法"),
        (Decimal("0.30000000000000004"), "decimal", Decimal("0.3"), "小数超过 10 位，四舍五入"),
        ("2021年3月1日", "date", date(2021, 3, 1), "日期写法"),
        ("2021.3.1", "date", date(2021, 3, 1), "日期写法"),
        (NOON, "date", date(2021, 3, 1), "去掉时刻，只取日期"),
        (2021001, "text", "2021001", "数字作为文字读取"),
        (date(2021, 3, 1), "text", "2021-03-01", "日期作为文字读取"),
        ("甲\x00乙\ud800", "text", "甲乙", "去掉不可见的字符（U+0000、U+D800）"),
    ],
)
def test_what_was_not_the_plain_value_says_why(raw: Any, field_type: str, value: Any, why: str) -> None:
    read = read_value(raw, field_type)
    assert (read.state, read.value, read.why) == (State.VALUE, value, why)
    assert read.raw is not None


@pytest.mark.parametrize("field_type", ["integer", "decimal", "date", "boolean", "text", "choice", "choices"])
@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000", "\x00"])
def test_nothing_is_blank_whatever_the_type(raw: Any, field_type: str) -> None:
    assert read_value(raw, field_type, FORMS).state is State.BLANK


def test_no_choice_at_all_is_blank() -> None:
    assert read_value([], "choices", FORMS).state is State.BLANK


@pytest.mark.parametrize("raw", ["/", "-", "—", "——", "不适用", "无", " 无 "])
def test_not_applicable_is_neither_blank_nor_zero(raw: str) -> None:
    for field_type in ("integer", "decimal"):
        read = read_value(raw, field_type)
        assert (read.state, read.value, read.raw) == (State.NOT_APPLICABLE, None, raw)


@pytest.mark.parametrize(
    ("raw", "field_type"),
    [
        ("O", "integer"),
        ("O件", "integer"),
        ("55（另有自然失效29件）", "integer"),
        ("55（不含自然失效29件）", "integer"),
        ("5（含自然失效29件）", "integer"),
        ("55（29件）", "integer"),
        ("约55", "integer"),
        ("五十多件", "integer"),
        ("4月12号", "date"),
        ("20210301251500", "date"),
        ("3件2件", "integer"),
        ("一二", "integer"),
        ("十百", "integer"),
        ("百", "integer"),
        ("二十零五", "integer"),
        ("3万件", "integer"),
        ("3天", "integer"),
        ("-3件", "integer"),
        ("1,23件", "integer"),
        ("5元", "decimal"),
        ("3件", "decimal"),
        ("十二", "decimal"),
        ("2021年3月", "date"),
        ("21.3.1", "date"),
        ("2021-03-01 25:30", "date"),
        (20211301, "date"),
        (18991231, "date"),
        (True, "integer"),
        (10**15, "integer"),
        ("9" * 16, "integer"),
        (Decimal("1E+999999"), "decimal"),
        (float("inf"), "decimal"),
        ("1,23", "integer"),
        ("1e3", "integer"),
        (date(2021, 1, 1), "integer"),
        ("2021-02-30", "date"),
        ("去年", "date"),
        (44256, "date"),
        (1, "boolean"),
        ("对", "boolean"),
        (True, "text"),
        ({"a": 1}, "text"),
        (["a"], "text"),
        ("字" * (MAX_TEXT + 1), "text"),
        ("动画", "choice"),
        (1, "choice"),
        (["text", "动画"], "choices"),
        ([["text"]], "choices"),
        (Broken("#REF!"), "text"),
    ],
)
def test_what_has_no_certain_reading_keeps_its_text_and_no_value(raw: Any, field_type: str) -> None:
    read = read_value(raw, field_type, FORMS)
    assert (read.state, read.value) == (State.UNREADABLE, None)
    assert read.raw
    assert len(read.raw) <= 200


def test_a_fraction_in_a_count_is_kept_for_the_rule_that_speaks_about_it() -> None:
    assert read_value(3.5, "integer").value == Decimal("3.5")


@pytest.mark.parametrize("field_type", ["integer", "decimal", "text", "date", "boolean", "choice", "choices"])
@pytest.mark.parametrize("raw", ["13800000000", 13800000000, 13800000000.0, ["13800000000"], {"电话": "13800000000"}])
def test_personal_data_reaches_neither_value_nor_raw_text(raw: Any, field_type: str) -> None:
    read = read_value(raw, field_type, FORMS)
    assert "13800000000" not in f"{read.value}{read.raw}"
    if field_type != "choices" or not isinstance(raw, list):
        assert read.personal == ("手机号码",)


def test_no_negative_zero_is_printed() -> None:
    assert str(read_value(-0.0, "decimal").value) == "0"


def test_the_expected_form_is_told_in_the_clerks_words() -> None:
    assert expected_form("date") == "日期（例如 2021-03-01）"
    assert expected_form("choice", FORMS) == "文字、图解、音频"


@given(st.integers(0, 99_999_999))
def test_a_number_written_regularly_in_chinese_is_that_number(number: int) -> None:
    for text in _written(number):
        assert chinese_integer(text) == number


@given(st.text(alphabet="零一二三十百千万", min_size=1, max_size=6))
def test_no_numeral_is_read_that_is_not_written_regularly(text: str) -> None:
    number = chinese_integer(text)
    assert (
        number is None
        or text in _written(number)
        or text == "".join("零一二三四五六七八九"[int(d)] for d in str(number))
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(max_size=8) | st.floats(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


@given(JSON, st.sampled_from(["integer", "decimal", "date", "boolean", "text", "choice", "choices"]))
@example(1.0000000000000002e28, "text")  # 29 digits: more than the decimal context keeps
def test_anything_is_read_without_raising(raw: Any, field_type: str) -> None:
    read = read_value(raw, field_type, FORMS)
    assert (read.value is not None) == (read.state is State.VALUE)
