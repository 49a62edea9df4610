"""An .xls has no defined names that we read: saved by a real LibreOffice, every place is found by its labels."""

import subprocess
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.national_format import NationalFormat, for_year
from gongkai.profile import Profile
from gongkai.submission.fields import Field, groups, lists
from gongkai.submission.form import Cell, Submission
from gongkai.submission.template.writer import workbook_bytes


def value(field: Field, number: int, national_format: NationalFormat) -> Any:
    """A value of the field's type that stands nowhere else, as far as the type allows."""
    choices = list(field.choices_in(national_format)) or [""]
    chosen = choices[number % len(choices)]
    by_type = {
        "text": f"文字{number}",
        "date": date(2021, 1, 1) + timedelta(number % 300),
        "integer": 1000 + number,
        "decimal": Decimal(number) + Decimal("0.25"),
        "boolean": bool(number % 2),
        "choice": chosen,
        "choices": (chosen,),
    }
    return by_type[field.type]


def everything(year: int) -> Submission:
    """Every cell, figure, text and column filled, three rows a list."""
    form = for_year(year)
    cells = [
        Cell(s.table, s.row, s.column, 1000 + n if s.value_type == "integer" else Decimal(n) + Decimal("0.5"))
        for n, s in enumerate(form.cells)
    ]
    places = [(group, "-") for group in groups().values()]
    places += [(group, str(row)) for group in lists().values() for row in (1, 2, 3)]
    for group, row in places:
        for field in group.fields.values():
            cells.append(Cell(group.key, row, field.key, value(field, len(cells), form)))
    return Submission("T01", year, tuple(cells), frozenset(lists()), prepared_by="某某", reason="更正")


@pytest.mark.libreoffice
@pytest.mark.parametrize("year", [2019, 2021])
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_every_range_of_our_template_is_read_from_it(
    year: int, suffix: str, profile: Profile, tmp_path: Path, desk: Any
) -> None:
    said = everything(year)
    unit = profile.unit("T01")
    assert unit is not None
    (tmp_path / "T01.xlsx").write_bytes(workbook_bytes(said, profile, unit, year))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", suffix, "T01.xlsx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    reading = desk.read_bytes((tmp_path / f"T01.{suffix}").read_bytes())
    assert not reading.issues
    assert reading.submission.content() == said.content()
