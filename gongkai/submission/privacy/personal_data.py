"""Finds and masks personal data of applicants in any text, so that no value gets past a reader.

Each kind says what it is certain of (`number_kinds`, `announced_kinds`, `home_addresses`, `applicant_names`); what
only may be personal is masked all the same, as 疑似…, and the office settles it. A match is replaced before the text is
kept; its value is never told.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from gongkai.submission.plain_text import INVISIBLE, visible
from gongkai.submission.privacy import announced_kinds, applicant_names, home_addresses, number_kinds
from gongkai.submission.privacy.candidates import MASKED, NO, SURE, Around, Certainty, PersonalKind
from gongkai.submission.privacy.personal_numbers import identity_number

People = bool | Literal["code"]
SUSPECTED = "疑似"
RULES = CERTAIN, DOUBTFUL = ("PERSONAL-DATA", "PERSONAL-SUSPECT")
_NEVER_PRINTED = frozenset(
    {number_kinds.IDENTITY_NUMBER, number_kinds.BANK_CARD, announced_kinds.PASSPORT, announced_kinds.PERMIT}
)
_MASK = "〔已屏蔽：{0}〕"
_MASKS = re.compile("〔已屏蔽：(.+?)〕")
_URL = re.compile(r"(?i:https?://|www\.|(?<![a-z0-9.-])[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){0,5}\.[a-z]{2,8}/)[!-~]+")
_BEFORE, _AFTER = 40, 30  # characters that can say what a candidate is
_SHORTEST_NUMBER = 10**9


class _Family(NamedTuple):
    """Kinds that cannot be where `possible` is not; `of_people` where more can be in a text about an applicant."""

    kinds: Sequence[PersonalKind]
    possible: re.Pattern[str]
    of_people: re.Pattern[str] | None = None


_FAMILIES = (
    _Family(number_kinds.KINDS, number_kinds.POSSIBLE),
    _Family(announced_kinds.KINDS, announced_kinds.POSSIBLE),
    _Family(home_addresses.KINDS, home_addresses.POSSIBLE),
    _Family(applicant_names.KINDS, applicant_names.POSSIBLE, applicant_names.POSSIBLE_OF_PEOPLE),
)
# Without one of these no kind can match: a quick look spares the search. Each begins with one class or with words,
# which is what Python finds fastest.
_DIGITS = re.compile(r"\d(?:[^\dA-Za-z一-龥]{0,3}\d){9}")
_FEWEST = 11  # characters that can be a number of somebody's without a word to announce it
_SHORTEST = 4  # characters that can be a word and a name, 户主 and two more
_LATIN_LETTERS = re.compile("[PpQqVvWwｑＱ]")  # each of the Latin words has one of these
_SIGNS = re.compile(f"[@＠﹫{INVISIBLE}]")
_PLATES, _PAPERS = re.compile(announced_kinds.PLATES), re.compile(announced_kinds.PAPERS)
_WORDS = re.compile("|".join((number_kinds.WORDS, announced_kinds.WORDS, home_addresses.WORDS, applicant_names.WORDS)))


class _Found(NamedTuple):
    first: int
    last: int
    kind: str


def mask(text: str, of_people: People = False) -> tuple[str, tuple[str, ...]]:
    """Masks every value found: half-width or full-width, split by signs, invisible characters between.

    Args:
        text: any text.
        of_people: whether the text is about an applicant, so that a landline in it is theirs; `code` where it is to
            be a code for one, so that a bare name is no code.

    Returns:
        The text with each value replaced by `〔已屏蔽：<kind>〕`, and the kinds found, in order, once each; what may
        be another thing is a kind that begins with 疑似.
    """
    if of_people == "code" and (kind := _name_as_code(text)):
        return _MASK.format(kind), (kind,)
    if not _may_hold(text, of_people):
        return text, ()
    plain, places = _plain(text)
    found = _search(_MASKS.sub(_blotted, plain), bool(of_people))
    if not found:
        return text, ()
    pieces, end = [], 0
    for first, last, kind in sorted(found):
        pieces += [text[end : places[first]], _MASK.format(kind)]
        end = places[last - 1] + 1
    return "".join(pieces) + text[end:], tuple(dict.fromkeys(one.kind for one in found))


def may_hold(raw: Any) -> bool:
    """A quick look at a spreadsheet's value: False where no kind can be."""
    if isinstance(raw, str):
        return _may_hold(raw, False)
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


def by_rule(kinds: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Kinds found → the rule that speaks of them: what is certain is sent back, what is not is the office's to say."""
    said: dict[str, tuple[str, ...]] = {}
    for kind in kinds:
        rule = DOUBTFUL if kind.startswith(SUSPECTED) else CERTAIN
        said[rule] = (*said.get(rule, ()), kind)
    return said


def never_printed(kinds: Iterable[str]) -> tuple[str, ...]:
    """Those kinds that not even an office prints of itself: it prints its telephone and its address."""
    return tuple(sorted({kind for kind in kinds if kind.removeprefix(SUSPECTED) in _NEVER_PRINTED}))


def masked_kinds(text: str) -> tuple[str, ...]:
    """The kinds that were masked in a text."""
    return tuple(dict.fromkeys(_MASKS.findall(text)))


def identity_number_in(text: str) -> bool:
    """Whether a text of any size and kind, source text too, holds an identity number."""
    return any(identity_number(match["v"]) for match in number_kinds.WHOLE_IDENTITY.finditer(text))


def _name_as_code(text: str) -> str | None:
    """The kind of a bare name where a code for somebody should stand."""
    plain = _plain(text)[0].strip()
    if applicant_names.BARE.fullmatch(plain):
        return applicant_names.NAME
    return f"{SUSPECTED}{applicant_names.NAME}" if applicant_names.BARE_OTHER.fullmatch(plain) else None


def _may_hold(text: str, of_people: People) -> bool:
    if len(text) < _SHORTEST and not of_people:
        return False
    if _SIGNS.search(text) or (len(text) >= _FEWEST and _DIGITS.search(text)) or _PAPERS.search(text):
        return True
    if _LATIN_LETTERS.search(text):
        lower = text.lower()
        if any(word in lower for word in announced_kinds.LATIN_WORDS):
            return True
    if text.isascii():
        return False
    if _WORDS.search(text) or _PLATES.search(text):
        return True
    return bool(of_people) and applicant_names.POSSIBLE_OF_PEOPLE.search(text) is not None


def _search(plain: str, of_people: bool) -> list[_Found]:
    """Everything found in a plain text, in the order of the kinds; what was found is no part of a later value."""
    found: list[_Found] = []
    urls = [match.span() for match in _URL.finditer(plain)]
    for family in _FAMILIES:
        if not (family.possible.search(plain) or (of_people and family.of_people and family.of_people.search(plain))):
            continue
        for kind in family.kinds:
            values = list(_values(kind, plain, of_people, urls))
            for first, last, certainty in values:
                name = kind.name if certainty is SURE else f"{SUSPECTED}{kind.name}"
                found.append(_Found(first, last, name))
                plain = plain[:first] + MASKED * (last - first) + plain[last:]
                of_people = of_people or certainty is SURE  # beside a value it is somebody's too
    return found


def _values(
    kind: PersonalKind, plain: str, of_people: bool, urls: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, Certainty]]:
    """Where the values of a kind stand; a run of digits that is none may still hold one that begins later."""
    at = 0
    while match := kind.pattern.search(plain, at):
        first, last = match.span("v")
        around = Around(
            plain[max(0, first - _BEFORE) : first],
            plain[last : last + _AFTER],
            of_people,
            any(start < last and first < end for start, end in urls),
        )
        certainty = kind.judge(match["v"], around)
        if certainty is NO:
            at = match.start() + 1
        else:
            yield first, last, certainty
            at = max(last, match.start() + 1)


def _blotted(match: re.Match[str]) -> str:
    return MASKED * len(match[0])


class _HalfWidth(dict[int, str | None]):
    """Character → its plain form, as `str.translate` asks for it; None when it cannot be seen."""

    def __missing__(self, code: int) -> str | None:
        self[code] = plain = _half_width(chr(code))
        return plain


_HALF_WIDTH = _HalfWidth()


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text in half-width characters without invisible ones, dashes and spaces alike; and where each stood."""
    if text.isascii():
        return text, range(len(text))
    plain = text.translate(_HALF_WIDTH)
    if len(plain) == len(text):
        return plain, range(len(text))
    return plain, [at for at, character in enumerate(text) if _HALF_WIDTH[ord(character)] is not None]


def _half_width(character: str) -> str | None:
    if not visible(character):
        return None
    match unicodedata.category(character):
        case "Cf":
            return None
        case "Pd":
            return "-"
        case "Zs":
            return " "
    folded = unicodedata.normalize("NFKC", character)
    return "-" if folded == "−" else folded if len(folded) == 1 else character
