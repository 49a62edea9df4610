"""Which evidence a printed card puts behind its table, so that the table stays within two pages.

A page of its own is worth something only with enough on it: a card that is a little too long moves its longest lists of
evidence behind the table, one after the other, until the rest fits. The screen shows everything where it belongs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongkai.reporting.scorecard.evidence import EvidenceRow
from gongkai.reporting.scorecard.indicator_lines import IndicatorLine, LevelLines, LostLine
from gongkai.reporting.style.text_width import width_of

_ROOM = 94  # printed lines of two pages beside head and foot, by eye: `make cards`
_WORTH = 2  # a single piece takes no more room than the word that sends to the annex
_OWN, _LINE = 1.3, 0.75  # heights of an indicator's row and of a line of its detail
_WIDE = 62  # ideographs of a line


def fitted(levels: Iterable[LevelLines], below: int) -> tuple[LevelLines, ...]:
    """The levels, the longest lists of evidence behind the table where all of them would not fit.

    Args:
        levels: of a card.
        below: printed lines beside the usual ones below the table: awards, notices, answers to appeals.
    """
    kept = tuple(levels)
    lost = [one for level in kept for line in level.lines for one in line.deductions]
    over = sum(map(_height, (line for level in kept for line in level.lines))) + len(kept) + below - _ROOM
    moved: set[int] = set()
    for number in sorted(range(len(lost)), key=lambda n: (-len(lost[n].evidence), n)):
        if over <= 0 or len(lost[number].evidence) < _WORTH:
            break
        moved.add(number)
        over -= _LINE * sum(map(_lines_of, lost[number].evidence)) - _LINE
    numbers = iter(range(len(lost)))
    return tuple(
        replace(level, lines=tuple(replace(line, deductions=tuple(_put(line, numbers, moved))) for line in level.lines))
        for level in kept
    )


def _put(line: IndicatorLine, numbers: Iterator[int], moved: set[int]) -> Iterator[LostLine]:
    for one in line.deductions:
        behind = next(numbers) in moved
        yield replace(one, behind=len(one.evidence)) if behind else one


def _height(line: IndicatorLine) -> float:
    """Printed lines of an indicator, about: its own, how it is counted, its deductions and the advice."""
    texts = [f"{line.basis}{line.note}"] if line.scored else []
    texts += [one.reason + one.seen + one.in_total + one.due for one in line.deductions]
    texts += [line.to_raise] if line.to_raise else []
    rows = sum(_lines_of(row) for one in line.deductions for row in one.evidence)
    return _OWN + _LINE * (rows + sum(1 + width_of(text) // _WIDE for text in texts))


def _lines_of(row: EvidenceRow) -> int:
    return 1 + int(width_of(row.what + row.file + row.spot) // _WIDE)
