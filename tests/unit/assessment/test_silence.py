"""Silence never pays: leaving a list out, or a column of it empty, never raises a unit's total.

Ten invented districts of three towns: what each has to report is drawn, then every list and every column goes missing.
"""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from tests.unit.assessment.conftest import Year

UNITS = ("T01", "T02", "T03")
FORMS = ["text", "graphic"]
START = date(2021, 1, 4)
# A list's column that a form cannot come in without: BLANK sends it back.
_MANDATORY = {"number", "title", "kind", "document_number", "area", "item", "case_no", "received_on"}
# The law gives a third party and a consulted authority fifteen days, whether or not an answer is known.
_BY_LAW = {"third_party_answered_on", "consulted_answered_on"}


def drawn(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # nothing secret is drawn


def day(rng: Random, after: int, before: int) -> str:
    return (START + timedelta(days=rng.randint(after, before))).isoformat()


def later(rng: Random, from_day: str, most: int) -> str:
    return (date.fromisoformat(from_day) + timedelta(days=rng.randint(0, most))).isoformat()


def case(rng: Random, number: int) -> dict[str, Any]:
    """A request that may be slow, extended, corrected, paid for, and left open."""
    received = day(rng, 0, 330)
    row = Year.case(f"{number}", received, later(rng, received, 70) if rng.random() < 0.85 else None)
    if row["replied_on"] and row["replied_on"] > "2021-12-31":
        row["replied_on"] = row["outcome"] = row["archived_on"] = None
    if rng.random() < 0.3:
        row |= {"extension_notified_on": later(rng, received, 25), "extension_days": 20}
    if rng.random() < 0.2 and row["replied_on"]:
        asked = later(rng, received, 8)
        row |= {"correction_asked_on": asked, "correction_received_on": min(later(rng, asked, 20), row["replied_on"])}
    if rng.random() < 0.2 and row["replied_on"]:
        asked = later(rng, received, 12)
        row |= {"fee_notified_on": asked, "fee_paid_on": min(later(rng, asked, 15), row["replied_on"])}
    return row


def content(rng: Random) -> dict[str, Any]:
    papers = []
    for number in range(rng.randint(1, 5)):
        made = day(rng, 0, 300)
        extra: dict[str, Any] = {"kind": rng.choice(["normative", "other", "budget", "final_account"])}
        extra |= {"needs_interpretation": rng.random() < 0.6, "elements_complete": rng.random() < 0.7}
        extra |= {"approved_on": later(rng, made, 40)} if extra["kind"] in ("budget", "final_account") else {}
        published = later(rng, made, 45) if rng.random() < 0.9 else None
        papers.append(Year.document(f"文{number}", made, published, **extra))
    readings = [
        {
            "document_number": one["number"],
            "published_on": day(rng, 0, 340),
            "forms": FORMS[: rng.randint(1, 2)],
        }
        for one in papers
        if rng.random() < 0.5
    ]
    raised = [day(rng, 0, 300) for _ in range(rng.randint(0, 3))]
    changed = [
        {"source_changed_on": (on := day(rng, 0, 300)), "changed_on": later(rng, on, 60), "change": "changed"}
        for _ in range(rng.randint(0, 2))
    ]
    items = [*changed, {"updated_on": day(rng, 0, 340)}]
    register = [case(rng, number) for number in range(rng.randint(0, 6))]
    closed = sum(row["replied_on"] is not None for row in register)
    cells = {"requests__new_requests__total": len(register), "requests__outcome_total__total": closed}
    return {
        "tables": Year.tables(**cells),
        "documents": papers,
        "interpretations": readings,
        "responses": [{"raised_on": on, "answered_on": later(rng, on, 14), "topic": "停水"} for on in raised],
        "catalogue": [{"area": f"{n + 1:02}", "item": f"事项{n}", **item} for n, item in enumerate(items)],
        "register": register,
        "activities": {
            "guide_updated_on": day(rng, 0, 340),
            "rules_in_place": rng.randint(0, 4),
            "training_sessions": rng.randint(0, 1),
            "training_expected": 10,
            "training_attendees": rng.randint(0, 10),
        },
    }


def silenced(said: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The same content with one list, or one column of a list or figure, left out."""
    lists = [name for name, rows in said.items() if isinstance(rows, list)]
    for name in lists:
        yield name, {key: value for key, value in said.items() if key != name}
        for column in {key for row in said[name] for key in row} - _MANDATORY - _BY_LAW:
            less = deepcopy(said)
            for row in less[name]:
                row[column] = None
            yield f"{name}.{column}", less
    for figure in said["activities"]:
        yield figure, {**said, "activities": {k: v for k, v in said["activities"].items() if k != figure}}


def total(year: Year, unit: str, said: dict[str, Any], rng: Random) -> Decimal:
    year.revisions, year.inspections = {}, []
    for code in ("A2", "C2", "D2", "D3", "E3", "F4", "G3"):
        year.inspect("checked", unit, indicator=code, passed=rng.randint(3, 10), checked=10)
    found = year.submit(unit, **said).card(unit).total
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(2))
def test_leaving_something_out_never_raises_the_total(year: Year, seed: int) -> None:
    """A small profile keeps it quick: the other units say nothing of interest."""
    units = tuple(unit for unit in year.profile.units if unit.code in (*UNITS, "OFFICE"))
    year.profile = year.profile.model_copy(update={"units": units})
    for number, unit in enumerate(UNITS):
        said = content(drawn(100 * seed + number))
        whole = total(year, unit, said, drawn(seed))
        gained = {name: less for name, left in silenced(said) if (less := total(year, unit, left, drawn(seed))) > whole}
        assert gained == {}, (unit, whole)
