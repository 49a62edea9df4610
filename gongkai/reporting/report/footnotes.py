"""Footnotes (注): every settled explanation of an accepted revision, at the place it speaks of.

All of them stand in the annex; the public report prints those that a person released one by one (`release_note`).

A note about a cell of an official table stands at that cell, one about a list at the table that the list belongs to,
any other at the section it concerns. Numbered in the order in which the report is read; nothing is drawn here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gongkai.national_format import NationalFormat, for_year
from gongkai.national_format.figures import DISCLOSURE, DISPUTES, REQUESTS
from gongkai.reporting.report.grid import Grid
from gongkai.reporting.shared.settled_explanations import Explained, explained
from gongkai.reporting.shared.wording import Wording
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.places import place
from gongkai.warehouse.records import UnitYear, YearState

_TABLE_OF_LIST = {
    "register": REQUESTS,
    "disputes_register": DISPUTES,
    "documents": DISCLOSURE,
    "interpretations": DISCLOSURE,
}


@dataclass(frozen=True)
class Note:
    """One footnote.

    Attributes:
        section: key of the section it stands under.
        cell: `<table>.<row>.<column>` of the cell it stands at, None where it concerns the section as a whole.
        text: unit, place, the reason's wording and the unit's own words.
    """

    number: int
    section: str
    cell: str | None
    unit: str
    name: str
    explained: Explained
    text: str

    @property
    def label(self) -> str:
        """What marks it: 注3 (a bare figure beside a figure could be read as part of it)."""
        return f"注{self.number}"

    def to_json(self) -> dict[str, Any]:
        """One of the `footnotes` of report.json."""
        head = {"number": self.number, "section": self.section, "cell": self.cell}
        return {**head, "unit": self.unit, "name": self.name, **self.explained.to_json()}


def collect_notes(state: YearState, wording: Mapping[str, Wording] | None = None) -> tuple[Note, ...]:
    """The notes of a year: section by section, first those about it as a whole, then cell by cell, then by unit."""
    national_format = for_year(state.year)
    sections = [section.key for section in national_format.sections]
    cells = {spec.where: number for number, spec in enumerate(national_format.cells)}
    found = [
        (_section(one.finding.where, national_format), unit, one)
        for unit in state.units
        if unit.accepted is not None
        for one in explained(unit.accepted, unit.revisions, wording)
    ]
    found.sort(key=lambda said: (sections.index(said[0]), cells.get(said[2].finding.where, -1)))
    return tuple(
        _note(number, section, unit, one, national_format) for number, (section, unit, one) in enumerate(found, 1)
    )


def released_notes(notes: Sequence[Note], entries: Iterable[InspectionEntry]) -> tuple[Note, ...]:
    """The notes that somebody released for the public report, numbered anew."""
    released = {(entry.unit, entry.where) for entry in entries if entry.kind == "release_note"}
    kept = [note for note in notes if (note.unit, note.explained.finding.where) in released]
    return tuple(replace(note, number=number) for number, note in enumerate(kept, 1))


def marks(notes: Iterable[Note]) -> dict[tuple[str, str | None], str]:
    """(section, cell) → 注3 or 注3–5: the notes of one place follow each other."""
    numbers: dict[tuple[str, str | None], list[int]] = {}
    for note in notes:
        numbers.setdefault((note.section, note.cell), []).append(note.number)
    return {
        place: f"注{found[0]}" if len(found) == 1 else f"注{found[0]}–{found[-1]}" for place, found in numbers.items()
    }


def marked(grid: Grid, section: str, placed: Mapping[tuple[str, str | None], str]) -> Grid:
    """The grid with the marks of its cells."""
    rows = tuple(
        tuple(replace(cell, mark=placed.get((section, cell.where), "")) if cell.where else cell for cell in row)
        for row in grid.rows
    )
    return replace(grid, rows=rows)


def of_section(notes: Sequence[Note], section: str) -> tuple[Note, ...]:
    """The notes under a section, in their order."""
    return tuple(note for note in notes if note.section == section)


def _note(number: int, section: str, unit: UnitYear, one: Explained, national_format: NationalFormat) -> Note:
    where = one.finding.where
    cell = where if national_format.has(where) else None
    text = f"{unit.unit.name}，{place(where, national_format) or '整体'}：{one.words}"
    return Note(number, section, cell, unit.unit.code, unit.unit.name, one, text)


def _section(where: str, national_format: NationalFormat) -> str:
    """The section a place belongs to: its table's, its list's table's, its own; else the first."""
    name = where.split("[", 1)[0]
    table = _TABLE_OF_LIST.get(name, where.split(".", 1)[0])
    for section in national_format.sections:
        if section.table == table or where == f"narrative.{section.key}":
            return section.key
    return national_format.sections[0].key
