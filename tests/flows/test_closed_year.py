"""A locked year is a closed book: totals, ranking, cards and report do not follow a later profile or last year."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest
import yaml

from gongkai.demonstration import inboxes
from gongkai.warehouse.engine import opened
from gongkai.warehouse.locks import lock_year
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.runs import last_run_state

UNITS = ["A04", "T01", "T03"]
LATER = inboxes.AS_OF_FIRST_ROUND + timedelta(days=30)
MOMENT = ("as_of", "basis_sha256", "file_sha256", "issued_on", "appeal_until")


@pytest.fixture
def next_profile(few, tmp_path):
    """Next year's profile: T03 is gone, T01 has another name and e-mail, the weights are turned, everything is 优秀."""
    folder = tmp_path / "next"
    shutil.copytree(few, folder)
    registry = yaml.safe_load((folder / "units.yaml").read_text(encoding="utf-8"))
    registry["units"] = [unit for unit in registry["units"] if unit["code"] != "T03"]
    for unit in registry["units"]:
        if unit["code"] == "T01":
            unit |= {"name": "新名镇", "contact_email": "new@example.invalid"}
    (folder / "units.yaml").write_text(yaml.safe_dump(registry, allow_unicode=True), encoding="utf-8")
    scheme = yaml.safe_load((folder / "scheme.yaml").read_text(encoding="utf-8"))
    weights = [indicator["weight"] for indicator in scheme["indicators"]]
    for indicator, weight in zip(scheme["indicators"], weights[::-1], strict=True):
        indicator["weight"] = weight
    (folder / "scheme.yaml").write_text(yaml.safe_dump(scheme, allow_unicode=True), encoding="utf-8")
    return folder


def shown(out):
    """What report, ranking, board and cards say, whatever the moment they are printed at."""
    folder = out / "2021"
    names = ["report/report.json", "ranking.json", *(f"scorecards/{unit}/scorecard.json" for unit in ("T01", "T03"))]
    said = {name: json.loads((folder / name).read_text(encoding="utf-8")) for name in names}
    return {name: {key: value for key, value in of.items() if key not in MOMENT} for name, of in said.items()}


def test_neither_the_next_profile_nor_a_correction_of_last_year_changes_a_locked_year(
    fresh, made, next_profile, tmp_path
):
    fresh.run(2020, made.inbox_before, inboxes.AS_OF_2020, stages=["merge"])
    fresh.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, units=UNITS)
    before = shown(fresh.out)
    assert before["report/report.json"]["previous_year"] is not None
    with opened(fresh.warehouse) as engine:
        lock_year(engine, 2021, inboxes.AS_OF_FIRST_ROUND, "李主任", "已报市办")
    fresh.run(2020, corrected_2020(made, tmp_path), LATER, units=["T01"], stages=["merge"])
    with opened(fresh.warehouse) as engine:
        assert load_year(engine, 2020, LATER).unit("T01").accepted.number == 2, "the correction itself is accepted"
    fresh.profile = next_profile

    ended = fresh.run(2021, made.first_round, LATER, units=UNITS)

    assert "按锁定时的配置计算" in ended.message
    for what in ("现行名录中没有 T03", "T01 的 name 不同", "考核方案", "2020 年度 T01 在 2021 年度锁定后另有报送"):
        assert what in ended.message
    assert shown(fresh.out) == before
    board = json.loads((fresh.out / "2021" / "board.json").read_text(encoding="utf-8"))
    assert "T03" in [unit["unit"] for unit in board["units"]]


def corrected_2020(made, folder):
    """T01's file of 2020 with one licence more, as a correction with a reason."""
    inbox = folder / "corrected"
    (inbox / "T01").mkdir(parents=True)
    (source,) = (made.inbox_before / "T01").glob("*.json")
    document = json.loads(source.read_text(encoding="utf-8"))
    document["tables"]["proactive_disclosure"]["administrative_licences"]["decisions"] += 1000
    document["reason"] = "漏计"
    file = inbox / "T01" / "corrected.json"
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    in_time = datetime(2021, 3, 15, 9, tzinfo=UTC).timestamp()
    os.utime(file, (in_time, in_time))
    return inbox


def test_a_unit_that_left_the_registry_with_its_accepted_report_stops_the_run_before_it_begins(
    fresh, made, next_profile
):
    fresh.run(2021, made.first_round, inboxes.AS_OF_FIRST_ROUND, units=["T03"], stages=["merge"])
    with opened(fresh.warehouse) as engine:
        before = last_run_state(engine, 2021)
    fresh.profile = next_profile

    ended = fresh.run(2021, made.first_round, LATER)

    assert ended.is_failed()
    assert "已受理 T03" in ended.message
    assert "- {code: T03, name: " in ended.message
    assert not (fresh.out / "2021" / "manifest.json").exists()
    with opened(fresh.warehouse) as engine:
        assert last_run_state(engine, 2021) == before
