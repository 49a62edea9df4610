"""`gongkai diff`: what one revision of a unit changed against another, cell by cell."""

import json
from pathlib import Path

import click

from gongkai.cli.known_year import known_revision, known_unit, known_year
from gongkai.errors import CallError
from gongkai.reporting.receipt.changed_cells import base_of, change_json, change_lines, changes_between
from gongkai.reporting.shared.words import at
from gongkai.warehouse.records import Revision


def show_changes(
    code: str,
    year: int,
    warehouse: str | None,
    out: Path | None,
    first: int | None,
    second: int | None,
    as_json: bool,
) -> int:
    """Prints the differences; without numbers, of the latest revision against the accepted one before it.

    Raises:
        CallError: a revision does not exist, has no readable content, or has none before it.
    """
    unit = known_unit(known_year(year, warehouse, out), code)
    new = known_revision(unit, second)
    old = base_of(unit, new) if first is None else known_revision(unit, first)
    if old is None:
        raise CallError(f"{code} 在第 {new.number} 次报送之前没有可比较的报送。")
    for revision in (old, new):
        if revision.submission is None:
            raise CallError(f"{code} 第 {revision.number} 次报送无法读取，不能比较。")
    changes = changes_between(new, old)
    if as_json:
        said = {"unit": code, "year": year, "from": old.number, "to": new.number}
        click.echo(json.dumps({**said, "changes": [change_json(c) for c in changes]}, ensure_ascii=False, indent=1))
        return 0
    lines = change_lines(changes, year)
    click.echo(f"{code} {unit.unit.name}：{_named(old)} → {_named(new)}，改动 {len(lines)} 处")
    for line in lines:
        click.echo(f"{line.place}{at(line.sheet, line.cell)}：{line.before} → {line.after}")
    return 0


def _named(revision: Revision) -> str:
    return f"第 {revision.number} 次报送（{revision.verdict.state.word}）"
