"""The one flat, typed form that every reader fills and everything downstream uses.

A `Submission` is what one file says: cells, each with its value and where it came from. `Reading` is the
attempt to read one received file: a submission, or none and the issues that say why. Nothing here judges.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from gongkai.findings import Coercion, ReadingIssue
from gongkai.submission.cells import Cell, CellValue, Origin, State
from gongkai.submission.fields import groups, lists
from gongkai.submission.listed_rows import ListedRows, Record
from gongkai.submission.report_below import ReportBelow

__all__ = [
    "CSV",
    "HEAD_FIELDS",
    "OFFICE",
    "PUBLISHED",
    "REFUSED",
    "SCHEMA",
    "UNIT_CODE",
    "UNREAD",
    "Cell",
    "CellValue",
    "Origin",
    "Reading",
    "ReceivedFile",
    "Record",
    "State",
    "Submission",
    "where_of",
]

SCHEMA = "gongkai/submission/1"
PUBLISHED = "published"  # the kind of a reading that is a published report
REFUSED = "refused"  # of one that was not opened: a link, a device, a file that nobody may read
OFFICE = "office"  # of one that is the office's own workbook
CSV = "csv"  # of one that is a part of a submission, as a CSV file

UNIT_CODE = re.compile(r"[A-Z][A-Z0-9_-]{0,31}", re.ASCII)
UNREAD = ("SHAPE", "NOT-A-NUMBER", "DATE-UNREAD", "FORMULA-STALE")  # rules of a place that has no certain reading
# The submission's own fields: key → label and type.
HEAD_FIELDS = {
    "authority": ("填报机关", "text"),
    "prepared_by": ("填报人", "text"),
    "prepared_on": ("填报日期", "date"),
    "reason": ("更正理由", "text"),
}


@dataclass(frozen=True)
class Submission:
    """What one file says of one unit and year.

    Attributes:
        cells: national tables first, then groups, then lists, in the order of the form. A national cell that the
            file does not have at all is absent here; one that is there and empty has state BLANK. Fields of lists
            and groups that are empty are absent.
        reported: the lists the file carries, empty ones included (absent means "not reported", empty "none").
        has_tables: whether the file gives national tables at all.
        below: what it says as a whole district's report, to a city; None for a unit's own submission.
    """

    unit: str
    year: int
    cells: tuple[Cell, ...]
    reported: frozenset[str] = frozenset()
    has_tables: bool = True
    authority: str | None = None
    prepared_by: str | None = None
    prepared_on: date | None = None
    reason: str | None = None
    below: ReportBelow | None = None

    @cached_property
    def by_table(self) -> Mapping[str, Sequence[Cell]]:
        """Its cells by table, list and group, in the order of the file."""
        found: dict[str, list[Cell]] = {}
        for table, cells in groupby(self.cells, itemgetter(0)):
            found.setdefault(table, []).extend(cells)
        return found

    @cached_property
    def by_where(self) -> Mapping[str, Cell]:
        """National cells and groups by `<table>.<row>.<column>` or `<group>.<field>`."""
        return {where_of(c): c for table, cells in self.by_table.items() if table not in lists() for c in cells}

    @cached_property
    def listed(self) -> Mapping[str, ListedRows]:
        """The rows of its lists; of those that have any."""
        return {name: ListedRows(name, cells) for name, cells in self.by_table.items() if name in lists()}

    @cached_property
    def rows_of_lists(self) -> Mapping[str, int]:
        """List → how many rows its cells name; counted from the cells, independently of the records."""
        rows: dict[str, set[str]] = {name: set() for name in lists()}
        for table, cells in groupby(self.cells, itemgetter(0)):
            if table in rows:
                rows[table].update(map(itemgetter(1), cells))
        return {name: len(named) for name, named in rows.items()}

    @cached_property
    def cells_of_fields(self) -> Mapping[tuple[str, str], int]:
        """List or group and field → how many cells there are; counted likewise."""
        return Counter(map(itemgetter(0, 2), self.cells))

    def value(self, where: str) -> CellValue:
        """The value at `<table>.<row>.<column>` or `<group>.<field>`; None when missing, blank or unreadable."""
        cell = self.by_where.get(where)
        return cell.value if cell else None

    def records(self, name: str) -> tuple[Record, ...]:
        """The rows of a list in the order of the file (empty when not reported: ask `reported`)."""
        rows = self.listed.get(name)
        return rows.records if rows is not None else ()

    def content(self) -> dict[str, Any]:
        """Everything it says and nothing about where: equal for equal content, whatever the file's form."""
        said = {(c.table, c.row, c.column): (c.state, c.value) for c in self.cells if c.state is not State.BLANK}
        head = (self.unit, self.year, self.authority, self.prepared_by, self.prepared_on, self.reason)
        return {"head": head, "cells": said, "reported": self.reported, "below": self.below and self.below.said}


def where_of(cell: Cell) -> str:
    """A national cell's `<table>.<row>.<column>`, or a group's `<group>.<field>`."""
    return f"{cell.table}.{cell.column}" if cell.table in groups() else f"{cell.table}.{cell.row}.{cell.column}"


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file as it lies in the inbox; it is never changed.

    Attributes:
        name: path below the inbox, with `/`.
        folder: the first folder below the inbox (a unit's code, `_office`), None for a file directly in it.
        received_at: the moment that counts for the deadlines (`inbox.arrival`), in the district's zone.
        modified_at: when the file was last changed, which orders new ones; None for one that lies nowhere.
        proven: false for one that came by mail and whose sender nobody vouches for; it replaces nothing by itself.
    """

    path: Path
    name: str
    folder: str | None
    sha256: str
    size: int
    received_at: datetime
    modified_at: datetime | None = None
    proven: bool = True

    @property
    def arrival(self) -> datetime:
        """What orders new files: when they were last changed, which a copy may have set anew for all alike."""
        return self.modified_at or self.received_at


@dataclass(frozen=True)
class Reading:
    """The attempt to read one file.

    Attributes:
        submission: None when the file cannot be read as a unit's submission (it is then quarantined).
        issues: what the reader saw that a rule speaks about, in the order of the file.
        kind: the form it came in: `json`, `workbook`, `office`, `csv`, `published`, or None when not even that is
            known; `refused` of what was not opened at all.
    """

    file: ReceivedFile
    submission: Submission | None
    issues: tuple[ReadingIssue, ...] = ()
    coercions: tuple[Coercion, ...] = ()
    kind: str | None = None
    template: str | None = field(default=None)

    @property
    def addressee(self) -> str | None:
        """Whose it is: the unit whose folder it lies in, else the one that it names inside."""
        return self.file.folder or (self.submission.unit if self.submission else None)

    @property
    def unread(self) -> frozenset[str]:
        """The places where something stands that has no certain reading: it is not known, and it is not missing."""
        return frozenset(issue.where for issue in self.issues if issue.rule in UNREAD)

    def issue_rules(self) -> Iterator[str]:
        """The ids of the rules its issues belong to."""
        return (issue.rule for issue in self.issues)
