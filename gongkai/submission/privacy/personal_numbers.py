"""Which runs of digits are an identity number, a bank card or a mobile number: checksums, places, birthdays, groups.

Only the numbers themselves; how they are found in a text is in `personal_data`. What numbers a document, or another
thing, is none of them.
"""

import re
from datetime import date

_LAST_X = str.maketrans("×Х", "XX")  # as typed for it: the sign of multiplication, the Cyrillic letter
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset((*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66),
                        71, 81, 82, 83))  # fmt: skip
_GAP = re.compile(r"[^0-9A-Za-z×Х]+")
# Digits as people group them; a date or a range falls into other pieces.
_MOBILE = {
    (11,), (3, 4, 4), (3, 3, 5), (3, 8), (4, 4, 3), (4, 3, 4), (7, 4), (5, 6), (5, 3, 3), (3, 2, 2, 2, 2), (1,) * 11,
}  # fmt: skip
_OLD_IDENTITY = {(15,), (6, 6, 3), (1,) * 15}
# Numbers of documents begin with a place and the day of the document as identity numbers do with the birthday, so a
# day of late may be either: the words around say which. None ends with X; those of fifteen digits went to adults.
_DOCUMENTS_SINCE, _OLDEST, _YOUNGEST = date(2012, 1, 1), date(1927, 1, 1), date(1999, 10, 1)


def _digits(value: str) -> str:
    return _GAP.sub("", value)


def _pieces(value: str) -> tuple[int, ...]:
    return tuple(len(piece) for piece in _GAP.split(value) if piece)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _born(place: str, day: str, first: date = date(1900, 1, 1), last: date = date(2099, 12, 31)) -> bool:
    born = _day(day)
    return int(place[:2]) in _PROVINCES and born is not None and first <= born <= last


def identity_number(value: str) -> bool:
    """Eighteen digits, or seventeen and an X, whose place and birthday can be and whose check digit is right."""
    text = _digits(value).upper().translate(_LAST_X)
    checked = "10X98765432"[sum(int(d) * w for d, w in zip(text[:17], _WEIGHTS, strict=True)) % 11] == text[17]
    return checked and _born(text, text[6:14])


def may_be_a_document(value: str) -> bool:
    """Whether what is an identity number by its digits may as well be a document of the day in it."""
    text = _digits(value)
    day = _day(text[6:14])
    return text[-1].isdigit() and day is not None and day >= _DOCUMENTS_SINCE


def rounded_identity_number(value: str) -> bool:
    """As a spreadsheet keeps it that takes it for a number: fifteen digits, `320581199001010000` or `3.2…E+17`."""
    text = unrounded(value)
    return text.endswith("000") and _born(text, text[6:14])


def unrounded(value: str) -> str:
    """The eighteen digits that `1.1010519491231E+17` stands for."""
    return value.replace(".", "").partition("E")[0].ljust(18, "0")


def old_identity_number(value: str) -> bool:
    """Fifteen digits, as given out before 1999: no check digit, so place and birthday must do."""
    text = _digits(value)
    return _pieces(value) in _OLD_IDENTITY and _born(text, f"19{text[6:12]}", _OLDEST, _YOUNGEST)


def _numbers_a_document(text: str) -> bool:
    """Whether digits begin with a place and a day of late."""
    days = (_day(text[6:14]), _day(f"20{text[6:12]}"))
    return int(text[:2]) in _PROVINCES and any(day is not None and day >= _DOCUMENTS_SINCE for day in days)


def bank_card(value: str) -> bool:
    """Sixteen to nineteen digits of an issuer whose check digit is right (Luhn)."""
    text = _digits(value)
    digits = [int(d) for d in reversed(text)]
    luhn = (sum(digits[0::2]) + sum(sum(divmod(2 * d, 10)) for d in digits[1::2])) % 10 == 0
    issued = text.startswith(("60", "62", "95")) or (len(text) == 16 and re.match("4|5[1-5]|35", text) is not None)
    return luhn and issued and (len(_pieces(value)) == 1 or as_on_a_card(value)) and not _numbers_a_document(text)


def as_on_a_card(value: str) -> bool:
    """Whether digits are grouped as cards print them, by fours or behind the issuer, or all stand apart."""
    pieces = _pieces(value)
    fours = set(pieces[:-1]) == {4} and pieces[-1] <= 4
    return fours or (len(pieces) == 2 and pieces[0] == 6) or (len(pieces) > 4 and set(pieces) == {1})


def mobile_number(value: str) -> bool:
    """Whether eleven digits are grouped as people group them; what begins like one and is none has other groups."""
    return _pieces(value) in _MOBILE
