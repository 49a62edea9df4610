"""What only qualifies: words around a figure or a denial that may be skipped, since they cannot change what is counted.

A word that is not in the lexicon silences the exact reading of its clause. Here it is passed over where it stands
ahead of the matter (who, how, how well), between verb and matter only where it says who handed the request in, and
behind the figure; nowhere if something in it takes the count away. What takes it away is data in the lexicon.
"""

from collections.abc import Iterator, Sequence

from gongkai.submission.narrative.lexicon import UNKNOWN, Key, Word
from gongkai.submission.narrative.lexicon_file import lexicon

_LIGHT = frozenset({"和", "公开", "妥善", "期限内", "均"})  # known, but no matter and no verb of a count
_DENIED = "都未"
_BY = "由"


def skipped(left: Sequence[Word], right: Sequence[Word]) -> tuple[list[Word], list[Word]] | None:
    """The words around a figure without those that only qualify; None where one of them may change what is counted."""
    known = lexicon().qualifying
    kept = _passed_over(left, known.narrows)
    if kept is None or (any(map(_counts, left)) and left[-1].name == UNKNOWN):
        return None  # 收到政府信息公开申请补正通知5件
    has_matter = any(map(_counts, left))
    behind: list[Word] = []
    for word in right:
        if word.name != UNKNOWN:
            behind.append(word)
        elif not word.text or _has(word, known.behind):
            return None
        elif not (has_matter or any(map(_counts, behind)) or word.text.endswith(known.handed_in)):
            return None  # 收到20件土地征收申请
        elif behind and not has_matter:
            if not word.text.startswith(_BY):
                return None  # 3件政府信息公开申请被…
            break  # 20件政府信息公开申请|由我局受理
    return kept, behind


def _behind_the_matter(words: Sequence[Word]) -> Sequence[Word]:
    return words[max((at for at, word in enumerate(words) if _counts(word)), default=-1) + 1 :]


def heading(words: Sequence[Word]) -> list[Word]:
    """The words of a clause without a figure that may name the matter of what follows; none where it narrows it."""
    if any(_has(word, lexicon().qualifying.narrows) for word in words):
        return []
    return [word for word in words if word.name != UNKNOWN]


def denied(words: Sequence[Word]) -> Iterator[Key]:
    """The phrases that a denial may be, from the more certain one on: 未收到…申请, 未发生…复议、诉讼."""
    at = next((at for at, word in enumerate(words) if word.name == _DENIED), None)
    if at is None or any(_has(word, lexicon().qualifying.narrows) for word in words[:at]):
        return
    behind = words[at + 1 :]
    if any(word.name == UNKNOWN for word in _behind_the_matter(behind)):
        return  # 未收到对依申请公开的负面评价
    if _again(behind) or any(_has(word, lexicon().qualifying.undone) for word in behind):
        return
    said = frozenset(word.name for word in words if word.marker is None) - {_DENIED, UNKNOWN}
    yield from (one.key for one in lexicon().qualifying.denials if one.fits(said))


def _passed_over(words: Sequence[Word], narrows: Sequence[str]) -> list[Word] | None:
    """The known words; None where what is between them is more than a qualification."""
    first = next((at for at, word in enumerate(words) if _counts(word)), len(words))
    kept: list[Word] = []
    for at, word in enumerate(words):
        if word.name != UNKNOWN:
            kept.append(word)
        elif _has(word, narrows) or (at > first and not _handed_in(words, at)):
            return None
    return kept


def _handed_in(words: Sequence[Word], at: int) -> bool:
    """Whether a word between verb and matter says who handed the request in: 受理|辖区|居民提出的…申请."""
    by_whom = words[at + 1].marker == "who" if at + 1 < len(words) else False
    return by_whom or words[at].text.endswith(lexicon().qualifying.handed_in)


def _counts(word: Word) -> bool:
    """Whether a word is a matter or a verb of a count."""
    return word.marker is None and word.name != UNKNOWN and word.name not in _LIGHT


def _has(word: Word, some: Sequence[str]) -> bool:
    """Whether a word that is not known has one of these in it."""
    return word.name == UNKNOWN and any(map(word.text.__contains__, some))


def _again(behind: Sequence[Word]) -> bool:
    """Whether a second denial stands in the first one's words (没有未按期…), not behind its matter (无复议、无诉讼)."""
    at = next((at for at, word in enumerate(behind) if word.name == _DENIED), None)
    return at is not None and not any(map(_counts, behind[:at]))
