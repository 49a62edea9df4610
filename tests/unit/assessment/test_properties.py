"""Whatever is reported and entered: scores within their bounds, deductions that add up, ranks free of order."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.assessment.assess import assess_year, total_of
from gongkai.assessment.ranking import ranked
from gongkai.warehouse.records import UnitYear, YearState

RELAXED = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
DAY = st.integers(0, 364).map(lambda n: (date(2021, 1, 1) + timedelta(days=n)).isoformat())
MAYBE = st.none() | DAY
COUNT = st.none() | st.integers(0, 50)
FEW = 6


@st.composite
def reports(draw):
    """What a unit may say, lists missing, empty or filled, dates in any order."""
    cases = draw(st.none() | st.lists(st.tuples(DAY, MAYBE, MAYBE), max_size=FEW))
    documents = draw(st.none() | st.lists(st.tuples(MAYBE, MAYBE, st.booleans(), st.booleans()), max_size=FEW))
    kinds = st.sampled_from(["normative", "government", "budget", "final_account"])
    content: dict[str, Any] = {
        "activities": {
            "guide_updated_on": draw(MAYBE),
            "rules_in_place": draw(COUNT),
            "training_sessions": draw(COUNT),
            "training_expected": draw(COUNT),
            "training_attendees": draw(COUNT),
            "report_published_on": draw(MAYBE),
        },
    }
    if cases is not None:
        content["register"] = [
            {
                "case_no": str(n),
                "received_on": received,
                "applicant_type": "other_org",
                "replied_on": replied,
                "archived_on": archived,
            }
            for n, (received, replied, archived) in enumerate(cases)
        ]
    if documents is not None:
        content["documents"] = [
            {
                "number": f"文{n}",
                "title": "示例",
                "kind": draw(kinds),
                "made_on": made,
                "published_on": published,
                "approved_on": made,
                "needs_interpretation": needs,
                "elements_complete": complete,
                "validity_marked": True,
            }
            for n, (made, published, needs, complete) in enumerate(documents)
        ]
        if draw(st.booleans()):
            content["interpretations"] = [
                {
                    "document_number": f"文{n}",
                    "published_on": draw(MAYBE),
                    "forms": draw(st.sampled_from([[], ["text"], ["text", "video"]])),
                }
                for n in range(draw(st.integers(0, len(documents))))
            ]
    return content


CELLS = st.fixed_dictionaries(
    {
        "proactive_disclosure__normative_documents__issued": st.integers(0, 3),
        "requests__outcome_total__total": st.integers(0, 9),
        "disputes__reconsideration__corrected": st.integers(0, 3),
        "disputes__litigation_direct__corrected": st.integers(0, 3),
    }
)
CHECKS = st.lists(
    st.tuples(st.sampled_from(["A2", "A5", "C2", "D2", "D3", "E3", "F4", "G3"]), st.integers(0, 9), st.integers(0, 9)),
    max_size=FEW,
)
PROBLEMS = st.integers(0, 12)
FINDINGS = st.lists(st.sampled_from(["error", "query", "notice"]), max_size=FEW)


@RELAXED
@given(content=reports(), cells=CELLS, checks=CHECKS, problems=PROBLEMS, findings=FINDINGS, places=st.integers(0, 3))
def test_scores_within_bounds_and_deductions_add_up(year_with, content, cells, checks, problems, findings, places):
    year = year_with(decimal_places=places)
    year.submit(first=year.verdict(*[year.finding(f) for f in findings]), tables=year.tables(**cells), **content)
    year.submit(tables=year.tables(**cells), **content)
    for code, passed, more in checks:
        year.inspect("checked", indicator=code, passed=passed, checked=passed + more)
    for _ in range(problems):
        year.inspect("problem", indicator="D1", reason="链接失效")
    card = year.card()
    for line in card.indicators:
        if line.score is None:
            assert not line.applicable
            assert line.deductions == ()
            assert line.note, line.code
            continue
        assert 0 <= line.score <= line.max, line.code
        assert sum((lost.points for lost in line.deductions), Decimal(0)) == line.max - line.score, line.code
        assert all(lost.points > 0 and lost.reason and lost.evidence for lost in line.deductions), line.code
        sizes = [lost.points for lost in line.deductions]
        assert sizes == sorted(sizes, reverse=True)
    assert card.total == total_of(card.indicators, card.bonus, card.penalty, places)


@pytest.fixture(scope="module")
def cards(default_profile):
    """Thirty-six real cards to give invented totals to."""
    units = tuple(UnitYear(unit, ()) for unit in default_profile.expected(2021))
    moment = datetime(2022, 4, 6, tzinfo=ZoneInfo("Asia/Shanghai"))
    return assess_year(YearState(2021, moment, default_profile, "", "", units, (), (), (), {})).scorecards


@RELAXED
@given(data=st.data())
def test_ranks_do_not_depend_on_the_order_of_the_units(cards, data):
    totals = data.draw(st.lists(st.none() | st.integers(50, 60).map(Decimal), min_size=len(cards), max_size=len(cards)))
    vetoed = data.draw(st.lists(st.booleans(), min_size=len(cards), max_size=len(cards)))
    given_cards = [
        replace(c, total=t, vetoes=("数据造假",) if v else ()) for c, t, v in zip(cards, totals, vetoed, strict=True)
    ]
    straight = {card.unit: card for card in ranked(given_cards, ["area", "town"], 2)}
    shuffled = ranked(data.draw(st.permutations(given_cards)), ["area", "town"], 2)
    assert {card.unit: card for card in shuffled} == straight
    for card in straight.values():
        better = [
            other
            for other in straight.values()
            if other.group == card.group
            and other.total is not None
            and card.total is not None
            and (bool(other.vetoes), -other.total) < (bool(card.vetoes), -card.total)
        ]
        assert card.rank == (None if card.total is None else len(better) + 1)
