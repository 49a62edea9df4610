"""The three national tables of a unit, counted from its registers and its characteristics.

A year is counted from the rows that the unit also hands in; for the year before, where only tables exist, cases are
drawn as applicant and outcome alone. Every identity holds because every cell is counted, none is written down.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from gongkai.demonstration.characteristics import Characteristics, drawn, stream
from gongkai.demonstration.moments import FIRST_YEAR
from gongkai.demonstration.registers import Row
from gongkai.demonstration.request_cases import APPLICANTS, OUTCOMES
from gongkai.national_format import for_year
from gongkai.national_format.figures import DISPUTES

Table = dict[str, dict[str, Any]]
# Outcome rows that 2019's form folds into one.
_FOLDED = {"closed_no_correction": "closed_other", "closed_fee_unpaid": "closed_other"}


def requests_table(rows: Sequence[Row], year: int) -> Table:
    """Table three of a year, counted from the rows of its register."""
    cases = []
    for row in rows:
        received = "new_requests" if row["received_on"].startswith(str(year)) else "carried_in"
        closed = str(row.get("replied_on", "")).startswith(str(year))
        cases.append((received, row["applicant_type"]))
        cases.append((row["outcome"] if closed else "carried_out", row["applicant_type"]))
    return _counted(year, cases)


def disputes_table(rows: Sequence[Row], year: int) -> Table:
    """Table four of a year, counted from the rows of the disputes register."""
    counts = Counter((row["kind"], row["result"]) for row in rows)
    table: Table = {}
    for cell in (cell for cell in for_year(year).cells if cell.table == DISPUTES):
        whole = sum(n for (kind, _), n in counts.items() if kind == cell.row)
        table.setdefault(cell.row, {})[cell.column] = whole if cell.column == "total" else counts[cell.row, cell.column]
    return table


def proactive_table(unit: Characteristics) -> Table:
    """Table two in the form of 2021. A district, its departments and towns make no 规章."""
    issued, repealed, in_force = unit.normative
    licences, penalties, compulsion = unit.decisions
    return {
        "rules": {"issued": 0, "repealed": 0, "in_force": 0},
        "normative_documents": {"issued": issued, "repealed": repealed, "in_force": in_force},
        "administrative_licences": {"decisions": licences},
        "administrative_penalties": {"decisions": penalties},
        "administrative_compulsion": {"decisions": compulsion},
        "administrative_fees": {"amount_wan_yuan": unit.fees},
    }


def tables_of_last_year(
    seed: int, code: str, year: int, unit: Characteristics, carried_out: Sequence[str]
) -> dict[str, Table]:
    """All three tables in the form of their year, for the year before an invented one.

    `carried_out` has the applicant types of the cases that the year carries in.
    """
    rng, old = stream(seed, code, year, "tables"), year < FIRST_YEAR
    cases = [("carried_out", applicant) for applicant in carried_out]
    cases += [("new_requests", applicant) for applicant in carried_out]
    for number in range(max(0, round(unit.requests * rng.uniform(0.8, 1.2)) - len(carried_out))):
        applicant, outcome = drawn(rng, APPLICANTS), drawn(rng, OUTCOMES)
        received = "carried_in" if number == 0 and unit.carried[0] else "new_requests"
        cases += [(received, applicant), (_FOLDED.get(outcome, outcome) if old else outcome, applicant)]
    return {
        "proactive_disclosure": _proactive_before_2021(rng, unit) if old else _proactive_of_last_year(rng, unit),
        "requests": _counted(year, cases),
        "disputes": disputes_table([], year),
    }


def _proactive_before_2021(rng: Random, unit: Characteristics) -> Table:
    """Table two in the form of 2019."""
    issued = unit.normative[0] + rng.randint(0, 1)
    licences, penalties, compulsion = _decisions_of_last_year(rng, unit)
    projects = rng.randint(2, 14)

    def items(decisions: int) -> dict[str, int]:
        listed = rng.randint(6, 60) if decisions else 0
        return {"items_last_year": listed, "items_change": rng.randint(-2, 3) if listed else 0, "decisions": decisions}

    charged = {"items_last_year": 3 if unit.fees != "0" else 0, "items_change": 0}
    amount = f"{projects * rng.randint(180_000, 900_000)}.00"
    return {
        "rules": {"made": 0, "disclosed": 0, "total_disclosed": 0},
        "normative_documents": {"made": issued, "disclosed": issued, "total_disclosed": unit.normative[2]},
        "administrative_licences": items(licences),
        "other_external_services": items(rng.randint(5, 80)),
        "administrative_penalties": items(penalties),
        "administrative_compulsion": items(compulsion),
        "administrative_fees": charged,
        "government_procurement": {"projects": projects, "amount_yuan": amount},
    }


def _proactive_of_last_year(rng: Random, unit: Characteristics) -> Table:
    """Table two of the year before in the form of 2021: this year's stock follows from what was in force then."""
    issued, repealed, in_force = unit.normative
    then = in_force - issued + repealed
    normative = (min(issued + rng.randint(0, 1), then), 0, then)
    return proactive_table(replace(unit, normative=normative, decisions=_decisions_of_last_year(rng, unit)))


def _decisions_of_last_year(rng: Random, unit: Characteristics) -> tuple[int, int, int]:
    licences, penalties, compulsion = (round(n * rng.uniform(0.85, 1.15)) for n in unit.decisions)
    return licences, penalties, compulsion


def _counted(year: int, cases: Iterable[tuple[str, str]]) -> Table:
    """Table three from pairs of row key and applicant type; the sums are added here."""
    national_format = for_year(year)
    counts = Counter(cases)
    for (row, applicant), number in list(counts.items()):
        if row in national_format.outcomes:
            counts["outcome_total", applicant] += number
    table: Table = {}
    for row in (one.key for one in national_format.requests.rows):
        by_type = {applicant: counts[row, applicant] for applicant in national_format.applicant_types}
        table[row] = {**by_type, "total": sum(by_type.values())}
    return table
