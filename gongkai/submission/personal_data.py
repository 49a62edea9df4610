"""Finds and masks personal data of applicants in any text, so that no value gets past a reader.

Identity numbers (GB 11643 checksum), mobile numbers, bank cards (Luhn), e-mail addresses, and names that stand
beside 申请人 after a colon or in brackets (elsewhere a name cannot be told from other words). A match is replaced
before the text is kept anywhere; the finding names its place and kind, never its value.
"""

import re
import unicodedata
from collections.abc import Callable

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _identity_number(text: str) -> bool:
    return "10X98765432"[sum(int(d) * w for d, w in zip(text[:17], _WEIGHTS, strict=True)) % 11] == text[17].upper()


def _luhn(text: str) -> bool:
    digits = [int(d) for d in reversed(text)]
    return (sum(digits[0::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])) % 10 == 0


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘袁董余叶杜苏魏程吕丁沈任姚"
    "卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱侯邹熊孟秦"
)
_NO_NAMES = ("许可", "程序", "任何", "金额", "石油", "周边", "林业", "何种", "何时", "余额", "叶片", "任务", "周期")


def _name(text: str) -> bool:
    return not text.startswith(_NO_NAMES)


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        "身份证号码",
        re.compile(
            r"(?<![0-9A-Za-z])[1-9][0-9]{5}[ -]?(?:19|20)[0-9]{2}[01][0-9][0-3][0-9][ -]?[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
        ),
        _identity_number,
    ),
    ("银行卡号", re.compile(r"(?<![0-9.])[3-6][0-9]{3}(?:[ -]?[0-9]){12,15}(?![0-9.])"), _luhn),
    ("手机号码", re.compile(r"(?<![0-9.])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9.])"), lambda _: True),
    ("电子邮箱", re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), lambda _: True),
    (
        "申请人姓名",
        re.compile(
            rf"(?:(?<=申请人)|(?<=申请人姓名))[:：(（][ ]?[{_SURNAMES}](?![某*×])[一-龥]{{1,2}}(?=先生|女士|[^一-龥]|$)"
        ),
        lambda text: _name(text[1:]),
    ),
)
_POSSIBLE = re.compile(
    r"\d(?:[ \u3000-]?\d){10}|[@＠]|申请人"
)  # without one of these no kind can match; spares the search


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """Masks every value found, in half-width or full-width characters, also where spaces or dashes group its digits.

    Returns:
        The text with each value replaced by `〔已屏蔽：<kind>〕`, and the kinds found, in order, once each.
    """
    if not _POSSIBLE.search(text):
        return text, ()
    kinds: list[str] = []
    for kind, pattern, is_one in _KINDS:
        pieces, end = [], 0
        for match in pattern.finditer(_half_width(text)):
            if is_one(re.sub("[ -]", "", match.group())):
                kinds.append(kind)
                pieces += [text[end : match.start()], f"〔已屏蔽：{kind}〕"]
                end = match.end()
        text = "".join(pieces) + text[end:]
    return text, tuple(dict.fromkeys(kinds))


def _half_width(text: str) -> str:
    """The text with full-width forms as their plain characters, every character at its place."""
    plain = (unicodedata.normalize("NFKC", character) for character in text)
    return text if text.isascii() else "".join(p if len(p) == 1 else c for p, c in zip(plain, text, strict=True))
