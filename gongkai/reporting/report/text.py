"""Chooses and fills the report's sentences from `templates/report_text.yaml`; the wording is data, none stands here.

A sentence is printed when its condition holds and every figure it names is there: nothing is invented and
nothing is left blank. Of a list of sentences the first that can be printed is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import yaml
from jinja2 import Environment

from gongkai.reporting.report.counts import Facts
from gongkai.reporting.report.grid import figure_text

_EXPRESSIONS = Environment(autoescape=True)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `lead` opens it in the heading's type (政府信息管理。), empty where there is none."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Subsection:
    """A run of paragraphs under a heading of the second level; no heading where it is empty."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


def write_parts(section: str, facts: Facts) -> tuple[Subsection, ...]:
    """The parts of one section (`preface`, `overview`, `problems`, `other_matters`); none without text."""
    parts = [Subsection(part.get("heading", ""), tuple(_paragraphs(part, facts))) for part in text_data()[section]]
    return tuple(part for part in parts if part.paragraphs)


@cache
def text_data() -> dict[str, list[dict[str, Any]]]:
    """The sentences as data: section → parts → paragraphs → sentences."""
    text = (files("gongkai.reporting") / "templates" / "report_text.yaml").read_text(encoding="utf-8")
    data: dict[str, list[dict[str, Any]]] = yaml.safe_load(text)
    return data


def names_in(sentence: str) -> list[str]:
    """The facts a sentence names in braces."""
    return [name for _, name, _, _ in Formatter().parse(sentence) if name]


def _paragraphs(part: Mapping[str, Any], facts: Facts) -> Iterator[Paragraph]:
    for paragraph in part["paragraphs"]:
        printed = [text for choice in paragraph["sentences"] if (text := _first(choice, facts))]
        if printed:
            yield Paragraph("".join(printed), paragraph.get("lead", "").format_map(facts))


def _first(choice: Any, facts: Facts) -> str | None:
    """The first of the alternatives that can be printed."""
    for sentence in _alternatives(choice):
        if all(facts[name] is not None for name in names_in(sentence["text"])) and _holds(sentence.get("when"), facts):
            shown = {name: v if isinstance(v, str) else figure_text(v) for name, v in facts.items()}
            return sentence["text"].format_map(shown)
    return None


def _alternatives(choice: Any) -> Iterator[Mapping[str, str]]:
    """A choice as the file may write it: a list of sentences or one, each with a condition or as bare text."""
    for sentence in choice if isinstance(choice, list) else [choice]:
        yield {"text": sentence} if isinstance(sentence, str) else sentence


def _holds(condition: str | None, facts: Facts) -> bool:
    return condition is None or bool(_EXPRESSIONS.compile_expression(condition)(**facts))
