"""Word files: merges, content controls, tracked changes, hidden text; damaged and hostile files."""

import io
import zipfile

import pytest

from gongkai.submission.published.docx_source import is_docx, printed_docx
from gongkai.submission.published.printed import PrintedTable, Unreadable
from tests.unit.submission.published.conftest import W, docx


def paragraph(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(inner)}</w:tc>"


def table(*rows: str) -> PrintedTable:
    (found,) = printed_docx(docx(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")).parts
    assert isinstance(found, PrintedTable)
    return found


@pytest.mark.parametrize(
    ("inner", "text", "doubt"),
    [
        (run("2") + run("1"), "21", ""),
        (run("2") + "<w:ins>" + run("1") + "</w:ins>", "21", "有未接受的修订"),
        ("<w:del><w:r><w:delText>2</w:delText></w:r></w:del>" + run("1"), "1", "有未接受的修订"),
        (run("2") + run("1", '<w:vertAlign w:val="superscript"/>'), "21", "上标或下标"),
        (run("2") + run("1", '<w:position w:val="6"/>'), "21", "上标或下标"),
        (run("21", '<w:position w:val="2"/>'), "21", ""),
        (run("2") + run("1", "<w:vanish/>"), "2", "有隐藏文字"),
        (run("2") + run("1", '<w:vanish w:val="0"/>'), "21", ""),
        (run("21", "<w:strike/>"), "21", "有删除线"),
    ],
)
def test_a_cell_whose_text_is_not_certain_is_doubtful(inner: str, text: str, doubt: str) -> None:
    (found,) = table(cell(inner)).cells
    assert (found.text, found.doubt) == (text, doubt)


def test_cells_in_content_controls_keep_their_place() -> None:
    wrapped = f"<w:sdt><w:sdtContent>{cell(run('b'))}</w:sdtContent></w:sdt>"
    assert [(c.column, c.text) for c in table(cell(run("a")) + wrapped + cell(run("c"))).cells] == [
        (0, "a"),
        (1, "b"),
        (2, "c"),
    ]


def test_merged_cells_span_rows_and_columns() -> None:
    begin, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    found = table(
        cell(run("组"), begin) + cell(run("a"), '<w:gridSpan w:val="2"/>'),
        cell("", goes_on) + cell(run("b")) + cell(run("c")),
    )
    spans = {c.text: (c.row, c.column, c.rowspan, c.colspan) for c in found.cells}
    assert spans == {"组": (0, 0, 2, 1), "a": (0, 1, 1, 2), "b": (1, 1, 1, 1), "c": (1, 2, 1, 1)}
    assert all(line.whole for line in found.lines(1))


def test_text_under_a_merge_makes_it_doubtful() -> None:
    merged = table(cell(run("1"), '<w:vMerge w:val="restart"/>'), cell(run("2"), "<w:vMerge/>")).cells
    assert [(c.text, c.doubt) for c in merged] == [("1", "合并单元格内另有文字")]


def test_a_row_that_begins_further_right_is_not_whole() -> None:
    shifted = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell(run("b"))
    assert [line.whole for line in table(cell(run("a")) + cell(run("x")), shifted).lines(1)] == [True, False]


@pytest.mark.parametrize("data", [b"PK\x03\x04", docx("<w:p>")[:-40], docx("<w:tbl>")])
def test_a_damaged_file_says_so(data: bytes) -> None:
    with pytest.raises(Unreadable, match="损坏"):
        printed_docx(data)


def test_entities_and_floods_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with pytest.raises(Unreadable, match="实体"):
        printed_docx(out.getvalue())
    flood = io.BytesIO()
    with zipfile.ZipFile(flood, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (65 * 2**20))
    with pytest.raises(Unreadable, match="过大"):
        printed_docx(flood.getvalue())


@pytest.mark.parametrize("name", ["word/document.xml", "word\\document.xml", "WORD/Document.xml"])
def test_strict_documents_and_other_names_of_parts_are_read(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(paragraph(run("正文"))))) as archive:
        text = archive.read("word/document.xml")
    strict = text.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    for content in (text, strict, strict.decode().encode("utf-16")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, content)
        assert is_docx(out.getvalue())
        assert printed_docx(out.getvalue()).parts == ("正文",)


STYLES = """<w:style w:styleId="Note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:styleId="Child"><w:basedOn w:val="Note"/></w:style>
<w:style w:styleId="Plain"><w:basedOn w:val="Note"/><w:rPr><w:vertAlign w:val="baseline"/></w:rPr></w:style>
<w:style w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>"""


@pytest.mark.parametrize(
    ("inner", "doubt"),
    [
        (run("2") + run("1", '<w:rStyle w:val="Note"/>'), "上标或下标"),
        (run("2") + run("1", '<w:rStyle w:val="Child"/>'), "上标或下标"),
        (run("2") + run("1", '<w:rStyle w:val="Plain"/>'), ""),
        (run("2") + run("1", '<w:rStyle w:val="Note"/><w:vertAlign w:val="baseline"/>'), ""),
        ('<w:pPr><w:pStyle w:val="Gone"/></w:pPr>' + run("21"), "有删除线"),
        (run("21") + run("", '<w:rStyle w:val="Note"/>'), ""),  # the reference of a footnote has no text
    ],
)
def test_a_style_marks_what_names_it(inner: str, doubt: str) -> None:
    out = io.BytesIO(docx(f"<w:tbl><w:tr>{cell(inner)}</w:tr></w:tbl>"))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>')
    (found,) = printed_docx(out.getvalue()).parts
    assert isinstance(found, PrintedTable)
    assert [one.doubt for one in found.cells] == [doubt]
