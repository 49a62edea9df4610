"""What else a server runs beside the year's work: the approval and the reminders, and how they end in words.

What stands in the way of an approval is the run's message, and nothing is issued.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from flows.release import release_outputs
from flows.reminding import remind_units
from gongkai.delivery import posting
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.runs import start_run
from tests.post_office import post_office, settings_of


@pytest.fixture
def approve(prefect_server, tmp_path, monkeypatch):
    """Approves with an empty output folder and the given profile folder."""
    monkeypatch.setenv("GONGKAI_OUT", str(tmp_path / "out"))

    def issue(profile=None):
        if profile:
            monkeypatch.setenv("GONGKAI_PROFILE", str(profile))
        return release_outputs(by="王主任", reason="定稿", year=2021, return_state=True)

    return issue


def test_without_drafts_there_is_nothing_to_approve(approve):
    refused = approve()
    assert refused.is_failed()
    assert refused.message.startswith("没有签发：")
    assert "没有可签发的成果" in refused.message


def test_a_wrong_configuration_is_told_as_such(approve, tmp_path):
    refused = approve(tmp_path / "nowhere")
    assert refused.is_failed()
    assert refused.message.startswith("没有签发：")
    assert "nowhere" in refused.message


@pytest.fixture
def begun(prefect_server, tmp_path, monkeypatch, default_profile):
    """A year that has begun and in which nobody has sent anything; T01 and T02 have an address."""
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setenv("GONGKAI_OUT", str(out))
    addresses = {"T01": "t01@example.invalid", "T02": "t02@example.invalid"}
    units = tuple(unit.model_copy(update={"contact_email": addresses.get(unit.code)}) for unit in default_profile.units)
    engine = open_warehouse(f"sqlite:///{out / 'warehouse.sqlite'}")
    at = datetime(2022, 2, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    start_run(engine, 2021, at, default_profile.model_copy(update={"units": units}), "rules-1", {})
    engine.dispose()
    return out


def test_before_anything_came_in_nobody_is_reminded(approve):
    ended = remind_units(year=2021, return_state=True)
    assert ended.is_completed()
    assert ended.message == "2021 年度还没有收过材料，没有催报。"


def test_a_server_that_sends_no_mail_writes_the_texts(begun, monkeypatch):
    monkeypatch.delenv("GONGKAI_NOTIFY", raising=False)
    ended = remind_units(year=2021, return_state=True)
    assert ended.is_completed()
    assert "催报 37 个单位" in ended.message
    assert "GONGKAI_NOTIFY 不是 on" in ended.message
    assert len(list((begun / "outbox" / "2021").glob("*/催报-*.txt"))) == 37


def test_a_refused_mail_fails_the_run_and_is_named(begun, monkeypatch):
    monkeypatch.setenv("GONGKAI_NOTIFY", "on")
    monkeypatch.setattr(posting, "WAITS", ())
    with post_office() as office:
        for name, value in settings_of(office).items():
            monkeypatch.setenv(name, value)
        office.at_recipient["t02@example.invalid"] = ["550 no such user"]
        ended = remind_units(year=2021, return_state=True)
    assert ended.is_failed()
    assert "T02：550 no such user" in ended.message
    assert [to for to, _ in office.taken] == ["t01@example.invalid"]
