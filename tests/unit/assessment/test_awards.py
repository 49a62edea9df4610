"""Bonus, penalty and veto: what stands beside the indicators."""

from decimal import Decimal

import pytest


def evidence(title, level, **values):
    return {"indicator": "A1", "title": title, "level": level, **values}


class TestBonus:
    def test_by_the_level_of_the_evidence(self, year):
        rows = [evidence("甲", "national"), evidence("乙", "provincial"), evidence("丙", "city"), evidence("丁", None)]
        card = year.submit(evidence=rows).card()
        assert card.bonus == Decimal("3.5")
        assert [(a.points, a.reason) for a in card.bonuses] == [
            (2, "国家级佐证材料“甲”"),
            (1, "省级佐证材料“乙”"),
            (Decimal("0.5"), "市级佐证材料“丙”"),
        ]
        assert card.bonuses[0].evidence[0].where == "evidence[1].level"

    def test_the_same_evidence_twice_counts_once(self, year):
        assert year.submit(evidence=[evidence("甲", "city"), evidence("甲", "city")]).card().bonus == Decimal("0.5")

    @pytest.mark.parametrize(
        ("rating", "bonus"), [("优秀", "0.5"), ("良好", "0.3"), ("合格", "0"), ("excellent", "0.5"), (None, "0")]
    )
    def test_rated_interpretation(self, year, rating, bonus):
        rows = [{"document_number": "甲", "published_on": "2021-05-10", "forms": ["text"], "rating": rating}]
        card = year.submit(documents=[year.document("甲", "2021-05-06", "2021-05-10")], interpretations=rows).card()
        assert card.bonus == Decimal(bonus)

    def test_inspectors_give_points_or_a_name(self, year):
        year.submit().inspect("bonus", points=Decimal("1.5"), reason="经验推广")
        assert year.inspect("bonus", reason="解读案例获评优秀").card().bonus == 2

    def test_stops_at_the_cap_and_lists_all(self, year):
        card = year.submit(evidence=[evidence(str(n), "national") for n in range(4)]).card()
        assert (card.bonus, len(card.bonuses)) == (5, 4)

    def test_a_unit_without_an_accepted_report_earns_none(self, year):
        card = year.inspect("bonus", points=Decimal(1)).card()
        assert (card.total, card.bonus) == (None, 0)


class TestPenalty:
    def test_by_name_or_by_points(self, year):
        year.submit().inspect("penalty", reason="市级通报批评")
        card = year.inspect("penalty", points=Decimal("1.5"), reason="迟报").card()
        assert (card.penalty, [a.reason for a in card.penalties]) == (Decimal("3.5"), ["市级通报批评", "迟报"])
        assert card.penalties[0].evidence[0].where == "entries[p-1]"

    def test_stops_at_the_cap(self, year):
        year.submit()
        for _ in range(3):
            year.inspect("penalty", reason="国家级通报批评")
        assert year.card().penalty == 10

    def test_of_another_unit_costs_nothing(self, year):
        assert year.submit().inspect("penalty", "T02", reason="数据失实").card().penalty == 0

    def test_takes_from_the_total(self, year):
        before = year.submit().card().total
        assert year.inspect("penalty", reason="数据失实").card().total == before - 5


class TestVeto:
    def test_makes_the_lowest_grade_whatever_the_points(self, year):
        card = year.submit().inspect("veto", reason="数据造假").card()
        assert (card.vetoes, card.grade) == (("数据造假",), "不合格")
        assert card.total is not None

    def test_a_free_reason_is_kept(self, year):
        assert year.submit().inspect("veto", reason="其他严重情形").card().vetoes == ("其他严重情形",)

    @pytest.mark.parametrize(
        ("published", "vetoes"), [("2022-04-01", ("03-31前未公布年报",)), ("2022-03-31", ()), (None, ())]
    )
    def test_publication_after_the_hard_deadline(self, year, published, vetoes):
        assert year.submit(activities={"report_published_on": published}).card().vetoes == vetoes

    def test_said_twice_counts_once(self, year):
        year.submit(activities={"report_published_on": "2022-04-01"})
        assert year.inspect("veto", reason="03-31前未公布年报").card().vetoes == ("03-31前未公布年报",)

    def test_a_scheme_can_leave_it_to_the_inspectors(self, year_with):
        year = year_with(late_publication_veto=None)
        assert year.submit(activities={"report_published_on": "2022-04-01"}).card().vetoes == ()

    def test_of_a_unit_that_never_reported(self, year):
        card = year.inspect("veto", reason="03-31前未公布年报").card()
        assert (card.total, card.grade, card.rank) == (None, "不合格", None)
