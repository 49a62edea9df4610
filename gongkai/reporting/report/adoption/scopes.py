"""What the report's own text is judged by: the figures of the office and those of the whole district, side by side.

A text of the district's report speaks of two scopes. What names the whole (全区) is put beside the district's figures;
anything else may be the office's or the district's, and is wrong when it is neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from gongkai.national_format import for_year
from gongkai.reporting.report.words.sheet import FactSheet
from gongkai.reporting.report.words.traced_text import pieces_of
from gongkai.submission.narrative import (
    Claim,
    JudgedClaim,
    Names,
    SaidFigure,
    StatedCells,
    judge,
    own_names,
    read_figures,
)
from gongkai.submission.references import OFFICE
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Figures, Number, Totals

_FACTS = {
    "register.average": "average_days",
    "register.overdue": "cases_overdue",
    "lists.documents.government": "published_government",
    "lists.documents.office": "published_office",
}
_CHANNELS = "facts.channels."


class Judged(NamedTuple):
    """What a claim of the report's text is worth.

    Attributes:
        fits: right, wrong, or None where the figures do not decide it or its words may be misread.
        path: of the one cell that it states rightly.
        expected: what it should say, in words (`本级 70，全区 430`).
    """

    fits: bool | None
    path: str | None = None
    expected: str = ""


@dataclass(frozen=True)
class Scopes:
    """The figures of both scopes, the names that the office goes by in its own text, and what the whole is called."""

    whole: str
    names: Names
    office: StatedCells
    district: StatedCells

    def read(self, text: str) -> list[SaidFigure]:
        """Every figure and statement of a text."""
        return read_figures(text, self.names)

    def judge(self, claim: Claim) -> Judged:
        """Puts a claim beside the figures of the scopes that it may speak of."""
        asked = {self.whole: (self.district, "")}
        if claim.scope is None:
            asked = {"本级": (self.office, OFFICE), **asked}
        found = {name: (judge(_of_no_scope(claim), cells), prefix) for name, (cells, prefix) in asked.items()}
        for judged, prefix in found.values():
            if judged is not None and judged.fits:
                one = judged.cells[0] if claim.kind == "figure" and len(judged.cells) == 1 else None
                return Judged(True, prefix + one if one and not one.startswith(("register.", "lists.")) else None)
        known = {name: judged for name, (judged, _) in found.items() if judged is not None}
        if len(known) < len(found):
            return Judged(None, expected=_expected(known))
        return Judged(None if claim.guessed else False, expected=_expected(known))


def two_scopes(state: YearState, totals: Totals, sheet: FactSheet) -> Scopes:
    """The scopes of a year's report."""
    offices = [unit for unit in state.profile.expected(state.year) if unit.kind == "office"]
    own, limits = own_names(offices[0]) if offices else (), limits_of(state.lock)
    return Scopes(
        state.profile.district.whole,
        Names(state.year, own, of_all=True),
        StatedCells(for_year(state.year), _known(totals.office) | _counted(sheet, "office_"), {}, limits),
        StatedCells(for_year(state.year), _of_district(totals, sheet), _known(totals.previous), limits),
    )


def _of_district(totals: Totals, sheet: FactSheet) -> dict[str, Number]:
    known = _known(totals.district) | _counted(sheet, "")
    whole = sheet.values.get("portal_items_district")
    return known | {"activities.portal_items": whole} if isinstance(whole, int) else known


def _known(figures: Figures | None) -> dict[str, Number]:
    if figures is None:
        return {}
    cells = {where: value for where, value in figures.tables.items() if value is not None}
    return {**cells, **{f"activities.{key}": value for key, value in figures.activities.items()}}


def _counted(sheet: FactSheet, prefix: str) -> dict[str, Number]:
    """What register and lists add up to."""
    found = {where: sheet.values.get(prefix + name) for where, name in _FACTS.items()}
    known: dict[str, Number] = {where: value for where, value in found.items() if isinstance(value, int | Decimal)}
    for text, path in pieces_of(str(sheet.values.get(f"{prefix}channels") or "")):
        if path is not None and _CHANNELS in path:
            known[f"register.new.{path.rpartition('.')[2]}"] = int(text)
    return known


def _of_no_scope(claim: Claim) -> Claim:
    return replace(claim, scope=None, of=_of_no_scope(claim.of) if claim.of else None)


def _expected(known: Mapping[str, JudgedClaim]) -> str:
    return "，".join(f"{name} {_plain(judged.expected)}" for name, judged in known.items())


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
