"""What only looks like a number is none, what nobody can see leaves, and what a field knows makes a writing certain."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.submission.form import State
from gongkai.submission.plain_text import INVISIBLE, folded, visible
from gongkai.submission.values.choices import squeezed
from gongkai.submission.values.doubtful_cells import Broken, Displayed, Pictured
from gongkai.submission.values.typed_values import Hints, read_value, read_year

NUMBER_LIKE = [chr(n) for n in range(0x20000) if unicodedata.category(chr(n)) in ("No", "Nl") and chr(n) != "〇"]
UNSEEN_RANGES = (
    "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 2800 3164 FE00-FE0F FEFF FFA0 FFF0-FFFB"
    " 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)
UNSEEN = [
    chr(n)
    for first, _, last in (said.partition("-") for said in UNSEEN_RANGES.split())
    for n in range(int(first, 16), int(last or first, 16) + 1)
]
FULL_WIDTH = str.maketrans("0123456789-,.", "０１２３４５６７８９－，．")
RATINGS = {"excellent": "优秀", "good": "良好", "pass": "合格"}


@given(st.integers(0, 9999), st.sampled_from(NUMBER_LIKE), st.booleans())
def test_no_sign_that_looks_like_a_number_becomes_part_of_one(number: int, sign: str, before: bool) -> None:
    for text in (f"{number}{sign}", f"{sign}{number}", sign, f"{number}{sign}件", f"{number}（含{sign}件）"):
        for field_type in ("integer", "decimal"):
            assert read_value(text, field_type).value in (None, *([number] if "含" in text else []))
    assert read_value(f"2021-01-1{sign}" if before else f"2021-01-{sign}", "date").value is None
    assert read_value(f"二〇二一年{sign}月一日", "date").value is None


@pytest.mark.parametrize("sign", "①²₂⑴❶Ⅻ⒈㉑㈠㊀㋀㏠½⓪")
def test_folding_leaves_the_sign_as_it_stands(sign: str) -> None:
    assert folded(f"第{sign}，２４") == f"第{sign},24"
    assert squeezed(f" {sign}　Ａ ") == f"{sign}A"


@given(st.integers(0, 10**9), st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_full_width_forms_are_what_they_stand_for(number: int, day: date) -> None:
    assert read_value(str(number).translate(FULL_WIDTH), "integer").value == number
    assert read_value(day.isoformat().translate(FULL_WIDTH), "date").value == day


def test_a_radical_is_the_sign_that_a_pdf_means_by_it() -> None:
    assert folded("⼀、总体情况") == "一、总体情况"


def test_every_unseen_character_is_known() -> None:
    assert [c for c in map(chr, range(0x110000)) if not visible(c)] == UNSEEN
    assert len(INVISIBLE) < len(UNSEEN), "written as ranges"


@given(
    st.text("a1中件", min_size=1, max_size=8), st.lists(st.sampled_from(UNSEEN), min_size=1, max_size=3), st.randoms()
)
def test_what_nobody_can_see_leaves_a_text_and_is_told(text: str, signs: list[str], random: object) -> None:
    letters = list(text) + signs
    random.shuffle(letters)  # type: ignore[attr-defined]
    read = read_value("".join(letters), "text")
    assert sorted(read.value) == sorted(text)
    assert "去掉不可见的字符（U+" in (read.why or "")


@pytest.mark.parametrize(
    ("raw", "field_type", "value"),
    [
        ("\u200b9", "integer", 9),
        ("2021-\u206603-01\u2069", "date", date(2021, 3, 1)),
        ("优\u00ad秀", "choice", "excellent"),
    ],
)
def test_unseen_characters_do_not_stand_in_the_way_of_any_type(raw: str, field_type: str, value: object) -> None:
    read = read_value(raw, field_type, RATINGS)
    assert read.value == value
    assert "去掉不可见的字符" in (read.why or "")


def test_unseen_characters_leave_the_parts_of_a_json_list() -> None:
    read = read_value(["优秀\u200b"], "choices", RATINGS)
    assert (read.value, read.why) == (("excellent",), "去掉不可见的字符")


@pytest.mark.parametrize(
    ("raw", "unit", "value", "why"),
    [
        ("110.55万元", "元", "1105500", "由万元换算为元"),
        ("1,105,500元", "元", "1105500", "去掉计量单位"),
        ("110.55万", "元", "1105500", "由万元换算为元"),
        ("110.55 万", "万元", "110.55", "去掉计量单位"),
        ("￥920", "元", "920", "去掉计量单位"),
        ("￥0", "万元", "0", "去掉计量单位"),
        ("人民币920元整", "万元", "0.092", "由元换算为万元"),
        ("0.092万元", "万元", "0.092", "去掉计量单位"),
        ("0万元", None, "0", "去掉计量单位"),
        ("０．５亿元", "万元", "5000", "由亿元换算为万元"),
    ],
)
def test_an_amount_with_its_unit_is_read_in_the_fields_own(raw: str, unit: str | None, value: str, why: str) -> None:
    read = read_value(raw, "decimal", hints=Hints(unit=unit))
    assert (read.value, read.why) == (Decimal(value), why)


@pytest.mark.parametrize(
    ("raw", "unit"),
    [
        *[("5元", None), ("约5万元", "元"), ("5万件", "元"), ("5千", "元"), ("5美元", "元"), ("5件", "元")],
        *[("￥110.55", "万元"), ("人民币920", "万元"), ("￥5", None)],
    ],
)
def test_an_amount_in_no_certain_unit_is_not_read(raw: str, unit: str | None) -> None:
    assert read_value(raw, "decimal", hints=Hints(unit=unit)).state is State.UNREADABLE


@pytest.mark.parametrize("field_type", ["integer", "decimal"])
def test_a_number_is_no_longer_than_anybody_writes_one(field_type: str) -> None:
    """Forty thousand blanks in an amount took a processor's whole time for a file."""
    read = read_value(f"人民币{' ' * 39_000}5.", field_type, hints=Hints(unit="元"))
    assert read.state is State.UNREADABLE


@pytest.mark.parametrize("raw", ["4月12号", "4月12日", "4 月 12 日", "四月十二日"])
def test_a_day_without_a_year_is_one_only_where_the_year_is_known(raw: str) -> None:
    read = read_value(raw, "date", hints=Hints(year=2021))
    assert (read.value, read.why) == (date(2021, 4, 12), "没有写年份，按 2021 年读取")
    assert read_value(raw, "date").state is State.UNREADABLE


@pytest.mark.parametrize(
    "raw",
    [
        "1900/1/0",
        "1900-01-00",
        "1899-12-30",
        "1899/12/31",
        "0000-00-00",
        datetime.fromisoformat("1899-12-31"),
        date(1899, 12, 30),
    ],
)
def test_a_date_that_is_zero_is_an_empty_one(raw: object) -> None:
    read = read_value(raw, "date")
    assert (read.state, read.value) == (State.BLANK, None)
    assert read.why == "日期格中是 0（显示为 1900/1/0），按未填写读取"


def test_another_word_for_a_choice_is_told() -> None:
    hints = Hints(aliases={"优等": "excellent"})
    read = read_value("优 等", "choice", RATINGS, hints=hints)
    assert (read.value, read.why) == ("excellent", "按“优秀”读取")
    assert read_value("甲等", "choice", RATINGS, hints=hints).state is State.UNREADABLE


@pytest.mark.parametrize("raw", ["无", "/", "—"])
def test_no_choice_is_not_applicable(raw: str) -> None:
    assert read_value(raw, "choice", RATINGS).state is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("raw", "value"), [("9", "09"), (9, "09"), ("９", "09"), ("09", "09"), ("26", "26"), ("甲", "甲")]
)
def test_a_number_in_a_text_has_its_leading_zeros(raw: object, value: str) -> None:
    assert read_value(raw, "text", hints=Hints(digits=2)).value == value


@pytest.mark.parametrize("raw", ["2021", 2021.0, Decimal("2021.0"), "２０２１", "2021\u200b"])
def test_a_year_is_one_however_a_program_writes_it(raw: object) -> None:
    assert read_year(raw).value == 2021
    assert read_year(raw).why
    assert read_year(2021).why is None


@pytest.mark.parametrize("raw", [None, True, "二〇二一", 2021.5, "2021件", [2021], "2021-22"])
def test_what_is_no_year_is_none(raw: object) -> None:
    assert read_year(raw).value is None


@pytest.mark.parametrize("field_type", ["integer", "decimal", "date", "choice", "boolean"])
def test_a_cell_with_a_raised_part_has_no_certain_value_and_shows_its_picture(field_type: str) -> None:
    read = read_value(Pictured("124", "“124”，其中“4”为上标", struck=False), field_type, RATINGS)
    assert (read.state, read.raw) == (State.UNREADABLE, "“124”，其中“4”为上标")


def test_raised_text_is_text_and_struck_text_is_not() -> None:
    raised = read_value(Pictured("面积12m2", "“面积12m2”，其中“2”为上标", struck=False), "text")
    assert (raised.value, raised.why) == ("面积12m2", "上标、下标按普通文字读取")
    assert read_value(Pictured("旧新", "“旧新”，其中“旧”划有删除线", struck=True), "text").state is State.UNREADABLE


def test_what_a_number_format_adds_is_part_of_what_stands_there() -> None:
    assert read_value(Displayed("2021-001", 1), "text").value == "2021-001"
    assert read_value(Displayed("24件", 24), "integer").value == 24
    read = read_value(Displayed("2021-001", 1), "integer")
    assert (read.state, read.raw) == (State.UNREADABLE, "2021-001（格中存的是 1）")


def test_a_formula_without_a_result_is_stale_and_an_error_is_not() -> None:
    assert [Broken(text).stale for text in ("=A1", "#REF!")] == [True, False]
