"""The workbook of a card: its formulas give the card's points, line by line and in total."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from gongkai.reporting.scorecard.view import scorecard_page
from gongkai.reporting.scorecard.workbook import scorecard_workbook
from tests.unit.assessment.conftest import Year, tables


@pytest.fixture(scope="module")
def year(default_profile):
    made = Year(default_profile)
    late = made.document("甲", "2021-01-04", "2021-06-01")
    made.submit("T01", tables=tables(disputes__reconsideration__corrected=1), documents=[late])
    made.inspect("checked", "T01", indicator="A2", passed=2, checked=3, on=date(2021, 6, 1), by="甲", reason="空白")
    return made.award("penalty", "市级通报批评").award("bonus", "解读案例获评优秀")


@pytest.fixture(scope="module")
def card(year):
    return year.card()


@pytest.fixture(scope="module")
def written(year, card):
    page = scorecard_page(card, year.state(), "b" * 64)
    return scorecard_workbook(card, year.profile.scheme, page)


def sheets(written, *, values):
    book = openpyxl.load_workbook(io.BytesIO(written), data_only=values)
    return book["评分"], book["扣分依据"]


def test_every_line_is_its_weight_less_its_deductions(written, card):
    scores, lost = sheets(written, values=True)
    formulas, _ = sheets(written, values=False)
    taken = {}
    for code, points, *_ in lost.iter_rows(min_row=4, values_only=True):
        taken[code] = taken.get(code, Decimal(0)) + Decimal(str(points or 0))
    lines = [line for line in card.indicators if line.max]
    for row, line in enumerate(lines, 4):
        assert scores.cell(row, 1).value == line.code
        if line.score is None:
            assert scores.cell(row, 6).value == "否"
        else:
            assert Decimal(str(scores.cell(row, 3).value)) - taken.get(line.code, 0) == line.score
            assert formulas.cell(row, 4).value.startswith("=SUMIF(扣分依据!")
            assert formulas.cell(row, 5).value == f"=C{row}-D{row}"


def test_the_sums_are_formulas_that_hold_the_cards_figures(written, card):
    scores, formulas = sheets(written, values=True)[0], sheets(written, values=False)[0]
    shown = {row[1].value: row[4] for row in scores.iter_rows(min_row=4) if not row[0].value and row[1].value}
    written_as = {row[1].value: row[4].value for row in formulas.iter_rows(min_row=4) if not row[0].value}
    for label, value in (("总分", card.total), ("加分", card.bonus), ("通报扣分", card.penalty)):
        assert Decimal(str(shown[label].value)) == value
        assert written_as[label].startswith("=")
    assert shown["等次"].value == card.grade


def test_every_piece_of_evidence_has_a_row(written, card):
    _, lost = sheets(written, values=True)
    rows = list(lost.iter_rows(min_row=4, values_only=True))
    pieces = [piece for line in card.indicators for one in line.deductions for piece in one.evidence]
    assert {piece.text for piece in pieces} <= {row[4] for row in rows}
    assert sum(Decimal(str(row[2])) for row in rows if row[2]) == 100 - (card.total - card.bonus + card.penalty)


def test_the_same_card_gives_the_same_bytes(year, card, written):
    page = scorecard_page(card, year.state(), "b" * 64)
    assert scorecard_workbook(card, year.profile.scheme, page) == written
