"""What a revision changed against the one before it, for receipts and `gongkai diff`: as data and as lines to read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from gongkai.national_format import NationalFormat, for_year
from gongkai.reporting.shared.series import LEAST, spans
from gongkai.reporting.style import MISSING
from gongkai.submission.changes import Change, compare
from gongkai.submission.form import CellValue
from gongkai.submission.places import column_name, place
from gongkai.submission.value_words import plain_value, value_words
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import Revision, UnitYear


def base_of(unit: UnitYear, revision: Revision) -> Revision | None:
    """What a revision is compared with: the last accepted one before it, else the last readable one."""
    earlier = [one for one in unit.revisions if one.number < revision.number and one.submission is not None]
    accepted = [one for one in earlier if one.verdict.status is Status.ACCEPTED]
    return next(reversed(accepted or earlier), None)


def changes_between(revision: Revision, base: Revision) -> list[Change]:
    """Every difference of two revisions; a quarantined one has no content and gives none."""
    if revision.submission is None or base.submission is None:
        return []
    return compare(revision.submission, base.submission)


def changes_json(unit: UnitYear, revision: Revision) -> dict[str, Any] | None:
    """The receipt's `changes`: against which revision, and each cell; None where there is nothing to compare."""
    base = base_of(unit, revision)
    if base is None or revision.submission is None:
        return None
    cells = [change_json(change) for change in changes_between(revision, base)]
    return {"against": base.number, "against_status": base.verdict.status.value, "cells": cells}


def change_json(change: Change) -> dict[str, Any]:
    """One changed cell; decimals and dates as strings."""
    return {
        "where": change.where,
        "sheet": change.origin.sheet,
        "cell": change.origin.cell,
        "before": plain_value(change.before),
        "after": plain_value(change.after),
        "row": change.row,
    }


@dataclass(frozen=True)
class ChangeLine:
    """One change to read; `cell` is empty where the file has none, several addresses for cells that changed alike."""

    place: str
    sheet: str
    cell: str
    before: str
    after: str


def change_lines(changes: Iterable[Change], year: int) -> list[ChangeLine]:
    """Changes to read: place, cell, before and after in Chinese.

    One line is a cell, a whole row of a list, or at least three cells of one row or column of a table that changed
    in the same way (a column of blanks that is now 0).
    """
    national_format = for_year(year)
    lines: dict[object, list[Change]] = {}
    listed = list(changes)
    alike = _alike(listed, national_format)
    for change in listed:
        key = (change.where.rpartition(".")[0], change.row) if change.row else alike.get(change.where, change.where)
        lines.setdefault(key, []).append(change)
    return [_row_line(f, national_format) if f[0].row else _cell_line(f, national_format) for f in lines.values()]


def _alike(changes: list[Change], national_format: NationalFormat) -> dict[str, object]:
    """Place → what gathers it, for cells that changed like others of their row or column."""
    cells = [change for change in changes if not change.row and national_format.has(change.where)]
    found: dict[str, object] = {}
    for by in (("table", "column"), ("table", "row")):
        groups: dict[tuple[object, ...], list[str]] = {}
        for change in cells:
            spec = national_format.spec(change.where)
            key = (*(getattr(spec, name) for name in by), by, str(change.before), str(change.after))
            groups.setdefault(key, []).append(change.where)
        for key, places in groups.items():
            if len(places) >= LEAST and not any(where in found for where in places):
                found.update(dict.fromkeys(places, key))
    return found


def _cell_line(found: list[Change], national_format: NationalFormat) -> ChangeLine:
    first = found[0]
    before, after = (_shown(value, first.where, national_format) for value in (first.before, first.after))
    if len(found) == 1:
        return _line(place(first.where, national_format), first, before, after)
    specs = [national_format.spec(change.where) for change in found]
    across = len({spec.row for spec in specs}) == 1
    name = f"“{specs[0].row_label}”行" if across else f"“{specs[0].column_label}”列"
    line = _line(f"{specs[0].table_label}{name} {len(found)} 格", first, before, after)
    return replace(line, cell=spans(change.origin.cell for change in found))


def _row_line(found: list[Change], national_format: NationalFormat) -> ChangeLine:
    first = found[0]
    name = place(first.where.rpartition(".")[0], national_format)
    said = "，".join(
        f"{column_name(c.where, national_format)} "
        f"{_shown(c.after if c.after is not None else c.before, c.where, national_format)}"
        for c in found
    )
    before, after = ("无", f"新增：{said}") if first.row == "added" else (said, "删除")
    return _line(name, first, before, after)


def _line(name: str, change: Change, before: str, after: str) -> ChangeLine:
    return ChangeLine(name, change.origin.sheet or "", change.origin.cell or "", before, after)


def _shown(value: CellValue, where: str, national_format: NationalFormat) -> str:
    return value_words(value, where, national_format, MISSING)
