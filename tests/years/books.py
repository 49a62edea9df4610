"""What the units of the seeded district really have: open requests and documents in force, and a year's report of them.

A report always holds by itself and follows the year before; whatever does not is put there by an event.
"""

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from gongkai.national_format import for_year
from gongkai.national_format.figures import (
    CARRIED_IN,
    CARRIED_OUT,
    GRANTED,
    NEW_REQUESTS,
    NORMATIVE_IN_FORCE,
    NORMATIVE_ISSUED,
    NORMATIVE_REPEALED,
    OUTCOME_TOTAL,
)
from gongkai.submission.form import SCHEMA

_STOCK_FROM = 2021  # the first format that asks for the documents in force
_SUBJECTS = ("道路改造", "老旧小区", "义务教育", "征地补偿", "医疗服务", "河道治理", "停车设施", "社会救助", "市场监管")


@dataclass
class Holding:
    """What one unit carries from year to year."""

    open: int = 0
    stock: int = 5


@dataclass
class Books:
    """The units' holdings by code.

    Attributes:
        begun: what each unit had at the start of the year that was reported last.
    """

    seed: int
    held: dict[str, Holding] = field(default_factory=dict)
    begun: dict[str, Holding] = field(default_factory=dict)

    def merge(self, into: str, *codes: str) -> None:
        """Several units become one."""
        parts = [self.held.pop(code) for code in codes]
        self.held[into] = Holding(sum(one.open for one in parts), sum(one.stock for one in parts))

    def split(self, code: str, new: str) -> None:
        """A unit gives half of what it has to another, new or old."""
        old = self.held[code]
        given = Holding(old.open // 2, old.stock // 2)
        there = self.held.get(new, Holding(0, 0))
        self.held[new] = Holding(there.open + given.open, there.stock + given.stock)
        self.held[code] = Holding(old.open - given.open, old.stock - given.stock)

    def rename(self, old: str, new: str) -> None:
        """A unit gets another code."""
        self.held[new] = self.held.pop(old)

    def report(self, unit: str, year: int) -> dict[str, Any]:
        """The unit's report of a year, and the books as they are after it."""
        chance = Random(f"{self.seed}-{unit}-{year}")  # noqa: S311  a seeded life, nothing to keep secret
        held = self.held.setdefault(unit, Holding())
        self.begun[unit] = Holding(held.open, held.stock)
        new = chance.randint(3, 6)
        closed = max(1, held.open + new - chance.randint(1, 3))
        issued, repealed = chance.randint(0, 2), chance.randint(0, 1)
        carried_out = held.open + new - closed
        cells = {CARRIED_IN: held.open, NEW_REQUESTS: new, GRANTED: closed, OUTCOME_TOTAL: closed}
        cells[CARRIED_OUT] = carried_out
        held.open = carried_out
        if year >= _STOCK_FROM:
            held.stock += issued - repealed
            cells |= {NORMATIVE_ISSUED: issued, NORMATIVE_REPEALED: repealed, NORMATIVE_IN_FORCE: held.stock}
        return document(unit, year, cells, _overview(chance, year))


def document(unit: str, year: int, cells: dict[str, int], overview: str) -> dict[str, Any]:
    """A submission whose tables are 0 but for those cells; the requests are all of natural persons."""
    tables: dict[str, Any] = {}
    for spec in for_year(year).cells:
        value = cells.get(spec.where, 0)
        if spec.column == "natural_person":
            value = cells.get(f"{spec.table}.{spec.row}.total", 0)
        tables.setdefault(spec.table, {}).setdefault(spec.row, {})[spec.column] = value
    return {
        "schema": SCHEMA,
        "year": year,
        "unit": unit,
        "tables": tables,
        "activities": {"report_published_on": f"{year + 1}-01-20"},
        "narrative": {"overview": overview},
    }


def data_of(report: dict[str, Any]) -> bytes:
    """A report as a file holds it."""
    return json.dumps(report, ensure_ascii=False).encode()


def _overview(chance: Random, year: int) -> str:
    """A text of the year: long enough to be compared with others, and not copied from any."""
    subjects = "".join(f"围绕{subject}公开办理结果，" for subject in chance.sample(_SUBJECTS, 3))
    return f"{year} 年，本单位{subjects}并按要求更新栏目。"
