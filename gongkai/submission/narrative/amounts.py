"""Sums of cells, as the lexicon writes them: what they make of a submission's figures, exactly or at least.

`*` stands for any ending of a key; a sum of which the year's format lacks a cell is none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import NamedTuple

from gongkai.law.limits import LIMITS, Limits
from gongkai.national_format import NationalFormat
from gongkai.national_format.figures import REQUESTS

Number = int | Decimal
TEN_THOUSAND = 10_000


class Amount(NamedTuple):
    """A sum of cells: exact, or what it is at least; and the cells."""

    number: Decimal
    exact: bool
    cells: tuple[str, ...]


@dataclass(frozen=True)
class StatedCells:
    """The known figures of a submission by place, last year's (empty without one), and the law's limits of the year."""

    format: NationalFormat
    this: Mapping[str, Number]
    last: Mapping[str, Number] = field(default_factory=dict)
    limits: Limits = LIMITS

    def amount(self, terms: str, numbers: Mapping[str, Number], unit: str = "") -> Amount | None:
        """What a sum of cells makes, in a text's unit; None when nothing, or not enough to say anything, is known."""
        number, exact, cells, told = Decimal(0), True, [], False
        for sign, where in terms_of(terms, self.format):
            known, complete = self._cell(where, numbers)
            if sign < 0 and not complete:
                return None
            number += sign * (known or 0)
            exact &= complete
            told |= known is not None
            cells.append(where)
        return Amount(_in_unit(number, cells[0], unit), exact, tuple(cells)) if told else None

    def _cell(self, where: str, numbers: Mapping[str, Number]) -> tuple[Decimal | None, bool]:
        """A cell, and whether it is all of it; a blank total of a row is what its columns make at least."""
        if where in numbers:
            return Decimal(numbers[where]), True
        table, _, column = where.rpartition(".")
        if not table.startswith(f"{REQUESTS}.") or column != "total":
            return None, False
        parts = [numbers.get(f"{table}.{kind}") for kind in self.format.applicant_types]
        known = [Decimal(part) for part in parts if part is not None]
        return (sum(known, Decimal(0)) if known else None), len(known) == len(parts)


def _in_unit(number: Decimal, where: str, unit: str) -> Decimal:
    """An amount of money in the unit that the text writes."""
    if unit == "元" and where.endswith("_wan_yuan"):
        return number * TEN_THOUSAND
    if unit == "万元" and not where.endswith("_wan_yuan"):
        return number / TEN_THOUSAND
    return number


@lru_cache(1024)
def terms_of(terms: str, national_format: NationalFormat) -> tuple[tuple[int, str], ...]:
    """Sign and cell of a sum; empty when the year's format lacks one of its cells."""
    found: list[tuple[int, str]] = []
    sign = 1
    for word in terms.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
            continue
        cells = _matching(word, national_format)
        if not cells:
            return ()
        found += [(sign, where) for where in cells]
    return tuple(found)


def _matching(pattern: str, national_format: NationalFormat) -> list[str]:
    if pattern.startswith(("activities.", "register.", "lists.")):
        return [pattern]
    return [cell.where for cell in national_format.cells if fnmatchcase(cell.where, pattern)]
