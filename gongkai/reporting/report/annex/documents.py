"""Writes the annex as a Word file and as a workbook: the same tables, the long ones in the workbook alone."""

import io
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from xlsxwriter import Workbook

from gongkai.reporting.report import docx_styles as styles
from gongkai.reporting.report.annex.view import AnnexTable
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.docx_writer import add_grid
from gongkai.reporting.report.grid import TEXT_WIDTH, Grid, GridCell
from gongkai.reporting.style import Page, page_of, repack

TITLE = "政府信息公开工作年度报告核查附表"
_INSIDE = "内部资料，不对外公开"
_WIDTH = 118  # characters of a landscape page


def annex_docx(report: DistrictReport, tables: Sequence[AnnexTable]) -> bytes:
    """The annex as the bytes of a .docx file."""
    document, page = styles.new_document(), page_of(report.state, report.basis, TITLE)
    styles.set_page(document)
    styles.set_styles(document)
    styles.set_head_and_foot(document, _head(page))
    _set_properties(document, report)
    document.add_paragraph(f"{report.state.year}年{TITLE}", style="Title")
    document.add_paragraph(page.foot, style=styles.TABLE_TEXT)
    for table in tables:
        if not table.in_word:
            continue
        document.add_paragraph(table.title, style="Heading 1")
        if table.rows:
            add_grid(document, _grid(table))
        else:
            document.add_paragraph(table.empty)
    styles.finish(document)
    written = io.BytesIO()
    document.save(written)
    return repack(written.getvalue())


def annex_xlsx(report: DistrictReport, tables: Sequence[AnnexTable]) -> bytes:
    """The annex as the bytes of a workbook, a sheet a table."""
    buffer, page = io.BytesIO(), page_of(report.state, report.basis, TITLE)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(buffer, options)
    created = report.state.profile.local(report.state.as_of).replace(tzinfo=None)
    book.set_properties({"title": f"{report.state.year}年{TITLE}", "created": created, "comments": page.foot})
    look = {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True, "valign": "vcenter"}),
        "text": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "number": book.add_format({"border": 1, "align": "right", "valign": "top"}),
    }
    for table in tables:
        _sheet(book, table, look, page)
    book.close()
    return repack(buffer.getvalue())


def _grid(table: AnnexTable) -> Grid:
    total = sum(table.shares)
    head = tuple(GridCell(text, "head", "center") for text in table.columns)
    rows = [tuple(_cell(value) for value in row) for row in table.rows]
    return Grid(
        table.key, "", tuple(TEXT_WIDTH * share / total for share in table.shares), 1, (head, *rows), True, True
    )


def _cell(value: str | int) -> GridCell:
    figure = isinstance(value, int)
    return GridCell(str(value), "figure" if figure else "label", "right" if figure else "left")


def _head(page: Page) -> str:
    """For whom it is, and whether its data are invented."""
    return "　".join(one for one in (_INSIDE, page.banner) if one)


def _sheet(book: Workbook, table: AnnexTable, look: dict[str, Any], page: Page) -> None:
    sheet = book.add_worksheet(table.key)
    total = sum(table.shares)
    for column, share in enumerate(table.shares):
        sheet.set_column(column, column, _WIDTH * share / total)
    sheet.write_string(0, 0, "　".join(one for one in (table.title, page.banner) if one), look["title"])
    for column, text in enumerate(table.columns):
        sheet.write_string(1, column, text, look["head"])
    for number, row in enumerate(table.rows, 2):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, column, value, look["number"])
            else:
                sheet.write_string(number, column, value, look["text"])
    if not table.rows:
        sheet.write_string(2, 0, table.empty)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&R{_head(page)}")
    sheet.set_footer(f"&L{page.foot.replace('&', '&&')[:200]}&R第 &P 页，共 &N 页")


def _set_properties(document: Any, report: DistrictReport) -> None:
    properties, moment = document.core_properties, report.state.as_of.astimezone(UTC).replace(tzinfo=None)
    properties.title = f"{report.state.year}年{TITLE}"
    properties.author = properties.last_modified_by = report.state.profile.district.office_name
    properties.identifier, properties.comments, properties.language = report.basis, "", "zh-CN"
    properties.created = properties.modified = moment
    properties.revision = 1
