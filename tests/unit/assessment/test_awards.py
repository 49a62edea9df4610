"""Bonus and penalty: what stands beside the indicators in points."""

from decimal import Decimal

import pytest


def evidence(title, level, **values):
    return {"indicator": "A1", "title": title, "level": level, **values}


class TestBonus:
    def test_by_the_level_of_confirmed_evidence(self, year):
        rows = [evidence("甲", "national"), evidence("乙", "provincial"), evidence("丙", "city"), evidence("丁", None)]
        year.submit(evidence=rows)
        for position in (1, 2, 3, 4):
            year.confirm(f"evidence[{position}]")
        card = year.card()
        assert card.bonus == Decimal("3.5")
        assert [(a.points, a.reason) for a in card.bonuses] == [
            (2, "国家级佐证材料“甲”"),
            (1, "省级佐证材料“乙”"),
            (Decimal("0.5"), "市级佐证材料“丙”"),
        ]
        assert card.bonuses[0].evidence[0].where == "evidence[1].level"
        assert "核〔2022〕1号" in card.bonuses[0].evidence[1].text

    def test_the_same_evidence_twice_counts_once(self, year):
        year.submit(evidence=[evidence("甲", "city"), evidence("甲", "city")])
        assert year.confirm("evidence[1]").confirm("evidence[2]").card().bonus == Decimal("0.5")

    @pytest.mark.parametrize(
        ("rating", "bonus"), [("优秀", "0.5"), ("良好", "0.3"), ("合格", "0"), ("excellent", "0.5"), (None, "0")]
    )
    def test_confirmed_rating_of_an_interpretation(self, year, rating, bonus):
        rows = [{"document_number": "甲", "published_on": "2021-05-10", "forms": ["text"], "rating": rating}]
        year.submit(documents=[year.document("甲", "2021-05-06", "2021-05-10")], interpretations=rows)
        assert year.confirm("interpretations[甲].rating").card().bonus == Decimal(bonus)

    @pytest.mark.parametrize(("ground", "bonus"), [("解读案例获评优秀", "0.5"), ("市级", "0.5"), ("national", "2")])
    def test_the_office_names_a_ground_of_the_scheme(self, year, ground, bonus):
        assert year.submit().award("bonus", ground).card().bonus == Decimal(bonus)

    def test_stops_at_the_cap_and_lists_all(self, year):
        year.submit(evidence=[evidence(str(n), "national") for n in range(4)])
        for position in range(1, 5):
            year.confirm(f"evidence[{position}]")
        assert (year.card().bonus, len(year.card().bonuses)) == (5, 4)


class TestPenalty:
    def test_by_its_ground(self, year):
        card = year.submit().award("penalty", "市级通报批评").award("penalty", "数据失实", reason="数据失实").card()
        assert (card.penalty, [a.reason for a in card.penalties]) == (7, ["市级通报批评：按通报", "数据失实"])
        assert card.penalties[0].evidence[0].where == "entries[p-1]"

    def test_stops_at_the_cap(self, year):
        year.submit()
        for number in range(3):
            year.award("penalty", "国家级通报批评", evidence=f"第 {number} 期")
        assert year.card().penalty == 10

    def test_of_another_unit_costs_nothing(self, year):
        assert year.submit().award("penalty", "数据失实", "T02").card().penalty == 0

    def test_takes_from_the_total(self, year):
        before = year.submit().card().total
        assert year.award("penalty", "数据失实").card().total == before - 5
