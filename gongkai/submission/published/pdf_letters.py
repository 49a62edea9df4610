"""The letters of a PDF's page: which were drawn before at the same place, and which stand in a row.

Both are asked of every letter and of every cell of a page, so neither looks at all the others.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

_ONCE = 1.0  # points within which a letter drawn again is the same one
_OVER = 1.0  # points below a row within which rounding may put a middle


def drawn_twice(chars: Sequence[dict[str, Any]]) -> set[int]:
    """The letters at whose place the same one was drawn before (the ids of their objects)."""
    seen: dict[tuple[Any, ...], list[tuple[float, float]]] = {}
    twice = set()
    for char in chars:
        x, y = char["x0"], char["top"]
        across, down = int(x // _ONCE), int(y // _ONCE)
        around = [(char["upright"], char["text"], across + i, down + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        if any(abs(x - a) <= _ONCE and abs(y - b) <= _ONCE for key in around for a, b in seen.get(key, ())):
            twice.add(id(char))
        else:
            seen.setdefault((char["upright"], char["text"], across, down), []).append((x, y))
    return twice


class Across:
    """Letters or words by the height of their middle, to find those of a row without looking at all of a page."""

    def __init__(self, found: Sequence[dict[str, Any]]) -> None:
        placed = sorted((((one["top"] + one["bottom"]) / 2, at) for at, one in enumerate(found)))
        self._found, self._order = found, [at for _, at in placed]
        self._heights = [height for height, _ in placed]

    def between(self, top: float, bottom: float) -> list[dict[str, Any]]:
        """Those whose middle is from one height to the other, both included, in the order of the page."""
        first, behind = bisect_left(self._heights, top), bisect_left(self._heights, bottom + _OVER)
        return [self._found[at] for at in sorted(self._order[first:behind])]
