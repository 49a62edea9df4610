"""Which rows of the printed tables belong to which national table: by the headings above and the heads inside.

A table that a page break cut goes on until another heading or another table's head comes. Nothing is read here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gongkai.national_format import NationalFormat
from gongkai.national_format.tables import BlockTable, NationalTable, SingleRowTable
from gongkai.submission.published.printed import PrintedReport, PrintedRow
from gongkai.submission.published.printed_labels import core, likeness, numbering

_HEADING_LENGTH = 40
_HEADING_LIKENESS = 0.85
_SIGNED = re.compile("(?:填表|填报|制表|报送|统计|审核|复核|签发|负责|联系|单位|日期|备?注|说明)[^0-9：:]{0,8}[：:]")
_CHINESE_NUMBERS = dict(zip("123456789", "一二三四五六七八九", strict=True))
_CAPTION = re.compile(r"第?二十条第?[一二三四五六七八九]项")


@dataclass
class TableLines:
    """The lines of one national table in one printed table.

    Attributes:
        head: those of its column heads; empty where a page break left them on the page before.
        body: those below.
    """

    head: list[PrintedRow] = field(default_factory=list)
    body: list[PrintedRow] = field(default_factory=list)


@dataclass
class Sorted:
    """Lines by table key, paragraphs by section key; what stands above the first section is the preface.

    Attributes:
        asides: by table key, rows that carry a caption, a unit line or a note, and no figure.
    """

    tables: dict[str, list[TableLines]]
    sections: dict[str, list[str]]
    preface: list[str]
    asides: list[tuple[str, PrintedRow]] = field(default_factory=list)


def sort_report(report: PrintedReport, national_format: NationalFormat) -> Sorted:
    """Sorts a report's parts."""
    heads = _head_words(national_format)
    sections = {section.key: section for section in national_format.sections}
    found = Sorted({key: [] for key in national_format.tables}, {}, [])
    section: str | None = None
    current: str | None = None
    for number, part in enumerate(report.parts):
        if isinstance(part, str):
            heading, rest = _heading(part, national_format)
            if heading is not None:
                section, current = heading, sections[heading].table
                found.sections.setdefault(section, [])
            if rest and section is None:
                found.preface.append(rest)
            elif rest and section is not None:
                found.sections[section].append(rest)
            continue
        fresh = True
        for line in part.lines(number):
            key = _table_of(line, heads, national_format.tables)
            if key is not None and key != current:
                current, fresh = key, True
            if current is not None and key is None and _is_aside(line):
                found.asides.append((current, line))
            elif current is not None:
                parts = found.tables[current]
                _file(parts, line, is_head=key is not None, fresh=fresh)
                fresh = False
    return found


def _is_aside(line: PrintedRow) -> bool:
    """Whether a row is one cell across the table, or says only by whom and in which unit it was filled in."""
    said = [cell for cell in line.begun if core(cell.text)]
    if len(line.cells) == 1 and line.width > 1:
        return bool(said) and not core(said[0].text).isdecimal()
    return bool(said) and len(said) == len(line.begun) and all(_SIGNED.match(_flat(cell.text)) for cell in said)


def _flat(text: str) -> str:
    return re.sub(r"\s", "", text)


def _file(parts: list[TableLines], line: PrintedRow, *, is_head: bool, fresh: bool) -> None:
    if fresh or not parts or (is_head and parts[-1].body):
        parts.append(TableLines())
    (parts[-1].head if is_head else parts[-1].body).append(line)


def _heading(text: str, national_format: NationalFormat) -> tuple[str | None, str]:
    """The section that a paragraph opens, and what follows the heading in the same paragraph."""
    first, _, rest = text.partition("\n")
    if len(first) <= _HEADING_LENGTH and not first.startswith(("（", "(")):  # （一）… is a part of a section
        for section in national_format.sections:
            label = section.heading
            number = numbering(first)
            numbered = number is None or _CHINESE_NUMBERS.get(number, number) == numbering(label)
            if numbered and likeness(first, label) >= _HEADING_LIKENESS:
                return section.key, rest.strip()
    return None, text


def _table_of(line: PrintedRow, heads: Mapping[str, frozenset[str]], tables: Mapping[str, NationalTable]) -> str | None:
    """The table whose column heads begin in this row."""
    said = {core(cell.text) for cell in line.begun if core(cell.text)}
    if any(_CAPTION.fullmatch(text) for text in said):
        return next((key for key, table in tables.items() if isinstance(table, BlockTable)), None)
    return next((key for key, words in heads.items() if said & words), None)


def _head_words(national_format: NationalFormat) -> dict[str, frozenset[str]]:
    """Words that stand in the column heads of one table only, by its key; never a row's label."""
    words = {key: set(_words(table)) for key, table in national_format.tables.items()}
    labelled = [key for key, table in national_format.tables.items() if not isinstance(table, SingleRowTable)]
    rows = {core(cell.row_label) for cell in national_format.cells if cell.table in labelled}
    plain = {key: frozenset(core(word) for word in found) for key, found in words.items()}
    shared = {word for a in plain for b in plain if a != b for word in plain[a] & plain[b]}
    return {key: found - rows - shared for key, found in plain.items()}


def _words(table: NationalTable) -> Iterator[str]:
    """Every heading of its columns."""
    if isinstance(table, BlockTable):
        for block in table.blocks:
            yield block.row_header
            yield from (column.label for column in block.columns)
    elif isinstance(table, SingleRowTable):
        for group in table.groups:
            yield from group.path
            yield from (column.label for column in group.columns)
    else:
        yield table.column_heading
        for column in table.columns:
            yield column.label
            if column.group:
                yield column.group
