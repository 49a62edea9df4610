"""The tariff of information processing fees (国办函〔2020〕109号, in force from 2021-01-01), in yuan.

Progressive over items of one applicant in one calendar month, or over the pages of one request. Who is charged is
not decided here.
"""

from datetime import date

TARIFF_FROM = date(2021, 1, 1)
_FREE_ITEMS, _BAND, _STEP = 10, 10, 100
_FREE_PAGES = 30
_PAGE_BANDS = ((100, 10), (200, 20))  # up to and with this page: yuan a page
_LAST_PAGE_RATE = 40


def item_fee(items: int) -> int:
    """Yuan for so many requests of one applicant in one month: 35 items are 3,000."""
    fee, done = 0, _FREE_ITEMS
    upper, rate = 30, _STEP
    while done < items:
        counted = min(items, upper) - done
        fee, done = fee + counted * rate, done + counted
        upper, rate = upper + _BAND, rate + _STEP
    return fee


def page_fee(pages: int) -> int:
    """Yuan for so many pages of one request: 250 pages are 4,700."""
    fee, done = 0, _FREE_PAGES
    for upper, rate in _PAGE_BANDS:
        fee += max(0, min(pages, upper) - done) * rate
        done = upper
    return fee + max(0, pages - done) * _LAST_PAGE_RATE
