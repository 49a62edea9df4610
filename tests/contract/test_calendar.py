"""From 25 December 2026 on, 2027 is in nobody's calendar: the run goes on, and what needs one of its days says so.

Never a Monday-to-Friday guess; with the missing year's whole file everything has its day.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.annual import work
from flows.order import complete_order
from gongkai.cli import main
from gongkai.profile import default_folder
from tasks.step import plainly
from tests.few_units import profile_of
from tests.unit.submission.conftest import document

INBOX, OUT, PROFILE = Path("inbox"), Path("out"), Path("profile")
WHERE = ("--inbox", "inbox", "--out", "out", "--profile", "profile")
ISSUE = ("--out", "out", "--by", "王主任", "--reason", "征求意见", "--despite", "all=先行送达")
UNITS = ("OFFICE", "A01", "T01")
OPEN = {"case_no": "2026-1", "received_on": "2026-12-20", "applicant_type": "natural_person"}
SPRING_FESTIVAL = ["02-05", "02-08", "02-09", "02-10", "02-11"]
OFF = ["01-01", *SPRING_FESTIVAL, "04-05", "05-03", "05-04", "06-09", "09-15", "10-01", "10-04"]


@pytest.fixture
def call(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    profile_of(UNITS, default_folder(), tmp_path / "profile")
    file = tmp_path / "inbox" / "T01" / "x.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(document(2026, register=[OPEN])), encoding="utf-8")
    os.utime(file, (datetime(2027, 1, 20, tzinfo=UTC).timestamp(),) * 2)

    def gongkai(*arguments):
        with pytest.raises(SystemExit) as leaving:
            main(list(arguments))
        return leaving.value.code, *capsys.readouterr()

    return gongkai


def run_to_its_end(as_of):
    """What the run says at its end; its steps are done plainly, as a city does its districts'."""
    with plainly("test"):
        moment = datetime.fromisoformat(as_of)
        order = complete_order(year=2026, units=[], stages=[], inbox=INBOX, out=OUT, profile=PROFILE, as_of=moment)
        ended = work(order)
    assert (ended.is_completed(), ended.name) == (True, "部分受理")
    return ended.message


def output(tmp_path, path):
    return json.loads((tmp_path / "out" / "2026" / path).read_text(encoding="utf-8"))


def test_the_year_goes_on_without_the_next_years_calendar_and_is_whole_with_it(call, tmp_path):
    as_of = "2027-01-30T12:00:00+08:00"
    said = run_to_its_end(as_of)
    assert "2027 年放假安排尚未录入" in said
    assert "calendar/2027.csv" in said

    receipt = output(tmp_path, "receipts/T01.json")
    (case,) = receipt["open_cases"]
    assert (case["due_on"], case["due_waits_for"]) == (None, 2027)
    waits = [one for one in receipt["rules_not_applied"] if "2027" in one["reason"]]
    assert [one["rule"] for one in waits] == ["CASE-OVERDUE"]
    assert output(tmp_path, "board.json")["calendar"] == {"year": 2027, "known": False}
    assert output(tmp_path, "scorecards/T01/scorecard.json")["appeal_until"] is None
    code, *_ = call("issue", "--year", "2026", "--as-of", as_of, *ISSUE)
    assert (code, output(tmp_path, "scorecards/T01/scorecard.json")["appeal_until"]) == (0, None)
    page = (tmp_path / "out" / "2026" / "scorecards" / "T01" / "scorecard.html").read_text(encoding="utf-8")
    assert "申诉期限待放假安排公布后确定" in page

    folder = tmp_path / "profile" / "calendar"
    folder.mkdir()
    (folder / "2027.csv").write_text("\n".join([*(f"2027-{day},否" for day in OFF), "无调休"]), encoding="utf-8")
    said = run_to_its_end("2027-01-30T13:00:00+08:00")  # what was issued before a moment is known to its run
    assert "放假安排" not in said
    (case,) = output(tmp_path, "receipts/T01.json")["open_cases"]
    # from Monday 21 December: 9 working days to the 31st (Thursday), 11 from 4 January on
    assert case["due_on"] == "2027-01-18"
    assert output(tmp_path, "board.json")["calendar"] == {"year": 2027, "known": True}
    assert output(tmp_path, "scorecards/T01/scorecard.json")["appeal_until"] == "2027-02-12"


def test_a_calendar_that_contradicts_the_law_is_refused_before_anything_is_written(call, tmp_path):
    folder = tmp_path / "profile" / "calendar"
    folder.mkdir()
    (folder / "2027.csv").write_text("2027-02-06,是\n", encoding="utf-8")
    code, _, wrong = call("run", "--year", "2026", "--as-of", "2026-12-24", *WHERE)
    assert code == 2
    assert "2027-02-06（春节）" in wrong
    assert not (tmp_path / "out").exists()
