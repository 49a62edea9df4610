"""One sentence of an edited report, number by number: each is the computed one, differs, or waits for a person.

In this order: a sentence that stands in the draft needs nothing; a tagged figure is what its path is worth; where only
figures of a draft's sentence changed, they are compared with it; what the words say of cells is put beside both scopes;
a clause that stands in the draft counts as there. Everything else is open.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.reporting.report.adoption.edited_sections import bare
from gongkai.reporting.report.adoption.scopes import Judged, Scopes
from gongkai.reporting.report.adoption.text_numbers import Number, numbers_in, same_number, skeleton
from gongkai.reporting.report.words.traced_text import TextPiece, marked_again, pieces_of, plain, sentences_of
from gongkai.submission.narrative import SaidFigure

_CLAUSE_END = re.compile("[，；：、（）。！？]")
_FEW = 4  # characters of a clause that say nothing of which figure it is
_GONE = "送审稿中没有的数据"


class Found(NamedTuple):
    """What a number of the sentence is.

    Attributes:
        path: the figure that it is.
        expected: what it should be, where it differs.
        open: nobody but a person can say.
        hint: for that person.
    """

    number: Number
    path: str | None = None
    expected: str | None = None
    open: bool = False
    hint: str = ""


@dataclass
class ComputedSentences:
    """The sentences of the computed report, to be compared with.

    Attributes:
        figures: path → today's text.
        year: the report year: its number is no figure.
    """

    figures: Mapping[str, str]
    scopes: Scopes
    year: int
    by_text: dict[str, str] = field(default_factory=dict)
    by_skeleton: dict[str, list[str]] = field(default_factory=dict)
    clauses: dict[str, list[tuple[str, str | None]]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Takes in a marked paragraph of the draft."""
        for sentence in sentences_of(text):
            self.by_text.setdefault(bare(plain(sentence)), sentence)
            self.by_skeleton.setdefault(skeleton(plain(sentence)), []).append(sentence)
            for clause, found in _clauses(sentence, numbers_in(plain(sentence))):
                self.clauses.setdefault(clause, []).extend(found)


def compare_sentence(marked: str, said: Sequence[SaidFigure], draft: ComputedSentences) -> tuple[str, list[Found]]:
    """The sentence with the path of every figure that is known, and what its numbers are.

    Args:
        marked: the edited sentence, its controls' tags as paths.
        said: what its words say, in their order (`Scopes.read`).
        draft: what it is compared with.
    """
    text = plain(marked)
    if (kept := draft.by_text.get(bare(text))) is not None:
        return _spaced(marked, kept), [Found(number) for number in numbers_in(text)]
    numbers = numbers_in(text)
    tags, like = _tags(marked), _like(text, numbers, draft)
    judged = dict(zip(numbers, _judged(numbers, said, draft.scopes), strict=True))
    clauses = {number: clause for clause, _, number in _numbered_clauses(text, numbers)}
    found = [
        _found(number, _tag_at(number, tags), like[at] if like else None, judged[number], clauses[number], draft)
        for at, number in enumerate(numbers)
    ]
    emptied = [
        Found(Number(start, end, piece.text), piece.path, draft.figures.get(piece.path or "", _GONE))
        for start, end, piece in tags
        if not any(start < number.end and number.start < end for number in numbers)
    ]
    return _with_paths(text, found), [*found, *emptied, *_statements(said, draft.scopes)]


def _found(
    number: Number,
    tagged: TextPiece | None,
    like: tuple[str, str | None] | None,
    judged: Judged,
    clause: str,
    draft: ComputedSentences,
) -> Found:
    if tagged is not None:
        now = draft.figures.get(tagged.path or "")
        if now is None or not same_number(number.text, now):
            return Found(number, tagged.path, now or _GONE)
        return Found(number, tagged.path, judged.expected if judged.fits is False else None)
    if like is not None:
        text, path = like
        return Found(number, path) if same_number(number.text, text) else Found(number, path, text)
    if judged.fits is not None:
        return Found(number, judged.path, None if judged.fits else judged.expected)
    there = draft.clauses.get(clause, []) if len(clause) > _FEW + len("#/0") else []
    if fitting := [path for text, path in there if same_number(number.text, text)]:
        return Found(number, fitting[0])
    if there:
        return Found(number, there[0][1], "或".join(dict.fromkeys(text for text, _ in there)))
    if same_number(number.text, str(draft.year)):
        return Found(number)
    return Found(number, open=True, hint=f"按数据为{judged.expected}" if judged.expected else "")


def _judged(numbers: Sequence[Number], said: Sequence[SaidFigure], scopes: Scopes) -> Iterator[Judged]:
    """What the words say of each number; unknown where they are not understood."""
    counted = [one for one in said if one.counted]
    for number in numbers:
        at = next((n for n, one in enumerate(counted) if number.text in one.words), None)
        if at is None:
            yield Judged(None)
            continue
        claim = counted[at].claim
        counted = counted[at + 1 :]
        yield scopes.judge(claim) if claim is not None else Judged(None)


def _statements(said: Sequence[SaidFigure], scopes: Scopes) -> Iterator[Found]:
    """Statements without a figure (无被纠正情形) and sums of parts that are wrong."""
    for one in said:
        if not one.counted and one.claim is not None and (judged := scopes.judge(one.claim)).fits is False:
            yield Found(Number(0, 0, one.words), expected=judged.expected)


def _tags(marked: str) -> list[tuple[int, int, TextPiece]]:
    """Start, end and piece of every tagged figure, in the plain text."""
    found, at = [], 0
    for piece in pieces_of(marked):
        if piece.path is not None:
            found.append((at, at + len(piece.text), piece))
        at += len(piece.text)
    return found


def _tag_at(number: Number, tags: Sequence[tuple[int, int, TextPiece]]) -> TextPiece | None:
    """The tagged figure that a number stands in or runs into."""
    return next((piece for start, end, piece in tags if start < number.end and number.start < end), None)


def _like(text: str, numbers: Sequence[Number], draft: ComputedSentences) -> list[tuple[str, str | None]] | None:
    """The figures of the draft's sentence that differs from this one in nothing but figures; the nearest of several."""
    alike = [_figures(one) for one in draft.by_skeleton.get(skeleton(text), ())]
    return max(
        alike,
        key=lambda figures: sum(same_number(a.text, b) for a, (b, _) in zip(numbers, figures, strict=True)),
        default=None,
    )


def _figures(sentence: str) -> list[tuple[str, str | None]]:
    tags = _tags(sentence)
    found = ((number, _tag_at(number, tags)) for number in numbers_in(plain(sentence)))
    return [(number.text, piece.path if piece else None) for number, piece in found]


def _clauses(sentence: str, numbers: Sequence[Number]) -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """Skeleton of a clause → its figures."""
    figures = _figures(sentence)
    for clause, at, _ in _numbered_clauses(plain(sentence), numbers):
        yield clause, [figures[at]]


def _numbered_clauses(text: str, numbers: Sequence[Number]) -> Iterator[tuple[str, int, Number]]:
    """For every number: the skeleton of its clause and which number of it, as one key; its position; the number."""
    for at, number in enumerate(numbers):
        start = max((one.end() for one in _CLAUSE_END.finditer(text, 0, number.start)), default=0)
        behind = _CLAUSE_END.search(text, number.end)
        end = behind.start() if behind else len(text)
        earlier = sum(start <= other.start < number.start for other in numbers)
        yield f"{skeleton(text[start:end])}/{earlier}", at, number


def _with_paths(text: str, found: Sequence[Found]) -> str:
    pieces, at = [], 0
    for one in found:
        pieces += [TextPiece(text[at : one.number.start]), TextPiece(one.number.text, one.path)]
        at = one.number.end
    return marked_again(tuple(piece for piece in (*pieces, TextPiece(text[at:])) if piece.text))


def _spaced(marked: str, kept: str) -> str:
    """The draft's sentence with the white space that stands before and behind the edited one."""
    text = plain(marked)
    return text[: len(text) - len(text.lstrip())] + kept.strip() + text[len(text.rstrip()) :]
