"""What stands at the head and foot of every page: who, when, which version, from which basis.

The same lines in HTML and in PDF; `Page.to_json` is what a Typst template gets as `data.page`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.profile import Unit
from gongkai.profile.models import District
from gongkai.reporting.style.printed_numbers import moment
from gongkai.warehouse.records import YearState

DEMONSTRATION = "演示数据，不代表任何真实单位"


@dataclass(frozen=True)
class Page:
    """Head and foot of a document.

    Attributes:
        title: what it is, for the window and the foot.
        place: whose it is: its name, what the whole of it is called, whether its data are invented.
        unit: `A01 重大建设项目`, None for a document of the whole district.
        version: `第 2 版`, `第 3 次报送`; None where there is one only.
        basis: the whole basis hash; its first twelve digits are printed.
        as_of: in the district's zone.
        own: `basis` and `as_of` are the paper's own: its content last changed then.
    """

    title: str
    place: District
    year: int
    as_of: datetime
    basis: str
    unit: str | None = None
    version: str | None = None
    own: bool = False

    @property
    def district(self) -> str:
        """Its name."""
        return self.place.name

    @property
    def full_title(self) -> str:
        """What a window and a PDF are called: unit, what it is, district and year."""
        return f"{self.unit + ' ' if self.unit else ''}{self.title} · {self.district} {self.year} 年度"

    @property
    def foot(self) -> str:
        """The line at the foot, without the page number."""
        parts = [self.district, f"{self.year} 年度", self.unit, self.title, self.version]
        return " · ".join(part for part in (*parts, self.stamp) if part)

    @property
    def stamp(self) -> str:
        """As of when, and on which basis."""
        word = "内容更新于" if self.own else "数据截至"
        return f"{word} {moment(self.as_of)} · 依据 {self.basis[:12]}"

    @property
    def banner(self) -> str | None:
        """The line at the head of demonstration data, else None."""
        return DEMONSTRATION if self.place.demonstration else None

    def to_json(self) -> dict[str, Any]:
        """For Typst: title, foot, banner, and the day of the document."""
        return {
            "title": self.full_title,
            "district": self.district,
            "foot": self.foot,
            "banner": self.banner,
            "date": {"year": self.as_of.year, "month": self.as_of.month, "day": self.as_of.day},
        }


def page_of(
    state: YearState,
    basis: str,
    title: str,
    unit: Unit | None = None,
    version: str | None = None,
    own: bool = False,
) -> Page:
    """Head and foot of a document of this state; `own`: of a paper with its own basis and moment."""
    return Page(
        title=title,
        place=state.profile.district,
        year=state.year,
        as_of=state.profile.local(state.as_of),
        basis=basis,
        unit=f"{unit.code} {unit.name}" if unit else None,
        version=version,
        own=own,
    )
