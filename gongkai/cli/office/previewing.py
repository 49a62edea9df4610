"""`gongkai preview`: what a revision would do to totals, scores and ranks; in memory, nothing is stored."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from gongkai.cli.known_year import known_revision, known_unit, known_year
from gongkai.errors import CallError
from gongkai.findings import Severity
from gongkai.reporting.preview import Effect, preview
from gongkai.reporting.shared.words import counted
from gongkai.submission.inbox import received_files
from gongkai.submission.verdict import Status
from gongkai.warehouse.inspections import extensions
from gongkai.warehouse.records import Revision, UnitYear, YearState


def show_preview(
    code: str,
    year: int,
    warehouse: str | None,
    out: Path | None,
    number: int | None,
    file: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> int:
    """Prints the effects of a revision of the warehouse, or of a file that has not been handed in yet.

    Raises:
        CallError: there is nothing to preview, because it is accepted already or has no readable content.
    """
    state = known_year(year, warehouse, out, as_of)
    unit = known_unit(state, code)
    revision = known_revision(unit, number) if file is None else _from_file(file, unit, state)
    if revision.submission is None:
        raise CallError(f"{code} 第 {revision.number} 次报送无法读取，不能预览。")
    if unit.accepted is not None and unit.accepted.number == revision.number:
        raise CallError(f"{code} 第 {revision.number} 次报送已受理，没有可预览的变化。")
    found = preview(state, revision)
    verdict = revision.verdict
    if as_json:
        said = {
            "unit": code,
            "year": year,
            "revision": revision.number,
            "status": verdict.status.value,
            "accepted_revision": unit.accepted.number if unit.accepted else None,
            "totals": [effect.to_json() for effect in found.totals],
            "scores": [effect.to_json() for effect in found.lines],
            "others": [effect.to_json() for effect in found.others],
        }
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    judged = f"核验结论：{verdict.status.foretold}" if file else f"目前：{verdict.status.word}"
    click.echo(
        f"{code} {unit.unit.name}：假如{'这份文件' if file else f'第 {revision.number} 次报送'}受理"
        f"（{judged}，{counted(verdict, (Severity.ERROR, Severity.QUERY))}；"
        f"{f'现行受理的是第 {unit.accepted.number} 次报送' if unit.accepted else '尚无受理的报送'}；不保存任何内容）"
    )
    if any(found.rule == "NO-CHANGE" for found in verdict.findings):
        click.echo("内容与受理的报送相同：收入后不会形成新的版本。")
    _show("全区数据", found.totals)
    _show("本单位评分", found.lines)
    _show("其他单位", found.others)
    return 0


def _show(title: str, effects: Iterable[Effect]) -> None:
    listed = list(effects)
    click.echo(f"{title}：{f'{len(listed)} 处变化' if listed else '没有变化'}")
    for effect in listed:
        click.echo(f"  {effect.label}：{_or_none(effect.before)} → {_or_none(effect.after)}")


def _or_none(value: str | None) -> str:
    return "无" if value is None else value


def _from_file(file: Path, unit: UnitYear, state: YearState) -> Revision:
    """The file as the unit's next revision, judged as a run would judge it.

    Raises:
        CallError: there is no such file, or it is not readable as this unit's submission.
    """
    if not file.is_file():
        raise CallError(f"文件不存在：{file}。")
    from expectations.carrying import earlier_of
    from expectations.context import peers
    from expectations.revisions import judge_revision
    from expectations.validation import Context, validate
    from expectations.waivers import in_force

    received = replace(received_files.received(file, state.profile, state.as_of), folder=unit.unit.code)
    reading = received_files.read(received, state.year)
    context = Context(
        year=state.year,
        profile=state.profile,
        as_of=state.as_of,
        previous=state.previous,
        extensions=extensions(state.inspections),
        waivers=in_force(state.inspections, state.profile.local(state.as_of).date()),
        lock=state.lock,
        peers=peers(state, {unit.unit.code}),
        published={u.unit.code: report for u in state.units for report in u.published if report.submission},
    )
    verdict = judge_revision(reading, validate([reading], context)[0], earlier_of(unit))
    said = reading.submission
    if verdict.status is Status.QUARANTINED or said is None or said.unit != unit.unit.code:
        raise CallError(f"{file} 不能作为 {unit.unit.code} {state.year} 年度的报送读取。")
    number = unit.latest.number + 1 if unit.latest else 1
    received_at = state.profile.local(reading.file.received_at)
    return Revision(
        unit=unit.unit.code,
        year=state.year,
        number=number,
        sha256=reading.file.sha256,
        file=reading.file.name,
        kind=reading.kind,
        received_at=received_at,
        submission=said,
        verdict=verdict,
        first_verdict=verdict,
    )
