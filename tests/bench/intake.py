"""Intake's own promises, alone in under a minute: `python -m tests.bench.intake`; `make bench` prints them too.

36 workbooks of 250 register rows, read as a run reads them (guarded, in the one reading process) against calamine
alone in this process; returned workbooks against plain XlsxWriter of the same cells. Processor time beside the wall
clock: the latter says little on a machine that others use.
"""

import dataclasses
import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from python_calamine import CalamineWorkbook

from expectations.results import issue_finding
from gongkai.demonstration.characteristics import likenesses
from gongkai.demonstration.files import submission_of
from gongkai.demonstration.inboxes import SEED
from gongkai.demonstration.year import demonstration_year
from gongkai.findings import ReadingIssue
from gongkai.national_format import for_year
from gongkai.profile import load_profile
from gongkai.reporting.receipt.returned_workbook import Returned, returned_workbook
from gongkai.submission.form import State, Submission
from gongkai.submission.inbox import isolation, received_files
from gongkai.submission.template.writer import workbook_bytes
from tests.bench.year import AS_OF

ROWS = 250
READ_LIMIT, RETURNED_LIMIT = 100, 250  # milliseconds
_FAULTS = 40  # findings of a returned workbook


class Took(NamedTuple):
    """Milliseconds a piece, by the clock and of processor time."""

    wall: float
    processor: float


def measured(work: Iterable[Callable[[], object]], child: int | None = None) -> Took:
    """Does all pieces of work; what the reading process used is counted too."""
    pieces = list(work)
    at, before = time.perf_counter(), _processor(child)
    for piece in pieces:
        piece()
    wall, processor = time.perf_counter() - at, _processor(child) - before
    return Took(wall * 1000 / len(pieces), processor * 1000 / len(pieces))


def lines() -> list[str]:
    """The two promises with their baselines and ratios, as a table."""
    profile = load_profile()
    busy = {code: dataclasses.replace(one, requests=ROWS) for code, one in likenesses(profile).items()}
    made = demonstration_year(SEED, profile, busy)  # the same year, only busier
    units = [unit for unit in profile.units if unit.kind != "office"]
    filed = [submission_of(made.contents[unit.code]) for unit in units]
    fewest = min(len(said.records("register")) for said in filed)
    books = [workbook_bytes(said, profile, unit, 2021) for said, unit in zip(filed, units, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for unit, data in zip(units, books, strict=True):
            path = Path(folder) / f"{unit.code}.xlsx"
            path.write_bytes(data)
            files.append(received_files.received(path, profile, AS_OF))
        received_files.read(files[0])  # the reading process is there
        read = measured([partial(received_files.read, file) for file in files], isolation._run.pids[-1])
    plain_read = measured([partial(_plain_read, data) for data in books])
    returned = measured(
        [
            partial(returned_workbook, said, _returned(said), profile, unit)
            for said, unit in zip(filed, units, strict=True)
        ]
    )
    plain_write = measured([partial(_plain_write, said) for said in filed])
    return [
        f"{len(units)} workbooks of ≥ {fewest} register rows, {sum(map(len, books)) // len(books) // 1024} kB each",
        "",
        "| a workbook | wall ms | processor ms | baseline wall ms | baseline processor ms | ratio (processor) |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        _row(f"guarded, isolated and read (≤ {READ_LIMIT})", read, plain_read),
        _row(f"returned, with {_FAULTS} findings (≤ {RETURNED_LIMIT})", returned, plain_write),
    ]


def _row(label: str, took: Took, base: Took) -> str:
    return (
        f"| {label} | {took.wall:.0f} | {took.processor:.0f} | {base.wall:.0f} | {base.processor:.0f} |"
        f" {took.processor / base.processor:.1f} |"
    )


def _processor(child: int | None) -> float:
    """Seconds of processor time of this process, and of the reading process where its system tells."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    status = Path(f"/proc/{child}/stat")
    ticks = status.read_text().rpartition(")")[2].split()[11:13] if child and status.exists() else ()
    return used.ru_utime + used.ru_stime + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _returned(said: Submission) -> Returned:
    faulty = [*list(said.by_where)[: _FAULTS // 2], *(r.where("replied_on") for r in said.records("register"))]
    national_format = for_year(said.year)
    issues = [ReadingIssue(rule="SHAPE", where=where, observed="三", expected="整数") for where in faulty[:_FAULTS]]
    return Returned([issue_finding(issue, national_format) for issue in issues], (), "修改清单", "请重新报送。", {})


def _plain_read(data: bytes) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _plain_write(said: Submission) -> None:
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    sheets = {table: book.add_worksheet(table[:31]) for table in dict.fromkeys(cell.table for cell in said.cells)}
    columns = {table: {} for table in sheets}  # type: dict[str, dict[str, int]]
    for number, cell in enumerate(cell for cell in said.cells if cell.state is State.VALUE):
        row = int(cell.row) if cell.row.isdigit() else number
        column = columns[cell.table].setdefault(cell.column, len(columns[cell.table]))
        sheets[cell.table].write(row, column, cell.value if isinstance(cell.value, int) else str(cell.value))
    book.close()


if __name__ == "__main__":
    sys.stdout.write("\n".join(lines()) + "\n")
