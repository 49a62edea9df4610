"""Finds and masks personal data of applicants in any text, so that no value gets past a reader.

Identity numbers (GB 11643 checksum), mobile numbers, bank cards (Luhn) and e-mail addresses. A match is
replaced before the text is kept anywhere; the finding names its place and kind, never its value.
"""

import re
from collections.abc import Callable

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _identity_number(text: str) -> bool:
    return "10X98765432"[sum(int(d) * w for d, w in zip(text[:17], _WEIGHTS, strict=True)) % 11] == text[17].upper()


def _luhn(text: str) -> bool:
    digits = [int(d) for d in reversed(text)]
    return (sum(digits[0::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])) % 10 == 0


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        "身份证号码",
        re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[0-9Xx](?![0-9A-Za-z])"),
        _identity_number,
    ),
    ("银行卡号", re.compile(r"(?<![0-9.])[3-6]\d{15,18}(?![0-9.])"), _luhn),
    ("手机号码", re.compile(r"(?<![0-9.])1[3-9]\d{9}(?![0-9.])"), lambda _: True),
    ("电子邮箱", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), lambda _: True),
)


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """Masks every value found.

    Returns:
        The text with each value replaced by `〔已屏蔽：<kind>〕`, and the kinds found, in order, once each.
    """
    kinds: list[str] = []
    for kind, pattern, is_one in _KINDS:

        def replace(match: re.Match[str], kind: str = kind, is_one: Callable[[str], bool] = is_one) -> str:
            if not is_one(match.group()):
                return match.group()
            kinds.append(kind)
            return f"〔已屏蔽：{kind}〕"

        text = pattern.sub(replace, text)
    return text, tuple(dict.fromkeys(kinds))
