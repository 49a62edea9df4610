"""Clean submissions: what the rules must leave in peace, and what the mutations start from.

The demonstration's generator makes them, in their final, corrected form. In the fuller districts each unit gets
disputes, a fee by the page and an amount of fees on top: a table of zeros has little that can be written wrongly.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from expectations.context import Context
from gongkai.demonstration import year as demonstration
from gongkai.demonstration.characteristics import characteristics, stream
from gongkai.demonstration.files import json_bytes, submission_of
from gongkai.demonstration.narratives import narrative
from gongkai.demonstration.national_tables import disputes_table, proactive_table, tables_of_last_year
from gongkai.demonstration.year import Content
from gongkai.law.tariff import page_fee
from gongkai.profile import Profile, Unit, load_profile
from gongkai.submission.form import SCHEMA, Reading, ReceivedFile
from gongkai.submission.readers.json_reader import read_json
from gongkai.warehouse.years.last_year import Previous

FULLER_YEAR = 2022  # the first whose year before is reported in the same format, so that every cross-year rule applies
_KINDS = {"reconsideration": 6, "litigation_direct": 2, "litigation_after_reconsideration": 3}
_RESULTS = {"upheld": 6, "corrected": 2, "other_result": 2, "pending": 2}


@dataclass(frozen=True)
class District:
    """One generated year: a clean reading of each of its units, and the circumstances they are judged in."""

    readings: Sequence[Reading]
    context: Context


def plain_district(seed: int) -> District:
    """The demonstration year 2021 as the product ships it, after 2020 in the older format."""
    profile = load_profile()
    made = demonstration.demonstration_year(seed, profile)
    before = demonstration.last_year(seed, profile, made)
    return _district(made.contents, before, profile)


def fuller_district(seed: int) -> District:
    """The same generator one year on, after a 2021 in the same format, with disputes and fees everywhere."""
    profile = load_profile()
    made = demonstration.demonstration_year(seed, profile, year=FULLER_YEAR)
    contents, before = {}, {}
    for place, unit in enumerate(profile.expected(FULLER_YEAR)):
        rng = stream(seed, unit.code, "quality")
        contents[unit.code] = _fuller(rng, made.contents[unit.code], place, unit)
        before[unit.code] = _year_before(rng, seed, contents[unit.code])
    return _district(contents, before, profile)


def read(content: Content) -> Reading:
    """A content as the JSON reader reads it, received in the last days of January."""
    data, name = json_bytes(content), f"{content['unit']}.json"
    moment = datetime.fromisoformat(f"{content['year'] + 1}-01-30T16:00:00+08:00")
    return read_json(ReceivedFile(Path(name), name, content["unit"], _sha256(data), len(data), moment), data)


def _district(contents: Mapping[str, Content], before: Mapping[str, Content], profile: Profile) -> District:
    readings = [read(content) for content in contents.values()]
    as_of = readings[0].file.received_at + timedelta(days=2)
    previous = {code: Previous(submission_of(content), 1, True) for code, content in before.items()}
    return District(readings, Context(as_of.year - 1, profile, as_of, previous))


def _fuller(rng: Random, content: Content, place: int, unit: Unit) -> Content:
    disputes = list(_disputes(rng, content["year"], rng.randint(0, 24)))
    fee = _charge_by_page(rng, content["register"])
    tables = {**content["tables"], "disputes": disputes_table(disputes, content["year"])}
    tables["proactive_disclosure"] = {
        **tables["proactive_disclosure"],
        "administrative_fees": {"amount_wan_yuan": _amount(rng.uniform(0.2, 300))},
    }
    corrected = sum(row["result"] == "corrected" for row in disputes)
    figures = {**content["activities"], "processing_fees_yuan": fee, "corrected_cases_reviewed": corrected}
    texts = narrative(place, content["year"], unit.authority, characteristics()[unit.code], tables, figures)
    texts["other_matters"] = f"本年度按标准收取信息处理费{fee}元。" if fee != "0" else texts["other_matters"]
    return {**content, "tables": tables, "activities": figures, "disputes_register": disputes, "narrative": texts}


def _disputes(rng: Random, year: int, count: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        filed_on = date(year, 1, 5) + timedelta(days=rng.randint(0, 270))
        row = {"case_no": f"{year}争{number:02}", "kind": _drawn(rng, _KINDS), "filed_on": filed_on.isoformat()}
        row["result"] = _drawn(rng, _RESULTS)
        if row["result"] != "pending":
            row["closed_on"] = (filed_on + timedelta(days=rng.randint(20, 80))).isoformat()
        yield row


def _charge_by_page(rng: Random, register: Sequence[dict[str, Any]]) -> str:
    """Charges one closed case by the page, in place, and returns the fee; "0" where no case was closed."""
    closed = [row for row in register if "replied_on" in row]
    if not closed:
        return "0"
    row, pages = rng.choice(closed), rng.randint(31, 260)
    row |= {"fee_basis": "page", "pages": pages, "fee_yuan": str(page_fee(pages))}
    row |= {"fee_notified_on": row["clock_started_on"], "fee_paid_on": row["replied_on"]}
    return str(row["fee_yuan"])


def _year_before(rng: Random, seed: int, content: Content) -> Content:
    """Last year's report: it carries out what this year carries in, and its stock is what this year starts from."""
    year, code, now = content["year"] - 1, content["unit"], content["tables"]["proactive_disclosure"]
    likeness = characteristics()[code]
    issued, repealed, in_force = likeness.normative
    fees = float(now["administrative_fees"]["amount_wan_yuan"]) * rng.lognormvariate(0, 0.35)
    licences, penalties, compulsions = likeness.decisions

    def about(count: int) -> int:
        return round(count * rng.uniform(0.85, 1.15))

    likeness = replace(
        likeness,
        normative=(issued + 1, repealed, in_force - issued + repealed),
        decisions=(about(licences), about(penalties), about(compulsions)),
        fees=_amount(fees),
    )
    carried_on = [row["applicant_type"] for row in content["register"] if row["received_on"] <= f"{year}-12-31"]
    disputes = list(_disputes(rng, year, len(content["disputes_register"])))
    tables = tables_of_last_year(seed, code, year, likeness, carried_on)
    tables |= {"proactive_disclosure": proactive_table(likeness), "disputes": disputes_table(disputes, year)}
    head = {"schema": SCHEMA, "year": year, "unit": code, "prepared_on": f"{year + 1}-01-20"}
    return {**head, "authority": content["authority"], "tables": tables}


def _drawn(rng: Random, weights: Mapping[str, int]) -> str:
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def _amount(wan_yuan: float) -> str:
    return str(Decimal(wan_yuan).quantize(Decimal("0.01")))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
