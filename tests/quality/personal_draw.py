"""Draws invented people and things for the forms of `personal_forms*.yaml`: nobody has any of these numbers.

Identity numbers have right check digits and a county that no place has (99); mobile numbers an unassigned middle
(0000), cards an issuer that gives none out. Names are put together from common characters.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

_HERE = Path(__file__).parent
FILES = {"developed with": "personal_forms.yaml", "held out": "personal_forms_held_out.yaml"}
_SURNAMES, _GIVEN = (
    "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗",
    "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚燕辉玲桂英华建文玉红梅",
)
_FULL_WIDTH = {**{ord(str(digit)): 0xFF10 + digit for digit in range(10)}, ord("X"): 0xFF38}
_PIECES = {18: (6, 8, 4), 11: (3, 4, 4), 19: (4, 4, 4, 4, 3), 16: (4, 4, 4, 4), 7: (2, 5)}


class Number(str):
    """A number as a form writes it: `{id:/}` in pieces between signs, `{id:)}` as (138)…, `{id:full}` full-width."""

    def __format__(self, sign: str) -> str:
        if sign in ("", "full"):
            return self.translate(_FULL_WIDTH) if sign else str(self)
        if sign == ")":
            return f"{self[:3]}){self[3:]}"
        pieces, at = [], 0
        for size in _PIECES[len(self)]:
            pieces.append(self[at : at + size])
            at += size
        return sign.join(pieces)


@dataclass(frozen=True)
class Form:
    """One text to fill: `kind` is the row of the page, `personal` whether what is drawn is somebody's."""

    kind: str
    text: str
    personal: bool

    def drawn(self, seed: int, count: int) -> Iterator[str]:
        """So many texts, always the same for a seed."""
        for number in range(count):
            draw = random.Random(f"{seed}/{self.text}/{number}")  # noqa: S311 - test data
            yield self.text.format(**invented(draw))


def forms(which: str) -> list[Form]:
    """The forms of one file."""
    content = yaml.safe_load((_HERE / FILES[which]).read_text(encoding="utf-8"))
    return [
        Form(kind, text, side == "personal")
        for side in ("personal", "harmless")
        for kind, texts in content[side].items()
        for text in texts
    ]


def identity(draw: random.Random, first: int, last: int) -> str:
    """Eighteen characters with a right check digit; province and birthday are possible, the county (99) is none."""
    place = draw.choice(("3299", "4499", "1199", "5199")) + "99"
    day = f"{draw.randint(first, last)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
    body = f"{place}{day}{draw.randint(1, 999):03}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """The last character of an identity number (GB 11643)."""
    return "10X98765432"[sum(int(d) * 2 ** (17 - at) for at, d in enumerate(body)) % 11]


def card(draw: random.Random, length: int) -> str:
    """A card's number of an issuer that is none, with a right check digit (Luhn)."""
    body = "620000" + "".join(draw.choices("0123456789", k=length - 7))
    doubled = [int(d) * (2 if at % 2 == 0 else 1) for at, d in enumerate(reversed(body))]
    return body + str(-sum(sum(divmod(d, 10)) for d in doubled) % 10)


def invented(draw: random.Random) -> Mapping[str, object]:
    """One value for every slot of a form."""

    def digits(count: int, first: str = "123456789") -> str:
        return draw.choice(first) + "".join(draw.choices("0123456789", k=count - 1))

    def name(given: int) -> str:
        return draw.choice(_SURNAMES) + "".join(draw.choices(_GIVEN, k=given))

    def mobile() -> Number:
        return Number(f"1{draw.randint(3, 9)}{digits(1, '0123456789')}0000{digits(4, '0123456789')}")

    adult = identity(draw, 1940, 2003)
    province, office = draw.choice("京沪粤苏浙川"), draw.choice("ABCDEF")
    return {
        "id": Number(adult),
        "child": Number(identity(draw, 2012, 2021)),
        "wrong_id": Number(adult[:17] + ("1" if adult[17] != "1" else "2")),
        "mobile": mobile(),
        "mobile2": mobile(),
        "landline": f"020-{digits(8, '2345678')}",
        "passport": f"{draw.choice('EGD')}{digits(8, '0123456789')}",
        "passport_ea": f"E{draw.choice('ABCDEFGH')}{digits(7, '0123456789')}",
        "passport_g": f"G{digits(8)}",
        "permit": f"{draw.choice('HM')}{digits(8, '0123456789')}",
        "permit_10": f"{draw.choice('HM')}{digits(10, '0123456789')}",
        "permit_c": f"C{digits(8)}",
        "permit_tw": digits(8, "0123456789"),
        "officer": digits(7),
        "plate": Number(f"{province}{office}{draw.choice('0123456789ABCDEFGH')}{digits(4)}"),
        "plate_new": f"{province}{office}{draw.choice('DF')}{digits(5)}",
        "wechat": f"{draw.choice(('zhangsan', 'lisi', 'wx'))}_{digits(4)}",
        "qq": digits(draw.choice((6, 8, 9, 10))),
        "card": Number(card(draw, draw.choice((16, 19)))),
        "account": Number(digits(19)),
        "account_long": digits(22),
        "name": name(2),
        "name_b": name(2),
        "name2": name(1),
        "compound": draw.choice(("欧阳", "司马", "上官", "诸葛")) + draw.choice(_GIVEN),
        "minority": draw.choice(("买买提·艾力", "阿依古丽·吐尔逊", "古丽娜尔·买合木提", "扎西·多吉")),
        "tibetan": draw.choice(("卓玛央金", "扎西顿珠", "阿依古丽", "努尔兰")),
        "latin": draw.choice(("John Smith", "Maria de la Cruz", "Anna O'Neill", "Li Wei")),
        "mail": f"{draw.choice(('df', 'gk'))}{digits(4)}@{draw.choice(('163.com', 'qq.com', 'example.invalid'))}",
        "number": digits(3),
        "few": draw.randint(1, 9),
        "regno": f"{draw.choice(('440106', '320583'))}{digits(9)}",
        "regno_old": f"{draw.choice(('440106', '320583'))}6{draw.randint(0, 9)}0{draw.randint(1, 9)}1{digits(4)}",
        "uscc": f"9144010{digits(9)}{draw.choice('0123456789X')}",
        "project": f"320581{draw.randint(2012, 2021)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}{digits(4)}",
        **{f"serial{size}": digits(size) for size in (6, 8, 11, 12, 13, 16, 18)},
    }  # fmt: skip
