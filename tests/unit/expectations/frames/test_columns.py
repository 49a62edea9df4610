"""What is compared in columns is what the rows say one by one, whatever stands in a register."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from expectations.frames import cases_frame
from expectations.frames.columns.counted import CountedCases
from expectations.frames.columns.listed import ListColumns
from expectations.frames.shapes import Frame, SubmissionUnderCheck
from expectations.ruleset import RuleSet
from gongkai.profile import load_profile
from gongkai.submission.counted_cases import BROUGHT, LEFT, RECEIVED, rows_of
from gongkai.submission.fields import lists
from gongkai.submission.form import Cell, Submission
from gongkai.submission.values.choices import squeezed, squeezed_all

PROFILE = load_profile()
DATES = [field.key for field in lists()["register"].fields.values() if field.type == "date"]
UNIT = next(unit for unit in PROFILE.units if unit.code == "A01")
ARRIVED = datetime(2022, 1, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
ASKED = {
    "correction_received_on": "correction_asked_on",
    "third_party_answered_on": "third_party_asked_on",
    "consulted_answered_on": "consulted_on",
    "archived_on": "replied_on",
}
ALWAYS = ("received_on", "clock_started_on", "replied_on")
OUTCOMES = [
    *("granted", "refused_third_party_rights", "unavailable_still_unclear"),
    *("closed_no_correction", "closed_fee_unpaid", None),
]


def case(rng: Random, year: int, position: int) -> dict[str, Any]:
    """A case such as there are, and some that cannot be."""
    received = date(year, 1, 1) + timedelta(rng.randint(-60, 380))
    said: dict[str, Any] = {
        "case_no": f"{year}-{position}",
        "received_on": received,
        "applicant_type": "natural_person",
    }
    for key in sorted(DATES, key=lambda key: (key == "archived_on", key == "replied_on")):
        if rng.random() < (0.9 if key in ALWAYS else 0.1):
            earlier = said.get(ASKED.get(key, ""), received)
            if key == "replied_on" and rng.random() < 0.9:
                earlier = max(day for day in said.values() if isinstance(day, date))
            said[key] = earlier + timedelta(rng.choice((0, 0, 1, 2, 6, 10, 20, 29, 30, 41, 60)))
    said["channel"] = rng.choice(("in_person", "post", None))
    said["outcome"] = rng.choice(OUTCOMES)
    said["applicant_type"] = rng.choice(("natural_person", "other_org", None))
    said["extension_days"] = rng.choice((None, None, None, 20, 5, 25, -3))
    said["fee_basis"], said["pages"], said["fee_yuan"] = rng.choice(((None, None, None),) * 9 + (("page", 40, 100),))
    if rng.random() < 0.05:
        del said["received_on"]
    return {key: value for key, value in said.items() if value is not None}


def entry(rng: Random, key: int, year: int, cases: int) -> SubmissionUnderCheck:
    rows = [(str(n), case(rng, year, n)) for n in range(1, cases + 1)]
    cells = tuple(Cell("register", n, field, value) for n, said in rows for field, value in said.items())
    submission = Submission("A01", year, cells, frozenset({"register"}))
    return SubmissionUnderCheck(
        key, submission, UNIT, ARRIVED.replace(year=year + 1), unread=frozenset({f"register[{year}-7].outcome"})
    )


def in_columns(frame: Frame) -> Iterator[tuple[int, str, int, int]]:
    (part,) = frame.columns
    for rule, found in part.compared.items():
        yield from ((int(at), rule, int(left), int(right)) for at, left, right in zip(*found, strict=True))


@pytest.mark.parametrize("year", [2020, 2021, 2025, 2026])
def test_columns_compare_what_the_rows_compare(year: int) -> None:
    """2026 is the last year whose working days are known: a limit behind it is read row by row."""
    rng = Random(year)  # noqa: S311 - test data
    entries = [entry(rng, key, year, 400) for key in range(3)]
    frame = cases_frame.build(entries, PROFILE.working_days(), RuleSet(PROFILE.rules))
    (part,) = frame.columns
    found: dict[int, set[tuple[str, int, int]]] = {}
    for at, rule, left, right in in_columns(frame):
        found.setdefault(at, set()).add((rule, left, right))
    assert (frame.count, len(found)) == (frame.planned, part.rows) == (1200, part.rows)
    assert {at: set(part.row(at).pairs()) for at in found} == found
    assert {rule for said in found.values() for rule, left, right in said if left != right} >= {
        *("CASE-CLOCK", "CASE-CORRECTION", "CASE-EXTENSION", "CASE-OVERDUE"),
        *("CASE-NO-REPLY", "CASE-NO-OUTCOME", "THIRD-PARTY"),
    }
    assert part.rows > 300


@pytest.mark.parametrize("year", [2020, 2021])
def test_columns_count_what_the_cases_count_one_by_one(year: int) -> None:
    rng = Random(year)  # noqa: S311 - test data
    submission = entry(rng, 0, year, 400).submission
    rows = (RECEIVED, BROUGHT, LEFT, *filter(None, OUTCOMES))
    found = {row: {"total": 0} for row in rows}
    for record in submission.records("register"):
        for row in rows_of(record, year):
            if row is not None and record["applicant_type"] is not None:
                for column in (record["applicant_type"], "total"):
                    found[row][column] = found[row].get(column, 0) + 1
    counted = CountedCases(ListColumns([SubmissionUnderCheck(0, submission, UNIT, ARRIVED)], "register"))
    assert {row: counted.counts(row) for row in found} == found
    assert all(found[row]["total"] == len(list(counted.named(row, "total"))) > 0 for row in found)


def test_rows_that_do_not_lie_together_are_the_same_list() -> None:
    rng = Random(5)  # noqa: S311 - test data
    submission = entry(rng, 0, 2021, 40).submission
    shuffled = replace(submission, cells=tuple(rng.sample(submission.cells, len(submission.cells))))
    (rows, other) = (
        ListColumns([SubmissionUnderCheck(0, s, UNIT, ARRIVED)], "register") for s in (submission, shuffled)
    )
    assert [dict(r.cells) for r in shuffled.records("register")] == [
        dict(r.cells) for r in submission.records("register")
    ]
    assert [r.position for r in shuffled.records("register")] == list(range(1, 41))
    for field in lists()["register"].fields:
        assert (
            rows.words(field).tolist()
            == other.words(field).tolist()
            == [r[field] for r in submission.records("register")]
        )
        assert rows.missing(field).tolist() == [r[field] is None for r in submission.records("register")]


def test_case_numbers_are_squeezed_together_as_they_are_one_by_one() -> None:
    for texts in (
        [],
        ["2021-1", "申请〔2021〕2号"],
        ["２０２１－１", "2021-1"],
        ["2021 - 1", "2"],
        ["①", "Ⅻ\u200b", ""],
    ):
        assert list(squeezed_all(texts)) == [squeezed(text) for text in texts]
