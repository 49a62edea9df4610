"""其余为零: what a sender says of the cells of the national tables that he left empty, once, instead of typing zeros.

Only a person can say so: a blank cell is not zero by itself. Every cell that it fills is told as a coercion.
"""

from typing import Any

from gongkai.national_format import CellSpec
from gongkai.submission.form import Cell, Origin, State
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.typed_values import read_value

KEY, LABEL = "rest_is_zero", "其余为零"
WHY = f"报送单位声明“{LABEL}”，未填的格按 0 读取"


def is_said(collector: Collector, said: Any, origin: Origin = Origin()) -> bool:
    """Whether the sender says so: what stands at the place of the statement is a yes, a no, or nothing."""
    return collector.head(KEY, LABEL, "boolean", said, origin) is True


def fill_with_zeros(collector: Collector) -> None:
    """Makes every unfilled cell of the tables 0; the collector holds their cells and nothing else yet."""
    there = {(cell.table, cell.row, cell.column): cell for cell in collector.cells}
    collector.cells = [
        _filled(spec, there.get((spec.table, spec.row, spec.column)), collector) for spec in collector.format.cells
    ]


def _filled(spec: CellSpec, cell: Cell | None, collector: Collector) -> Cell:
    if cell is not None and cell.state is not State.BLANK:
        return cell
    origin = cell.origin if cell else Origin()
    zero = read_value(0, spec.value_type).value
    collector.coercion(spec.where, origin, "", zero, WHY)
    return Cell(spec.table, spec.row, spec.column, zero, State.VALUE, origin)
