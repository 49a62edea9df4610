"""`gongkai remind` over a warehouse: texts always, mail only when asked, and no mail twice."""

import json
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gongkai.cli.office.reminding import remind_units
from gongkai.delivery import letters
from gongkai.delivery.mail import Send
from gongkai.errors import ConfigurationError, GongkaiError, UnknownUnit
from gongkai.profile import Profile
from gongkai.settings import MailSettings
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.runs import start_run

NOW = datetime(2022, 2, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def out(tmp_path: Path, default_profile: Profile) -> Path:
    """A warehouse that knows the year and nobody's submission; T01 and T02 have an address, T03 has none."""
    addresses = {"T01": "t01@example.invalid", "T02": "t02@example.invalid"}
    units = tuple(unit.model_copy(update={"contact_email": addresses.get(unit.code)}) for unit in default_profile.units)
    engine = open_warehouse(f"sqlite:///{tmp_path / 'warehouse.sqlite'}")
    start_run(engine, 2021, NOW, default_profile.model_copy(update={"units": units}), "rules-1", {})
    engine.dispose()
    return tmp_path


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went out, by address; T02's server refuses."""
    gone: list[str] = []

    def send(to: str, subject: str, text: str) -> None:
        if to.startswith("t02"):
            raise smtplib.SMTPRecipientsRefused({})
        gone.append(to)

    monkeypatch.setenv("GONGKAI_SMTP_HOST", "mail.example")
    monkeypatch.setenv("GONGKAI_SMTP_SENDER", "office@example")

    @contextmanager
    def server(settings: MailSettings) -> Iterator[Send]:
        yield send

    monkeypatch.setattr(letters, "outgoing", server)
    return gone


def texts(out: Path) -> list[str]:
    return sorted(path.parent.name for path in (out / "outbox" / "2021").glob("*/催报-2022-02-03.txt"))


def test_every_missing_unit_gets_its_text_and_nobody_mail(out: Path, post: list[str]) -> None:
    assert remind_units(2021, out, None, [], NOW, False) == 0
    assert len(texts(out)) == 37
    assert post == []


def test_mail_that_is_not_set_up_is_said_before_anything_is_written(out: Path) -> None:
    with pytest.raises(ConfigurationError, match="GONGKAI_SMTP_HOST"):
        remind_units(2021, out, None, [], NOW, True)
    assert texts(out) == []


def test_only_the_units_asked_for(out: Path) -> None:
    remind_units(2021, out, None, ["T03", "T01"], NOW, False)
    assert texts(out) == ["T01", "T03"]
    with pytest.raises(UnknownUnit, match="X99"):
        remind_units(2021, out, None, ["X99"], NOW, False)


def test_mail_goes_to_whom_has_an_address_once(out: Path, post: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        remind_units(2021, out, None, ["T01", "T03"], NOW, True)
    assert post == ["t01@example.invalid"]
    assert "1 封此前已经发过，没有重复发送" in capsys.readouterr().out
    record = json.loads((out / "outbox" / "2021" / "T01" / "催报-2022-02-03.已发送.json").read_text(encoding="utf-8"))
    assert record["to"] == "t01@example.invalid"


def test_a_refused_mail_stops_no_other_and_is_told(out: Path, post: list[str]) -> None:
    with pytest.raises(GongkaiError, match=r"T02（SMTPRecipientsRefused）"):
        remind_units(2021, out, None, ["T02", "T01"], NOW, True)
    assert post == ["t01@example.invalid"]
    assert not list((out / "outbox" / "2021" / "T02").glob("*已发送*"))
