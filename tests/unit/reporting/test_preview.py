"""A preview: what a revision would change, computed by the real functions, with nothing stored."""

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.national_format import for_year
from gongkai.reporting.preview import preview, taken_as_accepted
from gongkai.submission.form import ReceivedFile, Submission
from gongkai.submission.readers.json_reader import read_json
from gongkai.warehouse.records import YearState
from tests.unit.reporting.conftest import AS_OF


def said(unit: str, licences: int, **further: Any) -> Submission:
    tables: dict[str, Any] = {}
    for spec in for_year(2021).cells:
        value = licences if spec.where == "proactive_disclosure.administrative_licences.decisions" else 0
        tables.setdefault(spec.table, {}).setdefault(spec.row, {})[spec.column] = (
            "0" if spec.value_type == "decimal" else value
        )
    document = {"schema": "gongkai/submission/1", "year": 2021, "unit": unit, "tables": tables, **further}
    data = json.dumps(document).encode()
    file = ReceivedFile(Path("x"), "x", unit, hashlib.sha256(data).hexdigest(), len(data), AS_OF)
    submission = read_json(file, data).submission
    assert submission is not None
    return submission


@pytest.fixture
def year(make: SimpleNamespace) -> YearState:
    """A01 accepted with 5 licences, a returned correction with 8, and T01 returned with 2: nobody else has figures."""
    returned = make.verdict(make.finding())
    a01 = (
        make.revision("A01", make.verdict(), 1, submission=said("A01", 5)),
        make.revision("A01", returned, 2, submission=said("A01", 8, activities={"portal_items": 30})),
    )
    state: YearState = make.state({"A01": a01, "T01": (make.revision("T01", returned, 1, submission=said("T01", 2)),)})
    return state


def test_totals_show_before_and_after_and_only_what_changes(year: YearState) -> None:
    found = preview(year, year.unit("A01").revisions[1])
    assert [(e.label, e.before, e.after) for e in found.totals] == [
        ("表二“行政许可”行“本年处理决定数量”列", "5", "8"),
        ("“年度工作数据”的“门户网站主动公开信息”", None, "30"),
    ]


def test_a_unit_without_an_accepted_revision_gets_its_scores_total_and_rank(year: YearState) -> None:
    found = {effect.where: effect for effect in preview(year, year.unit("T01").revisions[0]).lines}
    assert found["T01.rank"].before is None
    assert found["T01.rank"].after is not None
    assert found["T01.total"].before is None
    assert found["T01.grade"].before == "未评定"


def test_the_state_itself_is_left_as_it_is(year: YearState) -> None:
    then = taken_as_accepted(year, year.unit("A01").revisions[1])
    assert (year.unit("A01").accepted.number, then.unit("A01").accepted.number) == (1, 2)
    earlier = taken_as_accepted(year, year.unit("A01").revisions[0])
    assert len(earlier.unit("A01").revisions) == 1
    assert earlier.unit("T01") is year.unit("T01")
