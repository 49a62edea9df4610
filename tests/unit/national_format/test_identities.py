"""The identities of one report and of two, as linear terms of cells."""

from collections import Counter

import pytest

from gongkai.national_format import for_year
from gongkai.national_format.identities import Term, expand


def counted(year, cross_year):
    return Counter(i.rule for i in for_year(year).identities if i.cross_year is cross_year)


def test_one_report_of_2021_has_42_exact_identities():
    exact = [i for i in for_year(2021).identities if i.operator == "==" and not i.cross_year]
    assert len(exact) == 42
    assert Counter(i.rule for i in exact) == {
        "REQ-BALANCE": 7,
        "REQ-OUTCOME-SUM": 7,
        "REQ-ROW-SUM": 25,
        "DIS-SUM-RECONSIDERATION": 1,
        "DIS-SUM-LITIGATION_DIRECT": 1,
        "DIS-SUM-LITIGATION_AFTER_RECONSIDERATION": 1,
    }


def test_and_bounds():
    bounds = Counter(i.rule for i in for_year(2021).identities if i.operator != "==" and not i.cross_year)
    assert bounds == {"CARRYOUT-CEILING": 7, "STOCK-FLOOR-RULES": 1, "STOCK-FLOOR-NORMATIVE_DOCUMENTS": 1}


def test_two_reports_of_2021_add_seven_carried_over_and_two_stocks():
    assert counted(2021, True) == {
        "YOY-CARRY": 7,
        "YOY-STOCK-RULES": 1,
        "YOY-STOCK-NORMATIVE_DOCUMENTS": 1,
        "DISPUTE-PLAUSIBLE": 1,
    }


def test_2019_has_23_rows_and_no_stocks():
    assert counted(2019, False)["REQ-ROW-SUM"] == 23
    assert sum(n for rule, n in counted(2019, False).items() if rule != "CARRYOUT-CEILING") == 7 + 7 + 23 + 3
    assert counted(2019, True) == {"YOY-CARRY": 7, "DISPUTE-PLAUSIBLE": 1}


@pytest.mark.parametrize("year", [2019, 2021])
def test_every_cell_an_identity_names_is_in_the_format(year):
    form = for_year(year)
    for identity in form.identities:
        for term in identity.left + identity.right:
            assert form.has(term.where), (identity.rule, term.where)
        assert form.has(identity.where)


def test_an_outcome_sum_names_every_outcome_once():
    for year in (2019, 2021):
        form = for_year(year)
        one = next(i for i in form.identities if i.rule == "REQ-OUTCOME-SUM" and i.where.endswith(".total"))
        assert [t.where for t in one.left] == [f"requests.{key}.total" for key in form.outcomes]


def one(rule, where, year=2021):
    return next(i for i in for_year(year).identities if (i.rule, i.where) == (rule, where))


def test_a_finding_points_at_the_side_that_is_one_cell():
    assert one("REQ-ROW-SUM", "requests.granted.total").right == (Term(1, "requests.granted.total"),)
    assert one("DIS-SUM-RECONSIDERATION", "disputes.reconsideration.total")
    assert one("YOY-CARRY", "requests.carried_in.total").right == (Term(1, "requests.carried_out.total", True),)


def test_a_stock_is_last_years_plus_issued_less_repealed():
    stock = one("YOY-STOCK-NORMATIVE_DOCUMENTS", "proactive_disclosure.normative_documents.in_force")
    base = "proactive_disclosure.normative_documents"
    assert stock.right == (Term(1, f"{base}.in_force", True), Term(1, f"{base}.issued"), Term(-1, f"{base}.repealed"))
    assert stock.cross_year
    assert stock.cells == (f"{base}.in_force", f"{base}.issued", f"{base}.repealed")


def test_both_sides_of_a_balance():
    balance = one("REQ-BALANCE", "requests.outcome_total.legal_service_org")
    assert [t.where.split(".")[1] for t in balance.left] == ["new_requests", "carried_in"]
    assert [t.where.split(".")[1] for t in balance.right] == ["outcome_total", "carried_out"]
    assert not balance.cross_year


@pytest.mark.parametrize(
    "expr",
    [
        "value >= 0",
        "t.a.b == 0 and t.a.c == 0",
        "sum(unit.t.a.b for unit in units) == t.a.b",
        "count(case where received_on in year) == t.a.{col}",
        "t.a.b",
        "t.a.b < t.a.c < t.a.d",
        "t.a.b != t.a.c",
        "other.a.b == other.a.c",
        "t.a == t.b",
        "t.a.b * 2 == t.a.c",
        "{missing} == t.a.b",
        "正文数字 = 表格数字",
    ],
)
def test_what_is_no_linear_relation_of_cells_yields_nothing(expr):
    assert list(expand({"id": "X", "expr": expr}, {"t"}, ["r"], ["c"])) == []


@pytest.mark.parametrize(
    ("expr", "expected"),
    [("t.a.{col} == t.b.{col}", ["t.b.c1", "t.b.c2"]), ("sum(t.{row}.x, t.{row}.y) >= t.{row}.z", ["t.r1.z"])],
)
def test_an_expression_is_filled_for_each_column_or_row(expr, expected):
    assert [i.where for i in expand({"id": "X", "expr": expr}, {"t"}, ["r1"], ["c1", "c2"])] == expected


def test_signs_are_carried_through_brackets():
    (found,) = expand({"id": "X", "expr": "t.a.a - (t.a.b - t.a.c) <= t.a.d"}, {"t"}, [], [])
    assert [term.sign for term in found.left] == [1, -1, 1]
    assert found.operator == "<="
