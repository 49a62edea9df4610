"""The server's settings: from the environment or a .env file, handed on to the processes that it starts."""

from pathlib import Path

import pytest

from gongkai.errors import CallError
from gongkai.settings import ServerSettings, asked_warehouse, exported


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("INBOX", "OUT", "PROFILE", "WAREHOUSE", "STATE", "SITE_URL", "SITE_PORT", "PORT"):
        monkeypatch.delenv(f"GONGKAI_{name}", raising=False)


def test_folders_are_absolute_and_may_have_spaces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_INBOX", "收 件")
    assert exported()["GONGKAI_INBOX"] == str(tmp_path / "收 件")
    assert exported()["GONGKAI_OUT"] == str(tmp_path / "out")


def test_a_file_fills_in_what_the_environment_leaves_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("GONGKAI_OUT=/srv/a\nGONGKAI_WAREHOUSE=postgresql://db/g'k\n", encoding="utf-8")
    monkeypatch.setenv("GONGKAI_OUT", "/srv/b")
    found = exported()
    assert (found["GONGKAI_OUT"], found["GONGKAI_WAREHOUSE"]) == ("/srv/b", "postgresql://db/g'k")
    assert "GONGKAI_PROFILE" not in found


def test_the_pages_are_beside_the_api_unless_a_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_PORT", "4300")
    assert ServerSettings().pages_url == "http://127.0.0.1:4301"
    monkeypatch.setenv("GONGKAI_SITE_PORT", "8080")
    assert ServerSettings().pages_url == "http://127.0.0.1:8080"
    monkeypatch.setenv("GONGKAI_SITE_URL", "https://zwgk.example.gov.cn/pages/")
    assert ServerSettings().pages_url == "https://zwgk.example.gov.cn/pages"


def test_a_setting_that_is_left_empty_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ALERTS", "API_AUTH", "PREFECT_DATABASE"):
        monkeypatch.setenv(f"GONGKAI_{name}", "")
    settings = ServerSettings()
    assert (settings.alerts, settings.api_auth, settings.prefect_database) == (None, None, None)


def test_a_command_without_options_finds_the_warehouse_that_the_server_works_with(monkeypatch, tmp_path):
    """A laptop's server keeps it below its output folder; `gongkai backup`, `audit` and the like asked for its name."""
    monkeypatch.setenv("GONGKAI_OUT", str(tmp_path))
    with pytest.raises(CallError, match="指明数据仓库"):
        asked_warehouse(None, None)
    (tmp_path / "warehouse.sqlite").touch()
    assert asked_warehouse(None, None) == f"sqlite:///{tmp_path / 'warehouse.sqlite'}"
    assert asked_warehouse(None, "sqlite:///other") == "sqlite:///other"
    assert asked_warehouse(tmp_path / "b", None) == f"sqlite:///{tmp_path / 'b' / 'warehouse.sqlite'}"
