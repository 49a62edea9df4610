"""What production is made of says what it must: checkers that may be missing have `make check-deployments`."""

import re
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from distributed.cli.dask_scheduler import main as scheduler
from distributed.cli.dask_worker import main as worker

from gongkai.cli.city.commands import run as city_run
from gongkai.settings import MailSettings, ServerSettings, Settings

DEPLOYMENTS = Path(__file__).parents[2] / "deployments"
COMPOSE = yaml.safe_load((DEPLOYMENTS / "compose" / "compose.yaml").read_text(encoding="utf-8"))
NGINX = (DEPLOYMENTS / "nginx" / "gongkai.conf").read_text(encoding="utf-8")
UNITS = sorted((DEPLOYMENTS / "systemd").glob("*.service"))
FLOWS = {
    one["name"]: one
    for one in yaml.safe_load((DEPLOYMENTS / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
}


@pytest.mark.parametrize("name", FLOWS)
def test_every_deployment_is_a_flow_and_asks_a_schedule_for_nothing(name: str) -> None:
    """What somebody starts by hand may ask for more; of a city only the year, which has a default."""
    module, _, flow = FLOWS[name]["entrypoint"].rpartition(".")
    assert hasattr(import_module(module), "speak_plainly"), "its log is sentences of ours only"
    schema = getattr(import_module(module), flow).parameters
    given = FLOWS[name].get("parameters", {})
    assert given.keys() <= schema.properties.keys()
    if FLOWS[name].get("schedules") or name == "city-assessment":
        assert set(schema.required or ()) <= given.keys()


def test_a_city_starts_when_somebody_starts_it_and_once_at_a_time() -> None:
    city = FLOWS["city-assessment"]
    assert "schedules" not in city
    assert city["concurrency_limit"] == {"limit": 1, "collision_strategy": "ENQUEUE"}


def test_what_a_cluster_is_told_to_run_are_commands_that_there_are() -> None:
    """The options of `dask` and of `gongkai` in the files and on the page of steps, without a cluster."""
    items = yaml.safe_load((DEPLOYMENTS / "dask" / "kubernetes.yaml").read_text(encoding="utf-8"))["items"]
    pods = [item["spec"]["template"]["spec"]["containers"][0] for item in items if "template" in item.get("spec", {})]
    said = [" ".join(map(str, one.get("command") or ["gongkai", *one["args"]])) for one in pods]
    page = (DEPLOYMENTS.parent / "docs" / "city.md").read_text(encoding="utf-8")
    slurm = (DEPLOYMENTS / "dask" / "slurm.sh").read_text(encoding="utf-8").replace('"$bin/dask"', "dask")
    said += [line for line in (*page.splitlines(), *slurm.splitlines()) if "--no-dashboard" in line]
    for name, command in (("scheduler", scheduler), ("worker", worker)):
        known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
        written = [line for line in said if f"dask {name}" in line]
        assert len(written) == 3, "one for each of the three ways"
        assert {option for line in written for option in re.findall(r"(?<= )--[a-z-]+", line.split(">")[0])} <= known
    known = {option for one in city_run.params for option in (*one.opts, *one.secondary_opts)}
    (job,) = (line for line in said if line.startswith("gongkai"))
    assert set(re.findall(r"--[a-z-]+", job)) <= known


@pytest.mark.parametrize("settings", [Settings, ServerSettings, MailSettings])
def test_the_template_names_every_setting(settings: type) -> None:
    template = (DEPLOYMENTS / "gongkai.env.example").read_text(encoding="utf-8")
    prefix = settings.model_config["env_prefix"]  # type: ignore[attr-defined]
    names = {f"{prefix}{name.upper()}" for name in settings.model_fields}  # type: ignore[attr-defined]
    assert names <= set(re.findall(r"^#?(GONGKAI_\w+)=", template, re.MULTILINE))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_service_runs_under_its_own_account_and_closed(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    for line in ("User=gongkai", "UMask=0077", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes"):
        assert line in text.splitlines()
    assert "EnvironmentFile=/etc/gongkai/gongkai.env" in text


def test_every_lasting_service_is_started_again() -> None:
    lasting = [unit for unit in UNITS if "Type=oneshot" not in unit.read_text(encoding="utf-8")]
    assert {unit.stem for unit in lasting} == {"gongkai-server", "gongkai-worker", "gongkai-site", "gongkai-watch"}
    assert all("Restart=always" in unit.read_text(encoding="utf-8") for unit in lasting)


def test_the_worker_may_write_where_the_template_keeps_the_backups() -> None:
    """The rest of the machine is read-only to it: a nightly backup on another disk would fail, and nothing else."""
    template = (DEPLOYMENTS / "gongkai.env.example").read_text(encoding="utf-8")
    (backups,) = re.findall(r"^#GONGKAI_BACKUPS=(\S+)", template, re.MULTILINE)
    worker = (DEPLOYMENTS / "systemd" / "gongkai-worker.service").read_text(encoding="utf-8")
    (writable,) = re.findall(r"^ReadWritePaths=(.+)$", worker, re.MULTILINE)
    assert f"-{backups}" in writable.split()


def test_compose_has_two_roles_and_opens_nothing_but_nginx() -> None:
    services = COMPOSE["services"]
    assert {"db", "server", "worker", "site", "watch", "deploy", "nginx"} == set(services)
    assert [name for name, service in services.items() if "ports" in service] == ["server"]
    assert services["server"]["ports"] == ["80:80", "443:443", "8443:8443"]
    settings = services["worker"]["environment"]
    assert "//gongkai:" in settings["GONGKAI_WAREHOUSE"]
    assert "//prefect:" in settings["GONGKAI_PREFECT_DATABASE"]
    roles = (DEPLOYMENTS / "compose" / "two-roles.sh").read_text(encoding="utf-8")
    assert set(re.findall(r"CREATE ROLE (\w+)", roles)) == {"gongkai", "prefect"}


def test_every_service_rotates_its_log_and_is_started_again() -> None:
    for name, service in COMPOSE["services"].items():
        assert service["logging"]["options"]["max-size"], name
        assert service["restart"] == "unless-stopped", name


def test_nginx_speaks_tls_and_asks_for_a_login() -> None:
    assert "Content-Security-Policy" not in NGINX  # the services' own
    assert "auth_basic_user_file" in NGINX
    assert re.findall(r"listen (\d+) ssl", NGINX) == ["443", "8443"]
    assert "TLSv1.2 TLSv1.3" in NGINX
