"""Outputs are put in place together, and two runs that end at once do not fail each other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import create_engine

from gongkai.profile import load_profile
from tasks.workspace import Workspace


def workspace(out, run_id):
    made = Workspace(
        year=2021,
        as_of=datetime(2022, 2, 1, tzinfo=UTC),
        profile=load_profile(),
        rebuilding=False,
        out=out,
        engine=create_engine("sqlite://"),
    )
    made.run_id = run_id
    (made.staging / "receipts").mkdir(parents=True)
    (made.staging / "receipts" / "T01.json").write_text(str(run_id))
    (made.staging / "board.html").write_text(str(run_id))
    return made


def test_publishing_replaces_what_stood_there_and_keeps_the_outbox(tmp_path):
    (tmp_path / "2021" / "receipts").mkdir(parents=True)
    (tmp_path / "2021" / "receipts" / "GONE.json").write_text("a unit that left the registry")
    (tmp_path / "2021" / "outbox").mkdir()
    assert workspace(tmp_path, 1).publish() == ["board.html", "receipts"]
    assert sorted(p.name for p in (tmp_path / "2021" / "receipts").iterdir()) == ["T01.json"]
    assert (tmp_path / "2021" / "outbox").is_dir()


def test_eight_runs_that_end_at_once_all_succeed_and_one_of_them_stands(tmp_path):
    runs = [workspace(tmp_path, number) for number in range(1, 9)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(Workspace.publish, runs))
    assert (tmp_path / "2021" / "receipts" / "T01.json").read_text() in set("12345678")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".2021")]


def test_closing_removes_what_a_failed_run_had_staged(tmp_path):
    failed = workspace(tmp_path, 1)
    failed.close()
    assert list(tmp_path.iterdir()) == []
