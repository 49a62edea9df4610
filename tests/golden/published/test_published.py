"""Nine published annual reports through the rules: each gets the verdict it deserves, with the exact cells.

The profile and the inboxes are written by the documented command, the files are found and read as in a run, and last
year's case of the same unit stands as last year's submission.
"""

import copy
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from expectations.validation import Context, validate
from gongkai.findings import Finding, Severity
from gongkai.national_format import for_year
from gongkai.profile import Profile, load_profile
from gongkai.submission.form import Reading
from gongkai.submission.inbox import received_files
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.years.last_year import Previous

ROOT = Path(__file__).parents[3]
YEARS = range(2019, 2025)
LEGAL_PERSONS = (
    "commercial_enterprise",
    "research_institution",
    "public_welfare_org",
    "legal_service_org",
    "other_org",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("published")
    subprocess.run([sys.executable, "-m", "tests.golden.published.build", "--out", str(out)], cwd=ROOT, check=True)
    return out


@pytest.fixture(scope="module")
def profile(folder: Path) -> Profile:
    return load_profile(folder / "profile")


@pytest.fixture(scope="module")
def verdicts(folder: Path, profile: Profile) -> dict[str, Verdict]:
    """Number of the case → verdict, year after year, each with last year's case at hand."""
    found: dict[str, Verdict] = {}
    previous: dict[str, Previous] = {}
    for year in YEARS:
        as_of = datetime(year + 1, 2, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
        readings = _readings(folder / "inbox" / str(year), profile, as_of)
        judged = validate(readings, Context(year, profile, as_of, previous))
        previous = {}
        for reading, verdict in zip(readings, judged, strict=True):
            found[Path(reading.file.name).name[:3]] = verdict
            assert reading.submission is not None
            previous[reading.submission.unit] = Previous(reading.submission, 1, verdict.status is Status.ACCEPTED)
    return found


def _readings(folder: Path, profile: Profile, as_of: datetime) -> list[Reading]:
    received = received_files.scan(folder, profile, as_of)
    assert not received.unplaced
    assert not received.loose
    return [received_files.read(file) for files in received.units.values() for file in files]


def errors(verdict: Verdict) -> list[Finding]:
    return [finding for finding in verdict.findings if finding.severity is Severity.ERROR]


def sums(verdict: Verdict) -> dict[tuple[str, str], tuple[object, object, object]]:
    """The errors that are no blank: (rule, where) → what is filled in, what the parts make, the difference."""
    return {(f.rule, f.where): (f.observed, f.expected, f.difference) for f in errors(verdict) if f.rule != "BLANK"}


def blanks(verdict: Verdict) -> list[str]:
    return [finding.where for finding in verdict.findings if finding.rule == "BLANK"]


def cells(year: int, table: str, *rows: str) -> list[str]:
    """The cells of a table of that year's format, or of some of its rows, in the order of the form."""
    form = for_year(year)
    return [spec.where for spec in form.cells if spec.table == table and (not rows or spec.row in rows)]


def not_applied(verdict: Verdict) -> Mapping[str, str]:
    return {entry.rule: entry.reason for entry in verdict.rules_not_applied}


def test_all_nine_are_on_time_and_only_three_are_accepted(verdicts: dict[str, Verdict]) -> None:
    assert all(verdict.on_time for verdict in verdicts.values())
    assert {number: verdict.status.value for number, verdict in verdicts.items()} == {
        "002": "returned",
        "004": "accepted",
        "005": "accepted",
        "008": "returned",
        "013": "returned",
        "014": "returned",
        "015": "returned",
        "016": "returned",
        "017": "accepted",
    }


@pytest.mark.parametrize("number", ["004", "005", "017"])
def test_accepted_reports_have_no_finding_but_the_absent_register(number: str, verdicts: dict[str, Verdict]) -> None:
    assert [finding.rule for finding in verdicts[number].findings] == ["REGISTER-ABSENT"]


def test_the_eleven_parts_of_004_add_up_and_a_slip_in_any_of_them_is_found(folder: Path, profile: Profile) -> None:
    (path,) = (folder / "inbox" / "2023" / "SUQIAN").glob("004*.json")
    whole = json.loads(path.read_text(encoding="utf-8"))
    as_of = datetime(2024, 2, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    file = received_files.received(path, profile, as_of, below=folder / "inbox" / "2023")

    def said(change: Callable[[dict[str, Any]], None]) -> list[tuple[str, object, object]]:
        document = copy.deepcopy(whole)
        change(document)
        reading = read_json(file, json.dumps(document).encode())
        (verdict,) = validate([reading], Context(2023, profile, as_of))
        return [(f.where, f.observed, f.expected) for f in verdict.findings if f.rule == "PARTS-SUM"]

    def part(at: int) -> Callable[[dict[str, Any]], None]:
        return lambda document: document["parts"][at].update(value=document["parts"][at]["value"] + 1)

    assert (len(whole["parts"]), sum(part["value"] for part in whole["parts"])) == (11, 3607)
    assert said(lambda document: None) == []
    assert said(part(0)) == said(part(10)) == [("parts[1].value", 3608, 3607)]
    assert said(lambda document: document["parts"].pop()) == [("parts[1].value", 3591, 3607)]
    carried = [("parts[1].value", 3607, 3606)]
    assert said(lambda document: document["tables"]["requests"]["carried_in"].update(total=95)) == carried


def test_004_has_no_last_year_and_says_so(verdicts: dict[str, Verdict]) -> None:
    cross_year = ["YOY-CARRY", "YOY-STOCK-RULES", "YOY-STOCK-NORMATIVE_DOCUMENTS", "DISPUTE-PLAUSIBLE"]
    assert {rule: not_applied(verdicts["004"]).get(rule) for rule in cross_year} == dict.fromkeys(
        cross_year, "没有上年度报告。"
    )


def test_005_is_checked_against_2023_in_every_column_and_stock(verdicts: dict[str, Verdict]) -> None:
    assert set(not_applied(verdicts["005"])) == {"CASE-NEW", "CASE-CARRIED", "CASE-OUTCOME", "CASE-OPEN"}


def test_017_is_linked_to_2021_except_where_2021_has_no_figure(verdicts: dict[str, Verdict]) -> None:
    left_out = not_applied(verdicts["017"])
    assert left_out["YOY-STOCK-NORMATIVE_DOCUMENTS"] == "有 1 处因上年度报告没有相应数字而不能核对。"
    assert "YOY-CARRY" not in left_out
    assert "DISPUTE-PLAUSIBLE" not in left_out


def test_002_two_dispute_sums_and_two_absent_rows(verdicts: dict[str, Verdict]) -> None:
    assert sums(verdicts["002"]) == {
        ("DIS-SUM-RECONSIDERATION", "disputes.reconsideration.total"): (0, 11, 11),
        ("DIS-SUM-LITIGATION_AFTER_RECONSIDERATION", "disputes.litigation_after_reconsideration.total"): (0, 5, 5),
    }
    assert blanks(verdicts["002"]) == cells(2023, "requests", "closed_no_correction", "closed_fee_unpaid")
    assert len(blanks(verdicts["002"])) == 14
    message = next(f.message for f in errors(verdicts["002"]) if f.rule == "DIS-SUM-RECONSIDERATION")
    assert message == (
        "表四“行政复议”：结果维持、结果纠正、其他结果、尚未审结合计 11，总计填写 0，相差 11。"
        "请核对该格，或相应修改分项。"
    )


def test_013_five_blank_columns(verdicts: dict[str, Verdict]) -> None:
    assert sums(verdicts["013"]) == {}
    five = [where for where in cells(2023, "requests") if where.rsplit(".", 1)[1] in LEGAL_PERSONS]
    assert blanks(verdicts["013"]) == five
    assert len(five) == 125
    assert not_applied(verdicts["013"])["REQ-ROW-SUM"].startswith("有 25 处")


def test_014_table_two_unknown_everything_else_holds(verdicts: dict[str, Verdict]) -> None:
    assert sums(verdicts["014"]) == {}
    assert blanks(verdicts["014"]) == cells(2019, "proactive_disclosure")
    assert "REQ-BALANCE" not in not_applied(verdicts["014"])


def test_015_outcome_sums_of_two_columns(verdicts: dict[str, Verdict]) -> None:
    assert sums(verdicts["015"]) == {
        ("REQ-OUTCOME-SUM", "requests.outcome_total.natural_person"): (20, 26, 6),
        ("REQ-OUTCOME-SUM", "requests.outcome_total.total"): (21, 27, 6),
    }
    assert blanks(verdicts["015"]) == cells(2020, "proactive_disclosure")


def test_016_three_cells_of_table_two_unknown_everything_else_holds(verdicts: dict[str, Verdict]) -> None:
    assert sums(verdicts["016"]) == {}
    assert blanks(verdicts["016"]) == cells(2021, "proactive_disclosure", "normative_documents")
    left_out = not_applied(verdicts["016"])
    assert "YOY-CARRY" not in left_out  # 表三的结转跨 2019、2021 两种格式仍可核对
    assert left_out["YOY-STOCK-RULES"] == "有 1 处因上年度报告没有相应数字而不能核对。"


def test_008_blank_totals_and_blank_zeros(verdicts: dict[str, Verdict], folder: Path, profile: Profile) -> None:
    as_of = datetime(2020, 2, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    reading = next(r for r in _readings(folder / "inbox" / "2019", profile, as_of) if r.file.folder == "SHANGHAI")
    assert reading.submission is not None
    filled = {where for where, cell in reading.submission.by_where.items() if cell.value is not None}
    empty = [spec.where for spec in for_year(2019).cells if spec.where not in filled]
    assert sums(verdicts["008"]) == {}
    assert blanks(verdicts["008"]) == empty
    assert len(empty) == 157
    assert {f"requests.{row.key}.total" for row in for_year(2019).requests.rows if row.role == "outcome"} <= set(empty)


def test_the_files_arrive_in_time(folder: Path, profile: Profile) -> None:
    for year in YEARS:
        as_of = datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
        for reading in _readings(folder / "inbox" / str(year), profile, as_of):
            assert reading.file.received_at.date() == date(year + 1, 1, 15)
