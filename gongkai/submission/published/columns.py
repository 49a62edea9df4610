"""Column heads: which columns of a printed table the heads name, and the cells of a row that stand below them.

Shared by the three table readers. A row whose cells do not stand exactly below the heads has no certain reading.
"""

from collections.abc import Sequence

from gongkai.submission.published.printed import PrintedCell, PrintedRow
from gongkai.submission.published.printed_labels import core

Span = tuple[int, int]


def leaves(head: Sequence[PrintedRow]) -> list[PrintedCell]:
    """The lowest heads, from left to right: those with no other head below them in the same rows of heads."""
    cells = sorted({cell for line in head for cell in line.begun if core(cell.text)}, key=lambda c: (c.column, c.row))
    return [
        cell
        for cell in cells
        if not any(other.row > cell.row and cell.column <= other.column < cell.end for other in cells)
    ]


def below(line: PrintedRow, spans: Sequence[Span]) -> tuple[list[PrintedCell], list[PrintedCell]] | None:
    """A row's label cells and its figure cells, one for each span and exactly below it; None when they are not so."""
    first = spans[0][0]
    labels = [cell for cell in line.cells if cell.end <= first]
    figures = [cell for cell in line.cells if cell.end > first]
    while len(figures) > len(spans) and not core(figures[-1].text):
        figures.pop()  # a column that nothing stands in
    return (labels, figures) if [cell.span for cell in figures] == list(spans) else None


def last(line: PrintedRow, count: int) -> tuple[list[PrintedCell], list[PrintedCell]] | None:
    """For a row whose heads stand on the page before: its last cells, side by side up to the table's edge."""
    labels, figures = list(line.cells[:-count]), list(line.cells[-count:])
    joined = [cell.column for cell in figures[1:]] == [cell.end for cell in figures[:-1]]
    whole = len(figures) == count and joined and figures[-1].end == line.width
    return (labels, figures) if whole and labels and labels[-1].end <= figures[0].column else None


def own_label(line: PrintedRow, labels: Sequence[PrintedCell]) -> PrintedCell | None:
    """The label of the row itself: the rightmost that is not empty; None when that one belongs to a row above."""
    label = next((cell for cell in reversed(labels) if core(cell.text)), None)
    return label if label in line.begun else None
