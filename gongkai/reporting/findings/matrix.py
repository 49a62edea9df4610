"""Unit × rule: one row a unit, one column a rule that hit, in parts that fit on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.findings import Severity
from gongkai.reporting.findings.kinds import FindingKind, MatrixCell, cell_of
from gongkai.submission.verdict import UnitState
from gongkai.warehouse.records import Revision, UnitYear, YearState

COLUMNS = 28
"""How many rules fit beside the units on a landscape A4 page."""


@dataclass(frozen=True)
class MatrixRow:
    """One unit's row; without a submission it has no totals and no cells."""

    code: str
    name: str
    state: str
    act: bool
    note: str
    totals: tuple[int, ...]
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class MatrixHead:
    """A family at one severity over its rules: the first of them, and how many."""

    kind: FindingKind
    span: int


@dataclass(frozen=True)
class Matrix:
    """One part of unit × rule; `hits` how many units each rule hits."""

    families: str
    heads: tuple[MatrixHead, ...]
    kinds: tuple[FindingKind, ...]
    rows: tuple[MatrixRow, ...]
    hits: tuple[tuple[FindingKind, int], ...]


def parts_of(kinds: Sequence[FindingKind], most: int = COLUMNS) -> list[list[FindingKind]]:
    """The columns in parts that fit on a page; a family stays together unless it alone is wider."""
    parts: list[list[FindingKind]] = []
    for family in dict.fromkeys(kind.family for kind in kinds):
        members = [kind for kind in kinds if kind.family == family]
        if not parts or len(parts[-1]) + len(members) > most:
            parts.append([])
        for kind in members:
            if len(parts[-1]) == most:
                parts.append([])
            parts[-1].append(kind)
    return parts


def matrix(kinds: Sequence[FindingKind], state: YearState) -> Matrix:
    """One part of unit × rule: heads of families over rules, a row a unit, how many units a rule hits below."""
    rows = tuple(_row(unit, kinds) for unit in state.units)
    hits = [sum(row.cells[at].open > 0 for row in rows if row.cells) for at in range(len(kinds))]
    heads = [list(alike) for _, alike in groupby(kinds, key=lambda kind: kind.group)]
    return Matrix(
        families="、".join(dict.fromkeys(kind.family for kind in kinds)),
        heads=tuple(MatrixHead(alike[0], len(alike)) for alike in heads),
        kinds=tuple(kinds),
        rows=rows,
        hits=tuple(zip(kinds, hits, strict=True)),
    )


def _row(unit: UnitYear, kinds: Sequence[FindingKind]) -> MatrixRow:
    latest = unit.latest
    return MatrixRow(
        code=unit.unit.code,
        name=unit.unit.name,
        state=f"{unit.state.sign} {unit.state.word}",
        act=unit.state is not UnitState.ACCEPTED,
        note=_note(unit, latest),
        totals=tuple(latest.verdict.count(severity) for severity in Severity) if latest else (),
        cells=tuple(cell_of(kind, latest.verdict) for kind in kinds) if latest else (),
    )


def _note(unit: UnitYear, latest: Revision | None) -> str:
    """Where the row speaks of a submission that does not count, which one does."""
    if latest is None or unit.accepted is None or unit.accepted is latest:
        return ""
    return f"所列为第 {latest.number} 次报送；第 {unit.accepted.number} 次已受理，仍然有效"
