"""Reads `lexicon.yaml` into the lexicon, once; a mistake in the file is a ValueError.

`{a|b|}` in a word stands for each of its pieces, so that `结转{至|}下{年|年度}` is four words.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from re import split
from typing import Any

from gongkai.packaged_data import packaged_yaml
from gongkai.submission.narrative.lexicon import (
    FIGURE,
    MARKERS,
    Documents,
    Heading,
    Key,
    Lexicon,
    Phrase,
    Qualifying,
    Rate,
    Share,
    Word,
    WordsOf,
)

_QUALIFYING = ("narrows", "behind", "undone", "other_disputes", "handed_in")


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the package.

    Raises:
        ValueError: a word is in two classes, or a phrase uses a word that is not there (a mistake in the file).
    """
    data: dict[str, Any] = packaged_yaml(__package__, "lexicon.yaml")
    changes = data["changes"]
    return Lexicon(
        counters={kind: tuple(counters) for kind, counters in data["counters"].items()},
        words=_words(data),
        narrowing=tuple(data["elsewhere"]),
        anew=tuple(data["anew"]),
        narrows=tuple(data["narrows"]),
        optional=frozenset(data["optional"]),
        phrases=_by_key(_phrases(data, frozenset(data["words"]))),
        requests=frozenset(data["requests"]),
        disputed=frozenset(data["disputed"]),
        outcomes=frozenset(data["outcome_words"]),
        outcome_topics=frozenset(data["outcomes"]) - {"received", "handled", "closed"},
        headings={
            tuple(said.split()): Heading(one["topic"], frozenset(one.get("after", ())), one.get("soft", False))
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
        shortened=_said(data["shortened"]),
        qualifying=_qualifying(data["qualifying"]),
        documents=Documents(**{key: tuple(words) for key, words in data["documents"].items()}),
    )


def _qualifying(data: Mapping[str, Any]) -> Qualifying:
    lists = {key: tuple(word for written in data[key] for word in surfaces(written)) for key in _QUALIFYING}
    return Qualifying(
        **lists,
        counts=tuple(_words_of(data["counts"])),
        denials=tuple(_words_of(data["denials"])),
        topics=frozenset(data["topics"]),
    )


def _words_of(groups: Iterable[Mapping[str, Any]]) -> Iterator[WordsOf]:
    for group in groups:
        for of, key in group["say"].items():
            yield WordsOf(frozenset(of.split()), frozenset(group["beside"]), tuple(key.split()))


def surfaces(written: str) -> Iterator[str]:
    """The words that a word with `{a|b}` in it stands for."""
    pieces = [piece.split("|") for piece in split("[{}]", written)]
    return ("".join(chosen) for chosen in product(*pieces))


def _words(data: Mapping[str, Any]) -> dict[str, Word]:
    said: dict[str, Word] = {}
    for filler in (word for line in data["fillers"] for written in line for word in surfaces(written)):
        said[filler] = Word("", "filler", filler)
    for marker in reversed(MARKERS):  # a plan is another time too: the narrower class wins
        said |= {word: Word("", marker, word) for written in data[marker] for word in surfaces(written)}
    for name, words in data["words"].items():
        for surface in (surface for written in words for surface in surfaces(written)):
            if surface in said and said[surface].name != name:
                raise ValueError(f"lexicon.yaml：“{surface}”出现了两次")
            said[surface] = Word(name, None, surface)
    said.pop("", None)
    return said


def _phrases(data: Mapping[str, Any], names: frozenset[str]) -> Iterator[tuple[Key, Phrase]]:
    for entry in data["phrases"]:
        phrase = Phrase(
            means=tuple(entry["means"]),
            carried=tuple(entry.get("carried", ())),
            also=tuple(entry.get("also", {}).items()),
            units=entry.get("units", "requested"),
            topic=entry["topic"],
            after=frozenset(entry.get("after", ())),
            alone=entry.get("alone", False),
            first=entry.get("first", False),
            whole=entry.get("whole", False),
            loose=entry.get("loose", False),
            zero=entry.get("zero", False),
            stock=entry.get("stock", False),
            named=entry.get("named", False),
            explicit=entry.get("explicit", False),
            published=entry.get("published", False),
            straight=entry.get("straight", False),
            unless=tuple(entry.get("unless", ())),
            parts=frozenset(entry["parts"]) if "parts" in entry else None,
        )
        for said in _with_verbs(entry):
            key = tuple(said.split())
            if strange := set(key) - names - {FIGURE}:
                raise ValueError(f"lexicon.yaml：短语“{said}”中没有这样的词：{'、'.join(sorted(strange))}")
            yield key if phrase.zero or FIGURE in key else (*key, FIGURE), phrase


def _with_verbs(entry: Mapping[str, Any]) -> Iterator[str]:
    for said in entry["say"]:
        yield said
        yield from (f"{verb} {said}" for verb in entry.get("verbs", ()))


def _said(phrases: list[str]) -> frozenset[Key]:
    return frozenset((*said.split(), FIGURE) for said in phrases)


def _by_key(phrases: Iterable[tuple[Key, Phrase]]) -> dict[Key, tuple[Phrase, ...]]:
    found: dict[Key, tuple[Phrase, ...]] = {}
    for key, phrase in phrases:
        found[key] = (*found.get(key, ()), phrase)
    return found
