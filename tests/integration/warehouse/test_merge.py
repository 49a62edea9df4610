"""Merging: one transaction a file, idempotent by content, revisions numbered in the order of arrival."""

import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text

from gongkai.errors import WarehouseError
from gongkai.findings import Coercion, Finding, Severity
from gongkai.profile import Profile
from gongkai.submission.fields import groups
from gongkai.submission.form import PUBLISHED, Origin, Reading, State, where_of
from gongkai.submission.inspection import InspectionEntry
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse import merge, models
from gongkai.warehouse.companions import store_published, store_repeated
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.inspections import load_inspections
from gongkai.warehouse.merge import (
    Merged,
    holds_bytes_for_other_year,
    merge_inspection,
    merge_submission,
    store_unassigned,
)
from gongkai.warehouse.queries import load_published, load_year

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
    assert merge_submission(engine, reading(**FULL), verdict(), "T01", 2021, run) == Merged(1, True, True)
    before = counts(engine)
    assert merge_submission(engine, reading(**FULL), verdict(), "T01", 2021, run) == Merged(1, False, False)
    again = begin(engine, 1)
    assert merge_submission(engine, reading(**FULL), verdict(), "T01", 2021, again) == Merged(1, False, False)
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
    assert merged == Merged(1, False, True)
    revision = load_year(engine, 2021, moment(1)).unit("T01").revisions[0]
    assert revision.verdict == verdict()
    assert revision.first_verdict == verdict("returned", "表三相差 1")


def test_another_rules_version_is_another_verdict(engine: Engine, begin: Make, reading: Make, verdict: Make) -> None:
    run = begin(engine)
    merge_submission(engine, reading(), verdict(), "T01", 2021, run)
    assert merge_submission(engine, reading(), verdict(rules_version="rules-2"), "T01", 2021, run).verdict_changed


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
    assert merged == Merged(1, False, True)
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
    assert merge_submission(engine, reading(**FULL), verdict(), "T01", 2021, run) == Merged(1, True, True)


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
    store = merge.store_verdict

    def die(connection: Any, *rest: Any) -> bool:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
        with other.connect() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        return store(connection, *rest)

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


ENTRY = InspectionEntry(
    id="I-1",
    unit="T01",
    kind="checked",
    indicator="A2",
    passed=7,
    checked=8,
    points=Decimal("1.50"),
    on=date(2021, 6, 1),
    recurred=False,
    reason="逾期",
)


def test_office_files_come_back_with_their_entries(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    run, file = begin(engine), replace(reading().file, name="_office/patrol.json")
    assert merge_inspection(engine, file, [ENTRY, replace(ENTRY, id="I-2")], verdict(), 2021, run)
    assert not merge_inspection(engine, file, [ENTRY, replace(ENTRY, id="I-2")], verdict(), 2021, run)
    state = load_year(engine, 2021, moment(0))
    assert state.inspections == (ENTRY, replace(ENTRY, id="I-2"))
    assert [(f.name, f.verdict) for f in state.office_files] == [("_office/patrol.json", verdict())]
    assert holds_bytes_for_other_year(engine, file.sha256, 2022)


def test_unassigned_files_are_listed_and_hold_nothing(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    file = replace(reading().file, name="X99/a.xlsx")
    assert store_unassigned(engine, file, verdict("quarantined", "没有这个单位"), 2021, begin(engine))
    assert not store_unassigned(engine, file, verdict("quarantined", "没有这个单位"), 2021, begin(engine))
    state = load_year(engine, 2021, moment(0))
    assert [(f.name, f.verdict.status) for f in state.unassigned] == [("X99/a.xlsx", Status.QUARANTINED)]
    assert state.office_files == ()


def test_a_moment_without_a_zone_is_refused(engine: Engine, begin: Make, reading: Make, verdict: Make) -> None:
    given = reading(received_at=datetime(2022, 1, 1))  # noqa: DTZ001 - the mistake under test
    with pytest.raises(WarehouseError, match="without a zone"):
        merge_submission(engine, given, verdict(), "T01", 2021, begin(engine))


def test_a_repeated_file_is_kept_once_and_known_from_its_run_on(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    merge_submission(engine, reading(), verdict(), "T01", 2021, begin(engine))
    again = reading(prepared_by="另一人")
    said = verdict("accepted", "内容相同")
    assert store_repeated(engine, again.file, said, "T01", 2021, 1, begin(engine, 1)) is True
    assert store_repeated(engine, again.file, said, "T01", 2021, 1, begin(engine, 2)) is False
    assert load_year(engine, 2021, moment(0)).unit("T01").repeated == ()
    unit = load_year(engine, 2021, moment(1)).unit("T01")
    (repeated,) = unit.repeated
    assert (repeated.number, repeated.sha256, repeated.file) == (1, again.file.sha256, again.file.name)
    assert [finding.message for finding in repeated.findings] == ["内容相同"]
    assert [revision.number for revision in unit.revisions] == [1]
    assert holds_bytes_for_other_year(engine, again.file.sha256, 2022) is True
    assert holds_bytes_for_other_year(engine, again.file.sha256, 2021) is False


def test_a_report_beside_a_submission_is_kept_once_with_its_figures_and_places(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make, profile: Profile
) -> None:
    merge_submission(engine, reading(), verdict(), "T01", 2021, begin(engine))
    said = reading(prepared_by="公开的报告")
    place = "requests.granted.total"
    cells = [
        cell._replace(origin=Origin("第 2 页第 1 个表", "C5")) if where_of(cell) == place else cell
        for cell in said.submission.cells
    ]
    report = replace(said, kind=PUBLISHED, submission=replace(said.submission, cells=tuple(cells)))
    assert store_published(engine, report, verdict("returned", "不同"), "T01", 2021, 1, begin(engine, 1)) is True
    assert store_published(engine, report, verdict("returned", "不同"), "T01", 2021, 1, begin(engine, 2)) is False
    assert load_published(engine, 2021, moment(0), profile) == {}
    unit = load_year(engine, 2021, moment(1)).unit("T01")
    (beside,) = unit.published
    assert (beside.number, beside.sha256, [f.message for f in beside.findings]) == (1, report.file.sha256, ["不同"])
    assert [revision.number for revision in unit.revisions] == [1]
    found = load_published(engine, 2021, moment(1), profile)["T01"].submission
    assert found is not None
    figures = {where: cell.value for where, cell in found.by_where.items()}
    assert figures == {w: c.value for w, c in report.submission.by_where.items() if c.table not in groups()}
    assert found.by_where[place].origin == Origin("第 2 页第 1 个表", "C5")
    assert holds_bytes_for_other_year(engine, report.file.sha256, 2022) is True


def test_a_report_that_stands_as_a_revision_is_one_to_compare_with(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make, profile: Profile
) -> None:
    report = replace(reading(), kind=PUBLISHED)
    merge_submission(engine, report, verdict(), "T01", 2021, begin(engine))
    unread = replace(reading(prepared_by="不能读的"), kind=PUBLISHED, submission=None)
    store_published(engine, unread, verdict("quarantined"), "T01", 2021, 1, begin(engine, 1))
    found = load_published(engine, 2021, moment(1), profile)["T01"]
    assert (found.sha256, found.number) == (report.file.sha256, None)


def test_entries_of_a_file_that_is_about_to_be_replaced_no_longer_count(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    file = reading().file
    entry = InspectionEntry(id="W1", unit="T01", kind="waiver", indicator="REQ-ROW-SUM", reason="待更正")
    merge_inspection(engine, file, [entry], verdict(), 2021, begin(engine))
    assert [e.id for e in load_inspections(engine, 2021, moment(0))] == ["W1"]
    assert load_inspections(engine, 2021, moment(0), {file.name}) == ()
