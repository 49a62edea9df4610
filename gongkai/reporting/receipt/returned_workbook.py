"""The returned workbook: the unit's own content in the current template, with what is to be corrected marked in it.

What was unreadable is put back as it was typed; marks and comments stand at the cells, the first sheet lists them
(`fix_list`). Corrected there it is sent again. Titles and accepted reasons come in as data (`Wording`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from xlsxwriter.worksheet import Worksheet

from gongkai.findings import Finding
from gongkai.profile import Profile, Unit
from gongkai.reporting.receipt.fix_list import LIST_WIDTHS, FixList, place_of, said_of
from gongkai.reporting.shared.wording import Wordings
from gongkai.reporting.style import repack
from gongkai.submission.fields import lists
from gongkai.submission.form import UNREAD, Cell, Origin, State, Submission
from gongkai.submission.repair.parts import Repair
from gongkai.submission.template.canvas import FirstSheet, Form, lines_in
from gongkai.submission.template.names import FIX_LIST_SHEET, Place
from gongkai.submission.template.styles import BODY_FONT, SMALL_SIZE
from gongkai.submission.template.writer import workbook_bytes

_IN_LIST = re.compile(r"(?P<list>[a-z_]+)\[(?P<id>.*)\](?:\.(?P<field>[a-z_]+))?", re.DOTALL)
_ROW = re.compile(r"[A-Z]+(\d+)")
_COMMENT_WIDTH, _COMMENT_CHARACTERS, _COMMENT_LINE = 320, 46, 15  # pixels, characters, pixels


@dataclass(frozen=True)
class Returned:
    """What a returned workbook says beside the unit's own content.

    Attributes:
        findings: of the revision; settled ones are left out.
        until: the sentence about the day by which it must come back.
        heading: which revision was returned.
        wording: rule → its title and the reasons that settle it.
    """

    findings: Sequence[Finding]
    repairs: Sequence[Repair]
    heading: str
    until: str
    wording: Wordings


def returned_workbook(
    submission: Submission, returned: Returned, profile: Profile, unit: Unit, previous: Submission | None = None
) -> bytes:
    """The bytes of `<unit>-returned.xlsx`; equal for equal input, on any machine."""
    open_findings = [finding for finding in returned.findings if finding.settled_by is None]
    marks = _marks(open_findings)

    def draw(form: Form, sheet: Worksheet) -> None:
        FixList(form, sheet, open_findings, returned.repairs, returned.wording).draw(returned.heading, returned.until)
        write_comments(form, open_findings)

    first = FirstSheet(FIX_LIST_SHEET, LIST_WIDTHS, marks, draw)
    content = _as_typed(submission, open_findings)
    if unit.carries_tables and not content.has_tables:
        content = replace(content, has_tables=True)  # blank tables: they are asked for
    reasons = tuple(dict.fromkeys(said for one in returned.wording.values() for said in one.reasons.values()))
    return repack(workbook_bytes(content, profile, unit, submission.year, previous, first=first, reasons=reasons))


def _marks(findings: Sequence[Finding]) -> dict[str, str]:
    """Where → the worst that is said about it."""
    marks: dict[str, str] = {}
    for finding in sorted(findings, key=lambda finding: -finding.severity.rank):
        marks[_cell_of(finding.where)] = finding.severity.value
    return marks


def _cell_of(where: str) -> str:
    """A cell's place; for a row of a list as a whole, that of its identifying field."""
    found = _IN_LIST.fullmatch(where)
    if found is None or found["field"] or found["list"] not in lists():
        return where
    group = lists()[found["list"]]
    return f"{where}.{group.id or next(iter(group.fields))}"


def write_comments(form: Form, findings: Sequence[Finding]) -> None:
    """Says at each marked cell what is to be done there; the rule's code stands small at the end."""
    texts: dict[Place, list[str]] = {}
    for finding in findings:
        place = place_of(finding, form)
        if place is not None and _cell_of(finding.where) in form.placed:
            texts.setdefault(place, []).append(f"{said_of(finding, form)}\n〔{finding.rule}〕")
    for place, said in texts.items():
        text = "\n".join(said)
        height = _COMMENT_LINE * (1 + lines_in(text, _COMMENT_CHARACTERS))
        look = {"font_name": BODY_FONT, "font_size": SMALL_SIZE, "color": "#FFFFFF"}
        sheet = form.book.get_worksheet_by_name(place.sheet)
        sheet.write_comment(place.row, place.column, text, {"width": _COMMENT_WIDTH, "height": height, **look})


def _as_typed(submission: Submission, findings: Sequence[Finding]) -> Submission:
    """The submission with what could not be read put back: national cells keep it, lists and groups have lost it."""
    lost = [
        cell
        for finding in findings
        if finding.rule in UNREAD and isinstance(finding.observed, str)
        and (cell := _lost_cell(submission, finding)) is not None
    ]  # fmt: skip
    known = {(cell.table, cell.row, cell.column) for cell in submission.cells}
    return replace(submission, cells=(*submission.cells, *(c for c in lost if (c.table, c.row, c.column) not in known)))


def _lost_cell(submission: Submission, finding: Finding) -> Cell | None:
    origin = Origin(finding.sheet, finding.cell, str(finding.observed))
    listed = _IN_LIST.fullmatch(finding.where)
    if listed and listed["field"]:
        row = _position(submission, listed["list"], listed["id"], finding)
        return Cell(listed["list"], str(row), listed["field"], None, State.UNREADABLE, origin) if row else None
    table, _, field = finding.where.partition(".")
    if table in ("activities", "narrative") and field:
        return Cell(table, "-", field, None, State.UNREADABLE, origin)
    return None


def _position(submission: Submission, name: str, label: str, finding: Finding) -> int | None:
    """The row of the list that a finding speaks of: the one on its line of the sheet, else the one of that name."""
    line = _ROW.fullmatch(finding.cell or "")
    for record in submission.records(name):
        here = _ROW.fullmatch(record.origin().cell or "")
        if line and here:
            if line[1] == here[1]:
                return record.position
        elif record.id == label:
            return record.position
    return int(label) if label.isdigit() else None
