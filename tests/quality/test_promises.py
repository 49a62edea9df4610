"""The promises of docs/quality.md on a small draw: a rule that stops finding what it found shows here, in seconds."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from expectations.catalogue import load_catalogue
from expectations.validation import validate
from gongkai.findings import Severity
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.readers.json_writer import submission_to_json
from tests.quality import personal
from tests.quality.clean import District, fuller_district
from tests.quality.draw import BOUND, Numbers, draw
from tests.quality.mutation import Batch, Outcome, Slip, batches, changed, judge
from tests.quality.page import BY_IDENTITIES, Measured, written
from tests.quality.personal_draw import FILES
from tests.quality.published import Found, Report
from tests.quality.tally import share, tallied

SEED = 7
UNITS = ("A03", "A23")  # between them they have something of everything that can be written wrongly
SMALL = Numbers(bound=30, table_two=10, list=1)
Judged = Sequence[tuple[Slip, Outcome]]


@pytest.fixture(scope="module")
def district() -> District:
    made = fuller_district(SEED)
    return replace(made, readings=[r for r in made.readings if r.file.folder in UNITS])


@pytest.fixture(scope="module")
def work(district: District) -> list[Batch]:
    return batches([district], draw([district], SEED, SMALL))


@pytest.fixture(scope="module")
def judged(work: Sequence[Batch]) -> Judged:
    return [pair for batch in work for pair in zip(batch.slips, judge(batch), strict=True)]


def in_bound_tables(judged: Judged) -> Iterator[tuple[Slip, Outcome]]:
    return ((slip, outcome) for slip, outcome in judged if slip.table in BOUND)


def unfound(judged: Judged) -> list[Slip]:
    return [slip for slip, outcome in in_bound_tables(judged) if not outcome.rules]


def identities(outcome: Outcome) -> set[str]:
    return {rule for rule in outcome.rules if load_catalogue().rule(rule).family == "identity"}


def test_the_clean_submissions_raise_nothing_that_is_not_explained(district: District) -> None:
    for verdict in validate(district.readings, district.context):
        assert verdict.status.value == "accepted"


def test_every_slip_in_tables_three_and_four_is_found_and_its_cells_are_named(judged: Judged) -> None:
    assert unfound(judged) == []
    assert [slip for slip, outcome in in_bound_tables(judged) if not outcome.named] == []


def test_one_wrong_figure_breaks_an_identity_whatever_the_registers_say(judged: Judged) -> None:
    alone = [(slip, identities(outcome)) for slip, outcome in in_bound_tables(judged) if slip.kind in BY_IDENTITIES]
    assert len(alone) == SMALL.bound * len(BY_IDENTITIES)
    assert [slip for slip, broken in alone if not broken and not within_one_sum(slip)] == []


def within_one_sum(slip: Slip) -> bool:
    """Two parts of the same sum of table four exchanged: no identity can see that, the disputes register does."""
    return slip.table == "disputes" and len(slip.changes) == 2 and all(at[2] != "total" for at in slip.changes)


def test_every_blank_is_found_by_blank(judged: Judged) -> None:
    blanks = [outcome for slip, outcome in judged if slip.kind == "blank"]
    assert len(blanks) == SMALL.bound + SMALL.table_two
    assert all("BLANK" in outcome.rules for outcome in blanks)


def test_a_unit_wrong_by_ten_thousand_is_asked_about(judged: Judged) -> None:
    asked = ["FEE-UNIT" in outcome.rules for slip, outcome in judged if slip.kind == "元 for 万元"]
    assert len(asked) == SMALL.bound
    assert sum(asked) * 10 >= len(asked) * 8


def test_a_batch_says_of_a_submission_what_a_batch_of_its_own_says(work: Sequence[Batch]) -> None:
    reading, context = work[0].reading, work[0].context
    assert reading.submission is not None
    mutants = [replace(reading, submission=changed(reading.submission, s.changes)) for s in work[0].slips[:40]]
    together = validate(mutants, context)
    for at in (0, 25):
        assert validate([mutants[at]], context) == [together[at]]


def test_a_mutated_submission_is_what_a_file_with_that_slip_reads_as(work: Sequence[Batch]) -> None:
    for batch in work:
        assert batch.reading.submission is not None
        for slip in batch.slips[::20]:
            mutant = changed(batch.reading.submission, slip.changes)
            again = read_json(batch.reading.file, json.dumps(submission_to_json(mutant)).encode()).submission
            assert again is not None
            assert again.content() == mutant.content()


def test_the_page_says_what_was_measured(judged: Judged) -> None:
    accused = Counter({("DOC-LATE", Severity.QUERY, True): 3, ("DOC-LATE", Severity.QUERY, False): 2})
    mistakes = [Found("002", 2023, "one of two", 1, 2, ("BLANK",)), Found("008", 2019, "all", 3, 3, ("BLANK",))]
    tallies = tallied(("", slip, outcome) for slip, outcome in judged)
    text = written(Measured(SEED, "f" * 64, 2, tallies, 200, accused, Report({}, mistakes, [], [])))
    assert f"Seed {SEED}, rules\nversion `ffffffffffff`, {len(judged)} mutations of 2 clean submissions" in text
    distinct = len(tallies["disputes", "±1"].distinct)
    assert f"| ±1 | 表四 | 6 | {distinct} | identities | 100 % | 0.0 % | 100 % | 100 % |" in text
    assert "Errors: 0. Queries that\nthe submission does not explain itself: 2." in text
    assert "| DOC-LATE | query | by the file itself | 3 | 15.0 |" in text
    assert "### In the figures: 1 of 2 found" in text
    assert "| 002 | 2023 | one of two | in part | 1 of 2 | BLANK |" in text


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(2000, 2000, "100 %"), (1999, 2000, "99.9 %"), (0, 7, "0.0 %"), (0, 0, "–"), (1, 3, "33.3 %")],
)
def test_a_hundred_percent_is_every_single_one(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


@pytest.fixture(scope="module")
def texts() -> Sequence[personal.FormOutcome]:
    return list(personal.judged(SEED, 3))


@pytest.mark.parametrize("which", FILES)
def test_nine_of_ten_texts_with_personal_data_are_found_in_a_case(
    texts: Sequence[personal.FormOutcome], which: str
) -> None:
    own = [one for one in texts if one.which == which and one.people and one.form.personal]
    assert sum(one.found for one in own) >= 0.9 * sum(one.drawn for one in own)
    kinds = {one.form.kind for one in own}
    found = {kind: sum(one.found for one in own if one.form.kind == kind) for kind in kinds}
    assert [kind for kind in kinds if not found[kind]] == []


@pytest.mark.parametrize("which", FILES)
def test_harmless_text_is_never_an_error_and_few_forms_are_a_query(
    texts: Sequence[personal.FormOutcome], which: str
) -> None:
    own = [one for one in texts if one.which == which and not one.form.personal]
    assert [one.form.text for one in own if one.errors] == []
    assert sum(one.queries > 0 for one in own) <= 0.2 * len(own)
