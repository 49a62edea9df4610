"""The column types give back what was put in, on both databases' terms."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from gongkai.warehouse.models.base import ExactNumber, StoredMoment, Words

SQLITE, POSTGRES = sqlite.dialect(), postgresql.dialect()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=10) | st.integers(-(10**15), 10**15))
def test_a_number_survives_sqlites_text(number: Decimal | int) -> None:
    column = ExactNumber()
    stored = column.process_bind_param(number, SQLITE)
    assert isinstance(stored, str)
    assert column.process_result_value(stored, SQLITE) == number


def test_a_number_goes_to_postgresql_as_a_decimal() -> None:
    assert ExactNumber().process_bind_param(3, POSTGRES) == Decimal(3)
    assert ExactNumber().process_bind_param(None, POSTGRES) is None


def test_a_moment_is_kept_in_utc() -> None:
    noon = datetime(2022, 1, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    stored = StoredMoment().process_bind_param(noon, SQLITE)
    assert stored == noon
    assert stored.isoformat() == "2022-01-20T04:00:00+00:00"
    assert StoredMoment().process_result_value(stored.replace(tzinfo=None), SQLITE) == noon
    assert StoredMoment().process_result_value(noon, POSTGRES) == datetime(2022, 1, 20, 4, tzinfo=UTC)


def test_a_moment_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        StoredMoment().process_bind_param(datetime(2022, 1, 20, tzinfo=UTC).replace(tzinfo=None), SQLITE)


@given(st.text(st.characters(codec=None), max_size=20))
def test_any_text_becomes_storable_and_storable_text_stays(text: str) -> None:
    stored = Words().process_bind_param(text, POSTGRES)
    assert stored is not None
    assert "\x00" not in stored
    stored.encode("utf-8")
    if "\x00" not in text and not any("\ud800" <= c <= "\udfff" for c in text):
        assert stored == text
