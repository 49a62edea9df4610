"""The typed view of `sheets.yaml`: the sheets of the office's workbook, their kinds and columns.

Neither writer nor reader names a sheet or a column; what a kind must say is in `entry_needs`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from gongkai.packaged_data import packaged_yaml
from gongkai.submission.inspection.entry import KIND_NAMES, Kind
from gongkai.submission.inspection.entry_needs import ALWAYS, NEEDS, TYPES
from gongkai.submission.places import ENTRY_LABELS

TOLD = "told"
"""Our own column: what waits, in words. It is written, stored and never read as an entry."""

OFFICE_UNIT = "_office"
"""In the place of a unit's code, of what is nobody's but the office's."""

SAMPLE_SHEET = "抽样方案"
"""The first sheet of a workbook that says what to look at; ours, and nothing of it is read."""

HEADING = "0"
"""In the place of a row's number, of the headings over the columns."""

LABELS = {**ENTRY_LABELS, TOLD: "待办内容（不必填写）"}
REST = "rest"
_SHORT = 12.0


@dataclass(frozen=True, slots=True)
class OfficeSheet:
    """One sheet of the office's workbook; the attributes are those that `sheets.yaml` explains at its head."""

    key: str
    sheet: str
    title: str
    note: str
    ids: str
    rows: int
    kinds: tuple[Kind, ...]
    columns: tuple[str, ...]
    prefilled: tuple[str, ...] = ("id",)
    offers: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    example: Mapping[str, str] = field(default_factory=dict)
    if_needed: bool = False

    @property
    def only_kind(self) -> Kind | None:
        """The kind that nobody need choose, where the sheet has one kind only."""
        return self.kinds[0] if len(self.kinds) == 1 else None

    def hint_of(self, key: str) -> str:
        """What a column is for, in a few words; empty where its label says it."""
        return str(self.hints.get(key) or _data()["hints"].get(key, ""))

    def is_waiting(self, keys: Iterable[str]) -> bool:
        """Whether a row that holds these keys holds nothing but what was printed in advance."""
        return set(keys) <= {"id", TOLD, *self.prefilled}

    def asked_of(self, key: str) -> str:
        """Who must fill a column: 必填, the kinds that must, or nothing."""
        if key in ALWAYS and not (key == "on" and self.only_kind == "rectification"):
            return "必填"
        asking = [kind for kind in self.kinds if key in NEEDS[kind].must]
        if not asking:
            return ""
        return "必填" if len(asking) == len(self.kinds) else f"{'、'.join(KIND_NAMES[kind] for kind in asking)}必填"


@cache
def office_sheets() -> Mapping[str, OfficeSheet]:
    """The sheets by key, in the order of the workbook."""
    listed = _data()["sheets"].items()
    return {key: OfficeSheet(key=key, **{name: _frozen(value) for name, value in one.items()}) for key, one in listed}


def workbook_version() -> int:
    """The version of the workbook that is handed out now."""
    return int(_data()["version"])


def row_name(sheet: str, line: str) -> str:
    """How findings name a row that has no number of its own, by its line in the sheet."""
    return f"{sheet}第{line}行"


def numbered(sheet: OfficeSheet, number: int) -> str:
    """A number of ours: 检查-001."""
    return f"{sheet.ids}-{number:03d}"


def number_of(said: str, sheet: OfficeSheet) -> int:
    """The inverse; 0 of what is no number of ours."""
    head, _, digits = said.rpartition("-")
    return int(digits) if head == sheet.ids and digits.isdecimal() and digits.isascii() else 0


def width_of(key: str) -> float:
    """How wide a column is, in characters."""
    return float(_data()["widths"].get(key, _SHORT))


@cache
def sheet_of(kind: object) -> OfficeSheet:
    """The sheet on which entries of a kind stand; what is of no kind stands on the last."""
    return next((one for one in office_sheets().values() if kind in one.kinds), office_sheets()[REST])


def type_of(key: str) -> str:
    """The type of a column's values."""
    return "choice" if key == "kind" else TOLD if key == TOLD else TYPES[key]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = packaged_yaml(__package__, "sheets.yaml")
    return data
