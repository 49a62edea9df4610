"""A text whose computed figures know where they come from: the mark that a figure carries through every sentence.

A figure is put between control characters together with its path (`figure_paths`); whoever prints takes the text apart
into pieces, or drops the marks. The marks never leave this room: no control character can stand in a document.
"""

import re
from typing import NamedTuple

_BEGIN, _THEN, _END = "\x02", "\x03", "\x04"
_MARKED = re.compile(f"{_BEGIN}([^{_THEN}]*){_THEN}([^{_END}]*){_END}")
_MARKS = re.compile(f"[{_BEGIN}{_THEN}{_END}]")
_SENTENCE = re.compile("[^。！？!?]*[。！？!?]*")


class TextPiece(NamedTuple):
    """A stretch of a text: words, or one figure with its path."""

    text: str
    path: str | None = None


def traced(figure: str, path: str) -> str:
    """A figure with its mark."""
    return f"{_BEGIN}{path}{_THEN}{figure}{_END}"


def pieces_of(text: str) -> tuple[TextPiece, ...]:
    """The words and figures of a marked text, in their order; no piece is empty."""
    found, at = [], 0
    for figure in _MARKED.finditer(text):
        found += [TextPiece(text[at : figure.start()]), TextPiece(figure[2], figure[1])]
        at = figure.end()
    return tuple(piece for piece in (*found, TextPiece(text[at:])) if piece.text)


def marked_again(pieces: tuple[TextPiece, ...]) -> str:
    """The inverse of `pieces_of`."""
    return "".join(piece.text if piece.path is None else traced(piece.text, piece.path) for piece in pieces)


def plain(text: str) -> str:
    """The text as it is read."""
    return _MARKED.sub(r"\2", text)


def of_scope(text: str, scope: str) -> str:
    """The text with the paths of its figures below a scope (`office.`)."""
    return _MARKED.sub(lambda figure: traced(figure[2], scope + figure[1]), text)


def unmarked(text: str) -> str:
    """Somebody's own text without characters that could be taken for marks."""
    return _MARKS.sub("", text)


def sentences_of(text: str) -> list[str]:
    """The sentences of a marked text with their ends; together they are the text."""
    return [found for found in _SENTENCE.findall(text) if found]
