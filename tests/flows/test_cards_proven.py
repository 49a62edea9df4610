"""The demonstration's cards worked out a second time, from the scheme's file and the inbox alone.

Nothing of the assessment is imported: a small reader of YAML and JSON, and the arithmetic of the contract.
"""

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
import yaml

from gongkai.profile import default_folder

SCHEME = yaml.safe_load((default_folder() / "scheme.yaml").read_text(encoding="utf-8"))
CENT = Decimal("0.01")


def cents(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, ROUND_HALF_UP)


def cards_of(folder):
    found = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("scorecards/*/scorecard.json"))
    ]
    return {card["unit"]: card for card in found}


def entries_of(inbox):
    read = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((inbox / "_office").glob("*.json"))]
    return [entry for file in read for entry in file["entries"]]


def lines(card):
    return {line["code"]: line for line in card["indicators"]}


@pytest.fixture(scope="module")
def cards(year):
    return cards_of(year[0].out / "2021")


@pytest.fixture(scope="module")
def entries(made):
    return entries_of(made.second_round)


def test_totals_follow_from_the_lines(cards):
    for card in cards.values():
        scored = [line for line in card["indicators"] if line["score"] is not None]
        earned, full = (sum((Fraction(line[key]) for line in scored), Fraction(0)) for key in ("score", "max"))
        total = cents(100 * earned / full + Fraction(card["bonus"]) - Fraction(card["penalty"]))
        assert Decimal(card["total"]) == total
        assert 0 <= total <= 100 + Decimal(card["bonus"])
        lost = [one for line in scored for one in line["deductions"]]
        missing = 100 - (total - Decimal(card["bonus"]) + Decimal(card["penalty"]))
        assert sum((Decimal(one["in_total"]) for one in lost), Decimal(0)) == missing
        for line in scored:
            short = sum((Decimal(one["points"]) for one in line["deductions"]), Decimal(0))
            assert Decimal(line["max"]) - short == Decimal(line["score"])


def test_weights_are_the_schemes(cards):
    for card in cards.values():
        for indicator in SCHEME["indicators"]:
            weight = Decimal(indicator["weight"].get(card["group"], "0"))
            shown = lines(card)[indicator["code"]]["max"]
            assert (Decimal(shown) if shown else 0) == weight


def test_ranks_and_grades_follow_from_the_totals(cards):
    for card in cards.values():
        group = [one for one in cards.values() if one["group"] == card["group"]]
        better = [one for one in group if Decimal(one["total"]) > Decimal(card["total"])]
        if not any(one["vetoes"] for one in group):
            assert card["rank"] == 1 + len(better)
            bands = [band["grade"] for band in SCHEME["bands"] if Decimal(band["at_least"]) <= Decimal(card["total"])]
            assert card["grade"] == bands[0]


def test_what_inspectors_entered_gives_the_points_of_its_indicators(cards, entries):
    """Checks: the share that passed, by month where the scheme says so; problems: half a point each."""
    for code, card in cards.items():
        for indicator in SCHEME["indicators"]:
            weight = Fraction(indicator["weight"].get(card["group"], "0"))
            measures = [part["measure"] for part in (*indicator.get("parts", ()), *indicator.get("deductions", ()))]
            own = [one for one in entries if one["unit"] == code and one.get("indicator") == indicator["code"]]
            if not weight or not own or any(one["kind"] in ("score", "decision") for one in own):
                continue
            shown = lines(card)[indicator["code"]]["score"]
            checks = [one for one in own if one["kind"] == "checked"]
            if measures == ["inspection_passed"] and checks:
                passed, checked = (sum(one[key] for one in checks) for key in ("passed", "checked"))
                assert Decimal(shown) == cents(weight * passed / checked)
            elif measures == ["inspection_passed_monthly"] and checks:
                months = {one["on"][:7] for one in checks}
                rates = []
                for month in months:
                    of = [one for one in checks if one["on"][:7] == month]
                    rates.append(Fraction(sum(one["passed"] for one in of), sum(one["checked"] for one in of)))
                assert Decimal(shown) == cents(weight * sum(rates, Fraction(0)) / len(rates))
            elif measures == ["inspection_problems"]:
                problems = sum(one["kind"] == "problem" for one in own)
                assert Decimal(shown) == cents(max(Fraction(0), weight - Fraction(problems, 2)))


def test_no_card_tells_of_another_unit_or_of_few(year, cards):
    """No other unit's file, entry or town stands on a card; peers only where five have the line."""
    folder = year[0].out / "2021" / "scorecards"
    towns = {code: card["name"] for code, card in cards.items() if card["group"] == "town"}
    for code, card in cards.items():
        for name in ("scorecard.json", "scorecard.html"):
            text = (folder / code / name).read_text(encoding="utf-8")
            assert set(re.findall(r"2021-([AT]\d\d)-", text)) <= {code}
            assert set(re.findall(r"\b([AT]\d\d)/", text)) <= {code}
            assert not [town for other, town in towns.items() if other != code and town in text]
        for line in card["indicators"]:
            having = [one for one in cards.values() if one["group"] == card["group"]]
            having = [one for one in having if lines(one)[line["code"]]["score"] is not None]
            assert (line["peer_median"] is None) == (len(having) < 5)
            assert (line["peer_quartiles"] is None) == (len(having) < 5)
