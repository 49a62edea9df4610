"""Who may see what: the office everything, a unit its receipt, its returned workbook and what was issued to it.

Pure: names in, yes or no out. A card that is not issued, the board and other units are nothing that a unit sees.
"""

from dataclasses import dataclass

ISSUED = "issued"
UNITS = "units"
_RECEIPT_FILES = ("{}.json", "{}.html", "{}.sig", "{}-returned.xlsx")
_KEY = "district.pub"


@dataclass(frozen=True)
class Visitor:
    """Somebody who has logged in.

    Attributes:
        name: of the login.
        unit: the unit that it belongs to; None for the office.
    """

    name: str
    unit: str | None

    @property
    def is_office(self) -> bool:
        return self.unit is None

    def may_see(self, parts: tuple[str, ...]) -> bool:
        """Whether an address, in its parts (`2021`, `receipts`, `T01.html`), is this visitor's to see."""
        if self.is_office:
            return True
        match parts:
            case (_, "receipts", file):
                return file == _KEY or file in {name.format(self.unit) for name in _RECEIPT_FILES}
            case (_, place, unit) if place == UNITS:
                return unit == self.unit
            case (place, _, unit, *_) if place == ISSUED:
                return unit == self.unit
            case _:
                return False
