"""`gongkai run --as-history`: last year's published reports or workbooks, taken in for comparison only.

Read like any submission and never judged: this year's carry-over is held against them, templates come prefilled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from sqlalchemy import Engine

from expectations.catalogue import catalogue_json, rules_version
from expectations.context import Context
from expectations.last_year.history import PastYear, figures_of, past_years, unplaced_files
from gongkai import __version__
from gongkai.errors import CallError
from gongkai.file_access import refuse_unusable
from gongkai.profile import Profile, Unit, load_profile
from gongkai.reporting.history import FileLeftOut, LastYearOf, write_history
from gongkai.reporting.style import Page
from gongkai.settings import Settings
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inbox import received_files
from gongkai.submission.inbox.assignment import Assigned, assign_readings
from gongkai.submission.privacy.edition import edition
from gongkai.submission.published.addressee import named_by_report
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.engine import opened
from gongkai.warehouse.merge import merge_submission
from gongkai.warehouse.queries import load_previous
from gongkai.warehouse.runs import finish_run, start_run
from gongkai.warehouse.years.history import HISTORY, refuse_worked_on
from gongkai.warehouse.years.last_year import Previous


def take_in_past_year(
    year: int, inbox: Path, out: Path, profile: Path | None, warehouse: str, as_of: datetime | None
) -> int:
    """Stores what was read of a past year and writes the page of who has one; exit code 3 while somebody has none.

    Raises:
        CallError: no such inbox, or the year is one that this warehouse works on.
        ConfigurationError, WarehouseError: the profile is wrong, the database refuses.
    """
    district = load_profile(profile or Settings().profile)
    at = district.local(as_of) if as_of else datetime.now(district.district.zone)
    refuse_unusable(out)
    if not inbox.is_dir():
        raise CallError(f"收件目录不存在：{inbox}。请核对收件目录。")
    say = partial(click.echo, err=True)
    with (
        claimed(warehouse, out, year, f"{year} 年度往年资料", Settings().wait, say),
        opened(warehouse, create=True) as engine,
    ):
        refuse_worked_on(engine, year)
        assigned = _read(inbox, district, at, year)
        context = Context(year=year, profile=district, as_of=at)
        past = past_years(assigned, context)
        _store(engine, past, context, inbox)
        following = load_previous(engine, year + 1, at, district)
    units = [_row(unit.code, unit.name, past, following) for unit in district.expected(year + 1)]
    unplaced = unplaced_files(assigned, context)
    page = Page("往年资料", district.district, year, at, rules_version())
    html, _ = write_history(units, unplaced, page, out)
    return _tell(units, unplaced, year, html)


def _read(inbox: Path, district: Profile, at: datetime, year: int) -> Assigned:
    found = received_files.scan(inbox, district, at, year)
    for folder, why in found.troubles.items():
        click.echo(f"{folder}：{why}", err=True)
    in_folders = {unit: [received_files.read(file) for file in files] for unit, files in found.units.items()}
    expected = district.expected(year)
    loose = [_loose(file, expected) for file in found.loose]
    assigned = assign_readings(in_folders, loose, [unit.code for unit in expected], expected, lambda _: False)
    assigned.unplaced[:0] = found.unplaced
    return assigned


def _loose(file: ReceivedFile, expected: Sequence[Unit]) -> Reading:
    """A file in nobody's folder: a published report says by its title whose it is."""
    data = received_files.contents(file)
    code = named_by_report(data, expected) if isinstance(data, bytes) else None
    return received_files.read(replace(file, folder=code))


def _store(engine: Engine, past: Sequence[PastYear], context: Context, inbox: Path) -> None:
    """Stores what counts, in a run that is marked as history."""
    parameters = {HISTORY: True, "inbox": str(inbox), "program": __version__, "privacy": edition()}
    run_id = start_run(
        engine, context.year, context.as_of, context.profile, rules_version(), parameters, None, catalogue_json()
    )
    for one in past:
        if one.taken is not None and one.verdict is not None:
            merge_submission(engine, one.taken, one.verdict, one.unit.code, context.year, run_id)
    whole = all(one.taken is not None for one in past)
    finish_run(engine, run_id, "complete" if whole else "incomplete")


def _row(code: str, name: str, past: Sequence[PastYear], following: Mapping[str, Previous]) -> LastYearOf:
    """What a unit of the year to come has of last year, in the warehouse as it is now."""
    last = following.get(code)
    reports = last.reports if last else ()
    figures, unread = figures_of(last.submission) if last else (0, ())
    left_out = [file for one in past if one.unit.code == code for file in one.left_out]
    return LastYearOf(
        code,
        name,
        tuple(one.submission.unit for one in reports),
        last.missing if last else (),
        figures,
        unread,
        tuple(left_out),
    )


def _tell(units: Sequence[LastYearOf], unplaced: Sequence[FileLeftOut], year: int, page: Path) -> int:
    without = [one for one in units if not one.reports]
    click.echo(f"{year} 年度往年资料：{len(units)} 个单位中 {len(units) - len(without)} 个有上年数。")
    if without:
        click.echo(f"没有上年数的单位：{'、'.join(f'{one.code} {one.name}' for one in without)}。")
    for file in [*(file for one in units for file in one.left_out), *unplaced]:
        click.echo(f"没有采用 {file.name}：{' '.join(file.reasons)}")
    if unread := sum(len(one.unread) for one in units):
        click.echo(f"有 {unread} 处数据没有读出，需要补录。")
    click.echo(f"详见 {page}")
    return 3 if without else 0
