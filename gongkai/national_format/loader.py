"""The typed loader of the format files, chosen by report year.

A `NationalFormat` answers: which cells must a report of this year have, in which order, with which label,
unit and type; and which identities bind them. The report's headings come from `sections`.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.errors import FormatError
from gongkai.national_format.identities import Identity, expand

_FILES = ("format_2021.json", "format_2019.json")
_LAST_YEAR = 9999
_TABLE_NUMERALS = {2: "表二", 3: "表三", 4: "表四"}


@dataclass(frozen=True, slots=True)
class CellSpec:
    """One mandatory cell of a year's format.

    Attributes:
        where: `<table>.<row>.<column>`.
        value_type: `integer` or `decimal`.
        unit: 件, 项, 万元 or 元, as the format names it.
        may_be_negative: only 2019's 本年增/减.
        table_label: 表二, 表三, 表四; row_label and column_label as printed.
    """

    table: str
    row: str
    column: str
    value_type: str
    unit: str
    may_be_negative: bool
    table_label: str
    row_label: str
    column_label: str

    @property
    def where(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @property
    def label(self) -> str:
        """The place as a clerk reads it: 表三“（一）予以公开”行“总计”列."""
        return f"{self.table_label}“{self.row_label}”行“{self.column_label}”列"


@dataclass(frozen=True)
class NationalFormat:
    """The format of one range of report years.

    Attributes:
        raw: the official file as it is (sections, blocks, groups, notes: what a printed table needs).
        cells: every mandatory cell in the order of the form (2021: 10 + 175 + 15).
        identities: every instance of every linear identity of one report or two.
    """

    raw: dict[str, Any]
    cells: tuple[CellSpec, ...]
    identities: tuple[Identity, ...]

    @property
    def document_no(self) -> str:
        return str(self.raw["document_no"])

    @property
    def format_id(self) -> str:
        return str(self.raw["format_id"])

    @property
    def sections(self) -> list[dict[str, Any]]:
        return list(self.raw["sections"])

    @property
    def tables(self) -> tuple[str, ...]:
        return tuple(self.raw["tables"])

    @property
    def request_rows(self) -> list[dict[str, Any]]:
        return list(self.raw["tables"]["requests"]["rows"])

    @property
    def request_columns(self) -> list[dict[str, Any]]:
        return list(self.raw["tables"]["requests"]["columns"])

    @property
    def applicant_types(self) -> dict[str, str]:
        """Key → label of the six kinds of applicant."""
        return {c["key"]: c["label_zh"] for c in self.request_columns if c["key"] != "total"}

    @property
    def outcomes(self) -> dict[str, str]:
        """Key → label of the outcome rows of table three, in order."""
        return {r["key"]: r["label_zh"] for r in self.request_rows if r["role"] == "outcome"}

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
    """
    for name in _FILES:
        found = _load(name)
        span = found.raw["applies_to_report_years"]
        if span["from"] <= year <= (span["to"] or _LAST_YEAR):
            return found
    raise FormatError(f"没有 {year} 年度的年度报告格式：本系统支持 2019 年度及以后。请核对年度参数。")


@cache
def _load(name: str) -> NationalFormat:
    raw: dict[str, Any] = json.loads((files(__package__) / name).read_text(encoding="utf-8"))
    tables = raw["tables"]
    cells = [*_block_cells(tables["proactive_disclosure"]), *_request_cells(tables["requests"])]
    cells += _dispute_cells(tables["disputes"])
    rows = [row["key"] for row in tables["requests"]["rows"]]
    columns = [column["key"] for column in tables["requests"]["columns"]]
    identities = [one for entry in raw["identities"] for one in expand(entry, set(tables), rows, columns)]
    return NationalFormat(raw, tuple(cells), tuple(identities))


def _block_cells(table: dict[str, Any]) -> list[CellSpec]:
    cells = []
    for block in table["blocks"]:
        for row in block["rows"]:
            for column in block["columns"]:
                money = column["key"].startswith("amount_")
                cells.append(
                    CellSpec(
                        table="proactive_disclosure",
                        row=row["key"],
                        column=column["key"],
                        value_type="decimal" if money else "integer",
                        unit=_unit(block["unit"], money),
                        may_be_negative=column["key"] == "items_change",
                        table_label=_TABLE_NUMERALS[table["section"]],
                        row_label=row["label_zh"],
                        column_label=column["label_zh"],
                    )
                )
    return cells


def _unit(units: str, money: bool) -> str:
    """The format writes 项/元 over a block whose columns differ: counts first, money last."""
    parts = units.split("/")
    return parts[-1] if money else parts[0]


def _request_cells(table: dict[str, Any]) -> list[CellSpec]:
    numeral = _TABLE_NUMERALS[table["section"]]
    return [
        CellSpec("requests", r["key"], c["key"], "integer", table["unit"], False, numeral, r["label_zh"], c["label_zh"])
        for r in table["rows"]
        for c in table["columns"]
    ]


def _dispute_cells(table: dict[str, Any]) -> list[CellSpec]:
    numeral = _TABLE_NUMERALS[table["section"]]
    return [
        CellSpec("disputes", g["key"], c["key"], "integer", table["unit"], False, numeral, g["label_zh"], c["label_zh"])
        for g in table["groups"]
        for c in g["columns"]
    ]
