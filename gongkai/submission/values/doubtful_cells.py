"""What a spreadsheet's cell can hold that is no plain value: what a person sees there is not what is stored.

Workbook readers build these, `typed_values` decides what each field makes of them: a number is never guessed.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value: a formula never calculated (`=A1+B1`) or an error (`#REF!`)."""

    text: str

    @property
    def stale(self) -> bool:
        """Whether it is a formula that nobody has calculated."""
        return self.text.startswith("=")


class Pictured(str):
    """The text of a cell in which something is raised, lowered or struck out.

    Attributes:
        picture: the cell in words: “124”，其中“1”为上标.
        struck: whether something is struck out, so that not even the text is certain.
    """

    picture: str
    struck: bool

    def __new__(cls, text: str, picture: str, struck: bool) -> "Pictured":
        made = super().__new__(cls, text)
        made.picture, made.struck = picture, struck
        return made


class Displayed(str):
    """A value as its cell shows it, where the number format adds something of its own: `2021-001` for a stored 1.

    Attributes:
        stored: the number, or the text, in the cell.
    """

    stored: int | Decimal | str

    def __new__(cls, text: str, stored: int | Decimal | str) -> "Displayed":
        made = super().__new__(cls, text)
        made.stored = stored
        return made
