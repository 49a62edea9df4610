"""The formulas of a table's sheet: the totals, and beside them a live check per identity, each with what it would show.

They come from the format's identities, so the workbook and the rules say the same thing. The checks only help the
clerk: the reader never looks at them. The totals are his to overwrite (`workbook.stale_totals` reads them).
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from gongkai.national_format import Identity, Term
from gongkai.submission.template.names import META_REST_IS_ZERO

OPEN, HOLDS = "未填完", "平衡"
MUST_FIX, TO_EXPLAIN = "✕ 差 ", "？差 "  # told apart by sign before colour
BROKEN_PATTERN = "*差 *"  # finds both with COUNTIF; no label of a table contains it
Number = int | Decimal


def check_formula(
    identity: Identity, address_of: Callable[[str], str], last_year: Mapping[str, Number], broken: str = MUST_FIX
) -> str:
    """The formula of a check cell.

    Args:
        identity: what the cell checks.
        address_of: the address of a cell of this year's report on the same sheet.
        last_year: last year's values by where; every last-year term must be there.
        broken: what stands before the difference.
    """

    def text(side: tuple[Term, ...]) -> str:
        parts = [
            ("+" if term.sign > 0 else "-")
            + (format(Decimal(last_year[term.where]), "f") if term.previous else address_of(term.where))
            for term in side
        ]
        return "".join(parts).removeprefix("+")

    difference = f"ROUND(({text(identity.left)})-({text(identity.right)}),6)"
    test = f"{difference}{'=' if identity.operator == '==' else identity.operator}0"
    unfilled = _unfilled([address_of(where) for where in identity.cells])
    return f'=IF({unfilled},"{OPEN}",IF({test},"{HOLDS}","{broken}"&ABS({difference})))'


def total_formula(parts: Sequence[str]) -> str:
    """The formula of a total: empty until every part is there, or the clerk says that the rest is zero.

    Args:
        parts: their addresses on the same sheet.
    """
    return f'=IF({_unfilled(parts)},"",SUM({",".join(parts)}))'


def _unfilled(cells: Sequence[str]) -> str:
    return f'AND(COUNT({",".join(cells)})<{len(cells)},{META_REST_IS_ZERO}<>"是")'


def check_result(
    identity: Identity, values: Mapping[str, Number], last_year: Mapping[str, Number], broken: str = MUST_FIX
) -> str:
    """What `check_formula` shows for these values: the cached value of the cell."""
    if any(where not in values for where in identity.cells):
        return OPEN

    def total(side: tuple[Term, ...]) -> Number:
        return sum((t.sign * (last_year if t.previous else values)[t.where] for t in side), Decimal(0))

    difference = round(Decimal(total(identity.left) - total(identity.right)), 6)
    good = {"==": difference == 0, ">=": difference >= 0, "<=": difference <= 0}[identity.operator]
    return HOLDS if good else f"{broken}{abs(difference).normalize():f}"


def decidable(identity: Identity, last_year: Mapping[str, Number]) -> bool:
    """Whether every last-year value it names is known."""
    return all(term.where in last_year for term in identity.left + identity.right if term.previous)
