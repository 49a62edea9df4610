"""What the table readers found: figures with their places, labels taken for another, and what could not be read.

Every figure stands in a cell whose row and column are certain; a figure that could be something else is not here.
"""

from dataclasses import dataclass, field

from gongkai.findings import Coercion, ReadingIssue
from gongkai.national_format import NationalFormat
from gongkai.submission.form import Origin
from gongkai.submission.published.printed import PrintedCell, PrintedRow
from gongkai.submission.published.printed_labels import core, same
from gongkai.submission.values.typed_values import printable

MISPRINT = "行标题或列标题印刷有误，按相近文字和前后顺序认定"


@dataclass
class TablesRead:
    """Collected over the three tables.

    Attributes:
        figures: `<table>.<row>.<column>` → the cell's text and place.
    """

    format: NationalFormat
    figures: dict[str, tuple[str, Origin]] = field(default_factory=dict)
    coercions: list[Coercion] = field(default_factory=list)
    issues: list[ReadingIssue] = field(default_factory=list)

    def figure(self, where: str, line: PrintedRow, cell: PrintedCell) -> None:
        """One figure. What is doubtful keeps its text and becomes no number."""
        doubt = f"〔{cell.doubt}〕" if cell.doubt else ""
        self.figures[where] = (cell.text + doubt, line.origin(cell))

    def label(self, where: str, printed: str, label: str, origin: Origin) -> None:
        """Notes a misprint: a printed label that was taken for another."""
        if not same(printed, label):
            raw = printable(printed.replace("\n", ""))
            self.coercions.append(
                Coercion(where=where, raw=raw, value=label, why=MISPRINT, sheet=origin.sheet, cell=origin.cell)
            )

    def unread(self, where: str, label: str, why: str, origin: Origin = Origin()) -> None:
        """A table, row or cell that is left out because its reading is not certain."""
        self._issue("PUBLISHED-UNREAD", where, label, why, origin)

    def notice(self, where: str, label: str, what: str, origin: Origin = Origin()) -> None:
        """Something of the report's form that a reader of the figures should know."""
        self._issue("PUBLISHED-FORM", where, label, what, origin)

    def _issue(self, rule: str, where: str, label: str, said: str, origin: Origin) -> None:
        self.issues.append(
            ReadingIssue(
                rule=rule,
                where=where,
                sheet=origin.sheet,
                cell=origin.cell,
                observed=printable(said.replace("\n", "")),
                values={"label": label.replace("“", "‘").replace("”", "’")},
            )
        )


def short(text: str) -> str:
    """A printed label in a message: without line breaks, at most forty characters."""
    return printable(text.replace("\n", ""))[:40] if core(text) else "（空白）"
