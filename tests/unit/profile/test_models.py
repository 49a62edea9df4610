"""What a profile answers: who is expected, when deadlines end, what time it is there."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from gongkai.errors import UnknownUnit
from gongkai.profile import Cycle, Unit
from gongkai.profile.models import Contact


def unit(**values):
    return Unit(**{"code": "X1", "name": "某单位", "kind": "town", "level": "town", "authority": "某单位", **values})


@pytest.mark.parametrize(
    ("span", "active"),
    [
        ({}, True),
        ({"from_year": 2022}, False),
        ({"to_year": 2020}, False),
        ({"from_year": 2021, "to_year": 2021}, True),
    ],
)
def test_a_unit_is_expected_in_its_years(span, active):
    assert unit(**span).active(2021) is active


def test_expected_units_keep_the_order_of_the_registry(default_profile):
    units = (unit(code="B"), unit(code="A", to_year=2020), unit(code="C", kind="office"))
    profile = default_profile.model_copy(update={"units": units})
    assert [u.code for u in profile.expected(2021)] == ["B", "C"]
    assert [u.code for u in profile.expected(2020)] == ["B", "A", "C"]
    assert [u.code for u in profile.assessed(2021)] == ["B"]


def test_unit_by_code(default_profile):
    assert default_profile.unit("T01").name == "东风街道"
    assert default_profile.unit("T99") is None


def test_deadlines_lie_in_the_year_after_the_report_year(default_profile):
    assert default_profile.cycle.soft_deadline(2021) == date(2022, 1, 31)
    assert default_profile.cycle.hard_deadline(2021) == date(2022, 3, 31)
    assert Cycle(soft={"month": 2, "day": 10}, hard={"month": 2, "day": 10}).hard_deadline(2024) == date(2025, 2, 10)


def test_a_deadline_means_the_last_second_of_the_day_there(default_profile):
    end = default_profile.end_of(date(2022, 1, 31))
    assert end.astimezone(UTC) == datetime(2022, 1, 31, 15, 59, 59, tzinfo=UTC)


def test_moments_are_shown_in_the_districts_zone(default_profile):
    assert default_profile.local(datetime(2022, 1, 31, 16, 30, tzinfo=UTC)).date() == date(2022, 2, 1)
    naive = datetime.fromisoformat("2022-01-31T23:30:00")  # what a file system gives
    assert default_profile.local(naive).isoformat() == "2022-01-31T23:30:00+08:00"


def test_a_profile_cannot_be_changed(default_profile):
    with pytest.raises(ValueError, match="frozen"):
        default_profile.district.name = "另一区"


def test_chosen_units_keep_the_registrys_order_and_an_unknown_code_is_refused(default_profile):
    assert [u.code for u in default_profile.chosen(2021, ["T02", "A01"])] == ["A01", "T02"]
    assert len(default_profile.chosen(2021, [])) == 37
    with pytest.raises(UnknownUnit, match="单位代码 T99 不在 2021 年度的报送单位中"):
        default_profile.chosen(2021, ["T01", "T99"])


class TestNames:
    def test_an_authority_is_known_by_its_aliases_and_its_former_names(self):
        bureau = unit(name="某科", authority="区某局", aliases=["某局"], former_names=["区旧局"])
        assert [bureau.is_authority(name) for name in ("区某局", "某局", "区旧局", "某科", "别局")] == [True] * 3 + [
            False
        ] * 2
        assert [bureau.is_called(name) for name in ("某科", "区旧局", "别局")] == [True, True, False]

    @pytest.mark.parametrize(
        ("values", "why"),
        [
            ({"aliases": [""]}, "aliases.0"),
            ({"former_names": [""]}, "former_names.0"),
            ({"succeeds": ["a"]}, "succeeds.0"),
            ({"succeeds": ["A", "A"]}, "succeeds 中有重复的单位代码"),
            ({"requests_counted_by": "某单位"}, "是本单位自己的机关"),
        ],
    )
    def test_a_name_or_code_that_cannot_be_meant_is_refused(self, values, why):
        with pytest.raises(ValidationError, match=why):
            unit(**values)

    def test_what_comes_before_it_and_who_counts_its_requests_are_optional(self):
        plain, merged = unit(), unit(succeeds=["X1", "B"], requests_counted_by="区某局")
        assert (plain.succeeds, plain.requests_counted_by) == ((), None)
        assert (merged.succeeds, merged.requests_counted_by) == (("X1", "B"), "区某局")


class TestContact:
    def test_address_and_postcode_are_optional(self):
        where = Contact(department="某科", phone="1", email="a@example.invalid", address="某路 1 号", postcode="200000")
        assert (where.address, where.postcode) == ("某路 1 号", "200000")
        assert Contact(department="某科", phone="1", email="a@example.invalid").postcode is None

    @pytest.mark.parametrize("postcode", ["20000", "20000a", "２０００００"])
    def test_a_postcode_has_six_digits(self, postcode):
        with pytest.raises(ValidationError, match="邮政编码应为 6 位数字"):
            Contact(department="某科", phone="1", email="a@example.invalid", postcode=postcode)
