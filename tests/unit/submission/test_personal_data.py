"""Personal data is masked in whatever form it is typed, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.submission.personal_data import mask

IDENTITY = "11010519491231002X"  # the specimen of GB 11643
CARD = "4111111111111111"  # the Luhn specimen
MOBILE = "13800000000"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (IDENTITY, "身份证号码"),
        (IDENTITY.lower(), "身份证号码"),
        ("110105 19491231 002X", "身份证号码"),
        (CARD, "银行卡号"),
        ("4111 1111 1111 1111", "银行卡号"),
        (MOBILE, "手机号码"),
        ("138-0000-0000", "手机号码"),
        ("138 0000 0000", "手机号码"),
        ("１３８００００００００", "手机号码"),
        ("someone@example.invalid", "电子邮箱"),
        ("someone＠example.invalid", "电子邮箱"),
    ],
)
def test_every_kind_is_masked_and_named(text: str, kind: str) -> None:
    assert mask(f"联系{text}。") == (f"联系〔已屏蔽：{kind}〕。", (kind,))


@pytest.mark.parametrize(
    "text",
    [
        "2021-001",
        "示府〔2021〕1号",
        "110105194912310021",  # wrong check digit
        "4111111111111112",  # wrong Luhn digit
        "12345678901",  # no mobile prefix
        "020-12345678",
        "138000000001",  # twelve digits
        "2021年3月1日至2021年12月31日",
        "https://example.invalid/art/2021/3/1/art_1234_56789.html",
        "0.13800000000",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert mask(text) == (text, ())


def test_several_values_are_all_masked_and_each_kind_named_once() -> None:
    masked, kinds = mask(f"甲{MOBILE}乙{MOBILE}丙{IDENTITY}")
    assert kinds == ("身份证号码", "手机号码")
    assert masked == "甲〔已屏蔽：手机号码〕乙〔已屏蔽：手机号码〕丙〔已屏蔽：身份证号码〕"


@given(st.text(alphabet="0123456789Xx -.@a〔１３８０电", max_size=40))
def test_what_is_masked_stays_masked(text: str) -> None:
    once, _ = mask(text)
    assert mask(once) == (once, ())


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_mobile_number_never_survives(before: str, after: str) -> None:
    assert MOBILE not in mask(f"{before} {MOBILE} {after}")[0]


def test_a_long_text_that_could_begin_an_address_anywhere_holds_none() -> None:
    """Looked at once from every beginning it would take hours: the suite would not end."""
    assert mask("a." * 1_000_000 + "@") == ("a." * 1_000_000 + "@", ())
