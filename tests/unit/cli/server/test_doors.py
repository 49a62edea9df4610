"""Which requests say what is run and how: those that a login alone may not make."""

import stat

import pytest

from gongkai.cli.server.doors import deploy_key, policy, says_how
from gongkai.settings import ServerSettings

ONE = "3f0a5c9e-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/deployments/"),
        ("POST", "/api/deployments"),
        ("PATCH", f"/api/deployments/{ONE}"),
        ("DELETE", f"/api/deployments/{ONE}"),
        ("POST", "/api/deployments/bulk_delete"),
        ("POST", "/api/work_pools/"),
        ("PATCH", "/api/work_pools/gongkai"),
        ("PUT", "/api/admin/storage"),
        ("POST", "/api/admin/database/clear"),
    ],
)
def test_what_is_run_is_not_anybodys_to_change(method, path):
    assert says_how(method, path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/api/deployments/{ONE}"),
        ("POST", "/api/deployments/filter"),
        ("POST", "/api/deployments/paginate"),
        ("POST", f"/api/deployments/{ONE}/create_flow_run"),
        ("POST", f"/api/deployments/{ONE}/pause_deployment"),
        ("PATCH", f"/api/deployments/{ONE}/schedules/{ONE}"),
        ("POST", "/api/work_pools/filter"),
        ("POST", "/api/work_pools/gongkai/get_scheduled_flow_runs"),
        ("POST", "/api/work_pools/gongkai/workers/heartbeat"),
        ("POST", "/api/flow_runs/"),
        ("GET", "/api/admin/version"),
    ],
)
def test_running_and_reading_are(method, path):
    assert not says_how(method, path)


def test_the_pages_of_prefect_speak_with_their_own_address_alone():
    said = dict(part.strip().split(" ", 1) for part in policy("https://zwgk.example.gov.cn").split(";"))
    assert said["default-src"] == "'self'"
    assert said["connect-src"].split() == ["'self'", "https://zwgk.example.gov.cn", "wss://zwgk.example.gov.cn"]
    assert said["frame-ancestors"] == "'none'"


def test_the_key_is_made_once_and_is_our_accounts_alone(tmp_path):
    settings = ServerSettings(state=tmp_path / "state")
    assert deploy_key(settings) == deploy_key(settings) != deploy_key(ServerSettings(state=tmp_path / "other"))
    assert stat.S_IMODE((tmp_path / "state" / "deploy-key").stat().st_mode) == 0o600
