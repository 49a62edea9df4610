"""A text PDF as a `PrintedReport`: tables from their drawn rules, paragraphs from the lines of text between them.

A cell's text is what stands between its rules. A word across a rule, raised figures or a page that is a picture make
cells doubtful. Shading is not a rule; letters drawn twice (false bold) count once. A page is read and let go before
the next one: a long annex of ruled rows costs time in proportion and no memory.
"""

import io
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import Any, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils import text as pdf_text
from pdfplumber.utils.exceptions import PdfminerException

from gongkai.submission.published.pdf_letters import Across, drawn_twice
from gongkai.submission.published.printed import PrintedCell, PrintedReport, PrintedTable, Unreadable

MAX_PAGES = 200
MAX_SIGNS = (
    200_000  # letters, rules and pictures of a file: a report has some ten thousand, one page of ten-point rows 5,000
)
_RULE = 3.0  # points; a filled rectangle thicker than that both ways is shading
_SAME = 2.0  # points; rules nearer than that are one
_OVER = 1.0  # points by which a word may reach over a rule
_ALONE = "只含年度报告本身、不含附件清单的 PDF，或从 Word、WPS 另存的年度报告（.docx）"
_NEEDED = "带文字的 PDF（由 Word 或 WPS 导出，不是扫描件）"
_PAGE_NUMBER = re.compile(r"[-—–\s·]*第?\s*\d{1,3}\s*页?[-—–\s·]*")
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]")
_MARGIN = 0.12  # of the page's height: where heads and feet stand


def printed_pdf(data: bytes) -> PrintedReport:
    """Reads the bytes of a PDF.

    Raises:
        Unreadable: encrypted, damaged, too long, or without text (a scan).
    """
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if next(islice(PDFPage.create_pages(document.doc), MAX_PAGES, None), None) is not None:
                raise Unreadable(f"页数过多的 PDF（超过 {MAX_PAGES} 页）", "年度报告本身")
            pages = list(_pages(document.pages))
            if not any(page.written for page in pages):
                raise Unreadable("没有文字的 PDF（扫描件）", _NEEDED)
            return PrintedReport(tuple(_joined(pages)), "\n".join(map(str, document.metadata.values())))
    except Unreadable:
        raise
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise Unreadable("设置了打开密码的 PDF", "取消打开密码的 PDF") from None
        raise Unreadable("已损坏的 PDF", _NEEDED) from None
    except Exception:  # noqa: BLE001  # whatever a broken file makes of the parser, it is the file's fault and no crash of the run
        raise Unreadable("已损坏的 PDF", _NEEDED) from None


class _Read(NamedTuple):
    """What one page holds: its tables with where they begin, the lines beside them, and those at its head and foot."""

    number: int
    written: bool
    tables: Sequence[tuple[float, PrintedTable]]
    lines: Sequence[dict[str, Any]]
    margins: Sequence[str]


def _pages(pages: Sequence[Page]) -> Iterator[_Read]:
    """Reads page after page.

    Raises:
        Unreadable: too much is drawn on them.
    """
    drawn = 0
    for page in pages:
        clean = _clean(page)
        drawn += sum(map(len, page.objects.values()))
        if drawn > MAX_SIGNS:
            raise Unreadable(
                f"文字和表格线过多的 PDF（共 {len(pages)} 页，第 {page.page_number} 页起没有再读）", _ALONE
            )
        tables = _tables(clean)
        found = [(table.bbox[1], _printed(clean, table, n)) for n, table in enumerate(tables, 1)]
        yield _Read(page.page_number, bool(clean.chars), found, _lines(clean, tables), _margins(clean))
        page.close()


def _clean(page: Page) -> Page:
    """The page without shading, and with letters that were drawn twice once."""
    twice = drawn_twice(page.chars)
    return page.filter(
        lambda o: (
            id(o) not in twice and (o["object_type"] != "rect" or o["stroke"] or min(o["width"], o["height"]) <= _RULE)
        )
    )


def _joined(pages: Sequence[_Read]) -> Iterator[str | PrintedTable]:
    """Paragraphs and tables in reading order; a paragraph may go on over the page."""
    edge = _running_lines(pages)
    paragraph, ended = "", False
    for page in pages:
        lines = [line for line in page.lines if line["text"] not in edge]
        left = min((line["x0"] for line in lines), default=0)
        right = max((line["x1"] for line in lines), default=0)
        items: list[tuple[float, int, Any]] = [(top, n, table) for n, (top, table) in enumerate(page.tables, 1)]
        items += [(line["top"], 0, line) for line in lines]
        for _, _, item in sorted(items, key=lambda entry: (entry[0], entry[1])):
            if isinstance(item, PrintedTable):
                if paragraph:
                    yield paragraph
                paragraph = ""
                yield item
                continue
            size = item["bottom"] - item["top"]
            if paragraph and (ended or item["x0"] - left > 0.8 * size or _NUMBERED.match(item["text"])):
                yield paragraph
                paragraph = ""
            paragraph += item["text"]
            ended = right - item["x1"] > 2 * size
    if paragraph:
        yield paragraph


def _tables(page: Page) -> list[Table]:
    """The ruled tables; a row that the page's end or beginning leaves without its rule is closed there."""
    closing = []
    upright = [edge for edge in page.edges if edge["orientation"] == "v"]
    for table in page.find_tables():
        left, top, right, bottom = table.bbox
        beside = [edge for edge in upright if left - _SAME <= edge["x0"] <= right + _SAME]
        below = [e for e in beside if e["top"] <= bottom + _SAME < e["bottom"] - _SAME]
        above = [e for e in beside if e["top"] + _SAME < top - _SAME <= e["bottom"]]
        closing += _rule(below, max((e["bottom"] for e in below), default=0), "bottom")
        closing += _rule(above, min((e["top"] for e in above), default=0), "top")
    return page.find_tables({"explicit_horizontal_lines": closing}) if closing else page.find_tables()


def _rule(edges: list[dict[str, Any]], at: float, end: str) -> list[dict[str, Any]]:
    """The rule that is missing where several upright ones end together."""
    ending = sorted(edge["x0"] for edge in edges if abs(edge[end] - at) <= _SAME)
    if len(ending) < 2:
        return []
    line = {"object_type": "line", "x0": ending[0], "x1": ending[-1], "top": at, "bottom": at}
    return [{**line, "width": ending[-1] - ending[0], "height": 0, "orientation": "h"}]


def _lines(page: Page, tables: Sequence[Table]) -> list[dict[str, Any]]:
    """The lines of text outside the tables."""
    boxes = [table.bbox for table in tables]

    def outside(item: dict[str, Any]) -> bool:
        if item["object_type"] != "char":
            return False
        x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    return list(page.filter(outside).extract_text_lines(return_chars=False, strip=True))


def _margins(page: Page) -> list[str]:
    """The lines at the head and the foot of the page."""
    head, foot = _MARGIN * page.height, (1 - _MARGIN) * page.height

    def outside(item: dict[str, Any]) -> bool:
        return item["object_type"] == "char" and bool(item["top"] < head or item["bottom"] > foot)

    return [line["text"] for line in page.filter(outside).extract_text_lines(return_chars=False, strip=True)]


def _running_lines(pages: Sequence[_Read]) -> set[str]:
    """Page numbers, and what stands at the head or foot of several pages alike."""
    seen: dict[str, set[str]] = {}
    for page in pages:
        for line in page.margins:
            seen.setdefault(re.sub(r"\d+", "#", line), set()).add(f"{page.number} {line}")
    edge = set()
    for found in seen.values():
        texts = {entry.split(" ", 1)[1] for entry in found}
        pages_of = {entry.split(" ", 1)[0] for entry in found}
        if len(pages_of) > 1 or all(_PAGE_NUMBER.fullmatch(text) for text in texts):
            edge |= texts
    return edge


def _printed(page: Page, table: Table, number: int) -> PrintedTable:
    return PrintedTable(f"第 {page.page_number} 页第 {number} 个表", tuple(_cells(page, table)))


def _cells(page: Page, table: Table) -> Iterator[PrintedCell]:
    boxes = sorted(table.cells, key=lambda b: (b[1], b[0]))
    columns = _edges(edge for box in boxes for edge in (box[0], box[2]))
    rows = _edges(edge for box in boxes for edge in (box[1], box[3]))
    words = Across(page.crop(_inside(page, table.bbox)).extract_words(x_tolerance=1, y_tolerance=1))
    letters = Across(page.chars)
    for box in boxes:
        top, bottom, left, right = _at(rows, box[1]), _at(rows, box[3]), _at(columns, box[0]), _at(columns, box[2])
        chars = [c for c in letters.between(box[1], box[3]) if box[0] <= (c["x0"] + c["x1"]) / 2 < box[2]]
        chars = [c for c in chars if (c["top"] + c["bottom"]) / 2 < box[3]]
        text = pdf_text.extract_text(chars).strip() if chars else ""
        yield PrintedCell(
            top, left, text, bottom - top, right - left, _doubt(box, chars, words.between(box[1], box[3]))
        )


def _doubt(box: tuple[float, float, float, float], chars: list[dict[str, Any]], words: list[dict[str, Any]]) -> str:
    """Why a figure in this cell is not certain; labels may reach over a rule."""
    for word in words:
        across = word["x0"] < box[2] - _OVER and word["x1"] > box[0] + _OVER
        middle = (word["top"] + word["bottom"]) / 2
        if across and box[1] <= middle <= box[3] and re.search(r"\d", word["text"]):
            if word["x0"] < box[0] - _OVER or word["x1"] > box[2] + _OVER:
                return "数字越过表格线"
            if word["top"] < box[1] - 3 * _OVER or word["bottom"] > box[3] + 3 * _OVER:
                return "数字越过表格线"
    sizes = [char["size"] for char in chars if char["text"].isdigit()]
    return "数字大小不一" if sizes and min(sizes) < 0.8 * max(sizes) else ""


def _edges(values: Iterator[float]) -> list[float]:
    """The positions of the rules, those that are one taken together."""
    ordered = sorted(set(values))
    return ordered[:1] + [b for a, b in pairwise(ordered) if b - a > _SAME]


def _at(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda n: abs(edges[n] - value))


def _inside(page: Page, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = page.bbox
    return max(box[0] - 20, left), max(box[1] - 5, top), min(box[2] + 20, right), min(box[3] + 5, bottom)
