"""Which papers stand again: those that the warehouse knows by this basis, while their files are what it knows."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gongkai.reporting.shared.papers import Papers
from gongkai.reporting.shared.write import write_text
from gongkai.warehouse.rows.papers import Paper

THEN, NOW = datetime(2022, 1, 12, tzinfo=UTC), datetime(2022, 1, 30, tzinfo=UTC)
NAME, FILE, SAID = "receipts/T01", "receipts/T01.json", "第 1 次报送"


@pytest.fixture
def standing(tmp_path: Path) -> Path:
    write_text(tmp_path / "2021" / FILE, SAID)
    return tmp_path / "2021"


@pytest.fixture
def papers(standing: Path, tmp_path: Path) -> Papers:
    known = {NAME: Paper("b" * 64, THEN, {FILE: hashlib.sha256(SAID.encode()).hexdigest()})}
    return Papers(known, NOW, standing, tmp_path / "new")


def test_the_same_basis_keeps_its_moment_and_another_begins_now(papers: Papers) -> None:
    assert papers.own(NAME, "b" * 64).since == THEN
    assert papers.own(NAME, "c" * 64).since == NOW
    assert papers.own("receipts/T02", "b" * 64).since == NOW, "one that nobody has written yet"


def test_an_unchanged_paper_is_the_very_file_that_stands(papers: Papers, standing: Path, tmp_path: Path) -> None:
    assert papers.taken_over(NAME, papers.own(NAME, "b" * 64))
    assert (tmp_path / "new" / FILE).samefile(standing / FILE)


def test_a_paper_with_another_basis_is_made(papers: Papers, tmp_path: Path) -> None:
    assert not papers.taken_over(NAME, papers.own(NAME, "c" * 64))
    assert not (tmp_path / "new" / FILE).exists()


@pytest.mark.parametrize("now", ["被人改过", None])
def test_a_file_that_was_altered_or_is_gone_is_made_anew(papers: Papers, standing: Path, now: str | None) -> None:
    (standing / FILE).unlink()
    if now:
        write_text(standing / FILE, now)
    assert not papers.taken_over(NAME, papers.own(NAME, "b" * 64))


def test_writing_over_a_taken_file_leaves_the_run_before_as_it_was(
    papers: Papers, standing: Path, tmp_path: Path
) -> None:
    papers.taken_over(NAME, papers.own(NAME, "b" * 64))
    write_text(tmp_path / "new" / FILE, "另一份")
    assert (standing / FILE).read_text(encoding="utf-8") == SAID


def test_only_what_the_warehouse_does_not_know_has_changed(papers: Papers, tmp_path: Path) -> None:
    path = write_text(tmp_path / "new" / FILE, SAID)
    papers.written(NAME, papers.own(NAME, "b" * 64), [path])
    assert papers.changed == {}
    papers.written(NAME, papers.own(NAME, "c" * 64), [path])
    assert papers.changed[NAME].since == NOW
