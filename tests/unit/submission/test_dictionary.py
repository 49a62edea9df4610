"""docs/data_dictionary.md is what the formats and `lists.yaml` say today."""

from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.national_format import known_formats
from gongkai.submission import dictionary
from gongkai.submission.fields import groups, lists

PAGE = Path(__file__).parents[3] / "docs" / "data_dictionary.md"


def test_the_page_is_current() -> None:
    said = "run: python -m gongkai.submission.dictionary > docs/data_dictionary.md"
    assert PAGE.read_text(encoding="utf-8") == dictionary.dictionary(), said


def test_every_cell_of_every_format_and_every_field_has_its_row() -> None:
    lines = dictionary.dictionary().splitlines()
    for cell in (cell for one in known_formats() for cell in one.cells):
        assert any(line.startswith(f"| `{cell.where}` | {cell.row_label} | {cell.column_label} |") for line in lines)
    for group in (*groups().values(), *lists().values()):
        start = lines.index(f"### `{group.key}` {group.label}")
        rows = [line for line in lines[start : start + len(group.fields) + 6] if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == list(group.fields)


def test_a_field_says_since_which_template_and_for_which_years_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    register = lists()["register"]
    later = replace(register.fields["channel"], since=2, from_year=2023, to_year=2025)
    monkeypatch.setattr(dictionary, "lists", lambda: {"register": replace(register, fields={"channel": later})})
    row = next(line for line in dictionary.dictionary().splitlines() if line.startswith("| `channel`"))
    assert "（2023 年度起至 2025 年度止）" in row
    assert row.endswith("| 第 2 版 |")
