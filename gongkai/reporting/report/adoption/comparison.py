"""What the comparison of an edited report found: differences, which refuse it, and figures that a person must confirm.

As JSON it is what `gongkai adopt` writes, and what `--confirm` takes back with a name at every open item.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.errors import CallError
from gongkai.reporting.report.adoption.adopted_text import AdoptedText
from gongkai.warehouse.report_standing import Adoption

SCHEMA = "gongkai/adoption/1"
_BY = "confirmed_by"


@dataclass(frozen=True, kw_only=True)
class ReportDifference:
    """Something that must be as computed and is not.

    Attributes:
        place: section or cell, in Chinese.
        observed: what stands there; `expected` what should.
        sentence: in which sentence; "" for a cell or a heading.
        figure: the path of the figure, where it is known.
    """

    place: str
    observed: str
    expected: str
    sentence: str = ""
    figure: str | None = None

    @property
    def words(self) -> str:
        """As a person reads it."""
        quoted = f"语句：“{self.sentence}”" if self.sentence else ""
        return f"{self.place}：填写 {self.observed}，应为 {self.expected}。{quoted}"

    def to_json(self) -> dict[str, Any]:
        keys = ("place", "observed", "expected", "sentence", "figure")
        return {**{key: getattr(self, key) for key in keys}, "message": self.words}


@dataclass(frozen=True, kw_only=True)
class Open:
    """A figure that nothing can be compared with, or words that may be misread.

    Attributes:
        number: which number of the sentence it is, from 1.
        hint: what it may be compared with, in Chinese.
        confirmed_by: who confirmed it.
    """

    place: str
    sentence: str
    observed: str
    number: int
    hint: str = ""
    confirmed_by: str | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """The same figure in the same sentence, wherever that stands."""
        return self.sentence, self.number, self.observed

    @property
    def words(self) -> str:
        """As a person reads it."""
        return f"{self.place}：{self.observed}{f'（{self.hint}）' if self.hint else ''}。语句：“{self.sentence}”"

    def to_json(self) -> dict[str, Any]:
        keys = ("place", "sentence", "observed", "number", "hint", _BY)
        return {key: getattr(self, key) for key in keys}


@dataclass(frozen=True)
class ReportComparison:
    """An edited report beside the computed one.

    Attributes:
        text: what would be adopted.
        compared: how many figures of text and tables were compared.
        is_no_report: not one heading of the report stands in the file.
    """

    text: AdoptedText
    differences: Sequence[ReportDifference]
    open: Sequence[Open]
    compared: int
    is_no_report: bool = False

    @property
    def unconfirmed(self) -> list[Open]:
        """What still waits for a person."""
        return [one for one in self.open if one.confirmed_by is None]

    def to_json(self) -> dict[str, Any]:
        """What `gongkai adopt` writes; each item of `to_confirm` is marked by putting a name at `confirmed_by`."""
        return {
            "schema": SCHEMA,
            "compared": self.compared,
            "differences": [one.to_json() for one in self.differences],
            "to_confirm": [one.to_json() for one in self.open],
        }


def confirmed_in(adoption: Adoption | None) -> dict[tuple[str, int, str], str]:
    """Figure → who confirmed it when a text was adopted."""
    listed = adoption.confirmed if adoption else ()
    return {(one["sentence"], one["number"], one["observed"]): one[_BY] for one in listed}


def read_confirmations(document: Any, by: str) -> dict[tuple[str, int, str], str]:
    """Figure → who confirmed it, of a file that `gongkai adopt` wrote.

    Args:
        document: the JSON value.
        by: who adopts: stands for an item that is marked `true` in place of a name.

    Raises:
        CallError: it is no such file.
    """
    items = document.get("to_confirm") if isinstance(document, dict) and document.get("schema") == SCHEMA else None
    if not isinstance(items, list):
        raise CallError("--confirm 的文件不是 gongkai adopt 写出的核对结果（JSON）。")
    found = {}
    for one in items:
        if not isinstance(one, dict) or not {"sentence", "number", "observed"} <= one.keys():
            raise CallError("--confirm 的文件中 to_confirm 的条目缺少 sentence、number 或 observed，请勿改动这几项。")
        name = one.get(_BY) or one.get("confirmed")
        if name := by if name is True else " ".join(name.split()) if isinstance(name, str) else "":
            found[one["sentence"], one["number"], one["observed"]] = name
    return found
