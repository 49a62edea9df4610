"""The mixed-integer programme behind `suggestion`: which cells change, and between which values they may lie then.

Solved by HiGHS through SciPy. Work is limited by nodes, not by the clock: the same report gives the same advice on a
slow machine. What is not proven within the limit is not said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from gongkai.submission.repair.parts import MAX_ALTERNATIVES, MAX_CHANGES, BoundCells, Correction, Relation, Repair

_NODES = 200  # parts of a report are solved at the root, or within a few nodes
_PROOFS = 40  # blank cells whose value is proven to be the only one
_GOLDEN = 0.6180339887498949
Row = tuple[Sequence[tuple[int, float]], float, float]  # (variable, coefficient)…, lower and upper limit


@dataclass(frozen=True, slots=True)
class _Solved:
    """What a programme says: proven or not, and the variables when there is a solution."""

    proven: bool
    values: list[float] | None


def repairs_of(part: BoundCells) -> list[Repair]:
    """The smallest repairs of one part, preferring suspects, then computed cells, then the order of the form.

    Returns:
        Empty where nothing has to change and no blank has a certain value, or nothing could be proven.
    """
    sets, more = _smallest(part)
    repairs = []
    for number, chosen in enumerate(sets, 1):
        changes, filled = _ranges(part, chosen)
        if len(changes) == len(chosen) and (changes or filled):
            repairs.append(Repair(part.cells[0].split(".")[0], part.broken, number, changes, filled, more))
    return repairs


def _smallest(part: BoundCells) -> tuple[list[tuple[int, ...]], bool]:
    """The sets of cells to change, and whether there are more of the same size."""
    found: list[tuple[int, ...]] = []
    while True:
        solved = _localise(part, found)
        if solved.values is None or not solved.proven:
            return (found, False) if solved.proven else (found, bool(found))
        count = len(part.cells)
        chosen = tuple(n for n in range(count) if solved.values[count + n] > 0.5)
        if len(found) == MAX_ALTERNATIVES:
            return found, True
        found.append(chosen)
        if not chosen:
            return found, False


def _localise(part: BoundCells, found: Sequence[tuple[int, ...]]) -> _Solved:
    """One programme: a count and a switch for each cell; the count may leave what stands there if the switch is on.

    The size of the set decides; among sets of a size a small price by cell does, irregular so that sums differ.
    """
    count = len(part.cells)
    reach = part.reach
    likely = sorted(range(count), key=lambda n: (n not in part.suspects, n not in part.totals, n))
    rank = {n: at for at, n in enumerate(likely)}
    price = [1 + (rank[n] + 0.3 * (rank[n] * _GOLDEN % 1)) / (count * (MAX_CHANGES + 1)) for n in range(count)]
    rows = [_row(relation) for relation in part.relations]
    lower, upper = [0.0] * (2 * count), [0.0] * (2 * count)
    for n, (value, start) in enumerate(zip(part.values, part.starts, strict=True)):
        lower[n], upper[n] = max(0, start - reach), start + reach
        if value is not None:
            lower[count + n], upper[count + n] = float(value != start), 1
            rows.append((((n, 1), (count + n, start - lower[n])), start, inf))
            rows.append((((n, 1), (count + n, -reach)), -inf, start))
    rows += _cuts(part)
    for chosen in found:
        rows.append(([(count + n, 1) for n in chosen], -inf, len(chosen) - 1))
    # Said at once that there is none of a useful size, the solver need not look for one among sixty cells.
    largest = len(found[0]) if found else MAX_CHANGES
    rows.append(([(count + n, 1) for n in range(count)], -inf, largest))
    return _solve([0.0] * count + price, rows, lower, upper, whole=count)


def _cuts(part: BoundCells) -> Iterator[Row]:
    """What follows for the switches alone, and spares the solver most of its search.

    A broken relation needs a change; in an equation that holds, a cell cannot change alone.
    """
    count = len(part.cells)
    for relation in part.relations:
        cells = [n for n, _ in relation.terms]
        if any(part.values[n] is None for n in cells):
            continue
        if relation.broken_by(part.values):
            yield [(count + n, 1) for n in cells], 1, inf
        elif relation.low == relation.high:
            for alone in cells:
                yield [(count + n, -1 if n == alone else 1) for n in cells], 0, inf


def _ranges(part: BoundCells, chosen: tuple[int, ...]) -> tuple[tuple[Correction, ...], tuple[Correction, ...]]:
    """What the changed cells may be, as far as proven, and the blanks that can be one value only; all others stay."""
    free = [n for n, value in enumerate(part.values) if value is None or n in chosen]
    at = {n: variable for variable, n in enumerate(free)}
    rows = [row for relation in part.relations if (row := _reduced(relation, part, at)) is not None]
    most = _most(part)
    upper: list[float] = [most * (len(part.cells) + 1)] * len(free)  # so far that only what has no limit passes `most`

    def end(goal: Sequence[tuple[int, int]]) -> _Solved:
        costs = [0.0] * len(free)
        for variable, cost in goal:
            costs[variable] = cost
        return _solve(costs, rows, [0.0] * len(free), upper)

    def change(n: int) -> Correction | None:
        ends = [end([(at[n], sign)]) for sign in (1, -1)]
        lowest, highest = (None if e.values is None or not e.proven else round(e.values[at[n]]) for e in ends)
        if lowest is None or highest is None:
            return None
        return Correction(part.cells[n], part.values[n], lowest, None if highest > most else highest)

    changes = [change(n) for n in chosen]
    blanks = [n for n in free if n not in chosen]
    likely = _steady(blanks, [end([(at[n], sign * (1 + at[n])) for n in blanks]) for sign in (1, -1)], at)
    filled = [one for n in likely[:_PROOFS] if (one := change(n)) is not None and one.value is not None]
    return tuple(one for one in changes if one is not None), tuple(filled)


def _steady(blanks: Iterable[int], solutions: Iterable[_Solved], at: dict[int, int]) -> list[int]:
    """The blanks that have the same value in all solutions: the others need no proof that they have several."""
    known = [solved.values for solved in solutions if solved.values is not None]
    return [n for n in blanks if len({round(values[at[n]]) for values in known}) == 1]


def _most(part: BoundCells) -> int:
    """More than any cell can be that has a limit: every count and every constant together."""
    constants = (abs(limit) for relation in part.relations for limit in (relation.low, relation.high) if limit)
    return 1 + sum(abs(value or 0) for value in part.values) + sum(constants)


def _row(relation: Relation) -> Row:
    low = -inf if relation.low is None else relation.low
    return relation.terms, low, inf if relation.high is None else relation.high


def _reduced(relation: Relation, part: BoundCells, at: dict[int, int]) -> Row | None:
    """The relation over the free cells only; None where it has none."""
    fixed = sum(sign * (part.values[n] or 0) for n, sign in relation.terms if n not in at)
    terms = [(at[n], sign) for n, sign in relation.terms if n in at]
    low, high = _row(relation)[1:]
    return (terms, low - fixed, high - fixed) if terms else None


def _solve(
    costs: Sequence[float], rows: Sequence[Row], lower: Sequence[float], upper: Sequence[float], whole: int = 0
) -> _Solved:
    """Least cost within the limits; the last `whole` variables are whole numbers, the others are by themselves."""
    entries = [(at, n, coefficient) for at, row in enumerate(rows) for n, coefficient in row[0]]
    matrix = coo_array(
        ([e[2] for e in entries], ([e[0] for e in entries], [e[1] for e in entries])), (len(rows), len(costs))
    )
    solved = milp(
        np.array(costs),
        integrality=np.array([at >= len(costs) - whole for at in range(len(costs))], dtype=int),
        bounds=Bounds(np.array(lower, dtype=float), np.array(upper, dtype=float)),
        constraints=LinearConstraint(matrix.tocsr(), [row[1] for row in rows], [row[2] for row in rows]),
        options={"node_limit": _NODES, "mip_rel_gap": 0},
    )
    return _Solved(solved.status in (0, 2), None if solved.x is None else [float(value) for value in solved.x])
