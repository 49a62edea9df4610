"""Hearings are held in a small district: six towns and the office."""

import pytest

from tests.unit.assessment.conftest import Year, small_district


@pytest.fixture
def year() -> Year:
    """An empty year of a small district."""
    return Year(small_district())
