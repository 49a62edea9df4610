"""The blank template as plain cells: what it prints where, without a file being written.

The template is drawn on sheets that keep texts and places and let everything about looks pass. A reader lays it beside
a file that has lost its names. It is nobody's: what a district and a unit print of themselves is left empty.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, cast

from xlsxwriter import Workbook

from gongkai.national_format import for_year
from gongkai.profile import Unit
from gongkai.submission.form import Submission
from gongkai.submission.template.canvas import Form, Letterhead
from gongkai.submission.template.names import Place, place
from gongkai.submission.template.styles import Styles
from gongkai.submission.template.writer import draw_sheets

_NOBODY = Unit(code="X", name="", kind="office", level="district", authority="")


class _PlainSheet:
    """A worksheet that keeps its texts."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[str]] = []

    def write_string(self, row: int, column: int, text: str, *_: Any) -> None:
        self.rows += [[] for _ in range(row + 1 - len(self.rows))]
        self.rows[row] += [""] * (column + 1 - len(self.rows[row]))
        self.rows[row][column] = text

    def write_url(self, row: int, column: int, _url: str, _look: Any, text: str) -> None:
        self.write_string(row, column, text)

    def merge_range(self, row: int, column: int, _last_row: int, _last_column: int, text: str, *_: Any) -> None:
        self.write_string(row, column, text)

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Numbers, formulas and looks: nothing that names a place."""
        return lambda *_, **__: None


class PlainTemplate:
    """The sheets of a template: their texts, and the places of its defined names."""

    def __init__(self) -> None:
        self._sheets: dict[str, _PlainSheet] = {}
        self._names: dict[str, Place] = {}

    @property
    def sheets(self) -> list[str]:
        return list(self._sheets)

    @property
    def names(self) -> Mapping[str, Place]:
        return self._names

    def grid(self, sheet: str) -> list[list[str]]:
        """All rows of a sheet from A1 on; an empty cell is an empty text."""
        return self._sheets[sheet].rows

    def add_worksheet(self, name: str) -> _PlainSheet:
        return self._sheets.setdefault(name, _PlainSheet(name))

    def get_worksheet_by_name(self, name: str) -> _PlainSheet:
        return self._sheets[name]

    def add_format(self, _: Mapping[str, Any]) -> None:
        """Looks are not kept."""

    def define_name(self, name: str, reference: str) -> None:
        found = place(reference.removeprefix("="))
        if found is not None:
            self._names[name] = found


def mentions_last_year(texts: Iterable[object], year: int) -> bool:
    """Whether a file's cells are of a template that was handed out with last year's figures beside the tables."""
    return any(isinstance(text, str) and text.startswith(f"参考：{year - 1} 年度") for text in texts)


@lru_cache(4)
def plain_template(year: int, version: int, *, beside_last_year: bool = False) -> PlainTemplate:
    """The template of a report year in a version, blank.

    Args:
        year: the report year.
        version: of the template.
        beside_last_year: with the rows that show last year's figures.

    Raises:
        FormatError: no format is known for the year.
    """
    template = PlainTemplate()
    book = cast(Workbook, template)  # of which the drawing asks no more than the five methods above
    nowhere = Letterhead("", (), date(year + 1, 1, 31))
    last_year = Submission(_NOBODY.code, year - 1, ()) if beside_last_year else None
    form = Form(book, Styles(book), nowhere, _NOBODY, year, for_year(year), version, last_year=last_year)
    draw_sheets(form)
    return template
