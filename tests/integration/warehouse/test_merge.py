"""Merging: one transaction a file, idempotent by content, revisions numbered in the order of arrival."""

import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from gongkai.errors import WarehouseError
from gongkai.findings import Coercion, Finding, Severity
from gongkai.submission.form import Reading, State
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse import merge, models
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.merge import (
    Merged,
    holds_bytes_for_other_year,
    merge_submission,
    store_unassigned,
)
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.rows.verdicts import store_verdict

Make = Callable[..., Any]

FULL: dict[str, Any] = {
    "authority": "区财政局",
    "prepared_by": "经办人甲",
    "prepared_on": "2022-01-12",
    "reason": "更正表三",
    "activities": {"portal_items": 255, "guide_updated_on": "2021-06-01", "processing_fees_yuan": "0.50"},
    "register": [
        {"case_no": "1", "received_on": "2021-03-01", "applicant_type": "other_org", "extension_days": 5},
        {"received_on": "2021-03-02", "case_no": "2", "applicant_type": "other_org", "fee_yuan": "120.05"},
    ],
    "documents": [],
    "interpretations": [{"document_number": "示府〔2021〕1号", "forms": ["video", "text"]}],
    "catalogue": [{"area": "01", "item": "事项"}, {}, {"area": "02", "item": "事项二", "changed_on": "2021-01-31"}],
    "explanations": [{"finding": "YOY-JUMP", "where": "requests.total", "reason": "other", "text": "说明"}],
    "narrative": {"problems": "第一段\n第二段", "overview": "概况"},
}


def count(engine: Engine, table: Any) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def counts(engine: Engine) -> dict[str, int]:
    return {table.name: count(engine, table) for table in models.Base.metadata.sorted_tables}


@pytest.mark.parametrize("form", ["json", "workbook"])
def test_what_was_merged_is_what_is_read_back(
    engine: Engine, begin: Make, reading: Make, in_sheet: Make, verdict: Make, moment: Make, form: str
) -> None:
    given: Reading = reading(**FULL)
    if form == "workbook":
        given = in_sheet(given)
    merge_submission(engine, given, verdict(), "T01", 2021, begin(engine))
    found = load_year(engine, 2021, moment(0)).unit("T01").accepted
    assert found is not None
    assert found.submission == given.submission
    assert given.submission is not None
    assert found.submission is not None
    assert found.submission.content() == given.submission.content()
    assert [type(c.value) for c in found.submission.cells] == [type(c.value) for c in given.submission.cells]
    assert [r.origin("item") for r in found.submission.records("catalogue")] == [
        r.origin("item") for r in given.submission.records("catalogue")
    ]
    assert found.kind == form
    assert found.file == "T01/T01.json"
    assert found.received_at == given.file.received_at


def test_every_state_of_a_cell_and_its_raw_text_come_back(
    engine: Engine, begin: Make, document: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    tables = document()["tables"]
    tables["requests"]["granted"].update(total="１２", natural_person="", research_institution="/", other_org="约3件")
    tables["requests"]["new_requests"]["total"] = 3.5
    del tables["disputes"]["reconsideration"]["upheld"]
    merge_submission(engine, reading(tables=tables), verdict("returned", "有误"), "T01", 2021, begin(engine))
    latest = load_year(engine, 2021, moment(0)).unit("T01").latest
    assert latest is not None
    assert latest.submission is not None
    cells = latest.submission.by_where
    assert cells["requests.granted.total"].value == 12
    assert cells["requests.granted.total"].origin.raw == "１２"
    assert cells["requests.granted.natural_person"].state is State.BLANK
    assert cells["requests.granted.research_institution"].state is State.NOT_APPLICABLE
    assert cells["requests.granted.other_org"].state is State.UNREADABLE
    assert cells["requests.granted.other_org"].origin.raw == "约3件"
    assert cells["requests.new_requests.total"].value == Decimal("3.5")
    assert "disputes.reconsideration.upheld" not in cells


def test_a_unit_without_tables_and_without_lists(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    given = reading(tables=None)
    merge_submission(engine, given, verdict(), "T01", 2021, begin(engine))
    found = load_year(engine, 2021, moment(0)).unit("T01").accepted
    assert found is not None
    assert found.submission == given.submission
    assert found.submission is not None
    assert not found.submission.has_tables


def test_amounts_stay_exact(
    engine: Engine, begin: Make, document: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    tables = document()["tables"]
    amount = "123456789012345.0123456789"
    tables["proactive_disclosure"]["administrative_fees"]["amount_wan_yuan"] = amount
    merge_submission(engine, reading(tables=tables), verdict(), "T01", 2021, begin(engine))
    found = load_year(engine, 2021, moment(0)).accepted[0].submission
    assert found is not None
    assert found.value("proactive_disclosure.administrative_fees.amount_wan_yuan") == Decimal(amount)


def test_the_same_bytes_twice_are_one_revision(engine: Engine, begin: Make, reading: Make, verdict: Make) -> None:
    run = begin(engine)
    assert merge_submission(engine, reading(**FULL), verdict(), "T01", 2021, run) == Merged(1, True)
    before = counts(engine)
    assert merge_submission(engine, reading(**FULL), verdict(), "T01", 2021, run) == Merged(1, False)
    again = begin(engine, 1)
    assert merge_submission(engine, reading(**FULL), verdict(), "T01", 2021, again) == Merged(1, False)
    assert counts(engine) == {**before, "run": before["run"] + 1}


def test_revisions_are_numbered_in_the_order_they_arrive(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run = begin(engine)
    numbers = [
        merge_submission(engine, reading(unit, cell=cell), verdict(), unit, 2021, run).number
        for unit, cell in [("T01", 1), ("T01", 2), ("T02", 1), ("T01", 1), ("T01", 3)]
    ]
    assert numbers == [1, 2, 1, 1, 3]
    assert [r.number for r in load_year(engine, 2021, moment(0)).unit("T01").revisions] == [1, 2, 3]


def test_a_changed_verdict_is_a_new_row_and_the_first_one_stays(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    merge_submission(engine, reading(), verdict("returned", "表三相差 1"), "T01", 2021, begin(engine))
    merged = merge_submission(engine, reading(), verdict(), "T01", 2021, begin(engine, 1))
    assert merged == Merged(1, False)
    revision = load_year(engine, 2021, moment(1)).unit("T01").revisions[0]
    assert revision.verdict == verdict()
    assert revision.first_verdict == verdict("returned", "表三相差 1")


def test_another_rules_version_is_another_verdict(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run = begin(engine)
    merge_submission(engine, reading(), verdict(), "T01", 2021, run)
    merge_submission(engine, reading(), verdict(rules_version="rules-2"), "T01", 2021, run)
    (revision,) = load_year(engine, 2021, moment(0)).unit("T01").revisions
    assert revision.verdict == verdict(rules_version="rules-2")


def test_a_verdict_comes_back_with_findings_and_coercions(
    engine: Engine, begin: Make, reading: Make, moment: Make
) -> None:
    given = Verdict(
        Status.RETURNED,
        False,
        (
            Finding(rule="REQ-SUM", severity=Severity.ERROR, message="甲", observed=12, expected=11, difference=1),
            Finding(
                rule="YOY", severity=Severity.QUERY, message="乙", observed=True, hint="请核对", settled_by="other"
            ),
            Finding(
                rule="BLANK", severity=Severity.ERROR, message="丙", table="requests", row="granted", column="total"
            ),
        ),
        (Coercion(where="requests.granted.total", raw="１２", value=12, why="全角数字", sheet="表三", cell="H9"),),
        (),
        "rules-1",
    )
    merge_submission(engine, reading(), given, "T01", 2021, begin(engine))
    latest = load_year(engine, 2021, moment(0)).unit("T01").latest
    assert latest is not None
    assert latest.verdict == given


def test_a_quarantined_file_is_a_revision_without_cells(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    given = replace(reading(), submission=None, kind=None)
    merge_submission(engine, given, verdict("quarantined", "无法读取"), "T01", 2021, begin(engine))
    unit = load_year(engine, 2021, moment(0)).unit("T01")
    assert unit.state == "quarantined"
    assert unit.revisions[0].submission is None
    assert count(engine, models.NationalCell) == 0


def test_a_readable_file_in_quarantine_keeps_its_cells_out_until_it_is_taken_in(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    given = reading(**FULL)
    merge_submission(engine, given, verdict("quarantined", "不是本单位"), "T01", 2021, begin(engine))
    assert count(engine, models.NationalCell) == 0
    merged = merge_submission(engine, given, verdict(), "T01", 2021, begin(engine, 1))
    assert merged == Merged(1, False)
    accepted = load_year(engine, 2021, moment(1)).unit("T01").accepted
    assert accepted is not None
    assert accepted.submission == given.submission
    early = load_year(engine, 2021, moment(0)).unit("T01").latest
    assert early is not None
    assert early.submission is None


def test_characters_that_no_database_takes_do_not_stop_a_unit(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    given = reading(narrative={"overview": "甲乙"})
    cells = (*given.submission.cells[:-1], given.submission.cells[-1]._replace(value="甲\x00乙\ud800丙"))
    given = replace(given, submission=replace(given.submission, cells=cells))
    given = replace(given, file=replace(given.file, name="T01/\udcff.json"))
    merge_submission(engine, given, verdict("returned", "\x00\ud800"), "T01", 2021, begin(engine))
    latest = load_year(engine, 2021, moment(0)).unit("T01").latest
    assert latest is not None
    assert latest.submission is not None
    assert latest.submission.value("narrative.overview") == "甲\ufffd乙\ufffd丙"
    assert latest.file == "T01/\ufffd.json"


def test_nothing_is_half_merged_when_something_fails(
    engine: Engine, begin: Make, reading: Make, verdict: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin(engine)
    before = counts(engine)

    def fail(*_: object) -> bool:
        raise RuntimeError("power cut")

    monkeypatch.setattr(merge, "store_verdict", fail)
    with pytest.raises(RuntimeError):
        merge_submission(engine, reading(**FULL), verdict(), "T01", 2021, run)
    monkeypatch.undo()
    assert counts(engine) == before
    assert merge_submission(engine, reading(**FULL), verdict(), "T01", 2021, run) == Merged(1, True)


def test_a_server_that_dies_in_the_middle_leaves_nothing_and_is_found_again(
    postgres_template: str,
    create_database: Make,
    begin: Make,
    reading: Make,
    verdict: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = create_database("interrupted", postgres_template)
    engine, other = open_warehouse(url), open_warehouse(url)
    run = begin(engine)
    before = counts(engine)
    store = store_verdict

    def die(connection: Any, *rest: Any) -> bool:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
        with other.connect() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        return store(connection, *rest).written

    monkeypatch.setattr(merge, "store_verdict", die)
    with pytest.raises(WarehouseError, match="未完成的写入已全部撤销"):
        merge_submission(engine, reading(), verdict(), "T01", 2021, run)
    monkeypatch.undo()
    assert counts(engine) == before
    assert merge_submission(engine, reading(), verdict(), "T01", 2021, run).new


def test_a_run_that_does_not_exist_is_refused(engine: Engine, reading: Make, verdict: Make) -> None:
    with pytest.raises(WarehouseError):
        merge_submission(engine, reading(), verdict(), "T01", 2021, 4711)


def test_a_refusal_does_not_repeat_what_a_submission_says(
    engine: Engine, begin: Make, reading: Make, verdict: Make
) -> None:
    given = reading(narrative={"overview": "机密内容"})
    given = replace(given, file=replace(given.file, sha256="short"))
    with pytest.raises(WarehouseError) as refused:
        merge_submission(engine, given, verdict(), "T01", 2021, begin(engine))
    printed = "".join(traceback.format_exception(refused.value))
    assert "T01.json" not in printed
    assert "机密内容" not in printed


@pytest.mark.parametrize("status", ["accepted", "returned"])
def test_bytes_that_belong_to_another_year_are_known(
    engine: Engine, begin: Make, reading: Make, verdict: Make, status: str
) -> None:
    given = reading(year=2020)
    merge_submission(engine, given, verdict(status), "T01", 2020, begin(engine, year=2020))
    assert holds_bytes_for_other_year(engine, given.file.sha256, 2021)
    assert not holds_bytes_for_other_year(engine, given.file.sha256, 2020)
    assert not holds_bytes_for_other_year(engine, "0" * 64, 2021)


def test_a_run_with_a_mistyped_year_does_not_swallow_the_inbox(
    engine: Engine, begin: Make, reading: Make, verdict: Make
) -> None:
    given = reading()
    merge_submission(engine, given, verdict("quarantined", "年度不符"), "T01", 2020, begin(engine, year=2020))
    store_unassigned(engine, given.file, verdict("quarantined", "年度不符"), 2020, begin(engine, year=2020))
    assert not holds_bytes_for_other_year(engine, given.file.sha256, 2021)


def test_a_moment_without_a_zone_is_refused(engine: Engine, begin: Make, reading: Make, verdict: Make) -> None:
    given = reading(received_at=datetime(2022, 1, 1))  # noqa: DTZ001 - the mistake under test
    with pytest.raises(WarehouseError, match="without a zone"):
        merge_submission(engine, given, verdict(), "T01", 2021, begin(engine))
