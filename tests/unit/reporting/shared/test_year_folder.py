"""A year's outputs change at one instant: whoever reads sees one run whole, the old one or the new one."""

from pathlib import Path

import pytest

from gongkai.reporting.shared import year_folder
from gongkai.reporting.shared.year_folder import YearFolder


def fill(outputs: YearFolder, text: str, *names: str) -> Path:
    folder = outputs.begin()
    for name in names or ("board.html", "receipts/T01.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def publish(outputs: YearFolder, text: str, *names: str) -> None:
    outputs.put_in_place(fill(outputs, text, *names))


def texts(outputs: YearFolder) -> dict[str, str]:
    files = [path for path in outputs.place.rglob("*") if path.is_file()]
    return {path.relative_to(outputs.place).as_posix(): path.read_text() for path in files}


@pytest.fixture
def outputs(tmp_path: Path) -> YearFolder:
    return YearFolder(tmp_path, 2021)


def test_the_year_is_a_relative_link_to_one_run(outputs: YearFolder) -> None:
    publish(outputs, "one")
    assert outputs.place.readlink() == Path(".runs/2021-1")
    assert texts(outputs) == {"board.html": "one", "receipts/T01.json": "one"}


def test_what_a_run_did_not_write_is_gone_unless_it_is_taken_along(outputs: YearFolder) -> None:
    publish(outputs, "one")
    publish(outputs, "two", "board.html")
    assert texts(outputs) == {"board.html": "two"}
    partial = fill(outputs, "three", "report/report.json")
    outputs.complete(partial)
    outputs.put_in_place(partial)
    assert texts(outputs) == {"board.html": "two", "report/report.json": "three"}


def test_a_mixed_set_has_no_manifest(outputs: YearFolder) -> None:
    publish(outputs, "one", "manifest.json", "board.html")
    partial = fill(outputs, "two", "report/report.json")
    outputs.complete(partial)
    assert sorted(path.name for path in partial.iterdir()) == ["board.html", "report"]


def test_the_run_before_stays_and_older_ones_go(outputs: YearFolder) -> None:
    for text in ("one", "two", "three", "four"):
        publish(outputs, text)
    assert sorted(path.name for path in (outputs.out / ".runs").iterdir()) == ["2021-3", "2021-4"]


def test_what_a_dead_run_left_is_cleared_by_the_next(outputs: YearFolder) -> None:
    publish(outputs, "one")
    fill(outputs, "killed before its end")
    assert texts(outputs) == {"board.html": "one", "receipts/T01.json": "one"}
    publish(outputs, "two")
    assert texts(outputs)["board.html"] == "two"
    assert sorted(path.name for path in (outputs.out / ".runs").iterdir()) == ["2021-1", "2021-2"]


def test_other_years_are_left_alone(outputs: YearFolder) -> None:
    other = YearFolder(outputs.out, 2020)
    publish(other, "last year")
    for text in ("one", "two", "three"):
        publish(outputs, text)
    assert texts(other)["board.html"] == "last year"


def test_a_folder_of_before_is_exchanged_and_its_outbox_kept(outputs: YearFolder) -> None:
    for name in ("board.html", "receipts/GONE.json", "outbox/T01/签发单.json"):
        (outputs.place / name).parent.mkdir(parents=True, exist_ok=True)
        (outputs.place / name).write_text("old")
    publish(outputs, "one")
    assert texts(outputs) == {"board.html": "one", "receipts/T01.json": "one"}
    assert (outputs.outbox / "T01" / "签发单.json").read_text() == "old"


@pytest.mark.parametrize("exchanging", [True, False])
def test_where_no_link_can_be_made_the_folder_is_exchanged(
    outputs: YearFolder, monkeypatch: pytest.MonkeyPatch, exchanging: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    if not exchanging:
        monkeypatch.setattr(year_folder, "_exchanged", lambda one, other: False)
    for text in ("one", "two", "three"):
        publish(outputs, text)
        assert not outputs.place.is_symlink()
        assert texts(outputs)["board.html"] == text
    assert (outputs.out / ".runs" / "2021-0" / "board.html").read_text() == "two"
