"""Finds and masks personal data of applicants in any text, so that no value gets past a reader.

Identity numbers (18 digits by the checksum of GB 11643, 15 by place and birthday), bank cards (issuer and Luhn),
mobile numbers, e-mail addresses; landlines and names where the text is about an applicant (elsewhere an office's own
number, or another word, looks the same). A match is replaced before the text is kept; its value is never told.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

People = bool | Literal["code"]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset((*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66),
                        71, 81, 82, 83))  # fmt: skip
# Surnames that begin few other words; those of the second line also begin words that follow 申请人 without a mark.
_SURNAMES = (
    "王李张刘陈杨黄赵吴徐孙朱胡郭罗郑梁谢宋唐邓冯韩曹彭萧肖蔡潘袁董杜苏魏吕丁沈姚卢傅钟姜崔谭廖范汪陆贾韦邱侯邹熊孟秦"
    "尹易乔贺赖龚庞樊殷施陶洪翟颜倪季俞鲁葛伍聂丛焦柳邢岳莫庄涂谷祁舒耿詹苗凌纪靳甄裴鲍覃霍翁隋柯阮桂闵冉饶刁戚滕苑邬臧苟"
    "褚廉娄奚穆郎邸冀姬屠郜晏栾郁喻窦敖仇艾巩仲卞竺冼佟栗匡宗鞠桑谌岑胥蔺雷汤黎龙孔毛段阎薛"
)
_ALSO_WORDS = "周何林许曾余叶程任金石戴夏马高方白江史顾田万武严牛梅齐康钱贡蒋"
_COMPOUND = "(?:欧阳|司马|上官|诸葛|皇甫|尉迟|慕容|令狐|司徒|夏侯|轩辕|端木|独孤|南宫)"
_NO_NAMES = (
    "许可", "程序", "任何", "金额", "金属", "石油", "石料", "周边", "周期", "林业", "何种", "何时", "余额",
    "叶片", "任务", "张贴", "陈述", "谢绝", "范围", "施工", "季度", "雷同", "高校", "高中", "方案", "顾客",
    "史料", "武警", "严重", "严格", "齐全", "康复", "万元", "段落", "毛坯", "莫名", "仲裁", "洪水", "桂花",
)  # fmt: skip
_NAME = "申请人姓名"
_MASK = "〔已屏蔽：{0}〕"
_MASKED = re.compile("〔已屏蔽：(.+?)〕")
_GAP = re.compile("[ -]+")
# Digits as people group them; a date or a range falls into other pieces.
_MOBILE = {(11,), (3, 4, 4), (3, 3, 5), (3, 8), (4, 4, 3), (7, 4), (5, 6), (3, 2, 2, 2, 2), (1,) * 11}
_OLD_IDENTITY = {(15,), (6, 6, 3), (1,) * 15}
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"  # takes no room on the page
_URL = re.compile(r"(?:https?://|www\.)[!-~]+", re.IGNORECASE)
_NUMBER_IN_URL = re.compile(r"(?<![0-9=])[0-9]+")  # what stands after = was typed in by somebody


def _digits(value: str) -> str:
    return _GAP.sub("", value)


def _pieces(value: str) -> tuple[int, ...]:
    return tuple(map(len, _GAP.split(value)))


def _born(place: str, day: str) -> bool:
    try:
        return int(place[:2]) in _PROVINCES and date(1900, 1, 1) <= date.fromisoformat(day)
    except ValueError:
        return False


def _identity_number(value: str) -> bool:
    text = _digits(value).upper()
    checked = "10X98765432"[sum(int(d) * w for d, w in zip(text[:17], _WEIGHTS, strict=True)) % 11] == text[17]
    return checked and _born(text, text[6:14])


def _old_identity_number(value: str) -> bool:
    text = _digits(value)
    return _pieces(value) in _OLD_IDENTITY and _born(text, f"19{text[6:12]}")


def _bank_card(value: str) -> bool:
    text, pieces = _digits(value), _pieces(value)
    digits = [int(d) for d in reversed(text)]
    luhn = (sum(digits[0::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])) % 10 == 0
    issued = text.startswith(("60", "62", "95")) or (len(text) == 16 and re.match("4|5[1-5]|35", text) is not None)
    fours = set(pieces[:-1]) <= {4} and pieces[-1] <= 4
    return luhn and issued and (len(pieces) == 1 or fours or pieces[0] == 6 or set(pieces) == {1})


def _name(value: str) -> bool:
    return not value.startswith(_NO_NAMES)


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


def _run(first: str, count: int, last: str = "[0-9]") -> str:
    """So many digits in a row, spaces or dashes between them allowed."""
    return f"(?P<v>{first}(?:[ -]{{0,2}}[0-9]){{{count - 2}}}[ -]{{0,2}}{last})"


_ALONE = r"(?<![0-9A-Za-z])(?<![0-9]\.)"
_ENDS = r"(?![0-9]|\.[0-9])"
_NO_NUMBER = r"(?! ?号(?!码))"  # 第 … 号 is a document
_GIVEN = "(?![某*×姓氏])[一-龥]{1,2}(?<![镇乡村街局厂店社区县市部处院校所站组户队科厅])"
_ENDS_NAME = "(?=先生|女士|[^一-龥]|$)"
_ENDS_CLAUSE = "(?=先生|女士|的|要求|申请|提出|反映|来电|来函|咨询|[^一-龥]|$)"
_AFTER_LABEL = rf"(?P<v>(?:{_COMPOUND}|[{_SURNAMES}{_ALSO_WORDS}]){_GIVEN}){_ENDS_CLAUSE}"
_AFTER_WORD = rf"(?P<v>(?:{_COMPOUND}|[{_SURNAMES}]){_GIVEN}){_ENDS_NAME}"
_BEFORE_WORD = rf"(?<![一-龥])(?P<v>(?:{_COMPOUND}|[{_SURNAMES}{_ALSO_WORDS}]){_GIVEN})(?= ?\(申请人\))"
_BARE_NAME = re.compile(rf"(?:{_COMPOUND}|[{_SURNAMES}{_ALSO_WORDS}])(?![某*×])[一-龥]{{1,2}}")
_LANDLINE = rf"(?P<v>\(?0(?:10|2[0-9]|[3-9][0-9]{{2}})(?:\) ?|[ -])[2-9](?:[ -]?[0-9]){{6,7}}){_ENDS}"
_KINDS: tuple[_Kind, ...] = (
    _Kind("身份证号码", re.compile(f"(?<![0-9]){_run('[1-9]', 18, '[0-9Xx]')}(?![0-9Xx])"), _identity_number, True),
    *(_Kind("银行卡号", re.compile(f"{_ALONE}{_run('[3-69]', n)}{_ENDS}"), _bank_card) for n in (19, 18, 17, 16)),
    _Kind("身份证号码", re.compile(f"{_ALONE}{_run('[1-9]', 15)}(?![0-9A-Za-z]|\\.[0-9])"), _old_identity_number),
    _Kind(
        "手机号码",
        re.compile(
            rf"(?:{_ALONE}|(?<=tel)|(?<=TEL)|(?<=Tel))(?<![Nn][Oo]\.)(?:(?:\+|00)?86[ -]{{0,2}}|0)?"
            rf"(?P<v>1[ -]{{0,2}}[3-9](?:[ -]{{0,2}}[0-9]){{9}}){_ENDS}{_NO_NUMBER}"
        ),
        lambda value: _pieces(value) in _MOBILE,
    ),
    _Kind(
        "电子邮箱",
        re.compile(r"(?P<v>[A-Za-z0-9._%+-]{1,64} ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"),
        lambda value: not value.lower().endswith(".gov.cn"),  # an authority's own
        in_urls=True,
    ),
    _Kind(_NAME, re.compile(rf"(?:(?<=申请人)|(?<=申请人姓名))(?: ?[:(为] ?){_AFTER_LABEL}"), _name),
    _Kind(_NAME, re.compile(rf"(?:(?<=申请人)|(?<=申请人姓名)) ?{_AFTER_WORD}"), _name),
    _Kind(_NAME, re.compile(_BEFORE_WORD), _name),
    _Kind(_NAME, re.compile(rf"(?<=姓名)(?:[:(] ?){_AFTER_LABEL}"), _name, of_people=True),
    _Kind("固定电话", re.compile(rf"(?:申请人|来电人|当事人)[^。;\n]{{0,12}}?(?<![0-9]){_LANDLINE}")),
    _Kind("固定电话", re.compile(rf"(?<![0-9A-Za-z.-]){_LANDLINE}"), of_people=True),
)
_POSSIBLE = re.compile(  # without one of these no kind can match; spares the search
    rf"\d(?:[\s()（）‐-―−－{_HIDDEN}-]{{0,3}}\d){{9}}|[@＠﹫]|申请人|姓名|[{_HIDDEN}]"
)
_SHORTEST_NUMBER = 10**9
# Names of columns and keys that no list of cases may carry at all.
_PERSONAL_LABEL = re.compile(
    r"姓名|身份证|证件号|电话|手机|联系方式|住址|家庭地址|[通联](?:信|讯|系)地址|银行卡|邮箱|微信|QQ"
    r"|(?:^|_)(?:name|applicant_name|id_?card|id_number|phone|mobile|telephone|address|e-?mail)$",
    re.IGNORECASE,
)


def mask(text: str, of_people: People = False) -> tuple[str, tuple[str, ...]]:
    """Masks every value found: half-width or full-width, grouped by spaces or dashes, invisible characters between.

    Args:
        text: any text.
        of_people: whether the text is about an applicant, so that a landline in it is theirs; `code` where it is to
            be a code for one, so that a bare name is no code.

    Returns:
        The text with each value replaced by `〔已屏蔽：<kind>〕`, and the kinds found, in order, once each.
    """
    if of_people == "code" and _BARE_NAME.fullmatch(_plain(text)[0].strip()):
        return _MASK.format(_NAME), (_NAME,)
    if not _POSSIBLE.search(text):
        return text, ()
    kinds: list[str] = []
    for kind in _KINDS:
        if kind.of_people and not (of_people or kinds):  # beside another value it is somebody's too
            continue
        plain, places = _plain(text)
        pieces, end = [], 0
        for first, last in _values(kind, plain if kind.in_urls else _URL.sub(_without_numbers, plain)):
            kinds.append(kind.name)
            pieces += [text[end : places[first]], _MASK.format(kind.name)]
            end = places[last - 1] + 1
        text = "".join(pieces) + text[end:]
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


def personal_label(text: str) -> bool:
    """Whether a column or key asks for what no list of cases may carry, whatever stands under it."""
    return _PERSONAL_LABEL.search(text) is not None


def _values(kind: _Kind, plain: str) -> Iterator[tuple[int, int]]:
    """Where the values stand; a run of digits that is none may still hold one that begins later."""
    at = 0
    while match := kind.pattern.search(plain, at):
        if kind.is_one(match["v"]):
            yield match.span("v")
            at = max(match.end("v"), match.start() + 1)
        else:
            at = match.start() + 1


def _plain(text: str) -> tuple[str, range | list[int]]:
    """The text in half-width characters without invisible ones, dashes and spaces alike; and where each stood."""
    if text.isascii():
        return text, range(len(text))
    seen = [(at, _half_width(character)) for at, character in enumerate(text)]
    shown = [(at, character) for at, character in seen if character]
    return "".join(character for _, character in shown), [at for at, _ in shown]


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
