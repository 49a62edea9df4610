"""`gongkai template --office`: the office's own workbook, with what waits for it and what it has entered already."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import click

from expectations.settling.waivers import waivable
from gongkai.assessment.assess import assess_year
from gongkai.assessment.office.open_work import office_rows
from gongkai.errors import CallError
from gongkai.file_access import why
from gongkai.profile import Profile, load_profile
from gongkai.reporting.shared.write import write_bytes
from gongkai.settings import Settings, warehouse_url
from gongkai.submission.inspection.entry import SCHEMA
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.inspection.workbook.office_sheets import office_sheets
from gongkai.submission.inspection.workbook.writer import office_workbook, rows_of
from gongkai.submission.readers.strict_json import parse_json
from gongkai.submission.values.typed_values import read_year
from gongkai.warehouse.engine import looked_at
from gongkai.warehouse.queries import last_profile, load_year
from gongkai.warehouse.records import YearState


def write_office_template(
    year: int, out: Path, profile: Path | None, warehouse: str | None, filled: Path | None, codes: list[str]
) -> int:
    """Writes `办公室录入-<year>.xlsx`; without a warehouse nothing is listed as waiting.

    Raises:
        CallError: units were named, or the file to fill in cannot be read as the office's input of the year.
    """
    if codes:
        raise CallError("--office 写出的是办公室自己的一本工作簿，不能与 --units 同用。")
    loaded = load_profile(profile or Settings().profile)
    given = _given(filled, year) if filled else None
    name, url = f"办公室录入-{year}.xlsx", _warehouse(warehouse, out)
    state = _known(url, year, loaded, profile) if url else None
    rows: list[OfficeRow] = []
    if state is not None:
        loaded, rows = state.profile, office_rows(state, assess_year(state, state.previous_scores), name)
    if given is not None:
        sheets = office_sheets()
        rows = [*rows_of(given), *(row for row in rows if sheets[row.sheet].is_waiting(row.values))]
    path = out / name
    data = office_workbook(rows, loaded, year, waivable(year))
    aside = _set_aside(path, data)
    write_bytes(path, data)
    waiting = sum(office_sheets()[row.sheet].is_waiting(row.values) for row in rows)
    click.echo(f"已写出 {path}：带入已有录入 {len(rows) - waiting} 条，列出待办 {waiting} 条。")
    if aside is not None:
        click.echo(f"原有的同名工作簿没有覆盖，已改名为 {aside.name}。")
    if state is None:
        click.echo("没有指明数据仓库（--warehouse），或其中还没有本年度的运行记录：待办事项没有列出。")
    return 0


def _warehouse(named: str | None, out: Path) -> str | None:
    """The warehouse that is named or set, else the one below the folder if there is any."""
    below = out / "warehouse.sqlite"
    return warehouse_url(out, named) if named or Settings().warehouse or below.is_file() else None


def _known(url: str, year: int, loaded: Profile, named: Path | None) -> YearState | None:
    """The year as the warehouse knows it; None before its first run."""
    now = datetime.now(loaded.district.zone)
    with looked_at(url) as engine:
        known = last_profile(engine, now, year)
        return load_year(engine, year, now, loaded if named else None) if known is not None else None


def _set_aside(path: Path, data: bytes) -> Path | None:
    """Somebody may have worked in the workbook that lies there: it gets another name, unless it is the same."""
    if not path.is_file() or path.read_bytes() == data:
        return None
    free = (path.with_stem(f"{path.stem}-此前{number}") for number in count(1))
    return path.rename(next(name for name in free if not name.exists()))


def _given(file: Path, year: int) -> list[Mapping[str, Any]]:
    """The entries of a JSON file of the office's, as they stand there."""
    try:
        document = parse_json(file.read_bytes())
    except OSError as error:
        raise CallError(f"文件 {file} 无法读取（{why(error)}）。") from None
    except ValueError as error:
        raise CallError(f"文件 {file} 无法读取：{error}。") from None
    listed = document.get("entries") if isinstance(document, dict) else None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA or not isinstance(listed, list):
        raise CallError(f"{file} 不是办公室录入文件（{SCHEMA}，含 entries 列表）。")
    if read_year(document.get("year")).value != year:
        raise CallError(f"{file} 是 {document.get('year')} 年度的录入，不是 {year} 年度的。")
    return [entry for entry in listed if isinstance(entry, dict)]
