"""Which paragraphs stay together before the signature, so that no last page holds two lines and a seal.

Word, LibreOffice and the PDF break pages at other places, and none is asked. A few lines are kept with the signature,
whatever page they fall on; so few that the page before them does not gape either.
"""

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from gongkai.reporting.style.text_width import width_of

_LINE = 27  # wide characters of a line
_INDENT = 2
_ENOUGH, _MOST = 6, 9  # lines of the 22 of a page


class Ending(NamedTuple):
    """What stands before the signature.

    Attributes:
        whole: how many of the last paragraphs are kept whole and together with it.
        led: whether the one before them, too long for that, must reach them with its last lines.
    """

    whole: int
    led: bool


def ending_of(texts: Sequence[str]) -> Ending:
    """The end of a report whose last paragraphs, headings among them, are these."""
    kept = whole = 0
    for text in reversed(texts):
        lines = _lines(text)
        if kept >= _ENOUGH or kept + lines > _MOST:
            return Ending(whole, kept < _ENOUGH)
        kept, whole = kept + lines, whole + 1
    return Ending(whole, False)


def _lines(text: str) -> int:
    """About how many lines a paragraph fills."""
    return ceil((width_of(text) + _INDENT) / _LINE)
