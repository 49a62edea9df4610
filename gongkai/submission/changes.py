"""What differs between two submissions of one unit and year, cell by cell.

Rows of a list are matched by what identifies them, so that an inserted row is one new row and not a hundred
changed ones. Who prepared a file, when and why are no content; a blank and an absent cell say the same.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from gongkai.submission.fields import groups, lists
from gongkai.submission.form import Cell, CellValue, Origin, Record, State, Submission

_REPORTED = "已报"


class Change(NamedTuple):
    """One cell that differs.

    Attributes:
        where: `<table>.<row>.<column>`, `<group>.<field>`, `<list>[<id>].<field>`; a list that only one of the two
            reports: its key.
        before, after: the values, None for a blank; `不适用` or the raw text where there is no value.
        origin: where the new one stands, else where the old one stood.
        row: `added` or `removed` when the whole row of a list is.
    """

    where: str
    before: CellValue
    after: CellValue
    origin: Origin = Origin()
    row: str | None = None


def compare(new: Submission, old: Submission) -> list[Change]:
    """Every difference, in the order of the form."""
    found = [
        change
        for where in dict.fromkeys([*new.by_where, *old.by_where])
        if (change := _change(where, new.by_where.get(where), old.by_where.get(where)))
    ]
    order = {name: n for n, name in enumerate([*dict.fromkeys(cell.table for cell in _single(new, old))])}
    found.sort(key=lambda change: order[change.where.split(".", 1)[0]])
    for name in lists():
        if (name in new.reported) != (name in old.reported):
            found.append(Change(name, *((None, _REPORTED) if name in new.reported else (_REPORTED, None))))
        found += _rows(name, new.records(name), old.records(name))
    return found


def _single(*submissions: Submission) -> Iterator[Cell]:
    """The cells outside lists: national tables before groups."""
    cells = [cell for submission in submissions for cell in submission.by_where.values()]
    yield from (cell for cell in cells if cell.table not in groups())
    yield from (cell for cell in cells if cell.table in groups())


def _rows(name: str, new: Sequence[Record], old: Sequence[Record]) -> Iterator[Change]:
    pairs = _by_id(new, old) if lists()[name].id else _by_content(new, old)
    for after, before in pairs:
        row = None if after and before else "added" if after else "removed"
        record = after or before
        for key in lists()[name].fields if record else ():
            where = record.where(key) if record else name
            change = _change(where, after.cells.get(key) if after else None, before.cells.get(key) if before else None)
            if change:
                yield change._replace(row=row)


def _by_id(new: Sequence[Record], old: Sequence[Record]) -> list[tuple[Record | None, Record | None]]:
    """Pairs of the same identifier; the second of two equal identifiers pairs with the second."""
    after, before = _numbered(new), _numbered(old)
    return [(after.get(key), before.get(key)) for key in dict.fromkeys([*after, *before])]


def _numbered(records: Sequence[Record]) -> dict[tuple[str, int], Record]:
    seen: dict[str, int] = {}
    numbered = {}
    for record in records:
        seen[record.id] = seen.get(record.id, 0) + 1
        numbered[record.id, seen[record.id]] = record
    return numbered


def _by_content(new: Sequence[Record], old: Sequence[Record]) -> list[tuple[Record | None, Record | None]]:
    """Rows without an identifier: equal ones belong together, the others in their order."""
    rest: dict[int, Record] = dict(enumerate(old))
    places: dict[frozenset[tuple[str, CellValue]], list[int]] = {}
    for at, record in reversed(rest.items()):
        places.setdefault(_said(record), []).append(at)
    changed: list[Record] = []
    for record in new:
        if same := places.get(_said(record)):
            del rest[same.pop()]
        else:
            changed.append(record)
    return list(zip_longest(changed, rest.values()))


def _said(record: Record) -> frozenset[tuple[str, CellValue]]:
    return frozenset((key, value) for key, cell in record.cells.items() if (value := _value(cell)) is not None)


def _change(where: str, new: Cell | None, old: Cell | None) -> Change | None:
    before, after = _value(old), _value(new)
    if before == after and isinstance(before, bool) is isinstance(after, bool):
        return None
    shown = new if new is not None and new.state is not State.BLANK else old or new
    return Change(where, before, after, shown.origin if shown else Origin())


def _value(cell: Cell | None) -> CellValue:
    if cell is None or cell.state is State.BLANK:
        return None
    if cell.state is State.VALUE:
        return cell.value
    return "不适用" if cell.state is State.NOT_APPLICABLE else cell.origin.raw or "无法读取"
