"""A request of December 2026 falls due in a year whose working days nobody has announced: the run says so and stops.

Never a Monday-to-Friday guess, and nothing is written; with the missing year's file it goes on.
"""

import json
import os
import shutil
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.order import complete_order
from gongkai.cli import main
from gongkai.errors import CalendarError
from gongkai.profile import default_folder
from tests.unit.submission.conftest import document

FOLDERS = ("--inbox", "inbox", "--out", "out", "--profile", "profile")
OPEN = {"case_no": "2026-1", "received_on": "2026-12-20", "applicant_type": "natural_person"}


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(default_folder(), tmp_path / "profile")
    file = tmp_path / "inbox" / "T01" / "x.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(document(2026, register=[OPEN])), encoding="utf-8")
    os.utime(file, (datetime(2027, 1, 20, tzinfo=UTC).timestamp(),) * 2)

    def run(as_of):
        with pytest.raises(SystemExit) as leaving:
            main(["run", "--year", "2026", "--units", "T01", "--as-of", f"{as_of}T12:00:00+08:00", *FOLDERS])
        return leaving.value.code, capsys.readouterr().err

    return run


def test_a_december_case_needs_the_next_years_calendar(call, tmp_path):
    code, said = call("2026-12-24")
    assert code == 2
    assert "2027" in said
    assert "calendar/2027.csv" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out").exists()

    holidays = [date(2027, 1, 1), *(date(2027, 2, 5) + timedelta(n) for n in range(7))]
    lines = [f"{day},否" for day in holidays if day.weekday() < 5]
    folder = tmp_path / "profile" / "calendar"
    folder.mkdir(exist_ok=True)
    (folder / "2027.csv").write_text("\n".join(["日期,是否上班", *lines]) + "\n", encoding="utf-8")
    code, said = call("2027-01-30")
    assert (code, said) == (3, "")
    receipt = json.loads((tmp_path / "out" / "2026" / "receipts" / "T01.json").read_text(encoding="utf-8"))
    (case,) = receipt["open_cases"]
    # from Monday 21 December: 9 working days to the 31st (Thursday), 11 from 4 January on
    assert case["due_on"] == "2027-01-18"
    assert (case["used"], case["remaining"], case["overdue_by"]) == (29, 0, 9)


def test_the_day_until_which_scores_may_be_appealed_is_known_before_anything_is_written(tmp_path):
    def order(*stages):
        moment = datetime(2026, 12, 30, tzinfo=UTC)
        return complete_order(
            year=2025, units=[], stages=list(stages), inbox=tmp_path, out=tmp_path, profile=None, as_of=moment
        )

    with pytest.raises(CalendarError, match="2027"):
        order("collect", "score")
    assert order("merge").year == 2025
    assert order("score").year == 2025, "a rebuild takes the calendar that the warehouse kept"
