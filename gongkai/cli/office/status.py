"""`gongkai status`: one line a unit, from the warehouse as it is now."""

import json
from collections import Counter
from pathlib import Path

import click

from gongkai.cli.known_year import known_year
from gongkai.reporting.shared.standing import Standing, due_of, lock_of, standing, standing_words
from gongkai.reporting.shared.year_calendar import arrangement_of
from gongkai.warehouse.records import UnitYear, YearState


def show_status(year: int, warehouse: str | None, out: Path | None, as_json: bool) -> int:
    """Prints expected, received, returned, accepted and late; exit code 3 while somebody is not accepted."""
    state = known_year(year, warehouse, out)
    lines = [_line(unit, state) for unit in state.units]
    lock, calendar = lock_of(state), arrangement_of(state)
    if as_json:
        locked_at = lock.at.isoformat() if lock else None
        said = {"year": year, "locked_at": locked_at, "calendar": calendar.to_json(), "units": lines}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 3 if state.incomplete else 0
    for line, unit in zip(lines, state.units, strict=True):
        words = standing_words(unit, state)
        click.echo(f"{line['unit']:<8}{words:　<6}共 {line['revisions']} 版  期限 {line['due']}  {line['name']}")
    standings = Counter(standing(unit, state) for unit in state.units)
    arrived = sum(bool(unit.revisions) for unit in state.units)
    counted = " · ".join(f"{one.word} {standings[one]}" for one in Standing if standings[one])
    click.echo(f"应报 {len(lines)} · 已收 {arrived} · 其中{counted}")
    if lock:
        click.echo(f"{year} 年度已于 {lock.at:%Y-%m-%d} 由{lock.by}锁定：{lock.reason}")
    if calendar.notice:
        click.echo(calendar.notice)
    return 3 if state.incomplete else 0


def _line(unit: UnitYear, state: YearState) -> dict[str, object]:
    latest = unit.accepted or unit.latest
    return {
        "unit": unit.unit.code,
        "name": unit.unit.name,
        "state": unit.state,
        "standing": standing(unit, state),
        "due": due_of(unit, state).isoformat(),
        "revisions": len(unit.revisions),
        "on_time": latest.verdict.on_time if latest else None,
        "received_at": latest.received_at.isoformat() if latest else None,
    }
