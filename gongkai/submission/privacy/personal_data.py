"""Finds and masks personal data of applicants in any text, so that no value gets past a reader.

Identity numbers (18 digits by the checksum of GB 11643, 15 by place and birthday; also as a spreadsheet rounds them),
bank cards (issuer and Luhn), mobile numbers, e-mail addresses; landlines, addresses and names (`applicant_names`) where
the text is about an applicant (elsewhere an office's own number, or another word, looks the same). A match is replaced
before the text is kept; its value is never told.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from gongkai.submission.privacy import applicant_names
from gongkai.submission.privacy.personal_numbers import (
    bank_card,
    identity_number,
    mobile_number,
    old_identity_number,
    rounded_identity_number,
)

People = bool | Literal["code"]
NEVER_PRINTED = frozenset({"身份证号码", "银行卡号"})  # an office prints its own telephone, but none of these
_NAME = "申请人姓名"
_MASK = "〔已屏蔽：{0}〕"
_MASKED = re.compile("〔已屏蔽：(.+?)〕")
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"  # takes no room on the page
_URL = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
_NUMBER_IN_URL = re.compile(r"(?<![0-9=])[0-9]+")  # what stands after = was typed in by somebody


class _Kind(NamedTuple):
    """One kind: `v` in the pattern is the value.

    Attributes:
        in_urls: also looked for among the numbers of a web address.
        of_people: only in a text that is about an applicant, or carries another value.
    """

    name: str
    pattern: re.Pattern[str]
    is_one: Callable[[str], bool] = lambda _: True
    in_urls: bool = False
    of_people: bool = False


def _run(first: str, count: int, last: str = "[0-9]", between: str = "[ -]{0,2}") -> str:
    """So many digits in a row, spaces or dashes between them allowed."""
    return f"(?P<v>{first}(?:{between}[0-9]){{{count - 2}}}{between}{last})"


_ALONE = r"(?<![0-9A-Za-z])(?<![0-9]\.)"
_ENDS = r"(?![0-9]|\.(?!0(?![0-9]))[0-9])"  # 13800000000.0 is the number, as some programs write it
# 第 … 号 is a document, … 元 an amount.
_NO_NUMBER = r"(?! ?(?:号(?!码)|元))"
_BEFORE_MOBILE = "|".join(rf"(?<=(?i:{word}))" for word in ("tel", "phone", "mobile", "qq", "wx"))
_LAND = r"(?:\(?0|\(?\+86[) -]{0,2}0?)(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE = rf"(?P<v>{_LAND}(?:\) ?|[ -])[2-9](?:[ -]?[0-9]){{6,7}}){_ENDS}"
_CALLED = (
    rf"(?:电话|座机|固话)(?:号码)?[为是: ]{{0,3}}(?P<v>(?:{_LAND}[) -]{{0,2}})?[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}){_ENDS}"
)
_APPLICANTS = r"(?:申请人|来电人|当事人)[^。;\n]{0,12}?"
_PLACE = (
    r"(?:[居现]?住[址所]|家庭(?:地址|住址)|户籍(?:地址|所在地)|(?:通信|通讯|邮寄|联系|送达)地址)[为是在: ]{1,2}"
    r"(?P<v>[^,。;:\n]{1,30}?[0-9一二三四五六七八九十](?:号|室|幢|栋|组|单元|弄)[^,。;\n]{0,15})"
)
_KINDS: tuple[_Kind, ...] = (
    _Kind(
        "身份证号码",
        re.compile("(?<![0-9])" + _run("[1-9]", 18, "(?:[0-9](?![0-9Xx])|[Xx×Хх])", r"[\s._·-]{0,3}")),
        identity_number,
        in_urls=True,
    ),
    _Kind(
        "身份证号码",
        re.compile(rf"{_ALONE}(?P<v>[1-9][0-9]{{14}}000|[1-9]\.[0-9]{{13,14}}E\+17){_ENDS}"),
        rounded_identity_number,
    ),
    *(_Kind("银行卡号", re.compile(f"{_ALONE}{_run('[3-69]', n)}{_ENDS}"), bank_card) for n in (19, 18, 17, 16)),
    _Kind("身份证号码", re.compile(f"{_ALONE}{_run('[1-9]', 15)}(?![0-9A-Za-z]|\\.[0-9])"), old_identity_number),
    _Kind(
        "手机号码",
        re.compile(
            rf"(?:{_ALONE}|{_BEFORE_MOBILE})(?<![Nn][Oo]\.)(?:(?:\+|00)?86[ -]{{0,2}}|0)?"
            r"(?P<v>1[ -]{0,2}[3-9](?:[ -]{0,2}[0-9]){9}|1[3-9][0-9]([._·])[0-9]{4}\2[0-9]{4})"
            rf"{_ENDS}{_NO_NUMBER}"
        ),
        mobile_number,
    ),
    _Kind(
        "电子邮箱",
        re.compile(r"(?P<v>[A-Za-z0-9._%+-]{1,64} ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"),
        lambda value: not value.lower().endswith(".gov.cn"),  # an authority's own
        in_urls=True,
    ),
    *(_Kind(_NAME, pattern) for pattern in applicant_names.AFTER_APPLICANT),
    _Kind(_NAME, applicant_names.AFTER_NAME, of_people=True),
    _Kind("固定电话", re.compile(_APPLICANTS + rf"(?<![0-9]){_LANDLINE}")),
    _Kind("固定电话", re.compile(_APPLICANTS + _CALLED)),
    _Kind("固定电话", re.compile(rf"(?<![0-9A-Za-z.-]){_LANDLINE}"), of_people=True),
    _Kind("固定电话", re.compile(_CALLED), of_people=True),
    _Kind("住址", re.compile(_APPLICANTS + _PLACE)),
    _Kind("住址", re.compile(_PLACE), of_people=True),
)
_POSSIBLE = re.compile(  # without one of these no kind can match; spares the search
    rf"\d(?:[\s()（）._·‐-―−－{_HIDDEN}-]{{0,3}}\d){{9}}|[@＠﹫]|申请[人者]|人 ?[:：(（]|原告|户主|姓名"
    rf"|电话|座机|固话|住[址所]|地址|户籍|[{_HIDDEN}]"
)
_SHORTEST_NUMBER = 10**9


def mask(text: str, of_people: People = False) -> tuple[str, tuple[str, ...]]:
    """Masks every value found: half-width or full-width, grouped by spaces or dashes, invisible characters between.

    Args:
        text: any text.
        of_people: whether the text is about an applicant, so that a landline in it is theirs; `code` where it is to
            be a code for one, so that a bare name is no code.

    Returns:
        The text with each value replaced by `〔已屏蔽：<kind>〕`, and the kinds found, in order, once each.
    """
    if of_people == "code" and applicant_names.BARE.fullmatch(_plain(text)[0].strip()):
        return _MASK.format(_NAME), (_NAME,)
    if not _POSSIBLE.search(text):
        return text, ()
    kinds: list[str] = []
    seen = _seen(text)
    for kind in _KINDS:
        if kind.of_people and not (of_people or kinds):  # beside another value it is somebody's too
            continue
        pieces, end = [], 0
        for first, last in _values(kind, seen.plain if kind.in_urls else seen.beside_urls):
            pieces += [text[end : seen.places[first]], _MASK.format(kind.name)]
            end = seen.places[last - 1] + 1
        if pieces:
            kinds.append(kind.name)
            text = "".join(pieces) + text[end:]
            seen = _seen(text)
    return text, tuple(dict.fromkeys(kinds))


def may_hold(raw: Any) -> bool:
    """A quick look at a spreadsheet's value: False where no kind can be."""
    if isinstance(raw, str):
        return _POSSIBLE.search(raw) is not None
    return not isinstance(raw, int | float) or abs(raw) >= _SHORTEST_NUMBER


def kinds_in(content: Any, of_people: People = False) -> tuple[str, ...]:
    """The kinds of personal data in content that is not kept: a value, or JSON of any depth, keys included."""
    found: list[str] = []
    left = [content]
    while left:
        one = left.pop()
        if isinstance(one, Mapping):
            left += [*one.keys(), *one.values()]
        elif isinstance(one, list | tuple):
            left += one
        elif one is not None and not isinstance(one, bool):
            found += mask(str(one), of_people)[1]
    return tuple(sorted(set(found)))


def masked_kinds(text: str) -> tuple[str, ...]:
    """The kinds that were masked in a text."""
    return tuple(dict.fromkeys(_MASKED.findall(text)))


def identity_number_in(text: str) -> bool:
    """Whether a text of any size and kind, source text too, holds an identity number."""
    return any(identity_number(match["v"]) for match in _KINDS[0].pattern.finditer(text))


def _values(kind: _Kind, plain: str) -> Iterator[tuple[int, int]]:
    """Where the values stand; a run of digits that is none may still hold one that begins later."""
    at = 0
    while match := kind.pattern.search(plain, at):
        if kind.is_one(match["v"]):
            yield match.span("v")
            at = max(match.end("v"), match.start() + 1)
        else:
            at = match.start() + 1


class _Seen(NamedTuple):
    """A text as it is searched: plain, with numbers in web addresses blotted out, and where each character stood."""

    plain: str
    beside_urls: str
    places: Sequence[int]


def _seen(text: str) -> _Seen:
    plain, places = _plain(text)
    return _Seen(plain, _URL.sub(_without_numbers, plain), places)


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text in half-width characters without invisible ones, dashes and spaces alike; and where each stood."""
    if text.isascii():
        return text, range(len(text))
    seen = [(at, _half_width(character)) for at, character in enumerate(text)]
    shown = [(at, character) for at, character in seen if character]
    return "".join(character for _, character in shown), [at for at, _ in shown]


@lru_cache(4096)
def _half_width(character: str) -> str:
    """One character as its plain form; empty when it cannot be seen."""
    match unicodedata.category(character):
        case "Cf":
            return ""
        case "Pd":
            return "-"
        case "Zs":
            return " "
    folded = unicodedata.normalize("NFKC", character)
    return "-" if folded == "−" else folded if len(folded) == 1 else character


def _without_numbers(url: re.Match[str]) -> str:
    return _NUMBER_IN_URL.sub(lambda number: "#" * len(number[0]), url[0])
