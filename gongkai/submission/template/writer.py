"""Writes the workbook that a unit fills: blank with last year's carry-over, or filled from a `Submission`.

Order and hidden data of the workbook stand here; the sheets are drawn by `cover`, `table_sheets` and
`list_sheets`. The same input gives the same bytes.
"""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from gongkai.national_format import for_year
from gongkai.profile import Profile, Unit
from gongkai.submission.fields import lists, template_version
from gongkai.submission.form import Submission
from gongkai.submission.template.canvas import FirstSheet, Form, Letterhead
from gongkai.submission.template.cover import draw_cover
from gongkai.submission.template.list_sheets import draw_groups, draw_lists
from gongkai.submission.template.names import (
    COVER_SHEET,
    META_TABLES,
    META_TEMPLATE,
    META_UNIT,
    META_YEAR,
    SYSTEM_SHEET,
    Place,
    template_name,
)
from gongkai.submission.template.styles import Styles
from gongkai.submission.template.table_sheets import draw_tables
from gongkai.submission.values.typed_values import NAME_FOLLOWS

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]')  # what a file name may not hold on some machine
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_templates(
    profile: Profile,
    year: int,
    out: Path,
    units: Sequence[Unit] | None = None,
    previous: Mapping[str, Submission | None] | None = None,
    reasons: tuple[str, ...] = (),
    notes: Mapping[str, str] | None = None,
) -> list[Path]:
    """Writes the workbooks to hand out, `<code>-<name>-<year>.xlsx` each.

    Args:
        profile: the district.
        year: the report year, which decides the national format.
        out: the folder, made if need be.
        units: the units to write for; None means every expected unit of the year.
        previous: unit code → last year's submission, for the carry-over and the reference figures.
        reasons: the accepted reasons, in words, for the drop-down of 疑点说明.
        notes: unit code → what its own first sheet says on top.
    """
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for unit in profile.expected(year) if units is None else units:
        path = out / f"{unit.code}-{_UNSAFE.sub('', unit.name)}-{year}.xlsx"
        last, note = (previous or {}).get(unit.code), (notes or {}).get(unit.code)
        path.write_bytes(workbook_bytes(None, profile, unit, year, last, reasons=reasons, note=note))
        written.append(path)
    return written


def write_workbook(
    path: Path,
    submission: Submission | None,
    profile: Profile,
    unit: Unit,
    year: int,
    previous: Submission | None = None,
    created: datetime | None = None,
) -> None:
    """Writes one workbook; see `workbook_bytes`."""
    path.write_bytes(workbook_bytes(submission, profile, unit, year, previous, created))


def workbook_bytes(
    submission: Submission | None,
    profile: Profile,
    unit: Unit,
    year: int,
    previous: Submission | None = None,
    created: datetime | None = None,
    first: FirstSheet | None = None,
    reasons: tuple[str, ...] = (),
    note: str | None = None,
) -> bytes:
    """One workbook.

    Args:
        profile: the district, for names, deadline and contact.
        year: the report year of a blank template.
        submission: what fills it, read back with equal `content()`; None writes a blank template.
        unit: whose workbook it is. Unit and year of a submission win in the hidden data.
        previous: last year's submission, for the carry-over of a blank template and the reference figures.
        created: the date in the file's properties; default: 1 January after the report year.
        first: a sheet before all others, with the cells it marks.
        reasons: the accepted reasons, in words.
        note: what the first sheet says on top to this unit.
    """
    year = submission.year if submission else year
    buffer = io.BytesIO()
    book = empty_book(buffer, f"{year} 年度政务公开工作报送表", created or drawn_on(profile, year))
    head, version = letterhead(profile, year), template_version()
    with_tables = submission.has_tables if submission else unit.carries_tables
    form = Form(
        book, Styles(book), head, unit, year, for_year(year), version, submission, previous, with_tables,
        suggested=_suggested(profile, reasons), note=note,
    )  # fmt: skip
    front = None
    if first is not None:
        form.marks, front = first.marks, form.sheet(first.name, first.widths)
    draw_sheets(form)
    if first is not None:
        first.draw(form, front)
    _system(form, submission.unit if submission else unit.code)
    book.close()
    return buffer.getvalue()


def drawn_on(profile: Profile, year: int) -> datetime:
    """The date in the properties of a year's workbooks: the same whenever they are written."""
    return datetime(year + 1, 1, 1, tzinfo=profile.district.zone)


def empty_book(buffer: io.BytesIO, title: str, created: datetime) -> Workbook:
    """A workbook to draw on, in which no text becomes a formula, a link or a number."""
    book = Workbook(buffer, _OPTIONS)
    book.set_properties({"created": created, "title": title})
    book.calc_on_load = False  # every formula stands here with its result; a stored 0 is one
    return book


def _suggested(profile: Profile, reasons: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """What the drop-downs offer: codes with their names behind, and the accepted reasons."""
    areas = tuple(f"{number}{NAME_FOLLOWS}{name}" for number, name in sorted(profile.areas.items()))
    indicators = tuple(f"{one.code}{NAME_FOLLOWS}{one.label}" for one in profile.scheme.indicators)
    return {"areas": areas, "indicators": indicators, "reasons": reasons}


def letterhead(profile: Profile, year: int) -> Letterhead:
    """What the district's profile says at the head of a template."""
    district = profile.district
    contact = (district.contact.department, district.contact.phone, district.contact.email)
    return Letterhead(district.name, contact, profile.cycle.soft_deadline(year), district.demonstration, district.says)


def draw_sheets(form: Form) -> None:
    """Draws every sheet that a clerk sees."""
    form.sheet(COVER_SHEET, [18, 34, 34, 34], pages_tall=1)
    _plan_choices(form)
    if form.with_tables:
        draw_tables(form)
    draw_groups(form)
    draw_lists(form)
    draw_cover(form)


def _plan_choices(form: Form) -> None:
    """Gives every choice list its range before a drop-down points there."""
    for group in lists().values():
        for field in group.fields.values():
            if field.type == "choice":
                form.choices(tuple(field.choices_in(form.national_format).values()))
            elif offered := form.suggested.get(field.suggested or ""):
                form.choices(offered)


def _system(form: Form, unit: str) -> None:
    meta: dict[str, str | int] = {
        META_TEMPLATE: template_name(form.version),
        META_UNIT: unit,
        META_YEAR: form.year,
        META_TABLES: int(form.with_tables),
    }
    system_sheet(form, meta)


def system_sheet(form: Form, meta: Mapping[str, str | int]) -> None:
    """The very hidden sheet: what the reader must know, by its name, and the texts of the drop-downs."""
    sheet = form.book.add_worksheet(SYSTEM_SHEET)
    for row, (name, value) in enumerate(meta.items()):
        sheet.write_string(row, 0, name)
        (sheet.write_number if isinstance(value, int) else sheet.write_string)(row, 1, value)
        form.define(name, Place(SYSTEM_SHEET, row, 1, row, 1))
    for column, labels in enumerate(form.choice_ranges, 2):
        for row, label in enumerate(labels):
            sheet.write_string(row, column, label)
    sheet.protect()
    sheet.very_hidden()
