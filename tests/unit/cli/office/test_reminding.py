"""`gongkai remind` over a warehouse: texts always, mail only when asked, and no mail twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gongkai.cli.office.reminding import remind_units
from gongkai.delivery import posting
from gongkai.errors import ConfigurationError, UnknownUnit
from gongkai.profile import Profile
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.runs import start_run
from tests.post_office import PostOffice, post_office, settings_of

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
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """The mail server that gongkai is set to."""
    with post_office() as office:
        for name, value in settings_of(office).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(posting, "WAITS", ())
        yield office


def texts(out: Path) -> list[str]:
    return sorted(path.parent.name for path in (out / "outbox" / "2021").glob("*/催报-2022-02-03.txt"))


def test_every_missing_unit_gets_its_text_and_nobody_mail(out: Path, post: PostOffice) -> None:
    assert remind_units(2021, out, None, [], NOW, False) == 0
    assert len(texts(out)) == 37
    assert post.taken == []


def test_mail_that_is_not_set_up_is_said_before_anything_is_written(out: Path) -> None:
    with pytest.raises(ConfigurationError, match="GONGKAI_SMTP_HOST"):
        remind_units(2021, out, None, [], NOW, True)
    assert texts(out) == []


def test_only_the_units_asked_for(out: Path) -> None:
    remind_units(2021, out, None, ["T03", "T01"], NOW, False)
    assert texts(out) == ["T01", "T03"]
    with pytest.raises(UnknownUnit, match="X99"):
        remind_units(2021, out, None, ["X99"], NOW, False)


def test_mail_goes_to_whom_has_an_address_once_a_day(
    out: Path, post: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remind_units(2021, out, None, ["T01", "T03"], NOW, True) == 3
    assert "T03：名录中没有这个单位的电子邮箱" in capsys.readouterr().err
    assert remind_units(2021, out, None, ["T01"], NOW, True) == 0
    assert "1 个单位此前已经收到相同的内容，没有重复发送" in capsys.readouterr().out
    (mail,) = post.to("t01@example.invalid")
    assert mail["Subject"] == "【催报】T01 东风街道 2021 年度政务公开报送：尚未报送，已逾期 3 天"
    assert remind_units(2021, out, None, ["T01"], NOW + timedelta(days=1), True) == 0
    assert len(post.to("t01@example.invalid")) == 2


def test_a_refused_mail_stops_no_other_and_is_told(
    out: Path, post: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    post.at_recipient["t02@example.invalid"] = ["550 no such user"]
    assert remind_units(2021, out, None, ["T02", "T01"], NOW, True) == 3
    assert [to for to, _ in post.taken] == ["t01@example.invalid"]
    assert "T02：550 no such user" in capsys.readouterr().err
