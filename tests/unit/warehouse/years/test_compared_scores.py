"""Last year's points stand beside this year's only where the rule is the same."""

from decimal import Decimal

import pytest

from gongkai.submission.form import Submission
from gongkai.warehouse.rows.scores import TOTAL, LastScore
from gongkai.warehouse.years.compared_scores import OTHER_SCALE, compared_scores
from gongkai.warehouse.years.last_year import LastYear, Previous


@pytest.fixture
def compared(default_profile):
    """T01's last year, full in everything and 95 in total, compared by a scheme of then."""
    scheme = default_profile.scheme
    weights = {one.code: one.weight.get("town") for one in scheme.indicators}
    points = {code: LastScore(most, most) for code, most in weights.items()}
    last = LastYear(of={"T01": Previous(Submission("T01", 2020, ()), 1, True)}, unclaimed=())
    scores = {"T01": {**points, TOTAL: LastScore(Decimal(95), None)}}
    return lambda then: compared_scores(default_profile, 2021, last, scores, then)


def stricter(scheme, code, points):
    """The scheme with another price for a case of one indicator."""
    changed = [
        one.model_copy(update={"deductions": (one.deductions[0].model_copy(update={"points": Decimal(points)}),)})
        if one.code == code
        else one
        for one in scheme.indicators
    ]
    return scheme.model_copy(update={"indicators": tuple(changed)})


def test_the_same_rule_is_compared(compared, default_profile):
    found = compared(default_profile.scheme)
    assert (found.same_scale["T01"]["C1"], found.same_scale["T01"][TOTAL]) == (8, 95)


def test_another_price_of_a_case_is_another_rule(compared, default_profile):
    found = compared(stricter(default_profile.scheme, "C1", 5))
    assert "C1" not in found.same_scale["T01"]
    assert TOTAL not in found.same_scale["T01"]
    assert found.same_scale["T01"]["A1"] == 10
    assert found.not_comparable["T01"] == OTHER_SCALE


def test_other_words_are_no_other_rule(compared, default_profile):
    scheme = default_profile.scheme
    worded = tuple(one.model_copy(update={"to_raise": "请改进。"}) for one in scheme.indicators)
    assert compared(scheme.model_copy(update={"indicators": worded})).same_scale["T01"][TOTAL] == 95
