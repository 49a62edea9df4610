"""A year under another scheme: nothing differs but the scheme, and the indicators account for the difference."""

from decimal import Decimal

import pytest

from gongkai.assessment.supposing import suppose


@pytest.fixture
def state(year):
    """T01 with one of two documents late, T02 with none."""
    late = year.document("甲", "2021-01-04", "2021-06-01")
    good = year.document("乙", "2021-05-06", "2021-05-10")
    year.submit("T01", documents=[late, good])
    year.submit("T02", documents=[good])
    return year.state()


def weighing(scheme, **weights):
    """The scheme with other weights for towns."""
    changed = [
        one.model_copy(update={"weight": {**one.weight, "town": Decimal(weights[one.code])}})
        if one.code in weights
        else one
        for one in scheme.indicators
    ]
    return scheme.model_copy(update={"indicators": tuple(changed)})


def test_the_same_scheme_moves_nobody(state):
    found = suppose(state, state.profile.scheme)
    assert not any(unit.moves or unit.indicators for unit in found.units)


def test_a_heavier_indicator_moves_whom_it_costs_something(state):
    found = suppose(state, weighing(state.profile.scheme, A1=16, D2=1))
    moved = {unit.after.unit: unit for unit in found.units if unit.after.total is not None and unit.moves}
    one = moved["T01"]
    assert one.after.total == next(u.before.total for u in found.units if u.after.unit == "T01") + one.difference
    first = one.indicators[0]
    assert (first.code, first.before.max, first.after.max) == ("A1", 10, 16)
    assert first.in_total < 0


def test_the_indicators_make_up_the_difference(state):
    for unit in suppose(state, weighing(state.profile.scheme, A1=16, D2=1, E1=2, G1=8)).units:
        if unit.difference is not None:
            explained = sum(move.in_total for move in unit.indicators)
            assert abs(explained - unit.difference) <= Decimal("0.01") * (len(unit.indicators) + 1)
