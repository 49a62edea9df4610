"""The text of the report, section by section: the computed sentences and the office's own blocks, each at its place.

Preface: its opening, then who made the report and whom to ask. Section 一: its overview, then heading by heading what
the figures say and what it says of channels and measures. Two to four: what it says beside a table. 五: its problems,
then those that the figures show, then its next steps. 六: fees and its other matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.national_format import for_year
from gongkai.reporting.report.words.chosen_sentences import PrintedSentence, write_paragraphs
from gongkai.reporting.report.words.office_words import TABLE_TEXTS, OfficeWords
from gongkai.reporting.report.words.section_layout import headings
from gongkai.reporting.report.words.sheet import FactSheet
from gongkai.reporting.report.words.traced_text import TextPiece, pieces_of, plain
from gongkai.warehouse.records import YearState

_PLACED = {"platform": "channels", "guidance": "measures"}  # topic of section 一 → the office's block beside it
NOTHING = "无。"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; its figures are marked (`traced_text`)."""

    marked: str

    @property
    def text(self) -> str:
        """As it is read."""
        return plain(self.marked)

    @property
    def pieces(self) -> tuple[TextPiece, ...]:
        """Its words, and its figures with the path of each."""
        return pieces_of(self.marked)


@dataclass(frozen=True)
class Subsection:
    """A run of paragraphs under a heading of the second level; no heading where it is empty."""

    heading: str
    paragraphs: tuple[Paragraph, ...]

    def to_json(self) -> dict[str, Any]:
        """As templates print it and as an approval binds it: without the marks."""
        return {"heading": self.heading, "paragraphs": [{"text": one.text} for one in self.paragraphs]}


def write_text_sections(state: YearState, sheet: FactSheet, words: OfficeWords) -> dict[str, tuple[Subsection, ...]]:
    """The texts by `preface` and the keys of the format's sections."""
    writer = _Writer(state, sheet, words)
    texts = {"preface": writer.part("", [*words.of("opening"), *writer.computed("preface")])}
    for section in for_year(state.year).sections:
        if section.table:
            own = TABLE_TEXTS.get(section.key)
            texts[section.key] = writer.part("", words.of(own) if own else ())
    texts["overview"] = writer.overview()
    steps = words.of("next_steps")
    texts["problems"] = writer.part("", [*words.of("problems"), *writer.computed("problems"), *steps]) or _none()
    others = [*writer.computed("other_matters"), *words.of("other_matters")]
    texts["other_matters"] = writer.part("", others) or _none()
    return texts


def printed_sentences(state: YearState, sheet: FactSheet, words: OfficeWords) -> tuple[str, ...]:
    """The ids of the computed sentences that are printed."""
    writer = _Writer(state, sheet, words)
    topics = [topic for one in headings(state.profile, state.year) for topic in one.topics]
    return tuple(
        said.sentence.id
        for place in ("preface", *topics, "problems", "other_matters")
        for paragraph in writer.said(place)
        for said in paragraph
    )


def text_of(parts: Sequence[Subsection]) -> str:
    """All paragraphs, one a line."""
    return "\n".join(paragraph.text for part in parts for paragraph in part.paragraphs)


class _Writer:
    """What every place is written from."""

    def __init__(self, state: YearState, sheet: FactSheet, words: OfficeWords) -> None:
        self._state, self._sheet, self._words = state, sheet, words
        self._wording: Mapping[str, str] = state.profile.report.sentences

    def said(self, place: str) -> list[list[PrintedSentence]]:
        return write_paragraphs(place, self._sheet, self._words.all, self._wording)

    def computed(self, place: str) -> list[str]:
        """The paragraphs of a place, as marked text."""
        return ["".join(one.marked for one in paragraph) for paragraph in self.said(place)]

    def overview(self) -> tuple[Subsection, ...]:
        """Section 一 under the headings of the profile; what the office says of no heading stands before them."""
        parts = [*self.part("", self._words.of("overview"))]
        for one in headings(self._state.profile, self._state.year):
            lines: list[str] = []
            for topic in one.topics:
                lines += [*self._words.of(_PLACED.get(topic, "")), *self.computed(topic)]
            parts += self.part(one.heading, lines)
        return tuple(parts) or _none()

    @staticmethod
    def part(heading: str, lines: Sequence[str]) -> tuple[Subsection, ...]:
        """The paragraphs under a heading; nothing where there are none."""
        return (Subsection(heading, tuple(Paragraph(line) for line in lines)),) if lines else ()


def _none() -> tuple[Subsection, ...]:
    return (Subsection("", (Paragraph(NOTHING),)),)
