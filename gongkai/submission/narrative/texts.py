"""Reads a text for its claims, paragraph by paragraph: what a sentence means depends on those before it.

What one sentence says is read in `reading`. The tables are not looked at here.
"""

from collections.abc import Sequence

from gongkai.submission.narrative.breakdowns import broken_down, without_parts
from gongkai.submission.narrative.paragraph_context import ParagraphContext
from gongkai.submission.narrative.reading import figures_of
from gongkai.submission.narrative.rewriting import Names
from gongkai.submission.narrative.sentences import Sentence, paragraphs
from gongkai.submission.narrative.text_claims import Claim, SaidFigure

_OF_WHICH, _JUSTICE = "其中", "司法"
_HEADING = 30  # characters of a line that stands above a paragraph


def read(text: str, names: Names) -> list[Claim]:
    """The claims of a text, in its order."""
    return [said.claim for said in read_figures(text, names) if said.claim is not None]


def read_figures(text: str, names: Names) -> list[SaidFigure]:
    """Every figure and statement of a text, in its order, understood or not; then what its parts add up to."""
    found: list[SaidFigure] = []
    context = ParagraphContext(judges=any(_JUSTICE in name for name in names.own), of_all=names.of_all)
    headed = False
    for paragraph in paragraphs(text, names):
        context.next_paragraph(headed=headed)
        headed = _is_heading(paragraph)
        for sentence in paragraph:
            if sentence.plain.startswith(_OF_WHICH):
                context.go_on()
            found += [*without_parts(figures_of(sentence, context)), *broken_down(sentence)]
            context.next_sentence()
    return found


def _is_heading(paragraph: Sequence[Sentence]) -> bool:
    """Whether a paragraph is a line without a figure that stands above the next one."""
    (first, *more) = paragraph
    return not more and len(first.plain) <= _HEADING and not any(clause.quantities for clause in first.clauses)
