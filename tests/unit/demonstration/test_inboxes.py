"""The written demonstration: the same bytes and moments every time, both rounds, marked as demonstration."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date, time
from pathlib import Path

import pytest

from gongkai.demonstration import AS_OF_2020, AS_OF_FIRST_ROUND, AS_OF_SECOND_ROUND
from gongkai.demonstration.mistakes import MISTAKES
from gongkai.profile import load_profile
from gongkai.submission.inbox.received_files import read, scan
from gongkai.submission.inspection.reader import read_inspection


def listing(folder: Path) -> dict[str, tuple[str, int]]:
    """Path → (hash, modification time) of every file below a folder; a profile's files carry no moment."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            0 if "profile" in path.parts else int(path.stat().st_mtime),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def forms(files):
    """The submissions among a unit's files: what else lies there is named in their evidence."""
    return [file for file in files if not file.name.endswith(".txt")]


@pytest.fixture(scope="module")
def marked(written):
    return load_profile(written.profile)


def test_another_process_writes_the_same_bytes_and_moments(written, tmp_path):
    program = "import sys, pathlib, gongkai.demonstration as d; d.generate(pathlib.Path(sys.argv[1]))"
    environment = {**os.environ, "PYTHONHASHSEED": "1", "TZ": "America/New_York"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "again")], check=True, env=environment)
    assert listing(tmp_path / "again") == listing(written.profile.parent)


def test_the_profile_is_the_default_one_marked_as_demonstration(marked, default_profile):
    assert marked.district.demonstration
    assert not default_profile.district.demonstration
    assert (marked.district.name, marked.units) == ("示例区", default_profile.units)


def test_the_second_round_holds_the_first_and_one_more_file_for_each_unit_that_was_not_accepted(written):
    first, second = listing(written.first_round), listing(written.second_round)
    assert first.items() <= second.items()
    added = Counter(path.split("/")[0] for path in second.keys() - first.keys())
    assert added == {code: 1 for code, mistake in MISTAKES.items() if mistake.status != "accepted"}


def test_every_unit_of_the_registry_hands_in(written, marked):
    units = {unit.code for unit in marked.expected(2021)}
    assert scan(written.inbox_before, marked, AS_OF_2020).units.keys() == units
    assert scan(written.first_round, marked, AS_OF_FIRST_ROUND).units.keys() == units - {"T09"}
    last = scan(written.second_round, marked, AS_OF_SECOND_ROUND)
    assert last.units.keys() == units
    assert ([file.name for file in last.office], last.loose, last.unplaced) == (["_office/inspection.json"], [], [])


def test_files_come_in_before_the_runs_and_most_in_the_last_week(written, marked):
    found = scan(written.second_round, marked, AS_OF_SECOND_ROUND)
    firsts = {code: forms(files)[0].received_at for code, files in found.units.items()}
    assert [code for code, moment in firsts.items() if moment.date() > date(2022, 1, 31)] == ["T09"]
    assert sum(moment.date() >= date(2022, 1, 24) for moment in firsts.values()) > len(firsts) / 2
    corrections = [forms(files)[1].received_at for files in found.units.values() if len(forms(files)) > 1]
    assert all(AS_OF_FIRST_ROUND < moment < AS_OF_SECOND_ROUND for moment in corrections)
    assert all(time(9) <= moment.time() < time(18) for moment in firsts.values())


def test_the_last_file_of_every_unit_reads_back_as_its_right_content(written, marked, submissions):
    found = scan(written.second_round, marked, AS_OF_SECOND_ROUND)
    kinds = Counter()
    for code, files in found.units.items():
        reading = read(forms(files)[-1])
        kinds[reading.kind] += 1
        assert reading.issues == (), code
        said, right = reading.submission.content(), submissions[code].content()
        assert (said["cells"], said["reported"]) == (right["cells"], right["reported"]), code
        assert reading.submission.prepared_on < forms(files)[-1].received_at.date(), code
    assert kinds == {"workbook": 32, "json": 5}


def test_a_workbook_carries_what_the_clerk_typed(written, marked):
    found = scan(written.first_round, marked, AS_OF_FIRST_ROUND)
    typed = {code: [c.raw for c in read(found.units[code][0]).coercions] for code in ("A06", "A23")}
    assert typed == {"A06": ["２３１６"], "A23": ["18,452", "6,917", "1,234"]}
    assert (
        read(found.units["A24"][0])
        .submission.by_where["proactive_disclosure.administrative_compulsion.decisions"]
        .state
        == "not_applicable"
    )
    assert read(found.units["A02"][0]).submission is None


def test_inspectors_looked_at_every_indicator_of_theirs_for_every_assessed_unit(written, marked):
    data = (written.first_round / "_office" / "inspection.json").read_bytes()
    found = read_inspection(data, marked, 2021)
    assert found.issues == ()
    looked = {(e.unit, e.indicator) for e in found.entries if e.kind == "checked"}
    for unit in marked.assessed(2021):
        wanted = {"A2", "D1", "D2", "D3", "E3", "F4", "G3", *(["A5"] if unit.kind == "town" else [])}
        assert wanted <= {indicator for code, indicator in looked if code == unit.code}
    # Replies can be sampled only where requests were closed.
    assert {unit.code for unit in marked.assessed(2021)} - {code for code, i in looked if i == "C2"} == {"T03", "T09"}
    kinds = Counter(entry.kind for entry in found.entries)
    assert (kinds["bonus"], kinds["penalty"], kinds["veto"]) == (2, 1, 0)
    assert kinds["problem"] == kinds["rectification"] > 36
    assert all(entry.reason for entry in found.entries if entry.kind in ("problem", "bonus", "penalty"))


def test_what_a_unit_claims_lies_in_its_inbox_and_is_confirmed(written, marked, submissions):
    data = (written.first_round / "_office" / "inspection.json").read_bytes()
    confirmed = {(e.unit, e.claim) for e in read_inspection(data, marked, 2021).entries if e.kind == "confirmation"}
    claimed = set()
    for code, said in submissions.items():
        if code == "OFFICE":  # is not assessed: its rating is a fact of the report
            continue
        for row in said.records("evidence"):
            assert (written.second_round / code / row["file"]).is_file()
            claimed |= {(code, f"evidence[{row.position}]")} if row["level"] else set()
        claimed |= {(code, f"interpretations[{r.id}].rating") for r in said.records("interpretations") if r["rating"]}
    assert confirmed == claimed
    assert len(claimed) >= 2
