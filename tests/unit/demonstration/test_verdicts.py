"""What the rules say of the demonstration year: nothing against a right content, the named rules against a mistake."""

from collections import Counter

import pytest

from expectations.validation import Context, validate
from gongkai.demonstration import AS_OF_FIRST_ROUND, AS_OF_SECOND_ROUND, inboxes
from gongkai.demonstration.mistakes import MISTAKES
from gongkai.findings import Severity
from gongkai.profile import load_profile
from gongkai.submission.inbox import received_files
from gongkai.warehouse.years.last_year import Previous


def judged(folder, profile, as_of, submissions_2020):
    """Unit's folder → (verdict, …) in the order in which the files came in."""
    received = received_files.scan(folder, profile, as_of)
    forms = [file for files in received.units.values() for file in files if file.path.suffix in (".xlsx", ".json")]
    readings = [received_files.read(file) for file in forms]  # evidence lies beside them
    previous = {code: Previous(submission, 1, True) for code, submission in submissions_2020.items()}
    verdicts = validate(readings, Context(2021, profile, as_of, previous))
    found = {}
    for reading, verdict in zip(readings, verdicts, strict=True):
        found.setdefault(reading.file.folder, []).append((reading.file.received_at, verdict))
    return {unit: [verdict for _, verdict in sorted(rows, key=lambda row: row[0])] for unit, rows in found.items()}


@pytest.fixture(scope="module")
def first(written, submissions_2020):
    return judged(written.first_round, load_profile(written.profile), AS_OF_FIRST_ROUND, submissions_2020)


def open_rules(verdict):
    return {f.rule for f in verdict.findings if f.severity is not Severity.NOTICE and f.settled_by is None}


def test_a_mistake_breaks_exactly_the_rules_it_names(first):
    found = {unit: open_rules(first[unit][0]) for unit in MISTAKES if unit in first}
    assert found == {unit: set(MISTAKES[unit].rules) for unit in found}


def test_everybody_else_is_accepted_and_lateness_is_explained(first):
    others = {unit: verdicts[0] for unit, verdicts in first.items() if unit not in MISTAKES}
    assert {unit for unit, verdict in others.items() if verdict.status.value != "accepted"} == set()
    settled = Counter(f.rule for verdicts in first.values() for f in verdicts[0].findings if f.settled_by)
    assert set(settled) == {"CASE-OVERDUE", "DOC-LATE"}


def test_after_the_second_round_all_37_are_accepted(written, submissions_2020):
    profile = load_profile(written.profile)
    second = judged(written.second_round, profile, AS_OF_SECOND_ROUND, submissions_2020)
    assert len(second) == 37
    assert {verdicts[-1].status.value for verdicts in second.values()} == {"accepted"}
    assert {f.rule for verdicts in second.values() for f in verdicts[-1].findings} <= {
        "CASE-OVERDUE",
        "DOC-LATE",
        "INTERPRETATION-MISSING",
    }


def test_another_seed_s_right_contents_raise_nothing_either(tmp_path, submissions_2020):
    made = inboxes.generate(tmp_path, 7)
    profile = load_profile(made.profile)
    verdicts = judged(made.second_round, profile, AS_OF_SECOND_ROUND, {})
    assert {unit for unit, found in verdicts.items() if open_rules(found[-1])} == set()
