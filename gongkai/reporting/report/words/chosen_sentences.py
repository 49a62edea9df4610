"""Chooses and fills the computed sentences of `sentences.yaml`, in the wording that a profile may have of its own.

A sentence is printed when its condition holds and every fact that it names or needs was submitted: nothing is invented,
nothing is left blank. A sentence that rests on no submitted fact is refused when the file is read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from jinja2 import Environment, meta

from gongkai.errors import ConfigurationError
from gongkai.packaged_data import packaged_yaml
from gongkai.reporting.report.words.printed_facts import fill, names_in
from gongkai.reporting.report.words.sheet import PROFILE, Facts, FactSheet
from gongkai.reporting.report.words.traced_text import plain

_EXPRESSIONS = Environment(autoescape=True)


@dataclass(frozen=True)
class SentenceTemplate:
    """One sentence of the file.

    Attributes:
        needs: the submitted facts that it asserts, those it names in braces or asks in its condition included.
        of_profile: it says only what the registry or the law says.
        unless_told: a pattern; where the office's own words speak of it, the sentence stays away.
    """

    id: str
    text: str
    needs: frozenset[str] = frozenset()
    when: str | None = None
    of_profile: bool = False
    unless_told: str | None = None


@dataclass(frozen=True)
class PrintedSentence:
    """A sentence as it is printed, its figures marked (`traced_text`), and which one it is."""

    sentence: SentenceTemplate
    marked: str

    @property
    def text(self) -> str:
        return plain(self.marked)


Paragraph = Sequence[Sequence[SentenceTemplate]]
"""Choices, each with its alternatives: the first that can be printed is."""


@dataclass(frozen=True)
class SectionHeading:
    """A heading of the second level in section 一, and what stands under it."""

    heading: str
    topics: tuple[str, ...]


@dataclass(frozen=True)
class SentenceFile:
    """The sentences by place: `preface`, every topic of section 一, `problems`, `other_matters`."""

    places: Mapping[str, Sequence[Paragraph]]
    covers: Mapping[str, Sequence[str]]
    headings: Mapping[str, Sequence[SectionHeading]]

    def sentences(self) -> Iterator[SentenceTemplate]:
        """Every sentence in the order of the file."""
        for paragraphs in self.places.values():
            yield from (one for choices in paragraphs for alternatives in choices for one in alternatives)


def write_paragraphs(
    place: str, sheet: FactSheet, own_words: str, wording: Mapping[str, str]
) -> list[list[PrintedSentence]]:
    """The paragraphs of a place that say anything.

    Args:
        place: a key of `SentenceFile.places`.
        sheet: the facts.
        own_words: everything that the office says itself.
        wording: id → the profile's own text; an empty one leaves the sentence out.
    """
    written = []
    for choices in sentence_file().places[place]:
        printed = [said for choice in choices if (said := _first(choice, sheet, own_words, wording))]
        if printed:
            written.append(printed)
    return written


@cache
def sentence_file() -> SentenceFile:
    """The shipped sentences.

    Raises:
        ConfigurationError: a sentence asserts something and names no submitted fact.
    """
    data = packaged_yaml(__package__, "sentences.yaml")
    topics = data["topics"]
    named = {"preface": data["preface"], **{key: topic["paragraphs"] for key, topic in topics.items()}}
    named |= {key: data[key] for key in ("problems", "other_matters")}
    return SentenceFile(
        places={key: [_paragraph(paragraph) for paragraph in paragraphs] for key, paragraphs in named.items()},
        covers={key: topic["covers"] for key, topic in topics.items()},
        headings={
            key: [SectionHeading(one["heading"], tuple(one["topics"])) for one in found]
            for key, found in data["headings"].items()
        },
    )


def worded(sentence: SentenceTemplate, text: str) -> SentenceTemplate:
    """The sentence in a profile's own words: it asserts what it asserted, and what these name as well."""
    return replace(sentence, text=text, needs=sentence.needs | frozenset(names_in(text)))


def conditions(when: str | None) -> frozenset[str]:
    """The facts that a condition asks."""
    if when is None:
        return frozenset()
    return frozenset(meta.find_undeclared_variables(_EXPRESSIONS.parse("{{ " + when + " }}")))


def _paragraph(choices: Any) -> Paragraph:
    return [[_sentence(one) for one in (choice if isinstance(choice, list) else [choice])] for choice in choices]


def _sentence(entry: Mapping[str, Any]) -> SentenceTemplate:
    of_profile = entry.get("of") == PROFILE
    if not of_profile and not entry.get("needs"):
        raise ConfigurationError(f"sentences.yaml：{entry['id']} 没有写明它依据的报送事实（needs）。")
    needs = frozenset(entry.get("needs", ())) | frozenset(names_in(entry["text"]))
    return SentenceTemplate(entry["id"], entry["text"], needs, entry.get("when"), of_profile, entry.get("unless_told"))


def _first(
    choice: Sequence[SentenceTemplate], sheet: FactSheet, own_words: str, wording: Mapping[str, str]
) -> PrintedSentence | None:
    facts = sheet.values
    for shipped in choice:
        sentence = worded(shipped, wording[shipped.id]) if shipped.id in wording else shipped
        if any(facts.get(name) is None for name in sentence.needs) or not _holds(sentence.when, facts):
            continue
        told = sentence.unless_told is not None and re.search(sentence.unless_told, own_words) is not None
        return None if told or not sentence.text else PrintedSentence(sentence, fill(sentence.text, sheet))
    return None


def _holds(condition: str | None, facts: Facts) -> bool:
    return condition is None or bool(_EXPRESSIONS.compile_expression(condition)(**facts))
