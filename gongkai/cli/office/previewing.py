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
from gongkai.reporting.preview import Effect, Preview, preview
from gongkai.reporting.shared.words import counted
from gongkai.submission.inbox import received_files
from gongkai.submission.inbox.named_unit import identified
from gongkai.submission.verdict import Status
from gongkai.warehouse.filing import FiledReading, Role
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
    told = None
    if file is None:
        revision = known_revision(unit, number)
        if unit.accepted is not None and unit.accepted.number == revision.number:
            raise CallError(f"{code} 第 {revision.number} 次报送已受理，没有可预览的变化。")
    else:
        filed = _read_as_a_run_would(file, unit, state)
        revision, told = _as_revision(filed, unit, state), _no_new_revision(filed, unit)
    if revision.submission is None:
        raise CallError(f"{code} 第 {revision.number} 次报送无法读取，不能预览。")
    found = Preview((), (), ()) if told else preview(state, revision)
    if as_json:
        click.echo(json.dumps(_document(unit, revision, found), ensure_ascii=False, indent=1))
        return 0
    verdict = revision.verdict
    judged = f"核验结论：{verdict.status.foretold}" if file else f"目前：{verdict.state.word}"
    click.echo(
        f"{code} {unit.unit.name}：假如{'这份文件' if file else f'第 {revision.number} 次报送'}受理"
        f"（{judged}，{counted(verdict, (Severity.ERROR, Severity.QUERY))}；"
        f"{f'现行受理的是第 {unit.accepted.number} 次报送' if unit.accepted else '尚无受理的报送'}；不保存任何内容）"
    )
    if told:
        click.echo(told)
    _show(f"{state.profile.district.whole}数据", found.totals)
    _show("本单位评分", found.lines)
    _show("其他单位", found.others)
    return 0


def _document(unit: UnitYear, revision: Revision, found: Preview) -> dict[str, object]:
    verdict = revision.verdict
    return {
        "unit": revision.unit,
        "year": revision.year,
        "revision": revision.number,
        "status": verdict.status.value,
        "findings": [finding.to_json() for finding in verdict.findings],
        "rules_not_applied": [{"rule": n.rule, "reason": n.reason} for n in verdict.rules_not_applied],
        "accepted_revision": unit.accepted.number if unit.accepted else None,
        "totals": [effect.to_json() for effect in found.totals],
        "scores": [effect.to_json() for effect in found.lines],
        "others": [effect.to_json() for effect in found.others],
    }


def _show(title: str, effects: Iterable[Effect]) -> None:
    listed = list(effects)
    click.echo(f"{title}：{f'{len(listed)} 处变化' if listed else '没有变化'}")
    for effect in listed:
        click.echo(f"  {effect.label}：{_or_none(effect.before)} → {_or_none(effect.after)}")


def _or_none(value: str | None) -> str:
    return "无" if value is None else value


def _read_as_a_run_would(file: Path, unit: UnitYear, state: YearState) -> FiledReading:
    """The file as a run of the same moment would take it from the unit's folder.

    Raises:
        CallError: there is no such file, or it is not readable as this unit's submission.
    """
    if not file.is_file():
        raise CallError(f"文件不存在：{file}。")
    from expectations.gathering import gather_context
    from expectations.roles import judge_alone

    received = replace(received_files.received(file, state.profile, state.as_of, state.year), folder=unit.unit.code)
    known = next((one.received_at for one in unit.revisions if one.sha256 == received.sha256), received.received_at)
    received = replace(received, received_at=known)
    reading = identified(received_files.read(received, state.year), state.profile.units)
    filed = judge_alone(reading, gather_context(state), state)
    if filed.verdict.status is Status.QUARANTINED or filed.reading.submission is None:
        why = next((found.message for found in filed.verdict.findings), "")
        raise CallError(f"{file} 不能作为 {unit.unit.code} {state.year} 年度的报送读取。{why}")
    return filed


def _as_revision(filed: FiledReading, unit: UnitYear, state: YearState) -> Revision:
    """The file as the revision that it is or would become."""
    reading, last = filed.reading, unit.latest
    return Revision(
        unit=unit.unit.code,
        year=state.year,
        number=filed.number or (last.number + 1 if last else 1),
        sha256=reading.file.sha256,
        file=reading.file.name,
        kind=reading.kind,
        received_at=state.profile.local(reading.file.received_at),
        submission=reading.submission,
        verdict=filed.verdict,
        first_verdict=filed.verdict,
    )


def _no_new_revision(filed: FiledReading, unit: UnitYear) -> str | None:
    """Why taking the file in would change no figure; None where it would be a revision that does not count yet."""
    if filed.role is Role.REPETITION:
        return "内容与受理的报送相同：收入后不会形成新的版本。"
    if filed.role is Role.APPEAL:
        return "只有申诉：收入后列入回执，不会形成新的版本。"
    if filed.role is Role.ATTACHED_REPORT:
        return "这是随报的年度报告：只与报送核对，收入后不会形成新的版本。"
    if unit.accepted is not None and unit.accepted.number == filed.number:
        return f"这份文件就是现行受理的第 {filed.number} 次报送。"
    return None
