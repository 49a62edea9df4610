"""Writes the report's view as a Word file; equal views give equal bytes.

What it says is the view's, how an official document looks stands in `docx_styles`.
"""

import io
from datetime import UTC

from docx.document import Document as DocxDocument
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, Twips
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from gongkai.reporting.report import docx_styles as styles
from gongkai.reporting.report.ending import ending_of
from gongkai.reporting.report.figure_control import add_pieces, number_controls
from gongkai.reporting.report.grid import Grid, GridCell
from gongkai.reporting.report.view import NotIncluded, ReportView
from gongkai.reporting.report.words.sections import Subsection
from gongkai.reporting.report.words.traced_text import TextPiece
from gongkai.reporting.style import repack

_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def report_docx(view: ReportView) -> bytes:
    """The report as the bytes of a .docx file."""
    document = styles.new_document()
    styles.set_page(document)
    styles.set_styles(document)
    styles.set_head_and_foot(document, "　".join(view.notices))
    _set_properties(document, view)
    title = document.add_paragraph(style="Title")
    for number, line in enumerate(view.title):
        run = title.add_run(line)
        if number < len(view.title) - 1:
            run.add_break(WD_BREAK.LINE)
    _add_parts(document, view.preface)
    for section in view.sections:
        heading = document.add_paragraph(section.heading, style="Heading 1")
        _add_mark(heading, section.mark)
        if section.grid is not None:
            if section.grid.unit_note:
                document.add_paragraph(section.grid.unit_note, style=styles.TABLE_NOTE)
            add_grid(document, section.grid)
        _add_parts(document, section.parts)
        for note in section.notes:
            document.add_paragraph(f"{note.label}　{note.text}", style=styles.FOOTNOTE)
    _keep_ending(document)
    for line in view.signature:
        document.add_paragraph(line, style=styles.SIGNATURE)
    document.paragraphs[-2].paragraph_format.keep_with_next = True
    if view.not_included is not None:
        _add_not_included(document, view.not_included)
    number_controls(document)
    styles.finish(document)
    written = io.BytesIO()
    document.save(written)
    return repack(written.getvalue())


def _set_properties(document: DocxDocument, view: ReportView) -> None:
    """Title, author, language and the id of the basis; dated by the view's moment, never by the clock."""
    properties, moment = document.core_properties, view.page.as_of.astimezone(UTC).replace(tzinfo=None)
    properties.title, properties.subject, properties.category = "".join(view.title), view.page.foot, view.state.word
    properties.identifier, properties.content_status = view.page.basis, view.state.value
    properties.author = properties.last_modified_by = view.signature[0]
    properties.created = properties.modified = moment
    properties.comments, properties.language, properties.revision = "", "zh-CN", 1


def _add_parts(document: DocxDocument, parts: tuple[Subsection, ...]) -> None:
    for part in parts:
        if part.heading:
            document.add_paragraph(part.heading, style="Heading 2")
        for paragraph in part.paragraphs:
            written = document.add_paragraph()
            add_pieces(written, paragraph.pieces)
            if "@" in paragraph.text:  # an address does not break: justified, the line above it would gape
                written.alignment = WD_ALIGN_PARAGRAPH.LEFT


def _keep_ending(document: DocxDocument) -> None:
    """No page holds the signature without text, or with too little of it."""
    last: list[Paragraph] = []
    for block in document.iter_inner_content():
        last = [*last, block] if isinstance(block, Paragraph) else []
    end = ending_of([one.text for one in last])
    for number, paragraph in enumerate(reversed(last)):
        if number < end.whole:
            paragraph.paragraph_format.keep_together = True
        if number < end.whole + end.led:
            paragraph.paragraph_format.keep_with_next = True


def _add_not_included(document: DocxDocument, units: NotIncluded) -> None:
    heading = document.add_paragraph(units.heading, style="Heading 1")
    heading.paragraph_format.page_break_before = True
    document.add_paragraph(units.summary)
    add_grid(document, units.grid)


def add_grid(document: DocxDocument, grid: Grid) -> None:
    """A table with the grid's merged cells; header rows repeat, no row splits, the rows of a block keep together."""
    table: Table = document.add_table(len(grid.rows), len(grid.widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_cell_margins(table, upright=32 if grid.dense else 50)
    rows = list(table.rows)
    for number, row in enumerate(rows):
        _set_row(row, repeats=number < grid.header_rows)
    widths = [_whole_twips(width) for width in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    names = (styles.TABLE_HEAD_DENSE, styles.TABLE_TEXT_DENSE) if grid.dense else (styles.TABLE_HEAD, styles.TABLE_TEXT)
    head, text = (document.styles[name].style_id for name in names)
    cells = [row.cells for row in rows]
    ends = {number - 1 for number, _, cell in grid.placed() if cell.kind == "caption"} | {len(rows) - 1}
    for line in cells:
        for cell, width in zip(line, widths, strict=True):
            cell.width = width
    for row_number, column_number, cell in grid.placed():
        corner: _Cell = cells[row_number][column_number]
        if cell.rowspan > 1 or cell.colspan > 1:
            corner = corner.merge(cells[row_number + cell.rowspan - 1][column_number + cell.colspan - 1])
        ends_block = row_number + cell.rowspan - 1 in ends
        style_id = head if cell.kind in {"head", "caption"} else text
        _fill(corner, cell, style_id, dense=grid.dense, with_next=not (ends_block or grid.fills_page))


def _whole_twips(millimetres: float) -> Length:
    """A width in the unit that Word keeps, so that merged cells end where the cells below them do.

    LibreOffice makes a column of what is left over otherwise.
    """
    return Twips(round(Mm(millimetres).twips))


def _fill(place: _Cell, cell: GridCell, style_id: str, *, dense: bool, with_next: bool) -> None:
    place.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = place.paragraphs[0]
    paragraph._p.style = style_id  # by id: looking a style up by name costs more than all the rest of the cell
    paragraph.alignment = _ALIGN[cell.align]
    paragraph.paragraph_format.keep_with_next = with_next
    if cell.kind == "figure" and not dense:
        paragraph.paragraph_format.right_indent = Pt(6)
    add_pieces(paragraph, [TextPiece(cell.text, cell.where)])
    _add_mark(paragraph, cell.mark)
    properties = place._tc.get_or_add_tcPr()
    if cell.upright:
        direction = OxmlElement("w:textDirection")
        direction.set(qn("w:val"), "tbRlV")
        properties.insert_element_before(direction, "w:tcFitText", "w:vAlign", "w:hideMark")
    if cell.kind == "caption":
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "F2F2F2")):
            shade.set(qn(f"w:{name}"), value)
        properties.insert_element_before(shade, "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign")


def _add_mark(paragraph: Paragraph, mark: str) -> None:
    if mark:
        paragraph.add_run(mark).font.superscript = True


def _set_row(row: _Row, *, repeats: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeats:
        properties.append(OxmlElement("w:tblHeader"))


def _set_cell_margins(table: Table, upright: int) -> None:
    """The space inside the cells, in twentieths of a point: `upright` above and below."""
    margins = OxmlElement("w:tblCellMar")
    for side, twentieths in (("top", upright), ("left", 70), ("bottom", upright), ("right", 70)):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(twentieths))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
