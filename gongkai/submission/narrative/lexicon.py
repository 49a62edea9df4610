"""The typed view of `lexicon.yaml`, and the one pass that turns words into their names.

`Lexicon.words_of` reads a stretch of text from left to right, at each place the longest word it knows; what is
between known words stays as UNKNOWN. Nothing is matched by a pattern that could go back and try again. How the file
is read is in `lexicon_file`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

Key = tuple[str, ...]  # the words of a phrase
UNKNOWN = "?"
FIGURE = "#"
# Word classes that are no part of a phrase: they are noticed and left out.
Marker = Literal["filler", "who", "part", "own", "now", "scope", "wide", "until", "matters", "otherwhen", "plans"]
MARKERS: tuple[Marker, ...] = ("who", "part", "own", "now", "scope", "wide", "until", "matters", "plans", "otherwhen")
_APPLICATION, _ON_APPLICATION = "公开申请", "依申请"  # 依申请公开20件 counts what 公开申请20件 counts, beside a verb


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
    units: str = "requested"
    topic: str
    after: frozenset[str] = frozenset()
    alone: bool = False
    first: bool = False
    whole: bool = False
    loose: bool = False
    zero: bool = False
    stock: bool = False
    named: bool = False
    explicit: bool = False
    published: bool = False
    straight: bool = False
    unless: tuple[str, ...] = ()
    parts: frozenset[str] | None = None

    def excluded_by(self, rest: str) -> bool:
        """Whether what follows makes the figure count something else."""
        return any(word in rest for word in self.unless)


class Heading(NamedTuple):
    """A clause without a figure: the topic that it opens, and behind which ones (none: any).

    A soft one is only at the start of a sentence a heading, and is forgotten at the next clause that is not understood.
    """

    topic: str
    after: frozenset[str]
    soft: bool = False


class Share(NamedTuple):
    """What a share may be a share of, after these topics."""

    after: frozenset[str]
    of: tuple[str, ...]


class Rate(NamedTuple):
    """A rate: after which topics it is understood, and the quotients it may be."""

    after: frozenset[str]
    quotients: tuple[tuple[str, str], ...]


class Documents(NamedTuple):
    """What begins a list of documents made public, and what says that it is of others' or not of documents."""

    made_public: tuple[str, ...]
    not_its_own: tuple[str, ...]


class WordsOf(NamedTuple):
    """What is counted or denied: the words it needs, those that may stand beside them, the phrase that it is."""

    of: frozenset[str]
    beside: frozenset[str]
    key: Key

    def fits(self, said: frozenset[str]) -> bool:
        return self.of <= said <= self.of | self.beside


class Qualifying(NamedTuple):
    """What decides whether words that are not known only qualify (`qualifying`).

    Attributes:
        narrows: what takes a count away from all that there are, in words ahead of it; behind: in words behind it.
        undone: what makes a denial one of something else (没有超期).
        other_disputes: what says that a sentence counts disputes of every kind.
        handed_in: how words end that say who handed a request in.
        counts, denials: what may be counted, and what denied, in any order of words; the more certain first.
        topics: what a figure may speak of whose words are not all known.
    """

    narrows: tuple[str, ...]
    behind: tuple[str, ...]
    undone: tuple[str, ...]
    other_disputes: tuple[str, ...]
    handed_in: tuple[str, ...]
    counts: tuple[WordsOf, ...]
    denials: tuple[WordsOf, ...]
    topics: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """Everything in the file.

    Attributes:
        counters: class of counter → the counters, `%` and the units of money among them.
        narrowing: endings of a clause that narrow what follows. anew: words that begin something new behind a figure.
        narrows: what in words that are not known says that a count is not of all requests.
        optional: words that a phrase may stand without.
        phrases: the words, in order → the phrases that they can be, by counter and topic.
        requests: the topics that speak of requests. disputed: those that speak of disputes.
        outcomes: the words that name an outcome: three of them with figures are a list of outcomes.
        outcome_topics: the topics of outcomes and of their rows.
        headings: the words → the topic that they open.
        shares: what a share may be of.
        rises, falls, share: how a change and a share are said; further_rises, further_falls: a change once more.
        rates: how a rate is said → what it may be. shortened: how it is said that the statutory time was.
        qualifying: what decides whether words that are not known only qualify.
        documents: what decides whether a list is one of documents (`documents`).
    """

    counters: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Word]
    narrowing: tuple[str, ...]
    anew: tuple[str, ...]
    narrows: tuple[str, ...]
    optional: frozenset[str]
    phrases: Mapping[Key, tuple[Phrase, ...]]
    requests: frozenset[str]
    disputed: frozenset[str]
    outcomes: frozenset[str]
    outcome_topics: frozenset[str]
    headings: Mapping[Key, Heading]
    shares: tuple[Share, ...]
    rises: frozenset[Key]
    falls: frozenset[Key]
    further_rises: frozenset[Key]
    further_falls: frozenset[Key]
    share: frozenset[Key]
    rates: Mapping[Key, Rate]
    shortened: frozenset[Key]
    qualifying: Qualifying
    documents: Documents

    def words_of(self, text: str) -> Iterator[Word]:
        """The words of a text; a stretch of unknown ones is one word named UNKNOWN."""
        at = begun = 0
        while at < len(text):
            word = self._longest(text, at)
            if word is None:
                at += 1
                continue
            if begun < at:
                yield Word(UNKNOWN, None, text[begun:at])
            yield word
            at = begun = at + len(word.text)
        if begun < len(text):
            yield Word(UNKNOWN, None, text[begun:])

    def phrases_of(self, key: Key, optional: frozenset[str]) -> Iterator[Phrase]:
        """The phrases that the words make, as they are, without optional ones, or with the other word for requests."""
        shorter = tuple(name for name in key if name not in optional)
        for words in dict.fromkeys((key, shorter)):
            yield from self.phrases.get(words, ())
        for words in dict.fromkeys((key, shorter)):
            if _ON_APPLICATION in words:
                said = tuple(_APPLICATION if name == _ON_APPLICATION else name for name in words)
                yield from (phrase for phrase in self.phrases.get(said, ()) if not phrase.first)

    def without_rows(self, text: str) -> str:
        """The text without the rows that an outcome in it is broken down into: 不予处理3件，其中重复申请2件."""
        kept: list[str] = []
        rows: frozenset[str] = frozenset()
        for word in self.words_of(text):
            rows = self._rows_of.get(word.name, rows)
            kept += [] if word.name in rows else [word.text]
        return "".join(kept)

    def _longest(self, text: str, at: int) -> Word | None:
        for length in self._lengths.get(text[at], ()):
            word = self.words.get(text[at : at + length])
            if word is not None:
                return word
        return None

    @cached_property
    def narrowed(self) -> re.Pattern[str]:
        """A word that takes a count away from all requests."""
        return re.compile("|".join(map(re.escape, self.narrows)))

    @cached_property
    def of_other_disputes(self) -> re.Pattern[str]:
        """A word that says that a sentence counts disputes of every kind."""
        return re.compile("|".join(map(re.escape, self.qualifying.other_disputes)))

    @cached_property
    def _rows_of(self) -> Mapping[str, frozenset[str]]:
        """Outcome → the words of its rows."""
        return {key[0]: one.parts for key, phrases in self.phrases.items() for one in phrases if one.parts}

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """First character of a word → the lengths of the words that begin with it, the longest first."""
        found: dict[str, set[int]] = {}
        for word in self.words:
            found.setdefault(word[0], set()).add(len(word))
        return {sign: tuple(sorted(lengths, reverse=True)) for sign, lengths in found.items()}
