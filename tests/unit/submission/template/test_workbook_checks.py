"""The live checks: the formula a cell carries, and the result that stands in it before anybody recalculates."""

from decimal import Decimal

import pytest

from gongkai.national_format import Identity, Term, for_year
from gongkai.submission.template.live_checks import TO_EXPLAIN, check_formula, check_result, decidable

SUM = Identity("X", "t.r.c", (Term(1, "a"), Term(-1, "b")), "==", (Term(1, "c"),))
CARRY = Identity("Y", "a", (Term(1, "a"),), "==", (Term(1, "a", previous=True),))
FLOOR = Identity("Z", "a", (Term(1, "a"),), ">=", (Term(1, "b"),))


def test_the_formula_counts_then_compares() -> None:
    unfilled = 'AND(COUNT(A1,B1,C1)<3,meta__rest_is_zero<>"是")'
    expected = f'=IF({unfilled},"未填完",IF(ROUND((A1-B1)-(C1),6)=0,"平衡","✕ 差 "&ABS(ROUND((A1-B1)-(C1),6))))'
    assert check_formula(SUM, {"a": "A1", "b": "B1", "c": "C1"}.__getitem__, {}) == expected


def test_last_year_stands_in_the_formula_as_a_number() -> None:
    assert "(A1)-(7)" in check_formula(CARRY, lambda _: "A1", {"a": 7}, TO_EXPLAIN)


@pytest.mark.parametrize(
    ("identity", "values", "shown"),
    [
        (SUM, {"a": 3, "b": 1, "c": 2}, "平衡"),
        (SUM, {"a": 3, "b": 1, "c": 5}, "✕ 差 3"),
        (SUM, {"a": 3, "b": 1}, "未填完"),
        (SUM, {"a": Decimal("0.3"), "b": Decimal("0.1"), "c": Decimal("0.2")}, "平衡"),
        (SUM, {"a": Decimal("100.5"), "b": 0, "c": 0}, "✕ 差 100.5"),
        (CARRY, {"a": 7}, "平衡"),
        (FLOOR, {"a": 3, "b": 1}, "平衡"),
        (FLOOR, {"a": 1, "b": 3}, "✕ 差 2"),
    ],
)
def test_the_result_is_what_the_formula_would_show(identity: Identity, values: dict[str, int], shown: str) -> None:
    assert check_result(identity, values, {"a": 7}) == shown


def test_without_last_year_a_cross_year_check_cannot_be_decided() -> None:
    assert decidable(CARRY, {"a": 7})
    assert not decidable(CARRY, {})
    assert decidable(SUM, {})


def test_every_identity_of_both_formats_fits_into_a_cell() -> None:
    for year in (2019, 2021):
        form = for_year(year)
        last = {spec.where: 10**9 for spec in form.cells}
        for identity in form.identities:
            assert len(check_formula(identity, lambda _: "AA100", last)) < 8192
