"""宿迁 2023: eleven parts that published nothing but how many requests they handled, and the city's published tables.

The published cases are dealt out to the parts one by one, so that every part's own table balances; what the parts hand
in as reports, put through the rules and added up again, must be what the city printed, cell for cell, and the 3,607.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from expectations.district_rollup import check_rollup
from expectations.validation import Context, validate
from gongkai.national_format import for_year
from gongkai.profile import Unit, load_profile
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inbox.named_unit import identified
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.totals import Totals, compute_totals
from gongkai.warehouse.years.last_year import LastYear, with_told

YEAR = 2023
MOMENT = datetime(2024, 1, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
PUBLISHED = json.loads((Path("tests/data/published") / "004_suqian_city_2023.json").read_text(encoding="utf-8"))
PARTS: dict[str, int] = PUBLISHED["parts"]["units"]
RECEIVED = ("new_requests", "carried_in")


def cases() -> Iterator[tuple[str, str, str]]:
    """Every request of the published table three: applicant type, how it came in, the row that it ended in."""
    national, table = for_year(YEAR), PUBLISHED["tables"]["requests"]
    endings = [*national.outcomes, "carried_out"]
    for applicant in national.applicant_types:
        came = [row for row in RECEIVED for _ in range(table[row][applicant])]
        ended = [row for row in endings for _ in range(table[row][applicant])]
        yield from ((applicant, *case) for case in zip(came, ended, strict=True))


def table_three(dealt: list[tuple[str, str, str]]) -> dict[str, dict[str, int]]:
    """The table of so many cases, totals and sums included."""
    rows: Counter[tuple[str, str]] = Counter()
    for applicant, came, ended in dealt:
        closed = () if ended == "carried_out" else ("outcome_total",)
        for row in (came, ended, *closed):
            rows[row, applicant] += 1
            rows[row, "total"] += 1
    cells = (spec for spec in for_year(YEAR).cells if spec.table == "requests")
    table: dict[str, dict[str, int]] = {}
    for spec in cells:
        table.setdefault(spec.row, {})[spec.column] = rows[spec.row, spec.column]
    return table


def before(dealt: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Last year's cases of a part, invented: those that were left open then, and half of this year's new ones."""
    left = [(applicant, "new_requests", "carried_out") for applicant, came, _ in dealt if came == "carried_in"]
    return left + [("natural_person", "new_requests", "granted")] * (len(dealt) // 2)


def nothing(tables: dict[str, Any]) -> dict[str, Any]:
    return {row: dict.fromkeys(columns, 0) for row, columns in tables.items()}


def reports() -> Iterator[dict[str, Any]]:
    """One report a part; the city's own government carries tables two and four, of which no parts are known."""
    every = cases()
    for place, (name, received) in enumerate(PARTS.items()):
        dealt = list(islice(every, received))
        tables = {"requests": table_three(dealt)}
        for other in ("proactive_disclosure", "disputes"):
            whole = PUBLISHED["tables"][other]
            tables[other] = whole if place == 0 else nothing(whole)
        yield {
            "schema": "gongkai/report/1",
            "year": YEAR,
            "district": name,
            "state": "published",
            "provisional": False,
            "tables": tables,
            "previous_year": {"year": YEAR - 1, "tables": {"requests": table_three(before(dealt))}},
            "counts": {"reply_working_days": 7 * received, "closed": received, "closed_on_time": received},
            "sources": {
                f"{table}.{row}.{column}": [{"unit": "OWN", "revision": 1, "value": value}]
                for table, rows in tables.items()
                for row, columns in rows.items()
                for column, value in columns.items()
            },
        }
    assert next(every, None) is None  # the parts are the whole


def reading(document: dict[str, Any], code: str) -> Reading:
    data = json.dumps(document, ensure_ascii=False).encode()
    name = f"{code}/report.json"
    return read_json(ReceivedFile(Path(name), name, code, hashlib.sha256(data).hexdigest(), len(data), MOMENT), data)


@pytest.fixture(scope="module")
def city() -> tuple[YearState, list[Verdict]]:
    units = tuple(
        Unit(code=f"P{number:02}", name=name, kind="district", level="city", authority=name)
        for number, name in enumerate(PARTS, 1)
    )
    profile = load_profile().model_copy(update={"units": units})
    read = [identified(reading(one, unit.code), units) for one, unit in zip(reports(), units, strict=True)]
    verdicts = validate(read, Context(YEAR, profile, MOMENT))
    years = []
    for unit, one, verdict in zip(units, read, verdicts, strict=True):
        file = one.file
        revision = Revision(
            unit.code, YEAR, 1, file.sha256, file.name, "json", MOMENT, one.submission, verdict, verdict
        )
        years.append(UnitYear(unit, (revision,)))
    told = with_told(LastYear({}, ()), [one.submission for one in read if one.submission])
    state = YearState(YEAR, MOMENT, profile, "0" * 64, "rules", tuple(years), (), (), (), told.of)
    return state, verdicts


@pytest.fixture(scope="module")
def totals(city: tuple[YearState, list[Verdict]]) -> Totals:
    return compute_totals(city[0])


def test_every_part_is_accepted_without_an_error(city: tuple[YearState, list[Verdict]]) -> None:
    assert {verdict.status for verdict in city[1]} == {Status.ACCEPTED}
    assert not city[0].provisional


def test_the_eleven_parts_make_3607(totals: Totals) -> None:
    received = [totals.sources[f"requests.{row}.total"] for row in RECEIVED]
    by_part = {new.unit: new.value + carried.value for new, carried in zip(*received, strict=True)}
    assert list(by_part.values()) == list(PARTS.values())
    assert sum(by_part.values()) == PUBLISHED["parts"]["total"] == 3607


def test_the_city_is_what_it_published_cell_for_cell(city: tuple[YearState, list[Verdict]], totals: Totals) -> None:
    published = {
        spec.where: str(PUBLISHED["tables"][spec.table][spec.row][spec.column]) for spec in for_year(YEAR).cells
    }
    assert {where: str(value) for where, value in totals.district.tables.items()} == published
    check_rollup(totals, city[0].accepted)


def test_every_figure_reaches_down_to_a_source_of_the_part(totals: Totals) -> None:
    for given in totals.sources["requests.granted.total"]:
        assert [(below.unit, below.value) for below in given.sources] == [("OWN", given.value)]


def test_the_average_is_of_all_cases_not_of_the_parts_averages(totals: Totals) -> None:
    assert (totals.indicators.reply_working_days, totals.indicators.judged) == (7 * 3607, 3607)
    assert str(totals.indicators.average_reply_working_days) == "7.00"


def test_last_year_adds_up_from_what_the_parts_tell_of_it(totals: Totals) -> None:
    granted, left = sum(received // 2 for received in PARTS.values()), PUBLISHED["tables"]["requests"]["carried_in"]
    assert totals.previous is not None
    last = {row: totals.previous.tables[f"requests.{row}.total"] for row in ("new_requests", "granted", "carried_out")}
    assert last == {"new_requests": granted + left["total"], "granted": granted, "carried_out": left["total"]}


def test_the_day_on_which_a_district_published_its_report_is_the_citys_too() -> None:
    """Else every district of a city is proposed for a veto once the deadline has passed."""
    told = {"on": "2024-01-31", "url": "https://example.invalid/2023", "by": "某人", "number": 1}
    days = []
    for published in (told, None):
        read = reading({**next(reports()), "published": published}, "P01")
        assert read.submission is not None
        assert not list(read.issue_rules())
        days.append(read.submission.value("activities.report_published_on"))
    assert days == [date(2024, 1, 31), None]
