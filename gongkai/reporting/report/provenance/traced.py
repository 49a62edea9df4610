"""A figure of the report followed to where it was submitted, as plain values that terminal, JSON and pages print.

What is followed and how stands in `tracer`; how a figure is called in `labels`. Of a case only its number, days and
result are here, never what was asked or by whom: nothing personal has a place in provenance.
"""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from gongkai.law.due_day import Due
from gongkai.reporting.report.grid import figure_text
from gongkai.submission.inspection.entry import KIND_NAMES, InspectionEntry
from gongkai.warehouse.totals import Number


@dataclass(frozen=True)
class UnitSource:
    """What the accepted revision of one unit gives.

    Attributes:
        value: its own figure; of an average or a rate that of the unit alone.
        where, sheet, cell: the place in its file; None where the figure is counted over a list.
        cases: how many cases of its registers the figure counts; None where it counts none.
    """

    unit: str
    name: str
    revision: int
    value: Number | str
    file: str
    where: str | None = None
    sheet: str | None = None
    cell: str | None = None
    cases: int | None = None

    @property
    def nothing(self) -> bool:
        """Whether it adds nothing to the figure."""
        return not self.value and not self.cases

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "value": plain(self.value)}


@dataclass(frozen=True)
class Entered:
    """An entry of the office that a figure counts; `kind` in words."""

    unit: str | None
    entry: str
    kind: str
    indicator: str | None
    on: date | None
    passed: int | None
    checked: int | None

    @classmethod
    def of(cls, entry: InspectionEntry) -> "Entered":
        return cls(
            entry.unit, entry.id, KIND_NAMES[entry.kind], entry.indicator, entry.on or entry.issued_on,
            entry.passed, entry.checked,
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "on": self.on.isoformat() if self.on else None}


@dataclass(frozen=True)
class TracedCase:
    """A case of a register that a figure counts.

    Attributes:
        list: `register` or `disputes_register`.
        where, sheet, cell: its row in the file.
        result: outcome or result, in words.
        used, due_on, late: by the law's clock; None where it has none or nobody can know.
    """

    unit: str
    name: str
    revision: int
    list: str
    case_no: str
    where: str
    sheet: str | None
    cell: str | None
    applicant: str | None
    received_on: date | None
    replied_on: date | None
    result: str | None
    used: int | None = None
    due_on: Due | None = None
    late: bool | None = None

    @cached_property  # every figure that counts the case links to it
    def anchor(self) -> str:
        """Its id on the page of cases."""
        return "-".join([self.unit, self.list, *"".join(c if c.isalnum() else " " for c in self.case_no).split()])

    def to_json(self) -> dict[str, Any]:
        days = {key: str(value) if (value := getattr(self, key)) else None for key in _DAYS}
        return {**asdict(self), **days}


_DAYS = ("received_on", "replied_on", "due_on")


@dataclass(frozen=True)
class TracedPart:
    """Another figure that a figure is computed from."""

    path: str
    label: str
    value: str


@dataclass(frozen=True)
class Traced:
    """One figure with everything that it comes from.

    Attributes:
        path: its path (`requests.granted.total`).
        value: as the report prints it.
        counted_in: 件, 万元, 个工作日, %; empty where nothing says so.
        how: how it is made, in a sentence.
        sources: by unit, in registry order.
        parts: figures that it is computed from.
        entries: of the office.
        cases: of the registers, in the order of units and files.
    """

    path: str
    label: str
    value: str
    counted_in: str
    how: str
    sources: tuple[UnitSource, ...] = ()
    parts: tuple[TracedPart, ...] = ()
    entries: tuple[Entered, ...] = ()
    cases: tuple[TracedCase, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "label": self.label,
            "value": self.value,
            "counted_in": self.counted_in,
            "how": self.how,
            "parts": [asdict(part) for part in self.parts],
            "sources": [source.to_json() for source in self.sources],
            "entries": [entry.to_json() for entry in self.entries],
            "cases": [case.to_json() for case in self.cases],
        }


def plain(value: Number | str) -> int | str:
    """A figure in JSON: a count as an integer, anything else as its text."""
    return value if isinstance(value, int) else figure_text(value) if not isinstance(value, str) else value
