"""`gongkai sample`: what to look at, or to look at a second time, as a workbook to fill in and as JSON beside it."""

import hashlib
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import click

from gongkai.assessment.assess import assess_year
from gongkai.assessment.office.sampling import Sample, SampleReason, draw_sample, on_record
from gongkai.cli.known_year import known_year
from gongkai.errors import CallError
from gongkai.reporting.sample_plan import drawn_before, sample_json, sample_workbook
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.reporting.shared.write import write_bytes, write_json
from gongkai.settings import Settings, warehouse_url
from gongkai.submission.inspection.workbook.office_sheets import OFFICE_UNIT
from gongkai.warehouse.audit import Decision, Kind, account, record
from gongkai.warehouse.engine import opened, write
from gongkai.warehouse.records import YearState


def write_sample(
    year: int, seed: int, share: Decimal, out: Path, warehouse: str | None, as_of: datetime | None, by: str | None
) -> int:
    """Draws a plan, writes it, and puts seed and share on record.

    Raises:
        CallError: no warehouse, no share between 0 and 1, or a file that is neither .xlsx nor .json.
    """
    if not 0 < share <= 1:
        raise CallError(f"抽取比例应大于 0、不大于 1，现为 {share}（--share）。")
    if out.suffix.lower() not in (".xlsx", ".json"):
        raise CallError(f"请把 --out 写成 .xlsx 文件，现为“{out.name}”；同名的 .json 写在旁边。")
    beside = out.parent if (out.parent / "warehouse.sqlite").is_file() else None
    state = known_year(year, warehouse, beside, as_of)
    sample, basis = draw_sample(state, assess_year(state), seed, share), basis_sha256(state)
    written = write_bytes(out.with_suffix(".xlsx"), sample_workbook(sample, state, basis))
    listed = write_json(out.with_suffix(".json"), sample_json(sample, state, basis))
    plan = hashlib.sha256(listed.read_bytes()).hexdigest()
    _keep(warehouse_url(beside or Path(), warehouse or Settings().warehouse), sample, state, by, basis, plan)
    told = "，".join(f"{part.word} {sample.count(part)} 项（共 {sample.drawn_from[part]} 项）" for part in SampleReason)
    click.echo(f"已按种子 {seed} 抽样：{told}。")
    if before := drawn_before(state):
        click.echo(before)
    click.echo(f"{written}（填好后放入收件目录的 _office 文件夹）、{listed.name}（sha256 {plan}，已记入审计日志）")
    return 0


def _keep(url: str, sample: Sample, state: YearState, by: str | None, basis: str, plan: str) -> None:
    """The plan is on record from the moment it was drawn: nobody draws until he likes the sample, or changes it."""
    said = {**on_record(sample), "basis_sha256": basis, "plan_sha256": plan}
    person = (by or "").strip() or account()
    decision = Decision(
        kind=Kind.SAMPLED,
        at=state.as_of,
        by=person,
        typed_in="command",
        year=sample.year,
        subject=OFFICE_UNIT,
        after=said,
    )
    with opened(url) as engine:
        write(engine, lambda connection: record(connection, decision))
