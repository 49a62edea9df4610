"""PDFs: rules, page breaks, figures across a rule, letters drawn twice, files without text."""

import io
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdf
import pytest
import typst

from gongkai.submission.published import pdf_source
from gongkai.submission.published.pdf_source import printed_pdf
from gongkai.submission.published.printed import PrintedCell, PrintedTable, Unreadable

FONTS = Path(pylopdf_fonts_zh_cn.sans_path()).parent


def pdf(source: str) -> bytes:
    setting = '#set text(font: "Noto Sans SC", size: 10pt)\n#set page(width: 300pt, height: 200pt, margin: 20pt)\n'
    data = typst.compile((setting + source).encode(), format="pdf", font_paths=[FONTS], ignore_system_fonts=True)  # type: ignore[call-overload]  # its stub knows no mix of bytes and paths
    assert isinstance(data, bytes)
    return data


def tables(source: str) -> list[PrintedTable]:
    return [part for part in printed_pdf(pdf(source)).parts if isinstance(part, PrintedTable)]


def cells(source: str) -> list[PrintedCell]:
    return [cell for table in tables(source) for cell in table.cells]


def test_cells_have_their_spans_and_the_page_their_place() -> None:
    (table,) = tables("#table(columns: 3, table.cell(colspan: 2)[甲], table.cell(rowspan: 2)[乙], [1], [2])")
    assert table.place == "第 1 页第 1 个表"
    spans = {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in table.cells}
    assert spans == {"甲": (0, 0, 1, 2), "乙": (0, 2, 2, 1), "1": (1, 0, 1, 1), "2": (1, 1, 1, 1)}


def test_paragraphs_are_joined_from_their_lines_and_page_numbers_left_out() -> None:
    source = "#set page(footer: context [— #counter(page).display() —])\n"
    source += "#set par(first-line-indent: (amount: 2em, all: true))\n"
    text = "文字" * 40
    assert printed_pdf(pdf(f"{source}一、总体情况\n\n{text}\n\n#pagebreak()\n后文")).parts == (
        "一、总体情况",
        text,
        "后文",
    )


def test_a_last_row_without_its_rule_at_the_end_of_the_page_is_closed_there() -> None:
    upright = "".join(f"#place(line(start: ({x}pt, 0pt), end: ({x}pt, 60pt)))" for x in (0, 50, 100))
    level = "".join(f"#place(line(start: (0pt, {y}pt), end: (100pt, {y}pt)))" for y in (0, 30))
    words = "".join(
        f"#place(dx: {x}pt, dy: {y}pt)[{n}]" for n, (x, y) in enumerate([(5, 5), (55, 5), (5, 38), (55, 38)])
    )
    assert [cell.text for cell in cells(upright + level + words)] == ["0", "1", "2", "3"]


def test_a_figure_across_a_rule_makes_both_cells_doubtful() -> None:
    found = cells("#table(columns: (30pt, 60pt), [#box(width: 20pt)[#move(dx: 8pt)[123456]]], [7])")
    assert [bool(cell.doubt) for cell in found] == [True, True]


def test_raised_figures_are_doubtful_and_shading_is_no_rule() -> None:
    found = cells(
        "#block(fill: luma(230), inset: 12pt)[#table(columns: 2, [5#text(size: 5pt, baseline: -3pt)[1]], [6])]"
    )
    assert [(cell.column, cell.doubt) for cell in found] == [(0, "数字大小不一"), (1, "")]


def test_letters_drawn_twice_count_once() -> None:
    assert [cell.text for cell in cells("#table(columns: 2, [#place(dx: 0.3pt)[21]21], [0])")] == ["21", "0"]


def test_scans_locked_and_broken_files_say_what_they_are() -> None:
    with pytest.raises(Unreadable, match="扫描件"):
        printed_pdf(pdf("#rect(width: 100%, height: 50%, fill: gray)"))
    with pytest.raises(Unreadable, match="损坏"):
        printed_pdf(b"%PDF-1.7\nnothing")
    writer = pypdf.PdfWriter(io.BytesIO(pdf("年度报告")))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(Unreadable, match="打开密码"):
        printed_pdf(locked.getvalue())


def test_a_long_annex_is_read_page_by_page_and_too_long_a_one_is_called_that(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "#table(columns: 2, [甲], [1])\n#pagebreak()\n" * 3
    found = tables(source)
    assert [(table.place, [cell.text for cell in table.cells]) for table in found] == [
        (f"第 {page} 页第 1 个表", ["甲", "1"]) for page in (1, 2, 3)
    ]
    monkeypatch.setattr(pdf_source, "MAX_SIGNS", 20)
    with pytest.raises(Unreadable, match=r"文字和表格线过多的 PDF（共 4 页，第 \d 页起没有再读）") as refused:
        printed_pdf(pdf(source))
    assert "不含附件清单" in refused.value.args[1]
