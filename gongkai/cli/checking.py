"""`gongkai check`: the pipeline's verdict on one file, in the terminal or as JSON; nothing is stored."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from gongkai.errors import CallError, UnknownUnit
from gongkai.findings import Severity
from gongkai.profile import load_profile
from gongkai.settings import Settings
from gongkai.submission import inbox
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inspection import InspectionEntry
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import Previous, PublishedReport

_WORDS = {
    Status.ACCEPTED: "可以受理",
    Status.RETURNED: "会被退回",
    Status.QUARANTINED: "无法作为本单位的材料读取",
}
_SIGNS = {Severity.ERROR: "✕ 错误", Severity.QUERY: "？ 疑点", Severity.NOTICE: "· 提示"}


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
    reading = _read_while_loading(replace(inbox.received(file, loaded, now), folder=unit), year)
    if year is None:
        year = reading.submission.year if reading.submission else now.year - 1

    from expectations.validation import Context, validate
    from expectations.waivers import in_force

    previous: dict[str, Previous] = {}
    published: dict[str, PublishedReport] = {}
    waivers: tuple[InspectionEntry, ...] = ()
    if warehouse:
        from gongkai.warehouse.engine import open_warehouse
        from gongkai.warehouse.queries import load_inspections, load_previous, load_published

        engine = open_warehouse(warehouse, create=False)
        previous = dict(load_previous(engine, year, now))
        published = dict(load_published(engine, year, now, loaded))
        waivers = in_force(load_inspections(engine, year, now), now.date())
    # A sender checks before sending: the deadline is for the office to judge.
    context = Context(
        year=year,
        profile=loaded,
        as_of=now,
        previous=previous,
        waivers=waivers,
        judge_deadline=False,
        published=published,
    )
    verdict = validate([reading], context)[0]
    click.echo(
        json.dumps(_document(reading, year, verdict), ensure_ascii=False, indent=1) if as_json else _text(verdict)
    )
    if html:
        from gongkai.reporting.self_check import write_check_page

        write_check_page(reading.file, verdict, loaded, year, now, html)
    return 0 if verdict.status is Status.ACCEPTED else 3


def _read_while_loading(file: ReceivedFile, year: int | None) -> Reading:
    """Reads in the reading process while this one loads Great Expectations, which takes the longest."""
    with ThreadPoolExecutor(1) as beside:
        reading = beside.submit(inbox.read, file, year)
        import expectations.suites  # noqa: F401  # loaded here only to be ready when the reading is

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
    }


def _text(verdict: Verdict) -> str:
    lines = [f"结论：{_WORDS[verdict.status]}"]
    counts = {severity: verdict.count(severity) for severity in Severity}
    lines[0] += f"（错误 {counts[Severity.ERROR]} · 疑点 {counts[Severity.QUERY]} · 提示 {counts[Severity.NOTICE]}）"
    for finding in verdict.findings:
        place = f" [{finding.sheet} {finding.cell}]" if finding.cell else ""
        settled = "（已豁免）" if finding.waived_by else "（已说明）" if finding.settled_by else ""
        lines.append(f"{_SIGNS[finding.severity]}{settled} {finding.message}{place}  {finding.rule}")
    lines += [f"读取时作了换算：{c.where} 原文“{c.raw}”读作 {c.value}（{c.why}）" for c in verdict.coercions]
    lines += [f"未能核验 {n.rule}：{n.reason}" for n in verdict.rules_not_applied]
    return "\n".join(lines)
