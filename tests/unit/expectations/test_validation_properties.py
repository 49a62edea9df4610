"""What holds for any batch: a verdict does not depend on its company, and no wrong figure slips through."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from expectations.catalogue import EVALUATED, load_catalogue
from expectations.validation import Context, validate
from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.submission.form import Reading
from gongkai.submission.verdict import Verdict
from tests.unit.expectations.conftest import YEAR, put, read, register, sound
from tests.unit.expectations.test_examples import company
from tests.unit.expectations.test_rules import CASES

SLOW = settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
COMPARE_UNITS = {"PEER-OUTLIER", "TEXT-REUSED"}
BOUND = [spec.where for spec in for_year(YEAR).cells if spec.table != "proactive_disclosure"]


def mixed() -> list[Reading]:
    """Readings of all kinds: sound, faulty, with a register, of other units, quarantined."""
    documents = [sound(unit) for unit in ("T01", "T02", "T03", "C01", "N01", "T01", "T02")]
    put("requests.granted.total", 99)(documents[1])
    put("disputes.litigation_direct", ...)(documents[2])
    put("register", register())(documents[3])
    put("year", 2021)(documents[5])
    put("proactive_disclosure.normative_documents.in_force", 8)(documents[6])
    return [read(document, document["unit"]) for document in documents]


@pytest.fixture(scope="module")
def alone(context: Context) -> list[Verdict]:
    return [validate([reading], context)[0] for reading in mixed()]


@SLOW
@given(order=st.permutations(range(7)), cut=st.integers(0, 7))
def test_verdicts_do_not_depend_on_order_or_grouping(
    order: Sequence[int], cut: int, context: Context, alone: list[Verdict]
) -> None:
    readings = mixed()
    judged = [
        verdict for group in (order[:cut], order[cut:]) for verdict in validate([readings[at] for at in group], context)
    ]
    assert judged == [alone[at] for at in order]


Batch = tuple[list[Reading], Context, list[Verdict]]


@pytest.fixture(scope="module", params=["examples", "edges"])
def together(request: pytest.FixtureRequest, context: Context) -> Batch:
    """All examples of all rules in one batch, so that whatever a rule can look at is in it; and all edge cases."""
    if request.param == "edges":
        readings = [case.reading() for case in CASES]
    else:
        everything, context = company()
        readings = [one.reading for one in everything.values()]
    return readings, context, validate(readings, context)


@settings(SLOW, max_examples=2)
@given(data=st.data())
def test_no_example_of_any_rule_depends_on_its_company(data: st.DataObject, together: Batch) -> None:
    readings, context, expected = together
    order = data.draw(st.permutations(range(len(readings))))
    groups = data.draw(st.lists(st.integers(0, 2), min_size=len(readings), max_size=len(readings)))
    judged: dict[int, Verdict] = {}
    for group in set(groups):
        members = [at for at in order if groups[at] == group]
        judged |= dict(zip(members, validate([readings[at] for at in members], context), strict=True))
    assert [by_itself(judged[at]) for at in range(len(readings))] == [by_itself(verdict) for verdict in expected]


def by_itself(verdict: Verdict) -> tuple[object, ...]:
    """The verdict without what the rules say that compare units: only these may depend on company."""
    own = [finding for finding in verdict.findings if finding.rule not in COMPARE_UNITS]
    return own, verdict.on_time, verdict.coercions, verdict.rules_not_applied


def test_the_examples_show_every_rule_that_looks_at_rows() -> None:
    everything, context = company()
    verdicts = validate([one.reading for one in everything.values()], context)
    rules = {finding.rule for verdict in verdicts for finding in verdict.findings}
    evaluated = {rule.id for rule in load_catalogue().in_force(YEAR, *EVALUATED)}
    assert evaluated - rules == set()


@SLOW
@given(changes=st.lists(st.tuples(st.sampled_from(BOUND), st.integers(1, 10**9)), min_size=40, max_size=40))
def test_a_mutated_cell_of_table_three_or_four_is_caught(changes: list[tuple[str, int]], context: Context) -> None:
    readings = []
    for where, more in changes:
        document = sound()
        table, row, column = where.split(".")
        document["tables"][table][row][column] += more
        readings.append(read(document))
    for (where, _), verdict in zip(changes, validate(readings, context), strict=True):
        assert any(where in finding.cells for finding in verdict.findings if finding.severity is Severity.ERROR)


@SLOW
@given(
    wheres=st.lists(
        st.sampled_from([spec.where for spec in for_year(YEAR).cells]), min_size=1, max_size=200, unique=True
    )
)
def test_every_blank_cell_is_one_finding_and_nothing_else_is_blamed(wheres: list[str], context: Context) -> None:
    document = sound()
    for where in wheres:
        put(where, None)(document)
    (verdict,) = validate([read(document)], context)
    errors = [finding for finding in verdict.findings if finding.severity is Severity.ERROR]
    assert {finding.rule for finding in errors} == {"BLANK"}
    assert sorted(finding.where for finding in errors) == sorted(wheres)


def test_no_readings_no_verdicts(context: Context) -> None:
    assert validate([], context) == []
