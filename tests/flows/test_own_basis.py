"""A run that changes nothing of a unit's changes none of its bytes, and does not make them again; a rebuild agrees."""

import json
import shutil
from datetime import timedelta

import pytest

from gongkai.demonstration import inboxes
from tests.few_units import profile_of

LATER = inboxes.AS_OF_SECOND_ROUND + timedelta(days=20)  # open cases are older; the last deadline has not passed


def papers(folder):
    """Path below the year → bytes of every receipt, returned workbook and card of the units that have sent something.

    Whoever has sent nothing when the last deadline passes gets another card: a veto is proposed.
    """
    found = [
        path
        for unit in ("T01", "A05")
        for path in (*folder.glob(f"receipts/{unit}*"), *folder.glob(f"scorecards/{unit}/*"))
    ]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found if p.suffix not in (".sig", ".pub")}


def read(folder, path):
    return json.loads((folder / path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def few(made, tmp_path_factory):
    return profile_of(("T01", "A05", "OFFICE"), made.profile, tmp_path_factory.mktemp("few") / "profile")


@pytest.fixture
def inbox(made, tmp_path):
    """T01 as it is accepted, A05 as it is returned, and the office's entries."""
    for source, unit in ((made.second_round, "T01"), (made.first_round, "A05"), (made.second_round, "_office")):
        shutil.copytree(source / unit, tmp_path / "inbox" / unit)
    return tmp_path / "inbox"


def test_papers_keep_their_bytes_until_their_own_content_changes(fresh, made, inbox, tmp_path):
    fresh.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND)
    year = fresh.out / "2021"
    first, before = papers(year), year.resolve()
    card = read(year, "scorecards/T01/scorecard.json")
    assert read(year, "receipts/A05.json")["basis_sha256"] != read(year, "receipts/T01.json")["basis_sha256"]
    assert card["as_of"] == inboxes.AS_OF_SECOND_ROUND.isoformat()
    assert "receipts/A05-returned.xlsx" in first

    fresh.run(2021, inbox, LATER)
    assert papers(year) == first, "weeks later, and nothing of anybody's changed"
    assert read(year, "board.json")["as_of"] == LATER.isoformat()
    assert (year / "receipts/A05-returned.xlsx").samefile(before / "receipts/A05-returned.xlsx"), "not made again"

    shutil.copytree(made.second_round / "A05", inbox / "A05", dirs_exist_ok=True)
    after_that = LATER + timedelta(hours=1)
    fresh.run(2021, inbox, after_that, units=["A05"])
    third = papers(year)
    changed = {path for path in first.keys() | third.keys() if first.get(path) != third.get(path)}
    assert {"receipts/A05.json", "receipts/A05.html", "scorecards/A05/scorecard.json"} <= changed
    assert not [path for path in changed if path.startswith("receipts/") and not path.startswith("receipts/A05")]
    assert read(year, "receipts/A05.json")["as_of"] == after_that.isoformat()

    for moment, bytes_then in ((LATER, first), (after_that, third)):
        out = tmp_path / f"{moment:%m%d%H}"
        fresh.run(2021, None, moment, stages=["report", "score", "draft"], out=out)
        assert papers(out / "2021") == bytes_then
