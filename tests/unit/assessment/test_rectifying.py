"""Rectification: a deduction is an item with a deadline, closing it in time gives back, next year looks back at it."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from expectations.catalogue import catalogue_in_force
from expectations.results import issue_finding
from gongkai.assessment.export import scorecard_json
from gongkai.assessment.rectifying import look_back, names_deduction, unclear_items
from gongkai.national_format import for_year
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.rows.issued_cards import IssuedCard
from tests.unit.assessment.conftest import ZONE, Year, small_district

APRIL = datetime(2022, 4, 6, 10, 0, tzinfo=ZONE)


@pytest.fixture
def year():
    return Year(small_district())


def lost(year):
    """T01 lost 1.6 of the 8 points of A2: 4 of 5 columns were in order."""
    return year.submit().inspect("checked", indicator="A2", passed=4, checked=5, evidence="截图12")


def item(year):
    (found,) = [one for one in year.card().rectification if one.indicator == "A2"]
    return found


def close(year, on, **values):
    said = {"issued_on": date(2022, 4, 6), "due_on": date(2022, 9, 30), "by": "李主任", "evidence": "复查截图"}
    return year.inspect("rectification", indicator="A2", item=item(year).entry, **{**said, "closed_on": on, **values})


@pytest.fixture
def half():
    """A scheme that gives half of a deduction back."""
    return lost(Year(small_district(rectified_returns="0.5")))


def test_every_deduction_is_an_item_with_the_deadline_of_the_cycle(year):
    found = item(lost(year))
    assert (found.due_on, found.closed_on) == (date(2022, 9, 30), None)
    assert found.what == year.line("A2").deductions[0].reason
    assert found == item(year)  # the same name in every run


@pytest.mark.parametrize(("on", "score"), [(date(2022, 9, 30), "7.20"), (date(2022, 10, 8), "6.40")])
def test_closed_in_time_it_gives_back_what_the_scheme_says(half, on, score):
    line = close(half, on).line("A2")
    assert line.score == Decimal(score)
    assert sum(one.points for one in line.deductions) == line.max - line.score
    assert item(half).closed_on == on


def test_the_default_scheme_gives_nothing_back(year):
    assert close(lost(year), date(2022, 5, 9)).line("A2").score == Decimal("6.40")


def test_the_office_may_set_another_deadline(half):
    close(half, None, due_on=date(2022, 6, 1))
    assert (item(half).due_on, item(half).closed_on) == (date(2022, 6, 1), None)


def test_mending_a_deduction_is_no_matter_of_the_rectification_rate_of_the_same_card(half):
    before = half.line("G1")
    assert close(half, date(2022, 10, 8)).line("G1") == before


def test_given_back_in_full_nothing_is_lost():
    line = close(lost(Year(small_district(rectified_returns="1"))), date(2022, 5, 9)).line("A2")
    assert (line.score, line.deductions, line.to_raise) == (8, (), None)
    assert line.note.endswith("（已按期整改，恢复 1.6 分）")


@pytest.mark.parametrize(
    ("closed", "passed", "found"),
    [(True, 3, (True, False)), (True, 5, (False, False)), (False, 3, (False, True)), (False, 5, (False, False))],
    ids=["closed and back", "closed for good", "never closed", "mended without a word"],
)
def test_next_year_finds_what_came_back_from_the_card_that_was_issued(year, closed, passed, found):
    lost(year)
    if closed:
        close(year, date(2022, 8, 1))
    year.issue(APRIL)

    after = Year(year.profile, year=2022, as_of=datetime(2023, 4, 6, 18, 0, tzinfo=ZONE), before=year.issued)
    after.submit(at=datetime(2023, 1, 20, tzinfo=ZONE))
    after.inspect("checked", indicator="A2", passed=passed, checked=5, evidence="截图7")

    (back,) = [one for one in after.card().look_back if one.indicator == "A2"]
    assert (back.recurred, back.persists) == found
    told = next(one for one in scorecard_json(after.card(), "b")["look_back"] if one["indicator"] == "A2")
    assert (told["closed_on"] is not None) is closed


@pytest.mark.parametrize(("passed", "back"), [(3, True), (5, False)], ids=["closed and back", "closed for good"])
def test_what_came_back_or_was_left_open_costs_points_as_the_scheme_says(year, passed, back):
    """A2 was closed before the issue and may come back, D2 was closed after it and stays away, the rest stays open."""
    lost(year).inspect("checked", indicator="D2", passed=4, checked=5, evidence="截图8")
    close(year, date(2022, 8, 1))
    year.issue(APRIL)
    (d2,) = [one.entry for one in year.card().rectification if one.indicator == "D2"]
    after = Year(year.profile, year=2022, as_of=datetime(2023, 4, 6, 18, 0, tzinfo=ZONE), before=year.issued)
    after.submit(at=datetime(2023, 1, 20, tzinfo=ZONE))
    after.inspect("checked", indicator="A2", passed=passed, checked=5, evidence="截图7")
    closing = {"item": d2, "closed_on": date(2022, 9, 1)}
    after.mended = {"T01": [InspectionEntry(id="整改-9", unit="T01", kind="rectification", **closing)]}

    line, found = after.line("G2"), after.card().look_back

    open_still = [one for one in found if one.persists]
    assert [one.closed_on for one in found if one.item == d2] == [date(2022, 9, 1)]
    assert (line.measured.numerator, line.measured.denominator) == (2 - back, 2 + len(open_still))
    texts = [piece.text for piece in line.deductions[0].evidence]
    assert [text.endswith("上年已于 2022-08-01 办结，今年同类问题再次扣分") for text in texts].count(True) == back
    assert sum(text.endswith("上年未办结，今年仍在扣分") for text in texts) == len(open_still) > 0


@pytest.fixture
def merged(year):
    """T09 follows T01 and T02, whose cards have an item of one name (both lost the same), and one of their own."""
    lost(year).issue(APRIL)
    of_t01 = year.issued["T01"]
    (shared,) = [one for one in of_t01.content["rectification"] if one["indicator"] == "A2"]
    own = {**shared, "id": "A2-0123ab"}
    cards = (
        replace(of_t01, content={"rectification": [shared]}),
        replace(of_t01, unit="T02", content={"rectification": [shared, own]}),
    )
    return Merged(cards, shared["id"])


class Merged(NamedTuple):
    cards: tuple[IssuedCard, ...]
    shared: str

    def closing(self, item: str, **more: Any) -> InspectionEntry:
        said = {"kind": "rectification", "closed_on": date(2022, 9, 1), "file": "整改.json", **more}
        return InspectionEntry(**{"id": "整改-1", "unit": "T09", "item": item, **said})

    def closed(self, *entries: InspectionEntry, mended: dict[str, list[InspectionEntry]] | None = None) -> list[str]:
        """The names of what is closed."""
        return [one.item for one in look_back(self.cards, (), entries, mended or {}) if one.closed_on]


def test_after_a_merger_items_of_one_name_go_by_their_unit_and_close_alone(merged):
    t01, t02 = (f"{unit}/{merged.shared}" for unit in ("T01", "T02"))
    assert [one.item for one in look_back(merged.cards, (), (), {})] == [t01, t02, "A2-0123ab"]
    assert merged.closed(merged.closing(t02)) == [t02]
    assert merged.closed(merged.closing(merged.shared)) == []
    assert merged.closed(merged.closing("A2-0123ab")) == merged.closed(merged.closing("T02/A2-0123ab")) == ["A2-0123ab"]
    assert names_deduction(merged.closing(t02))  # it is no notice of this year


def test_what_last_year_closed_is_closed_for_its_own_unit(merged):
    mended = {"T01": [merged.closing(merged.shared, unit="T01")]}
    assert merged.closed(mended=mended) == [f"T01/{merged.shared}"]


def test_a_name_that_two_predecessors_have_is_told_to_the_office(merged, year):
    state = replace(year.state(), issued_before={"T09": merged.cards})
    entries = (merged.closing(merged.shared), merged.closing(f"T01/{merged.shared}"), merged.closing("A2-0123ab"))
    (remark,) = unclear_items(replace(state, inspections=entries))
    said = issue_finding(remark.issue, for_year(2022), catalogue_in_force(None))
    assert (said.rule, f"T01、T02 上年的评分表中都有这一项，应写明单位，如“T01/{merged.shared}”" in said.message) == (
        "ENTRY-UNKNOWN",
        True,
    )


def test_this_years_notice_of_the_same_number_closes_nothing_of_last_year(merged):
    """Numbers of notices begin anew every year; only `item` names what another year left."""
    notice = {"id": "整改-1", "indicator": "A2", "what": "栏目过期", "due_on": None, "closed_on": None}
    (card, *_), entry = merged.cards, merged.closing("整改-1")
    before = (replace(card, content={"rectification": [notice]}),)
    assert look_back(before, (), (replace(entry, item=None),), {})[0].closed_on is None
    assert look_back(before, (), (entry,), {})[0].closed_on == entry.closed_on


def next_year(year, *named, kind="checked", code="A2", **values):
    """T01's look-back of 2022 on an indicator, after what inspectors named this year."""
    year.issue(APRIL)
    after = Year(year.profile, year=2022, as_of=datetime(2023, 4, 6, 18, 0, tzinfo=ZONE), before=year.issued)
    after.submit(at=datetime(2023, 1, 20, tzinfo=ZONE))
    for item_named in named:
        said = {"passed": 4, "checked": 5, "evidence": "截图"} if kind == "checked" else {"reason": "链接打不开"}
        after.inspect(kind, indicator=code, item=item_named, **{**said, **values})
    return [one for one in after.card().look_back if one.indicator == code]


@pytest.mark.parametrize(
    ("then", "now", "back"),
    [
        (["通知公告"], ["通知公告"], True),
        (["通知公告"], ["财政预决算"], False),
        (["通知公告", "部门动态"], ["部门动态", "财政预决算"], True),
        ([None], [None], True),
        ([None], ["通知公告"], False),
        (["通知公告"], [None], False),
    ],
    ids=["same", "another", "one of them", "nobody named one", "named now", "named then"],
)
def test_what_failed_again_is_what_inspectors_named(year, then, now, back):
    """4 of 5 again is no recurrence where another column fails."""
    year.submit()
    for named in then:
        year.inspect("checked", indicator="A2", passed=4, checked=5, evidence="截图12", item=named)
    (found,) = next_year(year, *now)
    assert found.persists is back


@pytest.mark.parametrize("back", [True, False])
def test_the_rule_of_a_finding_says_what_came_back(year, back):
    """F1 lost points for an error of one rule; next year's errors of another rule are another kind."""
    year.submit(first=year.verdict(year.finding("error"), status="accepted"))
    year.issue(APRIL)
    after = Year(year.profile, year=2022, as_of=datetime(2023, 4, 6, 18, 0, tzinfo=ZONE), before=year.issued)
    again = year.finding("error") if back else replace(year.finding("error"), rule="BLANK", where="x.y.z")
    after.submit(at=datetime(2023, 1, 20, tzinfo=ZONE), first=year.verdict(again, status="accepted"))
    (found,) = [one for one in after.card().look_back if one.indicator == "F1"]
    assert found.persists is back


def test_a_ground_is_a_kind_of_its_own():
    grounds = [
        {"measure": "inspection_problems", "points": "1", "reason": name, "ground": name} for name in ("甲", "乙")
    ]
    own = Year(small_district())
    lines = [one.model_dump() for one in own.profile.scheme.indicators]
    (d1,) = [one for one in lines if one["code"] == "D1"]
    d1["deductions"] = grounds
    own = Year(small_district(indicators=lines)).submit()
    own.inspect("problem", indicator="D1", ground="甲", reason="链接打不开")
    assert [one.persists for one in next_year(own, None, kind="problem", code="D1", ground="乙")] == [False]
    assert [one.persists for one in next_year(own, None, kind="problem", code="D1", ground="甲")] == [True]


def test_a_card_issued_before_kinds_were_kept_goes_by_its_words(year):
    lost(year).issue(APRIL)
    for code, card in year.issued.items():
        year.issued[code] = replace(card, grounds={k: v for k, v in card.grounds.items() if k != "kinds"})
    after = Year(year.profile, year=2022, as_of=datetime(2023, 4, 6, 18, 0, tzinfo=ZONE), before=year.issued)
    after.submit(at=datetime(2023, 1, 20, tzinfo=ZONE)).inspect("checked", indicator="A2", passed=3, checked=5)
    (found,) = [one for one in after.card().look_back if one.indicator == "A2"]
    assert found.persists
