"""The tariff of 2020, band by band: every band's first and last item or page, and what the text sums to."""

import pytest

from gongkai.submission.tariff import item_fee, page_fee


@pytest.mark.parametrize(
    ("items", "fee"),
    [
        (0, 0),
        (10, 0),
        (11, 100),
        (30, 20 * 100),
        (31, 2000 + 200),
        (35, 3000),
        (40, 2000 + 10 * 200),
        (41, 4000 + 300),
        (50, 4000 + 10 * 300),
        (51, 7000 + 400),
        (100, 2000 + 10 * (200 + 300 + 400 + 500 + 600 + 700 + 800)),
    ],
)
def test_items_of_one_applicant_in_one_month(items: int, fee: int) -> None:
    assert item_fee(items) == fee


@pytest.mark.parametrize(
    ("pages", "fee"),
    [
        (0, 0),
        (30, 0),
        (31, 10),
        (100, 70 * 10),
        (101, 700 + 20),
        (200, 700 + 100 * 20),
        (201, 2700 + 40),
        (250, 4700),
    ],
)
def test_pages_of_one_request(pages: int, fee: int) -> None:
    assert page_fee(pages) == fee


@pytest.mark.parametrize("fee", [item_fee, page_fee])
def test_one_more_never_costs_less_and_each_costs_at_least_the_one_before(fee) -> None:
    steps = [fee(n + 1) - fee(n) for n in range(300)]
    assert steps == sorted(steps)
    assert steps[0] == 0
