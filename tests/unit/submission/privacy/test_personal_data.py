"""Personal data is masked in whatever form it is typed, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.submission.privacy.personal_data import mask

IDENTITY = "11010519491231002X"  # the specimen of GB 11643
CARD = "4111111111111111"  # the Luhn specimen
MOBILE = "13800000000"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (IDENTITY, "身份证号码"),
        (IDENTITY.lower(), "身份证号码"),
        ("110105 19491231 002X", "身份证号码"),
        ("1101 0519 4912 3100 2X", "身份证号码"),
        ("110105-19491231-002X", "身份证号码"),
        ("110105—19491231–002X", "身份证号码"),
        ("110105\u200b19491231\u200b002X", "身份证号码"),
        ("１１０１０５１９４９１２３１００２Ｘ", "身份证号码"),
        ("110105\n19491231\n002X", "身份证号码"),  # broken over the lines of a cell
        ("1101051949\r\n1231002X", "身份证号码"),
        ("110105.19491231.002X", "身份证号码"),
        ("11010519491231002×", "身份证号码"),
        ("110105194912310000", "身份证号码"),  # as Excel keeps it: fifteen digits of a number
        ("1.1010519491231E+17", "身份证号码"),  # and as it writes that into a CSV file
        ("6222 0212 3456 7890 128", "银行卡号"),
        ("622202-1234567890128", "银行卡号"),
        ("440199201505120033", "疑似身份证号码"),  # a child's, or a document of that day
        ("110105491231002", "疑似身份证号码"),  # fifteen digits, as before 1999
        ("110105 491231 002", "疑似身份证号码"),
        (CARD, "疑似银行卡号"),
        ("4111 1111 1111 1111", "银行卡号"),
        (MOBILE, "手机号码"),
        ("138-0000-0000", "手机号码"),
        ("138 0000 0000", "手机号码"),
        ("138.0000.0000", "手机号码"),
        ("1380 000 0000", "手机号码"),
        ("138\u00a00000\u30000000", "手机号码"),
        ("1\u200b3\u200b8\ufeff00000000", "手机号码"),
        ("1 3 8 0 0 0 0 0 0 0 0", "手机号码"),
        ("138‑0000‑0000", "手机号码"),
        ("１３８００００００００", "手机号码"),
        ("138/0000/0000", "手机号码"),
        ("138_0000_0000", "手机号码"),
        ("(138)00000000", "手机号码"),
        ("110105/19491231/002X", "身份证号码"),
        ("110105_19491231_002X", "身份证号码"),
        ("someone@example.invalid", "疑似电子邮箱"),
        ("someone＠example.invalid", "疑似电子邮箱"),
    ],
)
def test_every_kind_is_masked_and_named(text: str, kind: str) -> None:
    assert mask(f"联系{text}。") == (f"联系〔已屏蔽：{kind}〕。", (kind,))


@pytest.mark.parametrize(
    "text",
    [
        "xxgk@district.gov.cn",  # the authority's own mailbox
        "监督电话：0512-62345678",  # an office's own number
        "档案号 2021-0301-0001-0002",
        "示府规〔2021〕13800000000号",
        "第13800000000号",
        "编号 GK13800000000",
        "No.13800000000",
        "https://example.invalid/13800000000/4111111111111111.html",
        "www.example.invalid/t20210301_13912345678.shtml",
        "110105491331002",  # fifteen digits, no such month
        "990105491231002",  # no such province
        "4111 2021-03-01 1111 1111",  # a date among the digits
        "2021-03-01 2021-03-02",
        "1380000000",  # ten digits
        "91110105MA01234567",  # a unified social credit code
        "512021123456789012",  # the same of an association, all digits
        "工商注册号 320500000012345",
        "138万件、2021年3月、4月共0000件",
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
        "总投资13800000000元",
        "13800000000.50",
        "施工许可证 320581202103010101",  # place, day and number: its check digit would be right
        "320581210301001",  # fifteen digits of the same
        "6205022021030100127",  # and one whose place looks like a bank's
        "4401062103010018",
        "1.10105E+17",  # of which nothing is left
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert mask(text) == (text, ())


def test_several_values_are_all_masked_and_each_kind_named_once() -> None:
    masked, kinds = mask(f"甲{MOBILE}乙{MOBILE}丙{IDENTITY}")
    assert kinds == ("身份证号码", "手机号码")
    assert masked == "甲〔已屏蔽：手机号码〕乙〔已屏蔽：手机号码〕丙〔已屏蔽：身份证号码〕"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"+86{MOBILE}", "+86〔已屏蔽：手机号码〕"),
        (f"Tel{MOBILE}。", "Tel〔已屏蔽：手机号码〕。"),
        (f"{MOBILE}.", "〔已屏蔽：手机号码〕."),
        (f"{MOBILE}.0", "〔已屏蔽：手机号码〕.0"),
        (f"Phone{MOBILE}", "Phone〔已屏蔽：手机号码〕"),
        (f"{IDENTITY}{MOBILE}", "〔已屏蔽：身份证号码〕〔已屏蔽：手机号码〕"),
        (f"{MOBILE}号码", "〔已屏蔽：手机号码〕号码"),
        (f"https://example.invalid/?tel={MOBILE}", "https://example.invalid/?tel=〔已屏蔽：手机号码〕"),
        (f"1 {IDENTITY}", "1 〔已屏蔽：身份证号码〕"),  # a run of digits that begins too early
        (f"卡号 {CARD} {MOBILE}", "卡号 〔已屏蔽：银行卡号〕 〔已屏蔽：手机号码〕"),
        ("申请人家中电话 0512-62345678", "申请人家中电话 〔已屏蔽：固定电话〕"),
        ("申请人电话：62345678，来函", "申请人电话：〔已屏蔽：固定电话〕，来函"),
        ("申请人座机 +86-512-62345678", "申请人座机 〔已屏蔽：固定电话〕"),
        ("申请人住址：示例路1号2幢301室，来函", "申请人住址：〔已屏蔽：住址〕，来函"),
    ],
)
def test_what_stands_around_a_value_stays(text: str, masked: str) -> None:
    assert mask(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "来电 0512-62345678",
        "(010)62345678",
        "（0512） 6234567",
        "联系电话62345678",
        "姓名：王示例",
        "通讯地址为示例路1号",
    ],
)
def test_where_a_text_is_about_an_applicant_a_landline_or_a_name_is_theirs(text: str) -> None:
    assert mask(text, of_people=True)[1]
    assert mask(text) == (text, ())


@given(st.text(alphabet="0123456789Xx -.@a〔１３８０电", max_size=40))
def test_what_is_masked_stays_masked(text: str) -> None:
    once, _ = mask(text)
    assert mask(once) == (once, ())


# Nothing that announces the number of another thing (回执, 号, No., #), an amount or an office's line.
ANNOUNCING_NOTHING = st.text(alphabet="，。；：、（）“”《》 \n\t-_*/@·甲乙丙丁某今日来abcxyzＡ", max_size=20)


@given(ANNOUNCING_NOTHING, ANNOUNCING_NOTHING)
def test_a_mobile_number_never_survives_where_nothing_else_is_announced(before: str, after: str) -> None:
    assert MOBILE not in mask(f"{before} {MOBILE} {after}")[0]


@pytest.mark.parametrize("before", ["回执", "快递单号", "受理编号："])
def test_eleven_digits_announced_as_the_number_of_a_thing_are_that(before: str) -> None:
    assert mask(f"{before} {MOBILE} ") == (f"{before} {MOBILE} ", ())


def test_a_long_text_that_could_begin_an_address_anywhere_holds_none() -> None:
    """Looked at once from every beginning it would take hours: the suite would not end."""
    assert mask("a." * 1_000_000 + "@") == ("a." * 1_000_000 + "@", ())
