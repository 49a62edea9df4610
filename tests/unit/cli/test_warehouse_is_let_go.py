"""A command closes the warehouse that it opened, whether it finds what it was asked for or not."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from gongkai.cli import main
from gongkai.profile import Profile
from gongkai.warehouse.engine import open_warehouse
from gongkai.warehouse.runs import start_run

COMMANDS = {
    "status": (3, "status --year 2021 --out {out}"),
    "a year that nobody knows": (2, "status --year 2030 --out {out}"),
    "diff of nothing": (2, "diff T01 --year 2021 --out {out}"),
    "preview of nothing": (2, "preview T01 --year 2021 --out {out}"),
    "remind": (0, "remind --year 2021 --out {out}"),
    "template": (0, "template --year 2022 --units T01 --warehouse {url} --out {out}/templates"),
    "check": (3, "check {out}/T01.json --warehouse {url}"),
    "check of an unknown unit": (2, "check {out}/T01.json --warehouse {url} --unit X99"),
    "key show": (3, "key show --out {out}"),
    "key rotate before there is a key": (2, "key rotate --by 李主任 --reason 更换 --out {out}"),
    "lock": (3, "lock --year 2021 --by 李主任 --reason 已报市办 --out {out}"),
    "issue": (2, "issue --year 2021 --by 李主任 --reason 已核对 --out {out}"),
}


@pytest.fixture
def out(tmp_path: Path, default_profile: Profile, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A warehouse that knows of one run of 2021, which did not end; outputs that somebody might want to issue."""
    for name in ("GONGKAI_WAREHOUSE", "GONGKAI_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GONGKAI_KEY", str(tmp_path / "key.pem"))
    engine = open_warehouse(f"sqlite:///{tmp_path / 'warehouse.sqlite'}")
    start_run(engine, 2021, datetime(2022, 2, 3, 9, tzinfo=default_profile.district.zone), default_profile, "r", {})
    engine.dispose()
    (tmp_path / "T01.json").write_text(json.dumps({"schema": "gongkai/submission/1", "unit": "T01", "year": 2021}))
    (tmp_path / "2021").mkdir()
    (tmp_path / "2021" / "manifest.json").write_text("{}")
    return tmp_path


class Connections:
    """The connections to any database: how many there ever were, and how many are open."""

    def __init__(self) -> None:
        self.ever, self.open = 0, 0

    def connected(self, *_: object) -> None:
        self.ever, self.open = self.ever + 1, self.open + 1

    def closed(self, *_: object) -> None:
        self.open -= 1


@pytest.fixture
def connections() -> Iterator[Connections]:
    found = Connections()
    listeners = (("connect", found.connected), ("close", found.closed))
    for name, listener in listeners:
        event.listen(Pool, name, listener)
    yield found
    for name, listener in listeners:
        event.remove(Pool, name, listener)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_connection_is_open_when_a_command_ends(name: str, out: Path, connections: Connections) -> None:
    code, line = COMMANDS[name]
    with pytest.raises(SystemExit) as leaving:
        main(line.format(out=out, url=f"sqlite:///{out / 'warehouse.sqlite'}").split())
    assert leaving.value.code == code
    assert connections.ever > 0
    assert connections.open == 0
