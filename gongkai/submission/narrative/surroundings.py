"""The words that a figure or a statement stands in: which of them belong to it, and the phrase that they make.

What a phrase means is in the lexicon, and whether it can mean it here is asked in `reading`.
"""

from collections.abc import Sequence

from gongkai.submission.narrative.lexicon import FIGURE, UNKNOWN, Key, Word
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.sentences import Clause

_TURNS = ("增", "减")
_AND, _SHARE = "和", "占"
_COUNTED = ("申请", "公开申请", "依申请")
_DEALT_WITH = ("办结", "答复", "均", "期限内", "妥善")
_ALL = "共"  # 共有20件…: of all that there are
_ANEW = ("均", "期限内", "妥善")
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
    known = lexicon()
    left = list(known.words_of(clause.part(clause.quantities[at - 1].end if at else clause.start, quantity.start)))
    if at and left and left[0].name in _COUNTED:
        left = left[1:]  # 22件申请已答复21件
    if at + 1 == len(clause.quantities):
        rest = clause.part(quantity.end, clause.end)
        over = rest == _OF_THESE or rest.startswith(known.anew)
        words = [] if over else list(known.words_of(rest))
        return left, _up_to_what_is_new(words) if _of_all(left) else words
    between = clause.part(quantity.end, clause.quantities[at + 1].start)
    if not between or between.startswith(known.anew):
        return left, []
    words = [word for word in known.words_of(between) if word.marker != "filler"]
    goes_on = len(words) > 1 and words[0].name in _COUNTED and words[1].name in _DEALT_WITH
    return left, [words[0] if goes_on else Word(UNKNOWN, None, "")]


def _of_all(left: Sequence[Word]) -> bool:
    """Whether the words before a figure say what is counted, or that it is all of it (有3件…申请收费 is not)."""
    return any(word.name != UNKNOWN and (word.marker is None or _ALL in word.text) for word in left)


def _up_to_what_is_new(rest: list[Word]) -> list[Word]:
    """The words behind a figure up to one that begins something new: 20件政府信息公开申请|均按期答复."""
    counted = False
    for at, word in enumerate(rest):
        if counted and (word.name in _ANEW or word.text.startswith(lexicon().anew)):
            return rest[:at]
        counted |= word.marker is None and word.name != UNKNOWN
    return rest


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
