"""What a figure was last year, in words: only where the very same units gave it in both years.

Equal numbers of units are not the same units. A share is named only on a base that carries one; a draft that still
waits for units compares nothing.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.report.words.figure_paths import DIFFERENCE, PERCENT, figure_path
from gongkai.reporting.report.words.sheet import Facts
from gongkai.reporting.report.words.traced_text import traced
from gongkai.submission.form import State, Submission
from gongkai.warehouse.rates import half_up
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Number

_BASE = 20  # a percentage of fewer says nothing: one case more would be five per cent


def changes(state: YearState, cells: Mapping[str, Sequence[str]], units: Mapping[str, str], default: str) -> Facts:
    """`<name>_change` of every figure: `（比上年增加9件，增长2.14%）`, or "" where nothing can be compared.

    Args:
        state: the year.
        cells: name → the cells that make the figure.
        units: name → what it is counted in, where that is not `default`.
        default: what figures are counted in.
    """
    return {
        f"{name}_change": _change(state, cells[name], units.get(name, default), figure_path(name)) for name in cells
    }


def _change(state: YearState, cells: Sequence[str], unit: str, path: str) -> str:
    now = _given({r.unit: r.submission for r in state.accepted if r.submission is not None}, cells)
    before = _given({one.unit: one.submission for one in state.last_reports if one.accepted}, cells)
    followed = {part.unit for code in now if code in state.previous for part in state.previous[code].reports}
    if state.incomplete or not now or not set(now) <= set(state.previous) or followed != set(before):
        return ""
    return in_words(_total(now), _total(before), unit, path)


def in_words(now: Number, before: Number, unit: str, path: str) -> str:
    """The change in brackets; `path` is that of the figure which changed."""
    if now == before:
        return "（与上年持平）"
    apart: Number = now - before if now > before else before - now
    word, rate = ("增加", "增长") if now > before else ("减少", "下降")
    said = f"比上年{word}{traced(figure_text(apart), path + DIFFERENCE)}{unit}"
    if before >= _BASE:
        share = half_up(Decimal(apart) * 100 / Decimal(before))
        said += f"，{rate}{traced(str(share), path + PERCENT)}%"
    return f"（{said}）"


def _total(given: Mapping[str, Number]) -> Number:
    first, *rest = given.values()
    return sum(rest, first)


def _given(submissions: Mapping[str, Submission], cells: Sequence[str]) -> dict[str, Number]:
    """Unit → its figure, for the units that give every cell of it."""
    found = {}
    for code, submission in submissions.items():
        values = [submission.by_where.get(where) for where in cells]
        if values and all(cell is not None and cell.state is State.VALUE for cell in values):
            found[code] = sum(cell.value for cell in values if cell is not None)
    return found
