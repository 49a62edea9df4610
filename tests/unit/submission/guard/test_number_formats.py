"""A number's format is part of what a person reads: what it adds is shown, what it only arranges is let be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.submission.guard.number_formats import adds_text, shown, shown_text

ARRANGING = [
    "",
    "General",
    "0",
    "#,##0",
    "0.00",
    "0_);[Red](0)",
    "#,##0_ ",
    '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    "0;-0;;@",
    "+0;-0;0",
    "[Red]0;[Blue]-0",
    "[DBNum1][$-804]General",
    "# ?/?",
    "@",
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
        ('#,##0"件"', "24", "24件"),
        ('#,##0"件"', "1234567", "1234567件"),
        ('#,##0.00"万元"', "110.55", "110.55万元"),
        ('???0"件"', "5", "5件"),
        ('00"号"', "7", "07号"),
        ("0000", "21", "0021"),
        ("0\\件", "24", "24件"),
        ('0_"件', "24", "24件"),
        ("0*-", "24", "24-"),
        ('0* "件"', "24", "24件"),
        ('[Red]0"件"', "24", "24件"),
        ("0,", "24000", "24"),
        ("#,##0,", "24000", "24"),
        ("0.00,", "24000", "24"),
        ("0,.00", "24550", "24.55"),
        ('0!.0,"万"', "1105500", "110.55万"),
        ('0!.0,"万"', "5000", "0.5万"),
        ("0!.00,,", "24500000", "0.245"),
        ('[>=10000]0!.0,"万";0', "240000", "24.0万"),
        ('[>=10000]0!.0,"万";0', "24", "24"),
        ('[=1]"是";[=0]"否";0', "1", "是"),
        ('[=1]"是";[=0]"否";0', "0", "否"),
        ('[=1]"是";[=0]"否";0', "24", "24"),
        ('[>100]"多";[>50]"中"', "24", "####"),
        ('[>100]"多";0;"无"', "24", "####"),  # nobody can tell which part is for it
        (";;;", "24", "（不显示）"),
        (";;;", "0", "0"),
        ("0;;", "-3", "（不显示）"),
        ('""', "24", "（不显示）"),
        ("0;0", "-5", "5"),
        ("0;[Red]0", "-5", "5"),
        ('0"件";(0)', "-5", "-5"),
        ('"-"0', "24", "-24"),
        ("(0)", "24", "(24)"),
        ("0‰", "24", "24‰"),
        ("[$¥-804]#,##0.00", "110.55", "¥110.55"),
        ('_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ', "0", "0"),
        ('@"件"', "24", "24件"),
    ],
)
def test_what_it_adds_is_shown(code: str, number: str, said: str) -> None:
    assert adds_text(code)
    assert shown(Decimal(number), code) == said


def test_a_text_has_what_the_last_part_adds() -> None:
    assert adds_text('0;-0;0;"2021-"@')
    assert shown_text("001", '0;-0;0;"2021-"@') == "2021-001"
    assert shown_text("24", '0"件"') == "24"


@given(st.text('0#?.,;"\\_*%[]年件General-1y <>=@!（', max_size=12), st.decimals(-(10**9), 10**9, places=3))
def test_any_format_is_looked_at_without_raising(code: str, number: Decimal) -> None:
    assert isinstance(adds_text(code), bool)
    assert isinstance(shown(number, code), str)
