"""The text of an adopted report as data: by section, under its headings, every figure with its path.

The tables are never part of it: they are computed anew. When figures move, the text is shown with today's figures and
the sentences that they stand in are named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gongkai.reporting.report.adoption.text_numbers import same_number
from gongkai.reporting.report.words.sections import Paragraph, Subsection
from gongkai.reporting.report.words.traced_text import TextPiece, marked_again, pieces_of, plain, sentences_of

PREFACE = "preface"


class Moved(NamedTuple):
    """A figure of an adopted sentence that is another one today."""

    sentence: str
    path: str
    was: str
    now: str | None

    def to_json(self) -> dict[str, Any]:
        """One of `adopted.moved` of report.json."""
        return dict(self._asdict())

    @property
    def words(self) -> str:
        """As a person reads it."""
        return f"“{self.sentence}”中的 {self.was} 现为 {self.now or '未报'}"


@dataclass(frozen=True)
class AdoptedText:
    """Place (`preface` and the keys of the format's sections) → its parts."""

    places: Mapping[str, tuple[Subsection, ...]]

    def to_json(self) -> dict[str, Any]:
        """As the warehouse keeps it."""
        return {key: [_part_json(part) for part in parts] for key, parts in self.places.items()}

    def moved(self, figures: Mapping[str, str]) -> tuple[Moved, ...]:
        """The traced figures that differ from today's."""
        return tuple(
            Moved(plain(sentence).strip(), path, text, figures.get(path))
            for sentence in self.sentences()
            for text, path in pieces_of(sentence)
            if path is not None and not same_number(text, figures.get(path, ""))
        )

    def today(self, figures: Mapping[str, str]) -> "AdoptedText":
        """The text with today's figures."""
        return AdoptedText(
            {key: tuple(_part_today(part, figures) for part in parts) for key, parts in self.places.items()}
        )

    def without(self, other: "AdoptedText") -> tuple[str, ...]:
        """Its sentences that do not stand in another text."""
        there = {"".join(plain(one).split()) for one in other.sentences()}
        mine = (plain(one).strip() for one in self.sentences())
        return tuple(one for one in mine if "".join(one.split()) not in there)

    def sentences(self) -> Iterator[str]:
        """Its marked sentences, in the order of the report."""
        for parts in self.places.values():
            for part in parts:
                for paragraph in part.paragraphs:
                    yield from sentences_of(paragraph.marked)


def adopted_text(stored: Mapping[str, Any]) -> AdoptedText:
    """The inverse of `to_json`."""
    return AdoptedText({key: tuple(map(_part, parts)) for key, parts in stored.items()})


def _part_json(part: Subsection) -> dict[str, Any]:
    return {"heading": part.heading, "paragraphs": [list(map(list, one.pieces)) for one in part.paragraphs]}


def _part(stored: Mapping[str, Any]) -> Subsection:
    paragraphs: Sequence[Sequence[Sequence[str]]] = stored["paragraphs"]
    return Subsection(
        stored["heading"], tuple(Paragraph(marked_again(tuple(TextPiece(*one) for one in line))) for line in paragraphs)
    )


def _part_today(part: Subsection, figures: Mapping[str, str]) -> Subsection:
    return Subsection(part.heading, tuple(_paragraph_today(one, figures) for one in part.paragraphs))


def _paragraph_today(paragraph: Paragraph, figures: Mapping[str, str]) -> Paragraph:
    pieces = (TextPiece(figures.get(path, text) if path else text, path) for text, path in paragraph.pieces)
    return Paragraph(marked_again(tuple(pieces)))
