"""Which printed words are which label of the format: exact first, then alike, and only where the order confirms it.

Spaces, full-width forms, punctuation and numbering do not distinguish labels. A misprint is taken for a label when it
resembles no other one nearly as much and stands where that label belongs; else it is nothing.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from gongkai.submission.plain_text import visible

ALIKE = 0.6  # the least likeness of a misprint
CLEARLY = 0.15  # by how much the best label must beat every other
_PREFIX = 4  # characters of a label cut short that still tell it
_PREFIX_LIKENESS = 0.9

_NUMBERING = re.compile(r"\(?([一二三四五六七八九十]+)[)、.,]|\(?(\d{1,2})(?:[)、.,]+|(?=[^\d\W]))")
_REMARK = re.compile(r"\([^()]*\)$")
_VARIANTS = (("其它", "其他"), ("合计", "总计"))


@lru_cache(4096)
def core(text: str) -> str:
    """A label without numbering, spaces and punctuation."""
    plain = _plain(text)
    return re.sub(r"[\W_]", "", plain[_numbering_end(plain) :])


@lru_cache(4096)
def numbering(text: str) -> str | None:
    """The number before a label: `2` of 2.其他…, `六` of （六）…; None without one."""
    found = _NUMBERING.match(_plain(text))
    return found and (found[1] or found[2])


def _plain(text: str) -> str:
    """Here ① and ⑴ are numbering like 1. and (1): a label's number is never a figure."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", visible(text)))
    for variant, word in _VARIANTS:
        plain = plain.replace(variant, word)
    return plain


def _numbering_end(plain: str) -> int:
    found = _NUMBERING.match(plain)
    return found.end() if found else 0


def same(text: str, label: str) -> bool:
    """Whether it is that label, in whatever spelling; a remark in brackets at a label's end may be missing."""
    said = core(text)
    return bool(said) and said in (core(label), core(_REMARK.sub("", _plain(label))))


def likeness(text: str, label: str) -> float:
    """0…1: the share of characters that both have in the same order."""
    return SequenceMatcher(None, core(text), core(label), autojunk=False).ratio()


def _likeness(text: str, label: str) -> float:
    """As `likeness`; a label cut short after four characters or more is nearly the whole."""
    said = core(text)
    cut = len(said) >= _PREFIX and core(label).startswith(said)
    return _PREFIX_LIKENESS if cut else likeness(text, label)


def assign(printed: Sequence[str], labels: Sequence[str]) -> list[int | None]:
    """For each printed text, in its order, the index of the label it is; None where that is not certain.

    Args:
        printed: texts from top to bottom (or left to right).
        labels: of the format, in its order, no two alike.
    """
    found: list[int | None] = [
        next((at for at, label in enumerate(labels) if same(text, label)), None) for text in printed
    ]
    found = [at if at is None or found.count(at) == 1 else None for at in found]  # said twice is not said
    known = [at for at in found if at is not None]
    if known != sorted(known):
        return found  # an order of its own confirms no misprint
    start = 0
    while start < len(found):
        if found[start] is not None:
            start += 1
            continue
        end = next((n for n in range(start, len(found)) if found[n] is not None), len(found))
        after = next((at for at in reversed(found[:start]) if at is not None), -1)
        before = next((at for at in found[end:] if at is not None), len(labels))
        found[start:end] = _between(printed[start:end], labels, after, before, set(known))
        start = end
    return found


def _between(
    printed: Sequence[str], labels: Sequence[str], after: int, before: int, known: set[int]
) -> list[int | None]:
    """Misprints between two known labels: each its best label of those between, in their order, or none."""
    found = [_best(text, labels) for text in printed]
    found = [at if at is not None and after < at < before and at not in known else None for at in found]
    certain = [at for at in found if at is not None]
    return found if certain == sorted(set(certain)) else [None] * len(found)


def _best(text: str, labels: Sequence[str]) -> int | None:
    if not core(text):
        return None
    scores = sorted(((_likeness(text, label), at) for at, label in enumerate(labels)), reverse=True)
    (score, best), second = scores[0], scores[1][0] if len(scores) > 1 else 0.0
    numbers = numbering(text), numbering(labels[best])
    contradicted = None not in numbers and numbers[0] != numbers[1]
    return best if score >= ALIKE and score - second >= CLEARLY and not contradicted else None
