"""The restore drill: a backup of a running system, restored, writes the very outputs that stand now."""

import json

import pytest
from prefect.states import Completed

from flows.backing_up import KEPT, back_up
from flows.restore_drill import restore_drill
from gongkai.demonstration import inboxes


@pytest.fixture
def drill(fresh, made, monkeypatch):
    """A district of which two units handed in; gives it and what starts the drill."""
    fresh.run(2021, made.second_round, inboxes.AS_OF_SECOND_ROUND, units=["T01", "T03"])
    monkeypatch.setenv("GONGKAI_OUT", str(fresh.out))
    monkeypatch.setenv("GONGKAI_WAREHOUSE", fresh.warehouse)
    monkeypatch.setenv("GONGKAI_PROFILE", str(fresh.profile))
    return fresh, lambda: restore_drill(return_state=True)


def test_a_restored_system_rebuilds_the_same_manifest(drill):
    district, start = drill
    before = (district.out / "2021" / "manifest.json").read_bytes()
    ended = start()
    listed = json.loads(before)["outputs"]
    assert (ended.name, f"2021 年度 {len(listed)} 份" in ended.message) == ("Completed", True)
    assert (district.out / "2021" / "manifest.json").read_bytes() == before


def test_an_output_that_is_not_what_the_warehouse_says_fails_the_drill(drill, monkeypatch):
    district, start = drill
    before = (district.out / "2021" / "manifest.json").read_bytes()
    listed = json.loads(before)["outputs"]

    def rebuilt(order):
        (order.out / "2021").mkdir(parents=True)
        (order.out / "2021" / "manifest.json").write_bytes(before)
        return Completed()

    monkeypatch.setattr("flows.restore_drill.work", rebuilt)
    manifest = district.out / "2021" / "manifest.json"
    listed[0]["sha256"] = "0" * 64
    manifest.write_text(json.dumps({**json.loads(before), "outputs": listed}))
    ended = start()
    assert ended.is_failed()
    assert f"2021 年度 1 份，如 {listed[0]['path']}" in ended.message


def test_outputs_that_an_earlier_program_wrote_are_compared_by_what_they_hold(drill):
    """Every document prints the basis, and the basis names the program: after an upgrade no old year has its bytes."""
    district, start = drill
    manifest = district.out / "2021" / "manifest.json"
    known = json.loads(manifest.read_bytes())
    older = {**known, "program": "0.0.9", "outputs": [{**one, "sha256": "0" * 64} for one in known["outputs"]]}
    manifest.write_text(json.dumps(older))
    ended = start()
    assert (ended.name, "2021 年度现有的由 0.0.9 版程序写出" in ended.message) == ("Completed", True), ended.message
    manifest.write_text(json.dumps({**older, "inputs": known["inputs"][1:]}))
    assert "2021 年度收到的材料" in start().message


def test_the_nightly_backup_is_one_file_of_the_day_and_old_ones_go(drill, tmp_path, monkeypatch):
    folder = tmp_path / "backups"
    monkeypatch.setenv("GONGKAI_BACKUPS", str(folder))
    folder.mkdir()
    for day in range(1, 32):
        (folder / f"gongkai-2000-01-{day:02}.backup").touch()
    for _ in range(2):  # by hand, too, on the same day
        ended = back_up(return_state=True)
        assert ended.is_completed(), ended.message
    kept = sorted(path.name for path in folder.iterdir())
    assert len(kept) == KEPT
    assert kept[0] == "gongkai-2000-01-03.backup"
    assert (folder / kept[-1]).stat().st_size > 0
