"""Files beside a submission: the same content again, and a published report. Kept once, displacing nothing."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from gongkai.submission.fields import groups
from gongkai.submission.form import PUBLISHED, Origin, where_of
from gongkai.warehouse.merge import holds_bytes_for_other_year, merge_submission
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.rows.attached_reports import store_published, store_repeated

Make = Callable[..., Any]


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
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
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
    assert load_year(engine, 2021, moment(0)).unit("T01").report is None
    unit = load_year(engine, 2021, moment(1)).unit("T01")
    (beside,) = unit.published
    assert (beside.number, beside.sha256, [f.message for f in beside.findings]) == (1, report.file.sha256, ["不同"])
    assert [revision.number for revision in unit.revisions] == [1]
    assert unit.report is not None
    found = unit.report.submission
    assert found is not None
    figures = {where: cell.value for where, cell in found.by_where.items()}
    assert figures == {w: c.value for w, c in report.submission.by_where.items() if c.table not in groups()}
    assert found.by_where[place].origin == Origin("第 2 页第 1 个表", "C5")
    assert holds_bytes_for_other_year(engine, report.file.sha256, 2022) is True


def test_a_report_that_stands_as_a_revision_is_one_to_compare_with(
    engine: Engine, begin: Make, reading: Make, verdict: Make, moment: Make
) -> None:
    report = replace(reading(), kind=PUBLISHED)
    merge_submission(engine, report, verdict(), "T01", 2021, begin(engine))
    unread = replace(reading(prepared_by="不能读的"), kind=PUBLISHED, submission=None)
    store_published(engine, unread, verdict("quarantined"), "T01", 2021, 1, begin(engine, 1))
    found = load_year(engine, 2021, moment(1)).unit("T01").report
    assert found is not None
    assert (found.sha256, found.number) == (report.file.sha256, None)
