"""The typed view of `lexicon.yaml`, and the one pass that turns words into their names.

`Lexicon.words_of` reads a stretch of text from left to right, at each place the longest word it knows; what is
between known words stays as UNKNOWN. Nothing is matched by a pattern that could go back and try again.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import yaml

Key = tuple[str, ...]  # the words of a phrase
UNKNOWN = "?"
FIGURE = "#"
# Word classes that are no part of a phrase: they are noticed and left out.
Marker = Literal["filler", "own", "now", "scope", "until", "matters", "otherwhen", "plans"]
_MARKERS: tuple[Marker, ...] = ("own", "now", "scope", "until", "matters", "plans", "otherwhen")


class Word(NamedTuple):
    """A known word: its name in phrases, or (for a marker) its class; and how it stood in the text."""

    name: str
    marker: Marker | None
    text: str


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """One phrase; the attributes are explained at the head of `lexicon.yaml`."""

    means: tuple[str, ...]
    carried: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    units: str = "cases"
    topic: str
    after: frozenset[str] = frozenset()
    alone: bool = False
    loose: bool = False
    zero: bool = False
    stock: bool = False
    named: bool = False
    unless: tuple[str, ...] = ()
    parts: frozenset[str] | None = None

    def excluded_by(self, rest: str) -> bool:
        """Whether what follows makes the figure count something else."""
        return any(word in rest for word in self.unless)


class Heading(NamedTuple):
    """A clause without a figure: the topic that it opens, and behind which ones (none: any)."""

    topic: str
    after: frozenset[str]


class Share(NamedTuple):
    """What a share may be a share of, after these topics."""

    after: frozenset[str]
    of: tuple[str, ...]


class Rate(NamedTuple):
    """A rate: after which topics it is understood, and the quotients it may be."""

    after: frozenset[str]
    quotients: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Lexicon:
    """Everything in the file.

    Attributes:
        counters: class of counter → the counters, `%` and the units of money among them.
        narrowing: endings of a clause that narrow what follows. anew: words that begin something new behind a figure.
        optional: words that a phrase may stand without.
        phrases: the words, in order → the phrases that they can be, by counter and topic.
        requests: the topics that speak of requests.
        headings: the words → the topic that they open.
        shares: what a share may be of.
        rises, falls, share: how a change and a share are said; further_rises, further_falls: a change once more.
        rates: how a rate is said → what it may be.
    """

    counters: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Word]
    narrowing: tuple[str, ...]
    anew: tuple[str, ...]
    optional: frozenset[str]
    phrases: Mapping[Key, tuple[Phrase, ...]]
    requests: frozenset[str]
    headings: Mapping[Key, Heading]
    shares: tuple[Share, ...]
    rises: frozenset[Key]
    falls: frozenset[Key]
    further_rises: frozenset[Key]
    further_falls: frozenset[Key]
    share: frozenset[Key]
    rates: Mapping[Key, Rate]

    def words_of(self, text: str) -> Iterator[Word]:
        """The words of a text; a stretch of unknown ones is one word named UNKNOWN."""
        at = 0
        for found in self._pattern.finditer(text):
            if found.start() > at:
                yield Word(UNKNOWN, None, text[at : found.start()])
            at = found.end()
            yield self.words[found[0]]
        if at < len(text):
            yield Word(UNKNOWN, None, text[at:])

    def without_rows(self, text: str) -> str:
        """The text without the rows that an outcome in it is broken down into: 不予处理3件，其中重复申请2件."""
        kept: list[str] = []
        rows: frozenset[str] = frozenset()
        for word in self.words_of(text):
            rows = self._rows_of.get(word.name, rows)
            kept += [] if word.name in rows else [word.text]
        return "".join(kept)

    @cached_property
    def _rows_of(self) -> Mapping[str, frozenset[str]]:
        """Outcome → the words of its rows."""
        return {key[0]: one.parts for key, phrases in self.phrases.items() for one in phrases if one.parts}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(word) for word in sorted(self.words, key=len, reverse=True)))


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package.

    Raises:
        ValueError: a word is in two classes, or a phrase uses a word that is not there (a mistake in the file).
    """
    data: dict[str, Any] = yaml.safe_load((files(__package__) / "lexicon.yaml").read_text(encoding="utf-8"))
    words = _words(data)
    changes = data["changes"]
    return Lexicon(
        counters={kind: tuple(counters) for kind, counters in data["counters"].items()},
        words=words,
        narrowing=tuple(data["elsewhere"]),
        anew=tuple(data["anew"]),
        optional=frozenset(data["optional"]),
        phrases=_by_key(_phrases(data, frozenset(data["words"]))),
        requests=frozenset(data["requests"]),
        headings={
            tuple(said.split()): Heading(one["topic"], frozenset(one.get("after", ())))
            for one in data["headings"]
            for said in one["say"]
        },
        shares=tuple(Share(frozenset(one["after"]), tuple(one["of"])) for one in data["shares"]),
        rises=_said(changes["rise"]),
        falls=_said(changes["fall"]),
        further_rises=_said(changes["further"]["rise"]),
        further_falls=_said(changes["further"]["fall"]),
        share=_said(data["share"]),
        rates={
            key: Rate(frozenset(rate["after"]), tuple((part, whole) for part, whole in rate["of"]))
            for rate in data["rates"]
            for key in _said(rate["say"])
        },
    )


def _words(data: Mapping[str, Any]) -> dict[str, Word]:
    said: dict[str, Word] = {}
    for filler in (word for line in data["fillers"] for word in line):
        said[filler] = Word("", "filler", filler)
    for marker in reversed(_MARKERS):  # a plan is another time too: the narrower class wins
        said |= {word: Word("", marker, word) for word in data[marker]}
    for name, surfaces in data["words"].items():
        for surface in surfaces:
            if surface in said:
                raise ValueError(f"lexicon.yaml：“{surface}”出现了两次")
            said[surface] = Word(name, None, surface)
    return said


def _phrases(data: Mapping[str, Any], names: frozenset[str]) -> Iterator[tuple[Key, Phrase]]:
    for entry in data["phrases"]:
        phrase = Phrase(
            means=tuple(entry["means"]),
            carried=tuple(entry.get("carried", ())),
            also=tuple(entry.get("also", {}).items()),
            units=entry.get("units", "cases"),
            topic=entry["topic"],
            after=frozenset(entry.get("after", ())),
            alone=entry.get("alone", False),
            loose=entry.get("loose", False),
            zero=entry.get("zero", False),
            stock=entry.get("stock", False),
            named=entry.get("named", False),
            unless=tuple(entry.get("unless", ())),
            parts=frozenset(entry["parts"]) if "parts" in entry else None,
        )
        for said in entry["say"]:
            key = tuple(said.split())
            if strange := set(key) - names - {FIGURE}:
                raise ValueError(f"lexicon.yaml：短语“{said}”中没有这样的词：{'、'.join(sorted(strange))}")
            yield key if phrase.zero or FIGURE in key else (*key, FIGURE), phrase


def _said(phrases: list[str]) -> frozenset[Key]:
    return frozenset((*said.split(), FIGURE) for said in phrases)


def _by_key(phrases: Iterable[tuple[Key, Phrase]]) -> dict[Key, tuple[Phrase, ...]]:
    found: dict[Key, tuple[Phrase, ...]] = {}
    for key, phrase in phrases:
        found[key] = (*found.get(key, ()), phrase)
    return found
