"""The login of API and UI: given, or made on first start and kept."""

import pytest

from gongkai.cli.server.login import NAME, api_login
from gongkai.errors import ConfigurationError
from gongkai.settings import ServerSettings


def test_it_is_made_once_and_ours_alone(tmp_path):
    settings = ServerSettings(state=tmp_path / "state", api_auth=None)
    first = api_login(settings)
    assert api_login(settings) == first
    assert len(first.partition(":")[2]) >= 20
    assert (tmp_path / "state" / NAME).stat().st_mode & 0o077 == 0


def test_two_servers_have_two(tmp_path):
    one, other = (api_login(ServerSettings(state=tmp_path / name, api_auth=None)) for name in ("a", "b"))
    assert one != other


def test_the_setting_comes_first(tmp_path):
    assert api_login(ServerSettings(state=tmp_path, api_auth="office:word")) == "office:word"
    assert not (tmp_path / NAME).exists() or "office" not in (tmp_path / NAME).read_text()


@pytest.mark.parametrize("given", ["office", "office:", ":word", " "])
def test_what_is_no_login_is_refused(tmp_path, given):
    with pytest.raises(ConfigurationError, match="GONGKAI_API_AUTH"):
        api_login(ServerSettings(state=tmp_path, api_auth=given))
