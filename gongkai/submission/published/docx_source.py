"""A Word report as a `PrintedReport`, read from `word/document.xml` itself.

So that nothing is dropped silently: content controls are entered, tracked changes, hidden text and raised figures make
a cell doubtful. Macros, links and embedded objects are never touched.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from gongkai.submission.guard.office_package import first_element, in_utf8, main_entry
from gongkai.submission.published.docx_styles import SPACE, STRICT, marked_styles
from gongkai.submission.published.docx_styles import W as W
from gongkai.submission.published.printed import PrintedCell, PrintedReport, PrintedTable, Unreadable, refuse_masses

_MARGIN = re.compile(r"/(?:header|footer)\d*\.xml$")
_HAIR = 30  # twips, half a millimetre: no cell that holds a figure
MAX_XML = 64 * 2**20  # a report's text is below one megabyte
_PARAGRAPH_END, _TAG = re.compile("</(?:w:p|dc:[a-z]+|cp:[a-z]+)>"), re.compile("<[^>]*>")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}tcPr", _FALLBACK})
CHANGED = frozenset({f"{W}del", f"{W}ins", f"{W}moveFrom", f"{W}moveTo"})
_WRAPPERS = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag", f"{W}ins", f"{W}moveTo"})


def is_docx(data: bytes) -> bool:
    """Whether the bytes are a package whose main part is a document, whatever its parts are named."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            main = main_entry(package)
            return main is not None and first_element(package, main) == "document"
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return False


def printed_docx(data: bytes) -> PrintedReport:
    """Reads the bytes of a .docx.

    Raises:
        Unreadable: damaged, or larger than any report.
    """
    body, styles = document_body(data), marked_styles(data)
    parts: list[str | PrintedTable] = []
    tables = 0
    for element in blocks(body):
        if element.tag == f"{W}p":
            if text := visible_text(element).strip():
                parts.append(text)
            continue
        for table in element.iter(f"{W}tbl"):  # itself, and tables inside its cells
            tables += 1
            parts.append(PrintedTable(f"第 {tables} 个表", tuple(_cells(table, styles))))
    return PrintedReport(tuple(parts), _unseen(data))


def document_body(data: bytes) -> etree._Element:
    """The body of a .docx, in the namespace of the transitional form.

    Raises:
        Unreadable: damaged, or larger than any report.
    """
    body = _document(data).find(f"{W}body")
    if body is None:
        raise Unreadable("已损坏的 Word 文件", "能够打开的 Word 文件（.docx）")
    refuse_masses(body.iter(f"{W}tc"))
    return body


def _unseen(data: bytes) -> str:
    """The text of all parts, that of comments, notes, changes and properties too, paragraph by paragraph."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        listed = [entry for entry in package.infolist() if entry.filename.endswith(".xml")]
        if sum(entry.file_size for entry in listed) > MAX_XML:
            raise Unreadable("解压后过大的 Word 文件", "不含大量数据的年度报告")
        try:
            parts = [in_utf8(package.read(entry)).decode("utf-8", "replace") for entry in listed]
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, zlib.error):
            raise Unreadable("已损坏或加密的 Word 文件", "能够打开的 Word 文件（.docx）") from None
    return "\n".join(_TAG.sub("", _PARAGRAPH_END.sub("\n", part)) for part in parts)


def _document(data: bytes) -> etree._Element:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            main = main_entry(package)
            xml = b"" if main is None else in_utf8(package.open(main).read(MAX_XML + 1)).replace(STRICT, SPACE)
        if len(xml) > MAX_XML:
            raise Unreadable("解压后过大的 Word 文件", "不含大量数据的年度报告")
        if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
            raise Unreadable("含有实体定义的 Word 文件", "由 Word 或 WPS 保存的文件")
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, OSError):
        raise Unreadable("已损坏或加密的 Word 文件", "能够打开的 Word 文件（.docx）") from None
    except etree.XMLSyntaxError:
        raise Unreadable("已损坏的 Word 文件", "能够打开的 Word 文件（.docx）") from None


def margin_texts(data: bytes) -> list[str]:
    """The text of the heads and feet of a .docx that could be read, part by part."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [one for one in package.infolist() if _MARGIN.search(one.filename) and one.file_size <= MAX_XML]
        read = (in_utf8(package.read(one)).replace(STRICT, SPACE) for one in parts)
        roots = [etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True)) for xml in read]
    return [text for root in roots if (text := "".join(map(visible_text, root.iter(f"{W}p"))))]


def hidden(run: etree._Element) -> bool:
    """Whether a run holds text that is not shown."""
    return _has(run, "vanish") and any(text.text for text in run.iter(f"{W}t"))


def blocks(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Paragraphs and tables (or what is named), also those inside content controls."""
    wanted = {f"{W}{name}" for name in names or ("p", "tbl")}
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from blocks(child, *names)


def visible_text(element: etree._Element) -> str:
    """The visible text below an element; a table inside is left out."""
    return "".join(map(text_of_child, element))


def text_of_child(child: etree._Element) -> str:
    """What one child of a paragraph, run or cell shows."""
    if child.tag in _DELETED or child.tag == f"{W}tbl" or (child.tag == f"{W}r" and _has(child, "vanish")):
        return ""
    if child.tag == f"{W}t":
        return child.text or ""
    if child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
        return " " if child.tag == f"{W}tab" else "\n"
    return visible_text(child)


def _cells(table: etree._Element, styles: Mapping[str, str]) -> Iterator[PrintedCell]:
    """The cells with their spans; a vertical merge is one cell from its first row to its last."""
    open_merges: dict[int, PrintedCell] = {}
    shown = _shown_columns(table)
    for number, row in enumerate(blocks(table, "tr")):
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        merges: dict[int, PrintedCell] = {}
        for cell in blocks(row, "tc"):
            spanned = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            first, width = shown(column), max(1, shown(column + spanned) - shown(column))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            text = "\n".join(t for p in blocks(cell, "p") if (t := visible_text(p).strip()))
            doubt = _doubt(cell, styles)
            above = open_merges.get(first)
            continued = merge is not None and merge.get(f"{W}val") in (None, "continue")
            if continued and above is not None and above.colspan == width:
                if text:  # what stands under a merge is not shown
                    doubt = "合并单元格内另有文字"
                grown = above._replace(rowspan=above.rowspan + 1, doubt=above.doubt or doubt)
                merges[first] = grown
            else:
                if continued:
                    doubt = doubt or "合并单元格不完整"
                begun = PrintedCell(number, first, text, 1, width, doubt)
                if merge is not None:
                    merges[first] = begun
                else:
                    yield begun
            column += spanned
        yield from (
            cell for at, cell in open_merges.items() if merges.get(at, cell)[:2] != cell[:2] or at not in merges
        )
        open_merges = merges
    yield from open_merges.values()


def _shown_columns(table: etree._Element) -> Callable[[int], int]:
    """How many columns that can be seen lie left of a grid column.

    LibreOffice leaves columns of a hair's width where rounded widths of merged cells do not meet.
    """
    columns = table.iterfind(f"{W}tblGrid/{W}gridCol")
    widths = [int(width) if (width := column.get(f"{W}w") or "").isdecimal() else None for column in columns]
    before = [0]
    for width in widths:
        before.append(before[-1] + (width is None or width > _HAIR))
    return lambda column: before[min(column, len(before) - 1)] + max(0, column - len(before) + 1)


def _doubt(cell: etree._Element, styles: Mapping[str, str]) -> str:
    if any(element.tag in CHANGED for element in cell.iter()):
        return "有未接受的修订"
    if next(cell.iterdescendants(f"{W}tbl"), None) is not None:
        return "格内另有表格"
    if next(cell.iterdescendants(f"{W}ruby"), None) is not None:
        return "有注音"
    for run in cell.iter(f"{W}r"):
        raised = run.find(f"{W}rPr/{W}vertAlign")
        if raised is not None and raised.get(f"{W}val") != "baseline":
            return "上标或下标"
        moved = run.find(f"{W}rPr/{W}position")
        if moved is not None and moved.get(f"{W}val") not in ("0", None) and _text_of(run) != _text_of(cell):
            return "上标或下标"  # of a part: a whole cell may be moved for its looks
        if _has(run, "vanish"):
            return "有隐藏文字"
        if _has(run, "strike") or _has(run, "dstrike"):
            return "有删除线"
        if (styled := _style_of(run, styles)) and _text_of(run):
            return styled
    return ""


def _style_of(run: etree._Element, styles: Mapping[str, str]) -> str:
    """What the style of a run, or of its paragraph, marks in it; what the run says itself has been looked at."""
    if not styles or run.find(f"{W}rPr/{W}vertAlign") is not None:
        return ""
    paragraph = next(run.iterancestors(f"{W}p"), None)
    named = [run.find(f"{W}rPr/{W}rStyle"), paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None]
    return next((mark for one in named if one is not None and (mark := styles.get(one.get(f"{W}val", "")))), "")


def _text_of(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def _has(run: etree._Element, name: str) -> bool:
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val") not in ("0", "false", "off")


def _number(element: etree._Element | None, otherwise: int) -> int:
    value = (element.get(f"{W}val") or "") if element is not None else ""
    return min(int(value), 100) if value.isdecimal() else otherwise
