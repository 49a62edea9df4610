"""Repair advice: the fewest cells whose change makes the identities hold, checked against every table there is."""

import itertools
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongkai.national_format import CellSpec, Identity, NationalFormat, RuleEntry, Term, for_year
from gongkai.submission.repair.parts import Repair
from gongkai.submission.repair.suggestion import suggest_repairs

ROWS, COLUMNS = ("a", "b", "total"), ("x", "y", "total")
CELLS = tuple(f"t.{row}.{column}" for row in ROWS for column in COLUMNS)
PUBLISHED = Path(__file__).parents[3] / "data" / "published"


def _sum(parts: tuple[str, ...], total: str) -> Identity:
    return Identity("SUM", total, tuple(Term(1, where) for where in parts), "==", (Term(1, total),))


def _small() -> NationalFormat:
    """Two rows and two columns with their totals: nine cells, six identities."""
    specs = tuple(
        CellSpec("t", row, column, "integer", "件", False, "表", "", "") for row in ROWS for column in COLUMNS
    )
    across = [_sum((f"t.{r}.x", f"t.{r}.y"), f"t.{r}.total") for r in ROWS]
    down = [_sum((f"t.a.{c}", f"t.b.{c}"), f"t.total.{c}") for c in COLUMNS]
    rules = {"SUM": RuleEntry("SUM", "", "error")}
    return replace(for_year(2021), format_id="small", cells=specs, identities=(*across, *down), rules=rules)


SMALL = _small()
LIMIT = 10  # no smallest repair of the tables below needs a larger count inside


def _tables() -> list[tuple[int, ...]]:
    """Every table that holds, with inner counts up to the limit, in the order of CELLS."""
    return [
        (ax, ay, ax + ay, bx, by, bx + by, ax + bx, ay + by, ax + ay + bx + by)
        for ax, ay, bx, by in itertools.product(range(LIMIT + 1), repeat=4)
    ]


TABLES = _tables()


def _by_force(values: tuple[int | None, ...]) -> dict[frozenset[str], list[tuple[int, ...]]]:
    """The smallest sets of cells to change → the tables that they lead to."""
    best, found = len(CELLS) + 1, {}
    for table in TABLES:
        changed = [n for n, value in enumerate(values) if value is not None and value != table[n]]
        if len(changed) < best:
            best, found = len(changed), {}
        if len(changed) == best:
            found.setdefault(frozenset(CELLS[n] for n in changed), []).append(table)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(*[st.integers(-1, 4) | st.none()] * 2, *[st.integers(0, 4)] * 7))
@example((1, 2, 3, 1, 1, 2, 2, 3, 6))
@example((None, 2, 5, 1, 1, 2, 4, 3, 7))
@example((1, 2, 3, 1, 1, 2, 2, 3, 5))
def test_the_advice_is_what_trying_every_table_gives(values: tuple[int | None, ...]) -> None:
    repairs = suggest_repairs(SMALL, dict(zip(CELLS, values, strict=True)))
    truth = _by_force(values)
    if not repairs:
        (nothing,) = truth
        assert not nothing  # nothing has to change, and no blank follows from the rest
        assert all(value is not None for value in values) or len(truth[nothing]) > 1
        return
    given_sets = [frozenset(change.where for change in repair.changes) for repair in repairs]
    assert set(given_sets) <= set(truth)
    assert len(given_sets) == len(set(given_sets)) == min(3, len(truth))
    assert all(repair.more == (len(truth) > 3) for repair in repairs)
    for repair, changed in zip(repairs, given_sets, strict=True):
        for change in (*repair.changes, *repair.filled):
            reached = {table[CELLS.index(change.where)] for table in truth[changed]}
            assert change.low == min(reached)
            assert change.high in (max(reached), None)
        sure = {c for n, c in enumerate(CELLS) if values[n] is None and len({t[n] for t in truth[changed]}) == 1}
        assert {change.where for change in repair.filled} == sure


def _report(**cells: int | None) -> dict[str, int | None]:
    """A report of 2021 with every count 0 but the given ones (`requests__granted__total=3`)."""
    zeros: dict[str, int | None] = {spec.where: 0 for spec in for_year(2021).cells if spec.value_type == "integer"}
    return zeros | {where.replace("__", "."): value for where, value in cells.items()}


def _said(repairs: tuple[Repair, ...]) -> list[dict[str, int | None]]:
    return [{change.where: change.value for change in repair.changes} for repair in repairs]


def test_a_report_that_holds_needs_no_advice() -> None:
    assert suggest_repairs(for_year(2021), _report()) == ()


def test_a_total_of_disputes_is_named_before_its_parts() -> None:
    counts = {"disputes__reconsideration__upheld": 3, "disputes__reconsideration__total": 4}
    repairs = suggest_repairs(for_year(2021), _report(**counts))
    assert _said(repairs) == [
        {"disputes.reconsideration.total": 3},
        {"disputes.reconsideration.upheld": 4},
        {"disputes.reconsideration.corrected": 1},
    ]
    assert repairs[0].more
    assert repairs[0].broken == ("disputes.reconsideration.total",)


def test_one_wrong_cell_that_breaks_a_row_and_a_column_is_found() -> None:
    right = {
        f"requests__{row}__{column}": 7
        for row in ("new_requests", "granted", "outcome_total")
        for column in ("natural_person", "total")
    }
    wrong = _report(**(right | {"requests__granted__natural_person": 1}))
    (repair,) = suggest_repairs(for_year(2021), wrong)
    assert _said((repair,)) == [{"requests.granted.natural_person": 7}]
    assert not repair.more


def test_a_blank_is_given_the_value_that_follows_from_the_others() -> None:
    cells = {"disputes__litigation_direct__upheld": None, "disputes__litigation_direct__total": 5}
    (repair,) = suggest_repairs(for_year(2021), _report(**cells))
    assert (repair.changes, repair.broken) == ((), ())
    assert [(change.where, change.value) for change in repair.filled] == [("disputes.litigation_direct.upheld", 5)]


def test_two_blanks_that_share_a_rest_are_not_guessed() -> None:
    cells = {"upheld": None, "corrected": None, "total": 5}
    report = _report(**{f"disputes__litigation_direct__{key}": value for key, value in cells.items()})
    assert suggest_repairs(for_year(2021), report) == ()


def test_a_floor_gives_a_range() -> None:
    row = {"issued": 5, "repealed": 1, "in_force": 2}
    report = _report(**{f"proactive_disclosure__normative_documents__{key}": value for key, value in row.items()})
    repairs = suggest_repairs(for_year(2021), report)
    ranges = {change.where.rpartition(".")[2]: (change.low, change.high) for r in repairs for change in r.changes}
    assert ranges["in_force"] == (4, None)
    assert ranges["issued"] == (0, 3)
    assert ranges["repealed"] == (3, None)


def test_a_cell_that_a_register_speaks_against_is_named_first() -> None:
    report = _report(disputes__reconsideration__pending=2)
    (first, *_) = suggest_repairs(for_year(2021), report, suspects={"disputes.reconsideration.pending"})
    assert _said((first,)) == [{"disputes.reconsideration.pending": 0}]
    (first, *_) = suggest_repairs(for_year(2021), report)
    assert _said((first,)) == [{"disputes.reconsideration.total": 2}]


def test_last_years_carry_over_is_not_advised_away() -> None:
    previous = {spec.where: 0 for spec in for_year(2021).cells}
    report = _report(requests__carried_in__natural_person=2, requests__carried_in__total=2)
    alone = suggest_repairs(for_year(2021), report)
    assert all(len(repair.changes) == 2 for repair in alone)
    (repair,) = suggest_repairs(for_year(2021), report, previous)
    assert _said((repair,)) == [{"requests.carried_in.natural_person": 0, "requests.carried_in.total": 0}]


@pytest.mark.parametrize(("broken", "blank"), [(3, 0), (12, 0), (25, 30), (60, 0), (160, 0), (0, 160)])
def test_many_broken_identities_of_a_whole_table_get_few_answers_that_hold(broken: int, blank: int) -> None:
    """Work is limited by nodes and proofs: what is not proven by then is not said, and whatever is said holds."""
    chance = random.Random(broken + blank)  # noqa: S311  # no secret
    report = _report()
    cells = sorted(where for where in report if where.startswith("requests."))
    report |= {where: chance.randint(1, 40) for where in chance.sample(cells, broken)}
    report |= dict.fromkeys(chance.sample(cells, blank), None)
    repairs = suggest_repairs(for_year(2021), report)
    assert len([repair for repair in repairs if repair.table == "requests"]) <= 3
    assert all(change.low >= 0 for repair in repairs for change in (*repair.changes, *repair.filled))


@pytest.mark.parametrize("absurd", [10**12, -5])
def test_a_count_that_cannot_be_is_survived(absurd: int) -> None:
    repairs = suggest_repairs(for_year(2021), _report(disputes__reconsideration__total=absurd))
    assert _said(repairs) == ([] if absurd > 0 else [{"disputes.reconsideration.total": 0}])


def test_the_published_totals_of_zero_are_advised_to_be_the_sums() -> None:
    """A published report of 2023 whose totals of two dispute groups are 0."""
    path = next(PUBLISHED.glob("*hongze*.json"))
    tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    values = {f"disputes.{g}.{key}": value for g, cells in tables["disputes"].items() for key, value in cells.items()}
    repairs = suggest_repairs(for_year(2023), values)
    assert _said(repairs) == [
        {"disputes.reconsideration.total": 11},
        {"disputes.litigation_after_reconsideration.total": 5},
        {"disputes.litigation_after_reconsideration.upheld": 0},
    ]
