"""Nobody is accused of a text that is true: statements filled from the very tables they stand beside, drawn at random.

The statements are data (tests/data/narrative/true_statements.yaml): the ways in which offices count beside, within and
around what the tables count.
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from expectations.frames.shapes import SubmissionUnderCheck
from gongkai.national_format import for_year
from gongkai.profile import Profile, Unit
from tests.unit.expectations.conftest import ON_TIME, read
from tests.unit.expectations.frames.test_narrative import findings

DATA = Path(__file__).parents[3] / "data" / "narrative" / "true_statements.yaml"
STATEMENTS: Mapping[str, list[str]] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
BUREAU = Unit(code="T01", name="社会救助", kind="area", level="department", authority="区民政局")
ROWS = {
    "new": "new_requests",
    "in": "carried_in",
    "out": "outcome_total",
    "over": "carried_out",
    "granted": "granted",
    "part": "partly_granted",
    "refused": "refused_process_info",
    "none": "unavailable_not_held",
    "other": "closed_other",
}
RESULTS = {"up": "upheld", "corrected": "corrected", "other": "other_result", "open": "pending"}
Cells = dict[str, Any]


def tables(rng: Random) -> tuple[Cells, Mapping[str, Any]]:
    """Random tables whose identities hold, and every number that a statement may name."""
    cells: Cells = {spec.where: "0" if spec.value_type == "decimal" else 0 for spec in for_year(2024).cells}
    counted: Counter[str] = Counter()

    def count(row: str, column: str) -> None:
        for name in (column, "total"):
            cells[f"requests.{ROWS[row]}.{name}"] += 1
        counted[row] += 1
        counted[f"{row}.{'np' if column == 'natural_person' else 'org'}"] += 1

    for came in ["new"] * rng.choice((0, 1, 4, 17, 40)) + ["in"] * rng.choice((0, 0, 1, 3)):
        column = rng.choice(("natural_person", "natural_person", "commercial_enterprise", "other_org"))
        count(came, column)
        if came == "new" and rng.random() < 0.15:
            count("over", column)
        else:
            count("out", column)
            count(rng.choice(("granted", "part", "refused", "none", "other")), column)
    for kind, row in (("rec", "reconsideration"), ("lit", "litigation_direct")):
        for _ in range(rng.choice((0, 1, 2, 5))):
            result = rng.choice(tuple(RESULTS))
            counted.update((kind, f"{kind}.{result}"))
            for column in (RESULTS[result], "total"):
                cells[f"disputes.{row}.{column}"] += 1
    for name, column in (("doc", "issued"), ("repealed", "repealed"), ("valid", "in_force")):
        counted[name] = cells[f"proactive_disclosure.normative_documents.{column}"] = rng.randint(0, 9)
    counted["valid"] = cells["proactive_disclosure.normative_documents.in_force"] = counted["doc"] + rng.randint(0, 9)
    for name, row in (("lic", "licences"), ("pen", "penalties"), ("comp", "compulsion")):
        counted[name] = cells[f"proactive_disclosure.administrative_{row}.decisions"] = rng.choice((0, 3, 40, 700))
    for name in ("doc", "repealed"):  # told in two parts
        counted[f"{name}.one"] = rng.randint(0, counted[name])
        counted[f"{name}.other"] = counted[name] - counted[f"{name}.one"]
    return cells, counted


def text(rng: Random, counted: Mapping[str, Any]) -> str:
    numbers = Counter(counted)
    numbers["all"] = numbers["new"] + numbers["in"]
    numbers["granted_part"] = numbers["granted"] + numbers["part"]
    numbers["disputes"] = numbers["rec"] + numbers["lit"]
    numbers.update({f"{name}_more": numbers[name] + rng.randint(1, 30) for name in ("new", "rec", "lit")})
    said = {"u": rng.choice("件件宗"), "v": rng.choice("件起宗")}
    chosen = [rng.choice(STATEMENTS["received"]), rng.choice(STATEMENTS["outcome"])]
    chosen += [rng.choice(STATEMENTS[group]) for group in ("disputes", "beside") if rng.random() < 0.7]

    def filled(name: re.Match[str]) -> str:
        return said.get(name[1]) or str(rng.randint(1, 60) if name[1] == "more" else numbers[name[1]])

    return re.sub(r"{([a-z_.]+)}", filled, rng.choice(("", "", "\n")).join(chosen))


@pytest.mark.parametrize("seed", range(6))
def test_a_text_that_is_true_of_its_tables_is_never_accused(seed: int, profile: Profile) -> None:
    rng = Random(seed)  # noqa: S311 - a draw, no secret
    for _ in range(40):
        cells, counted = tables(rng)
        rows: dict[str, Any] = {}
        for where, value in cells.items():
            table, row, column = where.split(".")
            rows.setdefault(table, {}).setdefault(row, {})[column] = value
        written = text(rng, counted)
        document = {"schema": "gongkai/submission/1", "year": 2024, "unit": "T01", "tables": rows}
        said = read(document | {"narrative": {"overview": written}}).submission
        assert said is not None
        found = findings(SubmissionUnderCheck(0, said, BUREAU, ON_TIME), profile)
        assert [(rule, facts.values.get("words", "statement"), written) for rule, facts in found] == []
