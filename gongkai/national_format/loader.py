"""The typed loader of the format files, chosen by report year.

A `NationalFormat` answers: which cells must a report of this year have, in which order, with which label, unit and
type; which identities bind them; which sections it has. Every `format_*.json` of the folder is found; two that speak
of one year, or a table that nobody could lay out, stop the program when it loads them.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from gongkai.errors import FormatError
from gongkai.national_format.figures import REQUESTS
from gongkai.national_format.identities import Identity, expand
from gongkai.national_format.tables import CellSpec, MatrixTable, NationalTable, read_table

FOLDER = Path(__file__).parent
_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the report: its key, its official heading, and the table that it holds (None: text).

    `subtopics` are what its text has to speak of: key → label.
    """

    key: str
    heading: str
    table: str | None
    subtopics: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """One entry of the format's `identities`: the official wording of a rule and how grave a breach is.

    `severity` is the format's own word: error, warning or info.
    """

    id: str
    label: str
    severity: str


@dataclass(frozen=True)
class NationalFormat:
    """The format of one range of report years.

    Attributes:
        first_year, last_year: the report years that it is for.
        title_pattern: of the report, with `{unit_name}` and `{year}`.
        tables: by key, in the order of the form.
        cells: every mandatory cell in the order of the form (2021: 10 + 175 + 15).
        identities: every instance of every linear identity of one report or two.
        rules: the entries the identities come from, by id, and those that are no linear identity.
    """

    format_id: str
    title: str
    document_no: str
    title_pattern: str
    first_year: int
    last_year: int
    sections: tuple[Section, ...]
    tables: Mapping[str, NationalTable]
    cells: tuple[CellSpec, ...]
    identities: tuple[Identity, ...]
    rules: Mapping[str, RuleEntry]

    @property
    def requests(self) -> MatrixTable:
        """Table three, whose rows and columns a request register is counted by."""
        table = self.tables[REQUESTS]
        if not isinstance(table, MatrixTable):
            raise FormatError(f"格式 {self.format_id} 的 {REQUESTS} 应有 rows 和 columns。")
        return table

    @property
    def applicant_types(self) -> dict[str, str]:
        """Key → label of the six kinds of applicant."""
        return {column.key: column.label for column in self.requests.columns if column.key != "total"}

    @property
    def outcomes(self) -> dict[str, str]:
        """Key → label of the outcome rows of table three, in order."""
        return {row.key: row.label for row in self.requests.rows if row.role == "outcome"}

    @cached_property
    def carried_from(self) -> Mapping[str, str]:
        """This year's cell → last year's that it must equal (上年结转 ← 结转下年度)."""
        pairs = (one.left + one.right for one in self.identities if one.operator == "==" and len(one.left) == 1)
        return {mine.where: other.where for mine, other in (p for p in pairs if len(p) == 2) if other.previous}

    def spec(self, where: str) -> CellSpec:
        """The cell at `<table>.<row>.<column>`; KeyError when the format has none there."""
        return _by_where(self)[where]

    def has(self, where: str) -> bool:
        return where in _by_where(self)

    def __hash__(self) -> int:
        return hash(self.format_id)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NationalFormat) and other.format_id == self.format_id


@cache
def _by_where(national_format: NationalFormat) -> dict[str, CellSpec]:
    return {cell.where: cell for cell in national_format.cells}


def for_year(year: int) -> NationalFormat:
    """The format in force for a report year.

    Raises:
        FormatError: no format is known for that year (before 2019), or it is none.
        ConfigurationError: a file of the folder does not hold.
    """
    for found in known_formats():
        if found.first_year <= year <= found.last_year:
            return found
    raise FormatError(f"没有 {year} 年度的年度报告格式：本系统支持 2019 年度及以后。请核对年度参数。")


def known_formats() -> tuple[NationalFormat, ...]:
    """Every format there is, by report years."""
    return formats_in(FOLDER)


def known_tables() -> frozenset[str]:
    """The keys of every table of any year's format: what tells a place in a table from other words."""
    return frozenset(key for one in known_formats() for key in one.tables)


@cache
def formats_in(folder: Path) -> tuple[NationalFormat, ...]:
    """Every `format_*.json` of a folder, by report years.

    Raises:
        FormatError: a file cannot be read as a format, two are for the same year or have the same id.
    """
    found = sorted((_load(path) for path in folder.glob("format_*.json")), key=lambda one: one.first_year)
    for earlier, later in pairwise(found):
        if later.first_year <= earlier.last_year:
            years = f"{later.first_year} 年度起的年度"
            raise FormatError(f"{folder}：{earlier.format_id} 和 {later.format_id} 都适用于 {years}，年度不得重叠。")
    ids = [one.format_id for one in found]
    if len(ids) != len(set(ids)):
        raise FormatError(f"{folder}：format_id 重复（{'、'.join(ids)}）。")
    return tuple(found)


def _load(path: Path) -> NationalFormat:
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return _typed(raw)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        missing = f"缺少或写错了 {error}" if isinstance(error, KeyError) else str(error)
        raise FormatError(f"{path}：不是有效的年度报告格式（{missing}）。") from None
    except FormatError as error:
        raise FormatError(f"{path}：{error}") from None


def _typed(raw: dict[str, Any]) -> NationalFormat:
    tables = {key: read_table(key, table) for key, table in raw["tables"].items()}
    sections = tuple(_section(one) for one in raw["sections"])
    printed = [section.table for section in sections if section.table is not None]
    if sorted(printed) != sorted(tables):
        raise FormatError(f"各部分所列的表（{'、'.join(printed)}）与 tables（{'、'.join(tables)}）不一致。")
    years = raw["applies_to_report_years"]
    return NationalFormat(
        format_id=str(raw["format_id"]),
        title=str(raw["title_zh"]),
        document_no=str(raw["document_no"]),
        title_pattern=str(raw["report_title_pattern"]),
        first_year=years["from"],
        last_year=years["to"] or _LAST_YEAR,
        sections=sections,
        tables=tables,
        cells=tuple(cell for table in tables.values() for cell in table.cells()),
        identities=tuple(one for entry in raw["identities"] for one in _instances(entry, tables)),
        rules={
            entry["id"]: RuleEntry(entry["id"], entry["label_zh"], entry["severity"]) for entry in raw["identities"]
        },
    )


def _section(raw: Mapping[str, Any]) -> Section:
    subtopics = {one["key"]: one["label_zh"] for one in raw.get("subtopics", ())}
    return Section(raw["key"], raw["heading_zh"], raw.get("table"), subtopics)


def _instances(entry: Mapping[str, Any], tables: Mapping[str, NationalTable]) -> Iterator[Identity]:
    """The instances of one identity: `{row}` and `{col}` are those of the matrix that it speaks of."""
    spoken_of = (one for one in tables.values() if isinstance(one, MatrixTable) and f"{one.key}." in entry["expr"])
    matrix = next(spoken_of, None)
    rows = [row.key for row in matrix.rows] if matrix else []
    columns = [column.key for column in matrix.columns] if matrix else []
    return expand(entry, set(tables), rows, columns)
