"""`gongkai check`: the pipeline's verdict on one file, in the terminal or as JSON; nothing is stored."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from expectations.gx_library import load_engine
from gongkai.errors import CallError, UnknownUnit
from gongkai.findings import Finding
from gongkai.national_format import for_year
from gongkai.profile import load_profile
from gongkai.reporting.shared.words import at, coercion_words, counted, hint_of, not_applied, without_asking
from gongkai.settings import Settings
from gongkai.submission.form import Reading, ReceivedFile, Submission
from gongkai.submission.inbox import received_files
from gongkai.submission.verdict import Status, Verdict

if TYPE_CHECKING:
    from expectations.carrying import Earlier
    from expectations.context import Context

_BEFORE_SENDING = "自查时不核对截止日期。"
_NO_WAREHOUSE = "没有指明数据库，不能与其他单位和以前报送的材料比较。"


def check_file(
    file: Path,
    year: int | None,
    profile: Path | None,
    warehouse: str | None,
    as_json: bool,
    html: Path | None = None,
    unit: str | None = None,
) -> int:
    """Reads and validates one file as the pipeline would; `html` also gets the result as a page.

    `unit` checks it as if it lay in that unit's folder: for a file that names no unit, such as a published report.

    Returns:
        0 acceptable, 3 not acceptable.
    """
    if not file.is_file():
        raise CallError(f"文件不存在：{file}。")
    loaded = load_profile(profile or Settings().profile)
    now = datetime.now(loaded.district.zone)
    if unit is not None and loaded.unit(unit) is None:
        raise UnknownUnit(f"名录中没有单位 {unit}。请核对 --unit。")
    reading = _read_while_loading(replace(received_files.received(file, loaded, now), folder=unit), year)
    if year is None:
        year = reading.submission.year if reading.submission else now.year - 1

    from expectations.revisions import judge_revision
    from expectations.validation import Context, validate

    context = Context(year=year, profile=loaded, as_of=now, set_aside=_set_aside(year, bool(warehouse)))
    earlier: Sequence[Earlier] = ()
    if warehouse:
        context, earlier = _beside_others(context, warehouse, reading.submission)
    verdict = judge_revision(reading, validate([reading], context)[0], earlier)
    click.echo(
        json.dumps(_document(reading, year, verdict), ensure_ascii=False, indent=1) if as_json else _text(verdict, year)
    )
    if html:
        from gongkai.reporting.receipt.self_check import write_check_page

        write_check_page(reading.file, verdict, loaded, year, now, html)
    return 0 if verdict.status is Status.ACCEPTED else 3


def _beside_others(
    context: "Context", warehouse: str, said: Submission | None
) -> tuple["Context", Sequence["Earlier"]]:
    """The context with all that a warehouse knows, and what the unit sent before."""
    from expectations.carrying import earlier_of
    from expectations.context import peers
    from expectations.waivers import in_force
    from gongkai.warehouse.engine import open_warehouse
    from gongkai.warehouse.locks import load_lock
    from gongkai.warehouse.queries import load_published, load_year

    engine = open_warehouse(warehouse, create=False)
    year, now, profile = context.year, context.as_of, context.profile
    state = load_year(engine, year, now, profile)
    beside = replace(
        context,
        previous=state.previous,
        waivers=in_force(state.inspections, now.date()),
        published=load_published(engine, year, now, profile),
        lock=load_lock(engine, year),
        peers=peers(state, {said.unit} if said else ()),
    )
    return beside, next((earlier_of(unit) for unit in state.units if said and unit.unit.code == said.unit), [])


def _set_aside(year: int, with_others: bool) -> dict[str, str]:
    """What a sender's own check leaves out: the deadline is for the office to judge, others may not be at hand."""
    from expectations.catalogue import load_catalogue

    alone = () if with_others else (rule.id for rule in load_catalogue().in_force(year) if rule.needs_warehouse)
    return {"INTAKE-CLOSED": _BEFORE_SENDING, **dict.fromkeys(alone, _NO_WAREHOUSE)}


def _read_while_loading(file: ReceivedFile, year: int | None) -> Reading:
    """Reads in the reading process while this one loads Great Expectations, which takes the longest."""
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(received_files.read, file, year)
        load_engine()
        return reading.result()


def _document(reading: Reading, year: int, verdict: Verdict) -> dict[str, object]:
    return {
        "unit": reading.submission.unit if reading.submission else None,
        "year": year,
        "file": reading.file.name,
        "sha256": reading.file.sha256,
        "status": verdict.status.value,
        "findings": [finding.to_json() for finding in verdict.findings],
        "coercions": [coercion.to_json() for coercion in verdict.coercions],
        "rules_not_applied": [{"rule": n.rule, "reason": n.reason} for n in verdict.rules_not_applied],
        "profile_rules": [asdict(change) for change in verdict.profile_rules],
    }


def _text(verdict: Verdict, year: int) -> str:
    lines = [f"结论：{verdict.status.foretold}（{counted(verdict)}）"]
    for finding in verdict.findings:
        asked = " ".join(part for part in (finding.message, hint_of(finding, finding.message)) if part)
        said = asked if finding.settled_by is None else without_asking(finding.message)
        head = f"{finding.severity.sign} {finding.severity.word}{_settled(finding)}"
        lines.append(f"{head} {said}{at(finding.sheet, finding.cell)}  {finding.rule}")
    lines += [f"读取时作了换算：{coercion_words(one, for_year(year))}" for one in verdict.coercions]
    for line in not_applied(verdict):
        lines.append(f"未能核验：{line.reason}（{line.rules}）")
    lines += [
        f"本区门槛 {c.rule}：{c.what} {c.value} {c.unit}（一般为 {c.regular} {c.unit}）：{c.reason}。"
        for c in verdict.profile_rules
    ]
    return "\n".join(lines)


def _settled(finding: Finding) -> str:
    if finding.waived_by:
        return "（已豁免）"
    if finding.explained_in:
        return f"（已说明，沿用第 {finding.explained_in} 次报送）"
    return "（已说明）" if finding.reason else ""
