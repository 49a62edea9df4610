"""What a profile's workbook says, with the cell of every value, and what is wrong with it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from gongkai.profile.working_days import NO_MAKE_UP
from gongkai.profile_workbook.profile_rows import Rows
from gongkai.profile_workbook.sheet_columns import AREAS, DAYS, SWITCHED_OFF, UNITS, DistrictValue, EntrySheet


@dataclass
class ReadWorkbook:
    """What a workbook says.

    Attributes:
        lines: where the value of a line of the sheet 本区 stands; `places`: table, row and key → where, in words.
        problems: sentences; nothing may be written while there is one.
        notes: what was not used and is no mistake.
    """

    district: dict[DistrictValue, Any] = field(default_factory=dict)
    units: Rows = field(default_factory=list)
    areas: Rows = field(default_factory=list)
    days: Rows = field(default_factory=list)
    off: Rows = field(default_factory=list)
    weights: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[DistrictValue, str] = field(default_factory=dict)
    places: dict[tuple[str, int, str], str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def rows(self, table: EntrySheet) -> Rows:
        """The rows of a sheet."""
        return {UNITS: self.units, AREAS: self.areas, DAYS: self.days, SWITCHED_OFF: self.off}[table]

    def place(self, table: str, number: int, key: str) -> str:
        """Where a value of a row stands, in words; of a key without a column, the row's first cell."""
        return self.places.get((table, number, key)) or next(
            said for (name, at, _), said in self.places.items() if (name, at) == (table, number)
        )

    @property
    def year(self) -> int | None:
        """The year whose days the workbook holds: that of most of them; None where it holds none."""
        years = Counter(row["day"][:4] for row in self.days if row.get("day", NO_MAKE_UP) != NO_MAKE_UP)
        return int(years.most_common(1)[0][0]) if years else None
