"""The tariff of 2020 (国办函〔2020〕109号), worked by hand at every edge of its bands."""

import pytest

from gongkai.law.tariff import item_fee, page_fee


@pytest.mark.parametrize(
    ("items", "yuan"),
    [
        (0, 0),
        (10, 0),  # ten are free
        (11, 100),
        (30, 2_000),  # 20 × 100
        (31, 2_200),  # and one of the next band
        (35, 3_000),  # 2,000 + 5 × 200
        (40, 4_000),  # 2,000 + 10 × 200
        (41, 4_300),  # and one at 300
        (50, 7_000),  # 4,000 + 10 × 300
        (51, 7_400),
        (100, 2_000 + 10 * (200 + 300 + 400 + 500 + 600 + 700 + 800)),
    ],
)
def test_by_item_of_one_applicant_in_one_month(items: int, yuan: int) -> None:
    assert item_fee(items) == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [
        (0, 0),
        (30, 0),  # thirty are free
        (31, 10),
        (100, 700),  # 70 × 10
        (101, 720),  # and one at 20
        (200, 2_700),  # 700 + 100 × 20
        (201, 2_740),  # and one at 40
        (250, 4_700),  # 2,700 + 50 × 40
    ],
)
def test_by_page_of_one_request(pages: int, yuan: int) -> None:
    assert page_fee(pages) == yuan


@pytest.mark.parametrize("fee", [item_fee, page_fee])
def test_one_more_never_costs_less_and_each_costs_at_least_the_one_before(fee) -> None:
    steps = [fee(n + 1) - fee(n) for n in range(300)]
    assert steps == sorted(steps)
    assert steps[0] == 0
