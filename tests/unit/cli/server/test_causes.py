"""What is alerted: one cause for one trouble, until it is mended."""

from datetime import UTC, datetime, timedelta

import pytest

from gongkai.cli.server import causes

NOW = datetime(2022, 1, 31, 20, tzinfo=UTC)
UI = "http://ui"


def run(kind, message="数据库连不上", deployment="nightly", number="1"):
    return {
        "id": number,
        "name": f"2021 年度考核 {number}",
        "deployment_id": deployment,
        "flow_id": "f",
        "state_type": kind,
        "state": {"message": message},
    }


def test_a_failure_says_what_and_where():
    (cause,) = causes.failed_runs([run("FAILED")], UI)
    assert cause.title == "运行失败：2021 年度考核 1"
    assert "数据库连不上" in cause.text
    assert "http://ui/runs/flow-run/1" in cause.text


def test_the_same_failure_of_the_next_hour_is_no_second_cause():
    once = causes.failed_runs([run("FAILED", number="1")], UI)
    twice = causes.failed_runs([run("FAILED", number="2"), run("FAILED", number="1")], UI)
    assert [cause.name for cause in twice] == [cause.name for cause in once]


def test_another_reason_another_deployment_or_a_crash_is():
    runs = [run("FAILED"), run("FAILED", "磁盘空间已满"), run("FAILED", deployment="rerun"), run("CRASHED")]
    assert len({cause.name for cause in causes.failed_runs(runs, UI)}) == 4


def test_a_later_run_that_went_well_mends_it():
    assert causes.failed_runs([run("COMPLETED", number="2"), run("FAILED", number="1")], UI) == []
    assert len(causes.failed_runs([run("FAILED", number="2"), run("COMPLETED", number="1")], UI)) == 1


@pytest.mark.parametrize(("minutes", "count"), [(2, 0), (20, 1)])
def test_late_is_what_should_have_begun_a_while_ago(minutes, count):
    expected = (NOW - timedelta(minutes=minutes)).isoformat()
    runs = [{"name": "一", "expected_start_time": expected}, {"name": "二", "expected_start_time": expected}]
    assert len(causes.late_runs(runs, NOW, UI)) == count


def test_a_worker_is_gone_when_none_is_online():
    assert causes.worker_gone([{"status": "OFFLINE"}, {"status": "ONLINE"}]) == []
    assert causes.worker_gone([{"status": "OFFLINE"}])[0].name == "worker"
    assert causes.worker_gone([])[0].name == "worker"


@pytest.mark.parametrize(
    ("total_gb", "free_gb", "full"),
    [(20, 0.5, True), (20, 2, False), (400, 9, True), (4000, 100, False), (100, 6, False)],
)
def test_a_disk_is_nearly_full_by_what_is_left(total_gb, free_gb, full):
    assert causes.is_nearly_full(total_gb << 30, int(free_gb * (1 << 30))) is full


def test_folders_of_one_disk_are_one_cause(tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"total": 100 << 30, "free": 1 << 20}))
    (cause,) = causes.disk_nearly_full({"输出目录": tmp_path / "not" / "yet", "服务目录": tmp_path})
    assert "输出目录" in cause.text


def test_the_calendar_is_a_cause_once_it_is_due():
    assert causes.calendar_missing(None) == []
    assert causes.calendar_missing("2027 年放假安排尚未录入")[0].text == "2027 年放假安排尚未录入"
