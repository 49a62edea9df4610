"""Personal data that an earlier edition let in is masked in everything that is kept, once, and is on the log."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from gongkai.profile import Profile
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.reporting.shared.own_basis import OwnBases
from gongkai.submission.form import ReceivedFile
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.privacy.edition import edition
from gongkai.warehouse import models
from gongkai.warehouse.audit import entries
from gongkai.warehouse.later_found import mask_found_later
from gongkai.warehouse.merge import merge_inspection, merge_submission
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.runs import start_run
from gongkai.warehouse.totals import compute_totals
from tests.integration.warehouse.conftest import NOON

Make = Callable[..., Any]
NUMBER = "110101199003077774"  # a made-up identity number with a right check digit
SAID = f"申请人身份证号 {NUMBER}，索取拆迁批复"


@pytest.fixture
def leaked(engine: Engine, profile: Profile, reading: Make, verdict: Make) -> Engine:
    """A warehouse whose program did not find what ours finds: in a subject, as typed, in a finding and in a reading."""
    run = start_run(engine, 2021, NOON, profile, "rules-1", {"privacy": "an earlier edition"})
    rows = [{"case_no": "1", "received_on": "2021-03-01", "outcome": "granted", "subject": "拆迁批复"}]
    for unit in ("T01", "T02"):
        said = verdict("accepted", "一条提示")
        merge_submission(engine, reading(unit, register=rows), said, unit, 2021, run)
    table = models.FIELD_TABLES["register"]
    with engine.begin() as connection:
        (first, *_) = connection.execute(select(models.RevisionRow.id).order_by(models.RevisionRow.id)).scalars()
        layout = connection.execute(select(table.c.layout).where(table.c.revision_id == first)).scalar_one()
        typed = [["subject", "S5", SAID] if place[0] == "subject" else place for place in layout]
        mine = table.c.revision_id == first
        connection.execute(update(table).where(mine).values(subject=SAID, layout=typed))
        of = models.VerdictRow.revision_id == first
        connection.execute(update(models.VerdictRow).where(of).values(coercions=[
            {"where": "register[1].subject", "sheet": None, "cell": None, "raw": SAID, "value": SAID, "why": "去掉空格"}
        ]))  # fmt: skip
        mine = models.FindingRow.verdict_id.in_(select(models.VerdictRow.id).where(of))
        connection.execute(update(models.FindingRow).where(mine).values(message=SAID, observed=[SAID]))
    return engine


def everything(engine: Engine) -> str:
    """All that the warehouse holds, as text."""
    with engine.connect() as connection:
        tables = models.Base.metadata.sorted_tables
        return str([connection.execute(select(table)).all() for table in tables])


def test_it_is_masked_everywhere_and_no_figure_changes(leaked: Engine) -> None:
    assert NUMBER in everything(leaked)
    before = load_year(leaked, 2021, NOON)
    assert mask_found_later(leaked, NOON) == {(2021, "T01"): 2}
    after = load_year(leaked, 2021, NOON)
    assert NUMBER not in everything(leaked)
    subject = after.unit("T01").accepted.submission.records("register")[0]["subject"]
    assert "〔已屏蔽：" in subject
    assert "索取拆迁批复" in subject
    assert compute_totals(after) == compute_totals(before)
    assert [one.state for one in after.units] == [one.state for one in before.units]


def test_names_of_files_and_the_offices_own_words_are_masked_too(leaked: Engine, verdict: Make, begin: Make) -> None:
    said = InspectionEntry(id="k", unit="T05", kind="bonus", reason="表彰", by="张三")
    office = ReceivedFile(Path("x"), "_office/x.json", "_office", "f" * 64, 1, NOON)
    merge_inspection(leaked, office, (said,), verdict("accepted"), 2021, begin(leaked))
    with leaked.begin() as connection:
        connection.execute(update(models.InspectionEntryRow).values(reason=SAID))
        connection.execute(update(models.StoredFileRow).values(name=f"{SAID}.json"))
    assert mask_found_later(leaked, NOON) == {(2021, "T01"): 2, (2021, "T05"): 1, (2021, "office"): 1}
    assert NUMBER not in everything(leaked)


def test_what_was_made_of_it_is_made_again_and_nothing_else(leaked: Engine) -> None:
    before = load_year(leaked, 2021, NOON)
    mask_found_later(leaked, NOON)
    after = load_year(leaked, 2021, NOON)
    assert basis_sha256(after) != basis_sha256(before)
    old, new = OwnBases(before), OwnBases(after)
    changed = [code for code in ("T01", "T02") if old.receipt(before.unit(code)) != new.receipt(after.unit(code))]
    assert changed == ["T01"]


def test_content_alone_changes_the_basis(leaked: Engine) -> None:
    state = load_year(leaked, 2021, NOON)
    (one,) = state.unit("T01").revisions
    masked = replace(state.unit("T01"), revisions=(replace(one, masked=1),))
    assert OwnBases(state).receipt(masked) != OwnBases(state).receipt(state.unit("T01"))


def test_it_is_on_the_log_without_the_value_and_done_once(leaked: Engine, profile: Profile) -> None:
    mask_found_later(leaked, NOON)
    (entry,) = [entry for entry in entries(leaked) if entry.kind == "masked"]
    assert (entry.year, entry.subject, '"values":2' in str(entry.after)) == (2021, "T01", True)
    start_run(leaked, 2021, NOON, profile, "rules-1", {"privacy": edition()})
    with leaked.begin() as connection:
        connection.execute(update(models.FIELD_TABLES["register"]).values(subject=SAID))
    assert mask_found_later(leaked, NOON) == {}


def test_the_first_run_of_all_has_nothing_to_look_through(engine: Engine) -> None:
    assert mask_found_later(engine, NOON) == {}
