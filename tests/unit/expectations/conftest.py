"""Submissions for the rules' tests: one sound document for 2022, read by the real JSON reader, and a small registry."""

import copy
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from expectations.examples import load_examples
from expectations.validation import Context, validate
from gongkai.findings import Finding
from gongkai.national_format import for_year
from gongkai.profile import Profile, Unit, load_profile
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import Revision
from gongkai.warehouse.years.last_year import Previous

YEAR = 2022
ZONE = ZoneInfo("Asia/Shanghai")
ON_TIME = datetime(2023, 1, 20, 9, 0, tzinfo=ZONE)
SOUND = Verdict(Status.ACCEPTED, True, (), (), (), "rules")
Document = dict[str, Any]
Edit = Callable[[Document], None]

CLEAN = load_examples().clean


def sound(unit: str = "T01", year: int = YEAR) -> Document:
    """A document without a finding, except that it has no register: the tables of `clean` alone."""
    tables: Document = {}
    for spec in for_year(year).cells:
        value = CLEAN.tables.get(spec.where, "0" if spec.value_type == "decimal" else 0)
        tables.setdefault(spec.table, {}).setdefault(spec.row, {})[spec.column] = value
    return {"schema": "gongkai/submission/1", "year": year, "unit": unit, "tables": tables}


def clean(unit: str = "T01", year: int = YEAR) -> Document:
    """The clean submission of the catalogue's examples; of another year the last one before it."""
    document = {**sound(unit, year), **copy.deepcopy(CLEAN.rest)}
    if year != YEAR:
        for where, value in CLEAN.last_year.items():
            change(document, where, value)
    return document


def report(unit: str, changes: Mapping[str, Any] | None = None) -> Document:
    """A whole district's report of the tables of `clean`: one unit T9 is the source of every cell."""
    tables = sound(unit)["tables"]
    sources = {
        f"{table}.{row}.{column}": [{"unit": "T9", "revision": 1, "value": value}]
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }
    document = {
        "schema": "gongkai/report/1",
        "year": YEAR,
        "district": unit,
        "as_of": "2023-01-19T09:00:00+08:00",
        "state": "approved",
        "provisional": False,
        "tables": copy.deepcopy(tables),
        "activities": {},
        "documents_by_kind": {},
        "indicators": {
            "average_reply_working_days": "7.00",
            "reply_shortening_percent": "65.00",
            "requests_closed_on_time_percent": "100.00",
        },
        "counts": {"reply_working_days": 84, "closed": 12, "closed_on_time": 12, "all_closed": 12, "open_late": 0},
        "previous_year": {"year": YEAR - 1, "tables": clean(unit, YEAR - 1)["tables"]},
        "footnotes": [],
        "sources": sources,
    }
    for where, value in (changes or {}).items():
        *steps, last = where.split(".")
        holder: Document = document
        for step in steps:
            holder = holder[step]
        holder[last] = value
    return document


def register() -> list[Document]:
    """The register that agrees with `sound`: one case open from last year, twelve new ones, one still open."""
    rows: list[Document] = copy.deepcopy(CLEAN.rest["register"])
    return rows


def change(document: Document, where: str, value: Any) -> None:
    """Sets one place as the examples write it: `requests.granted.total`, `register[2].replied_on`, `register[14]`."""
    found = re.fullmatch(r"(\w+)\[(\d+)\](?:\.(\w+))?", where)
    if found is None:
        put(where, value)(document)
        return
    rows, at = document[found[1]], int(found[2]) - 1
    if at == len(rows):
        rows.append(value)
    elif found[3]:
        rows[at] = {**rows[at], found[3]: value}
    else:
        rows[at] = value


def cases_with(position: int, **values: Any) -> list[dict[str, Any]]:
    """The agreeing register with one row changed."""
    rows = register()
    rows[position - 1].update(values)
    return rows


def put(where: str, value: Any) -> Edit:
    """Sets one place, `requests.granted.total` or `register`; `...` takes it out."""

    def edit(document: Document) -> None:
        steps = where.split(".")
        holder = document["tables"] if steps[0] in (document["tables"] or {}) else document
        for step in steps[:-1]:
            holder = holder[step]
        if value is ...:
            del holder[steps[-1]]
        else:
            holder[steps[-1]] = value

    return edit


def read(
    document: Document,
    folder: str | None = "T01",
    received_at: datetime = ON_TIME,
    addresses: dict[str, str] | None = None,
) -> Reading:
    """The document as the JSON reader reads it; `addresses` puts cells where a workbook would have them."""
    data = json.dumps(document, ensure_ascii=False).encode()
    file = ReceivedFile(Path("x.json"), "x.json", folder, hashlib.sha256(data).hexdigest(), len(data), received_at)
    reading = read_json(file, data)
    if addresses and reading.submission:
        cells = tuple(
            cell._replace(origin=cell.origin._replace(sheet=cell.table, cell=addresses[where]))
            if (where := f"{cell.table}.{cell.row}.{cell.column}") in addresses
            else cell
            for cell in reading.submission.cells
        )
        reading = replace(reading, submission=replace(reading.submission, cells=cells))
    return reading


@dataclass(frozen=True)
class Case:
    """One example of a rule.

    Attributes:
        edits: what is changed in `sound`.
        expected: where findings of the rule must stand (none: the rule holds).
        says: the whole message of the first one.
    """

    rule: str
    kind: str
    edits: tuple[Edit, ...] = ()
    expected: tuple[str, ...] = ()
    says: str | None = None
    unit: str = "T01"
    folder: str | None = None
    received_at: datetime = ON_TIME
    addresses: dict[str, str] = field(default_factory=dict)

    def reading(self) -> Reading:
        document = copy.deepcopy(sound(self.unit))
        for edit in self.edits:
            edit(document)
        return read(document, self.folder or self.unit, self.received_at, self.addresses)


@pytest.fixture(scope="session")
def profile() -> Profile:
    """T01 without last year · T02 last year accepted · T03 last year only readable · C01 a city · N01 no tables ·
    X01 with an extension · O01 the office · OLD no longer expected."""
    made = [
        Unit(code=code, name=code, kind="town", level="town", authority=f"{code}镇人民政府")
        for code in ("T01", "T02", "T03", "X01")
    ]
    made[1] = made[1].model_copy(update={"areas": ("01", "26")})
    made.append(Unit(code="C01", name="市", kind="town", level="city", authority="某市人民政府"))
    made.append(
        Unit(code="N01", name="另一科室", kind="town", level="town", authority="T01镇人民政府", carries_tables=False)
    )
    made.append(Unit(code="O01", name="区政府办公室", kind="office", level="district", authority="区政府办公室"))
    made.append(Unit(code="OLD", name="已撤销", kind="town", level="town", authority="旧镇人民政府", to_year=2021))
    return load_profile().model_copy(update={"units": tuple(made)})


@pytest.fixture(scope="session")
def context(profile: Profile) -> Context:
    last = sound(year=2021)
    last["tables"]["proactive_disclosure"]["normative_documents"]["in_force"] = 4
    repealed = {"made_on": "2019-02-01", "published_on": "2019-02-03", "repealed_on": "2021-06-01"}
    last["documents"] = [{"number": "示规〔2019〕1号", "title": "旧办法", "kind": "normative", **repealed}]
    submission = read(last).submission
    assert submission is not None
    return Context(
        year=YEAR,
        profile=profile,
        as_of=datetime(2023, 5, 1, tzinfo=ZONE),
        previous={
            "T02": Previous(replace(submission, unit="T02"), 1, True),
            "T03": Previous(replace(submission, unit="T03"), 2, False),
        },
        extensions={"X01": date(2023, 4, 20)},
    )


@pytest.fixture(scope="session")
def judge(context: Context) -> Callable[[Reading], Verdict]:
    """The verdict on one reading."""
    return lambda reading: validate([reading], context)[0]


def revision(reading: Reading, number: int = 1, verdict: Verdict = SOUND) -> Revision:
    """The reading as a revision that the warehouse knows, accepted unless another verdict is given."""
    file = reading.file
    known = reading.submission if verdict.status is not Status.QUARANTINED else None
    unit = str(reading.addressee)
    return Revision(unit, YEAR, number, file.sha256, file.name, reading.kind, file.received_at, known, verdict, verdict)


def of(verdict: Verdict, rule: str) -> list[Finding]:
    """The findings of one rule."""
    return [found for found in verdict.findings if found.rule == rule]
