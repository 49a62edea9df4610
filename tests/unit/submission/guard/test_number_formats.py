"""A number's format is part of what a person reads: what it adds is shown, what it only arranges is let be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.submission.guard.number_formats import adds_text, shown

ARRANGING = [
    "",
    "General",
    "0",
    "#,##0",
    "0.00",
    "0_);[Red](0)",
    "[$¥-804]#,##0.00",
    "yyyy-mm-dd",
    'yyyy"年"m"月"',
    "0.00E+00",
]


@pytest.mark.parametrize("code", ARRANGING)
def test_a_format_that_only_arranges_adds_nothing(code: str) -> None:
    assert not adds_text(code)


@pytest.mark.parametrize(
    ("code", "number", "said"),
    [
        ('"2021-"000', "1", "2021-001"),
        ('0000"-"000', "2021001", "2021-001"),
        ("0!-000", "1234", "1-234"),
        ('0"件"', "24", "24件"),
        ('General"件"', "24", "24件"),
        ('0.0"万元"', "110.55", "110.55万元"),
        ("0%", "24", "2400%"),
        ('0,"千"', "12000", "12千"),
        ('0"件";"负"0;"无"', "0", "无"),
        ('0"件";"负"0;"无"', "-3", "负3"),
        ('0"件"', "-3", "-3件"),
        ("1#", "7", "17"),
    ],
)
def test_what_it_adds_is_shown(code: str, number: str, said: str) -> None:
    assert adds_text(code)
    assert shown(Decimal(number), code) == said


@given(st.text('0#?.,;"\\_*%[]年件General-1y ', max_size=12), st.decimals(-(10**9), 10**9, places=3))
def test_any_format_is_looked_at_without_raising(code: str, number: Decimal) -> None:
    assert isinstance(adds_text(code), bool)
    assert isinstance(shown(number, code), str)
