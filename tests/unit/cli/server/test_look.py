"""One look of the watch: what the API and the machine say becomes causes, each trouble once."""

import re
from datetime import UTC, datetime

import httpx
import pytest

from gongkai.cli.server import watch
from gongkai.settings import ServerSettings
from gongkai.warehouse.engine import opened
from gongkai.warehouse.post import messages as rows

LATE = [{"name": "2025 年度考核", "expected_start_time": "2020-01-01T00:00:00+00:00"}]


class Answers:
    """Prefect's API as these tests make it answer."""

    def __init__(self, workers=({"status": "ONLINE"},), ended=(), late=(), ready=True, broken=False):
        self.said = (list(workers), list(ended), list(late))
        self.is_ready, self.broken = ready, broken

    def ready(self):
        return self.is_ready

    def post(self, path, body):
        if self.broken:
            raise httpx.ConnectError("down")
        workers, ended, late = self.said
        if path.endswith("workers/filter"):
            return workers
        return late if "name" in body["flow_runs"]["state"] else ended


@pytest.fixture
def look(tmp_path, monkeypatch):
    """Looks at these answers; gives the causes by name, but what the machine and the calendar of the day add."""
    monkeypatch.setenv("GONGKAI_OUT", str(tmp_path))
    monkeypatch.setattr(watch, "_machine", lambda settings: [])
    monkeypatch.setattr(watch, "_calendar", list)
    monkeypatch.setattr(watch, "_mails", list)

    def causes(**answers):
        monkeypatch.setattr(watch, "Api", lambda settings: Answers(**answers))
        return [cause.name for cause in watch.look(ServerSettings(state=tmp_path, api_auth="a:b"))]

    return causes


def test_a_quiet_evening_has_no_cause(look):
    assert look() == []


def test_what_is_late_because_no_worker_is_there_is_the_workers_trouble(look):
    assert look(workers=[{"status": "OFFLINE"}], late=LATE) == ["worker"]
    assert look(late=LATE) == ["late"]


@pytest.mark.parametrize("answers", [{"ready": False}, {"broken": True}], ids=["not ready", "gone meanwhile"])
def test_a_server_that_does_not_answer_is_one_cause(look, answers):
    assert look(**answers) == ["server"]


def test_mails_that_a_server_refused_are_told_once_they_have_been_tried(tmp_path, monkeypatch):
    """Whoever sent them: the warehouse knows. A mail that arrives after all is no cause any more."""
    url = f"sqlite:///{tmp_path / 'warehouse.sqlite'}"
    monkeypatch.setenv("GONGKAI_WAREHOUSE", url)
    assert watch._mails() == []
    long_ago = datetime(2022, 2, 1, tzinfo=UTC)
    with opened(url, create=True) as engine, engine.begin() as connection:
        _, refused, of_a_form = (
            rows.queue(connection, letter(unit, kind))
            for unit, kind in (("T01", "verdict"), ("T03", "verdict"), ("T05", "issued"))
        )
        rows.failed(connection, refused, "t03@example.invalid", "550 no such user", long_ago)
        rows.failed(connection, of_a_form, "t05@example.invalid", "451 later", long_ago)
    (cause,) = watch._mails()
    assert "1 封给单位的邮件没有送达" in cause.title
    assert "T03（t03@example.invalid）：550 no such user" in cause.text
    assert not re.search("T01|T05", cause.text)
    assert cause.patience
    with opened(url) as engine, engine.begin() as connection:
        rows.sent(connection, refused, "250 OK", datetime.now(UTC))
    assert watch._mails() == []


def letter(unit, kind):
    at = datetime(2022, 2, 1, tzinfo=UTC)
    return rows.Message(
        year=2021, unit=unit, kind=kind, run_id=None, queued_at=at, tells=unit, subject="", body=[], attachments=[]
    )


def test_a_warehouse_that_does_not_answer_is_told(monkeypatch):
    monkeypatch.setenv("GONGKAI_WAREHOUSE", "postgresql+psycopg://nobody:x@127.0.0.1:1/gongkai")
    (cause,) = watch._mails()
    assert cause.name == "warehouse"


def test_a_profile_that_cannot_be_read_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("GONGKAI_PROFILE", str(tmp_path / "nowhere"))
    (cause,) = watch._calendar()
    assert "nowhere" in cause.text
