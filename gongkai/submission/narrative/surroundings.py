"""The words that a figure or a statement stands in: which of them belong to it, and the phrase that they make.

What a phrase means is in the lexicon, and whether it can mean it here is asked in `reading`.
"""

from collections.abc import Sequence

from gongkai.submission.narrative.lexicon import FIGURE, UNKNOWN, Key, Word, lexicon
from gongkai.submission.narrative.sentences import Clause

_TURNS = ("增", "减")
_OF_THESE = "中"  # 无法提供的9件中，不掌握7件


def turn(left: Sequence[Word]) -> str:
    """The end of the words before a change that says which way it goes: 减少 of 较上年减少."""
    at = max(at for at, word in enumerate(left) if word.name in _TURNS)
    return "".join(word.text for word in left[at:])


def from_its_matter(words: Sequence[Word]) -> str:
    """A statement as it was written, without the year and the unit before it (which are said in one way here)."""
    at = next(at for at, word in enumerate(words) if word.marker is None)
    return "".join(word.text for word in words[at:])


def around(clause: Clause, at: int) -> tuple[list[Word], list[Word]]:
    """The words that belong to a figure: from the figure before it to the end of the clause or the next figure."""
    quantity = clause.quantities[at]
    left = clause.part(clause.quantities[at - 1].end if at else clause.start, quantity.start)
    known = lexicon()
    if at + 1 == len(clause.quantities):
        rest = clause.part(quantity.end, clause.end)
        return list(known.words_of(left)), list(known.words_of("" if rest == _OF_THESE else rest))
    between = clause.part(quantity.end, clause.quantities[at + 1].start)
    right = [] if not between or between.startswith(known.anew) else [Word(UNKNOWN, None, "")]
    return list(known.words_of(left)), right


def key_of(left: Sequence[Word], right: Sequence[Word] | None) -> Key | None:
    """The words as a phrase, the figure between left and right; None when one is unknown."""
    key: list[str] = []
    for word in [*left, *([Word(FIGURE, None, "")] if right is not None else ()), *(right or ())]:
        if word.name == UNKNOWN:
            return None
        if word.marker is None and key[-1:] != [word.name]:
            key.append(word.name)
    return tuple(key)
