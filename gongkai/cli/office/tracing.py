"""`gongkai trace`: where a figure of the district's report comes from, in the terminal."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from gongkai.errors import CallError
from gongkai.profile import load_profile
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.report.provenance.traced import Entered, Traced, TracedCase, UnitSource
from gongkai.reporting.report.provenance.tracer import Tracer
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.settings import Settings, asked_warehouse
from gongkai.warehouse.engine import looked_at
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.totals import compute_totals

_AT_LENGTH = 3  # figures; of more only the names are told


def show_trace(figure: str, year: int, warehouse: str | None, out: Path | None, as_json: bool) -> int:
    """Prints what a figure comes from; of one that is printed at several places, of each.

    Raises:
        CallError: the report has no such figure, or no warehouse is named.
    """
    report = known_report(year, warehouse, out)
    tracer = Tracer(report)
    paths = tracer.found(figure)
    if not paths:
        near = tracer.nearest(figure)
        like = f"，相近的有：{'、'.join(near)}" if near else ""
        raise CallError(
            f"{year} 年度的{report.state.profile.district.whole}报告中没有“{figure}”这个数据{like}。"
            "可写报告中印出的数值，或 references.html 中列出的名称。"
        )
    if as_json:
        said = {"year": year, "asked": figure, "figures": [tracer.trace(path).to_json() for path in paths]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    if len(paths) > _AT_LENGTH:
        click.echo(f"报告中有 {len(paths)} 处为 {figure}，请写明名称：")
        for path in paths:
            traced = tracer.trace(path)
            click.echo(f"  {path}  {traced.label}")
        return 0
    for path in paths:
        for line in _lines(tracer.trace(path)):
            click.echo(line)
    return 0


def known_report(year: int, warehouse: str | None, out: Path | None) -> DistrictReport:
    """The report of a year as the warehouse knows it now.

    Raises:
        CallError: no warehouse is named, it does not exist, or it knows nothing of the year.
    """
    now = datetime.now(load_profile(Settings().profile).district.zone)
    with looked_at(asked_warehouse(out, warehouse)) as engine:
        state = load_year(engine, year, now)
    return DistrictReport(state, compute_totals(state), basis_sha256(state), standing=state.report)


def _lines(traced: Traced) -> Iterator[str]:
    yield f"{traced.label}：{traced.value}{f' {traced.counted_in}' if traced.counted_in else ''}"
    yield f"  名称：{traced.path}"
    yield f"  得出：{traced.how}"
    for part in traced.parts:
        yield f"    {part.label}：{part.value}（{part.path}）"
    if traced.sources:
        given = [source for source in traced.sources if not source.nothing]
        nothing = len(traced.sources) - len(given)
        yield f"  来源：{len(traced.sources)} 家单位" + (f"，其中 {nothing} 家为 0" if nothing else "")
        yield from (f"    {_source(source)}" for source in given)
    if traced.entries:
        yield f"  办公室录入：{len(traced.entries)} 条"
        yield from (f"    {_entry(entry)}" for entry in traced.entries)
    if traced.cases:
        yield f"  台账：{len(traced.cases)} 件"
        yield from (f"    {_case(case)}" for case in traced.cases)
    yield ""


def _source(source: UnitSource) -> str:
    place = " ".join(part for part in (source.sheet, source.cell) if part)
    value = source.value if isinstance(source.value, str) else figure_text(source.value)
    counted = f"（台账 {source.cases} 件）" if source.cases is not None else ""
    return (
        f"{source.unit:<8}{source.name}  第 {source.revision} 次报送  {value}{counted}  {source.file} {place}".rstrip()
    )


def _entry(entry: Entered) -> str:
    checked = f"  合格 {entry.passed}/{entry.checked}" if entry.checked else ""
    said = f"{entry.unit or '—':<8}{entry.entry}  {entry.kind}  {entry.indicator or ''}  {entry.on or ''}"
    return f"{said}{checked}".rstrip()


def _case(case: TracedCase) -> str:
    days = [
        f"{case.received_on} 收到" if case.received_on else "",
        f"{case.replied_on} 办结" if case.replied_on else "",
    ]
    used = [f"用时 {case.used} 个工作日" if case.used is not None else "", "逾期" if case.late else ""]
    place = " ".join(part for part in (case.sheet, case.cell) if part)
    said = "  ".join(part for part in (*days, case.result or "", *used, place) if part)
    return f"{case.unit:<8}{case.case_no}  {said}"
