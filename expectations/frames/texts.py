"""Copied narratives: how much of a text stands word for word in last year's or in another unit's.

Figures and punctuation are taken out first, so that last year's report with new numbers is last year's report; what
a message shows is the text as it stands in the file. Only long texts are looked at, and of two units the one whose
file came in later (both when they came in at the same moment).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import NamedTuple

from expectations.frames.shapes import ComparedValues, Facts, SubmissionUnderCheck
from expectations.ruleset import RuleSet

FIELDS = ("overview", "problems", "other_matters")
_PASSAGE = 12
_SHOWN = 60
_NOT_COMPARED = re.compile(r"[\W\d_〇零一二三四五六七八九十百千万两]")
_OPENING = "“‘《〈（〔【「『"


class _Text(NamedTuple):
    """A narrative as it is compared, and its passages.

    Attributes:
        written: the narrative itself; `plain` is made of its characters at `kept`.
    """

    entry: SubmissionUnderCheck
    written: str
    kept: Sequence[int]
    plain: str
    passages: frozenset[str]

    def quote(self, start: int, size: int) -> str:
        """A stretch of `plain` as it is written, with the figures in it and before it, in one line."""
        first = self.kept[start - 1] + 1 if start else 0
        said = self.written[first : self.kept[start + size - 1] + 1]
        opens = next((at for at, sign in enumerate(said) if sign.isalnum() or sign in _OPENING), 0)
        return " ".join(said[opens:].split())


def reused(
    entries: Sequence[SubmissionUnderCheck], rules: RuleSet, company: Sequence[SubmissionUnderCheck]
) -> Mapping[tuple[int, str], dict[str, ComparedValues]]:
    """(entry, field) → TEXT-REUSED (percent of a text's passages) for every text that is long enough.

    `company` is what may have been copied from.
    """
    found = {}
    limit, shortest = rules.limit("TEXT-REUSED", "percent"), rules.limit("TEXT-REUSED", "shortest")
    for field in FIELDS:
        texts = [text for entry in entries if (text := _read(entry, entry, field, shortest)) is not None]
        first = _first([text for entry in company if (text := _read(entry, entry, field, shortest)) is not None])
        for text in texts:
            said = [(share(text, other), whose, other) for other, whose in _models(text, first, field, shortest)]
            best = max(said, key=lambda one: one[0], default=None)
            percent = best[0] if best else 0
            described = partial(_describe, text, best, field, limit)
            found[text.entry.key, field] = {"TEXT-REUSED": ComparedValues(percent, limit, described)}
    return found


def share(text: _Text, other: _Text) -> int:
    """Percent of the text's passages that the other has too, rounded down."""
    return 100 * len(text.passages & other.passages) // len(text.passages)


def _models(text: _Text, first: Mapping[str, _Text], field: str, shortest: int) -> Iterator[tuple[_Text, str]]:
    """What the text could have been copied from, and how a message names it (never another unit by its name)."""
    entry = text.entry
    for report in entry.previous.reports if entry.previous else ():
        before = SubmissionUnderCheck(entry.key, report.submission, entry.unit, entry.received_at)
        if (last := _read(entry, before, field, shortest)) is not None:
            whose = "本单位" if report.unit == entry.unit.code else f"本单位承接的 {report.name or ''}（{report.unit}）"
            yield last, f"{whose} {report.submission.year} 年度的同一部分"
    mine = first.get(entry.unit.code, text).entry.received_at
    for code, other in first.items():
        same_authority = other.entry.unit.authority == entry.unit.authority
        if code != entry.unit.code and not same_authority and other.entry.received_at <= mine:
            yield other, "另一单位报送的同一部分"


def _first(texts: Sequence[_Text]) -> Mapping[str, _Text]:
    """Each unit's earliest text: a correction does not make the one who wrote it the later one."""
    found: dict[str, _Text] = {}
    for text in sorted(texts, key=lambda t: (t.entry.received_at, t.entry.key)):
        found.setdefault(text.entry.unit.code, text)
    return found


def _read(entry: SubmissionUnderCheck, source: SubmissionUnderCheck, field: str, shortest: int) -> _Text | None:
    value = source.submission.value(f"narrative.{field}")
    if value is None or len(value) < shortest:
        return None
    kept = [at for at, sign in enumerate(value) if _NOT_COMPARED.match(sign) is None]
    plain = "".join(value[at] for at in kept)
    passages = frozenset(plain[at : at + _PASSAGE] for at in range(len(plain) - _PASSAGE + 1))
    return _Text(entry, value, kept, plain, passages) if passages else None


def _describe(text: _Text, best: tuple[int, str, _Text] | None, field: str, limit: int) -> Facts:
    percent, whose, other = best if best else (0, "", text)
    same = SequenceMatcher(None, text.plain, other.plain, autojunk=False).find_longest_match()
    passage = text.quote(same.a, min(same.size, _SHOWN))
    where = f"narrative.{field}"
    cell = text.entry.submission.by_where[where]
    return Facts(
        where=where,
        observed=percent,
        expected=limit,
        difference=percent - limit,
        origin=cell.origin,
        values={"percent": percent, "whose": whose, "passage": passage},
    )
