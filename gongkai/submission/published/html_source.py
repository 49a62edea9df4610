"""A published page as a `PrintedReport`: text in document order, innermost tables, spans resolved as a browser does.

Scripts, styles and hidden elements are not read. Raised figures (footnote marks) and struck-out text make a cell
doubtful, because the number beside them could be read together with them.
"""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.submission.published.page_styles import PageStyles
from gongkai.submission.published.printed import PrintedReport, PrintedTable, Unreadable, place_spans, refuse_masses

_PAGE = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|div|p|meta)\b", re.IGNORECASE)
_SKIPPED = frozenset({"script", "style", "noscript", "template", "head", "select", "option", "button", "svg"})
_BREAKING = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "ul"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:opacity|font-size)\s*:\s*0+(?:\.0+)?(?![.\d])", re.IGNORECASE
)
_MAX_SPAN = 100


def is_html(data: bytes) -> bool:
    """Whether the first kilobytes are a web page."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and _PAGE.search(data[:4096]) is not None


def printed_html(data: bytes) -> PrintedReport:
    """Reads the bytes of a page in UTF-8 or GB18030.

    Raises:
        Unreadable: no such text, or nothing on the page.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    source = _text(data)
    root = etree.fromstring(source.encode(), parser)
    if root is None:
        raise Unreadable("没有内容的网页文件", "含有年度报告正文的网页文件")
    refuse_masses(root.iter("td", "th"))
    styles = PageStyles(root)
    parts: list[str | PrintedTable] = []
    tables = 0
    for piece in _pieces(root):
        if isinstance(piece, str):
            parts.append(piece)
        else:
            tables += 1
            parts.append(PrintedTable(f"第 {tables} 个表", place_spans(_rows(piece, styles))))
    return PrintedReport(tuple(parts), source)


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("无法识别编码的网页文件", "UTF-8 或 GB18030 编码的网页文件")


def _pieces(root: etree._Element) -> Iterator[str | etree._Element]:
    """Paragraphs, and tables that hold no other table, in document order."""
    line: list[str] = []
    for piece in _walk(root):
        if isinstance(piece, str) and piece != "\n":
            line.append(piece)
            continue
        if paragraph := _squeezed("".join(line)):
            yield paragraph
        line = []
        if not isinstance(piece, str):
            yield piece
    if paragraph := _squeezed("".join(line)):
        yield paragraph


def _walk(element: etree._Element) -> Iterator[str | etree._Element]:
    if _skipped(element):
        return
    if element.tag == "table" and element.find(".//table") is None:
        yield element
        return
    breaks = element.tag in _BREAKING or element.tag in ("table", "td", "th")
    if breaks:
        yield "\n"
    if element.text:
        yield element.text
    for child in element:
        yield from _walk(child)
        if child.tail:
            yield child.tail
    if breaks:
        yield "\n"


def _rows(table: etree._Element, styles: PageStyles) -> list[list[tuple[str, int, int, str]]]:
    rows = [row for row in table.iter("tr") if not _skipped(row)]
    return [
        [
            (_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan"), styles.doubt(cell))
            for cell in row
            if cell.tag in ("td", "th") and not _skipped(cell)
        ]
        for row in rows
    ]


def _cell_text(cell: etree._Element) -> str:
    lines = "".join(piece for piece in _walk(cell) if isinstance(piece, str)).split("\n")
    return "\n".join(text for text in map(_squeezed, lines) if text)


def _span(cell: etree._Element, name: str) -> int:
    found = re.match(r"\s*(\d{1,4})", cell.get(name) or "")
    return min(max(int(found[1]), 1), _MAX_SPAN) if found else 1


def _skipped(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in _SKIPPED:
        return True
    if element.get("data-chart") is not None:  # of our own report: the figures of a picture stand in its tables already
        return True
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "") is not None


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
