"""The words that a figure or a statement stands in: which of them belong to it, and the phrase that they make.

What a phrase means is in the lexicon, and whether it can mean it here is asked in `reading`.
"""

from collections.abc import Sequence

from gongkai.submission.narrative.lexicon import FIGURE, UNKNOWN, Key, Word
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.sentences import Clause

_TURNS = ("增", "减")
_AND, _SHARE = "和", "占"
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
        over = rest == _OF_THESE or rest.startswith(known.anew)
        return list(known.words_of(left)), list(known.words_of("" if over else rest))
    between = clause.part(quantity.end, clause.quantities[at + 1].start)
    right = [] if not between or between.startswith(known.anew) else [Word(UNKNOWN, None, "")]
    return list(known.words_of(left)), right


def key_of(left: Sequence[Word], right: Sequence[Word] | None) -> Key | None:
    """The words as a phrase, the figure between left and right; None when one is unknown."""
    words = [*left, *([Word(FIGURE, None, "")] if right is not None else ()), *(right or ())]
    said = [word for word in words if word.marker in (None, "who")]
    key: list[str] = []
    for at, word in enumerate(said):
        if word.name == UNKNOWN or (word.marker == "who" and _counted(said[at + 1 :])):
            return None
        if word.marker is None and key[-1:] != [word.name] and not (word.name == _AND and _joins_people(said, at)):
            key.append(word.name)
    return tuple(key)


def _counted(rest: Sequence[Word]) -> bool:
    """Whether those who apply are themselves counted: 公民占83% is a share of theirs."""
    return bool(rest) and rest[0].name in (FIGURE, _SHARE)


def _joins_people(said: Sequence[Word], at: int) -> bool:
    """Whether an 和 stands between those who apply (公民、法人和其他组织): who they are says nothing of a count."""
    return any(word.marker == "who" for word in said[max(0, at - 1) : at + 2])
