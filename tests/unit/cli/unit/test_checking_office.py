"""An inspector checks his own file before he hands it in: JSON or workbook, the same verdict, nothing stored."""

import json

import pytest
from click.testing import CliRunner

from gongkai.cli import cli
from gongkai.profile import load_profile
from gongkai.submission.inspection.entry import SCHEMA
from gongkai.submission.inspection.workbook.writer import office_workbook, rows_of

GOOD = {
    "id": "1", "unit": "T01", "indicator": "A2", "kind": "checked", "passed": 6, "checked": 6, "by": "甲组",
    "on": "2021-03-05",
}  # fmt: skip
UNPROVEN = {**GOOD, "id": "2", "passed": 5}


def as_json(path, *entries):
    path.write_text(json.dumps({"schema": SCHEMA, "year": 2021, "entries": entries}), encoding="utf-8")


def as_workbook(path, *entries):
    path.write_bytes(office_workbook(rows_of(entries), load_profile(), 2021))


def checked(path, *options):
    code = CliRunner().invoke(cli, ["check", str(path), *options], standalone_mode=False)
    assert code.exception is None, code.exception
    return code.return_value, code.output


@pytest.mark.parametrize(("write", "name"), [(as_json, "甲.json"), (as_workbook, "甲.xlsx")])
def test_the_year_inside_is_the_year_of_the_check_and_every_fault_is_told(tmp_path, write, name):
    path = tmp_path / name
    write(path, GOOD, UNPROVEN)
    code, said = checked(path, "--json")
    found = json.loads(said)
    assert (code, found["unit"], found["year"], found["status"]) == (3, "_office", 2021, "returned")
    assert [(one["rule"], one["where"]) for one in found["findings"]] == [("ENTRY-INCOMPLETE", "entries[2].reason")]
    write(path, GOOD)
    assert checked(path)[0] == 0
