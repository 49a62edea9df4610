"""Remakes the pictures of operator.md from a running server: `make pictures`.

A server of its own with five units of the demonstration, both rounds; a real Chromium that does what the handbook
tells. Run by hand when a screen looks different, never by a test.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))  # the tests' server and browser; the program itself is installed

from gongkai.demonstration import generate  # noqa: E402
from tests.browser.chromium import Page, browser  # noqa: E402
from tests.live import LOGIN, UNITS, Server, running_server, two_free_ports  # noqa: E402

WIDTH = 1200


def main() -> None:
    """Writes operator-*.png."""
    with (
        tempfile.TemporaryDirectory() as folder,
        mail_to_nowhere() as settings,
        running_server(generate(Path(folder) / "input"), Path(folder), more=settings) as server,
    ):
        first_round(Path(folder))
        with browser(Path(folder) / "browser") as page:
            page.tell("Emulation.setTimezoneOverride", timezoneId="Asia/Shanghai")
            take(page, server)


@contextmanager
def mail_to_nowhere() -> Iterator[dict[str, str]]:
    """A mail server on loopback that takes every mail and keeps none; the settings that name it."""
    controller = Controller(Sink(), hostname="127.0.0.1", port=two_free_ports())
    controller.start()
    yield {
        "GONGKAI_NOTIFY": "on",
        "GONGKAI_SMTP_HOST": "127.0.0.1",
        "GONGKAI_SMTP_PORT": str(controller.port),
        "GONGKAI_SMTP_SECURITY": "none",
        "GONGKAI_SMTP_SENDER": "gk@example.invalid",
    }
    controller.stop()


def first_round(folder: Path) -> None:
    """The inbox as it is on the last evening: some are returned, T03 has sent nothing."""
    given = next((folder / "input").glob("*round1"))
    for unit in UNITS:
        shutil.rmtree(folder / "inbox" / unit, ignore_errors=True)
        if unit != "T03" and (given / unit).is_dir():
            shutil.copytree(given / unit, folder / "inbox" / unit)


def take(page: Page, server: Server) -> None:
    """One picture after the other, in the order of the year."""
    page.go(f"{server.site}/login")
    page.type("input", LOGIN)
    page.picture(HERE / "operator-login.png", WIDTH, 560)
    page.click("Login")
    page.sees("Flow Runs")
    page.go(f"{server.site}/deployments")
    page.sees("unit-rerun")
    page.picture(HERE / "operator-deployments.png", WIDTH, 760)
    form(page, server, "annual-assessment", "operator-form.png", 900)
    form(page, server, "unit-rerun", "operator-rerun.png", 760)
    form(page, server, "issue", "operator-issue-form.png", 900)
    form(page, server, "approve-report", "operator-approve-form.png", 800)
    form(page, server, "publish-report", "operator-publish-form.png", 800)
    form(page, server, "deliver", "operator-deliver-form.png", 640)
    run = server.ended(server.start("annual-assessment", year=2021), 400)
    page.size(WIDTH, 900)  # the log draws only the lines that the window has room for
    page.go(f"{server.site}/runs/flow-run/{run['id']}")
    page.sees("收件目录中与本年度有关的文件")
    page.picture(HERE / "operator-run.png", WIDTH, 900)
    shown(page, server, "units-2021", "2021 年度报送情况", "operator-board.png", 760)
    shown(page, server, "rules-2021", "单位 × 规则", "operator-rules.png", 620)
    shown(page, server, "unit-2021-a02", "2021 年度 A02", "operator-unit.png", 520)
    shown(page, server, "totals-2021", "2021 年度", "operator-totals.png", 620)
    shown(page, server, "ranking-2021", "2021 年度", "operator-ranking.png", 620)
    shown(page, server, "letters-2021", "给单位的邮件", "operator-letters.png", 620)
    shown(page, server, "issue-2021", "现在签发", "operator-issue.png", 760)
    ended(
        page,
        server,
        server.start("issue", by="王主任", reason="征求意见", year=2021),
        "没有签发",
        "operator-refused.png",
    )
    ended(page, server, server.start("restore-drill"), "恢复演练通过", "operator-drill.png", 840)
    pages(page, server, LOGIN, "", "2021 年度", "operator-pages.png")
    server.ended(server.start("issue", by="王主任", reason="征求意见", year=2021, despite=["all=演示"]))
    login = unit_login(server, "t01", "T01")
    pages(page, server, login, "units/T01/", "T01", "operator-unit-pages.png")


def pages(page: Page, server: Server, login: str, path: str, words: str, name: str) -> None:
    """The file pages, as somebody sees them."""
    page.go(f"{server.pages.replace('://', f'://{login}@')}/2021/{path}")
    page.sees(words)
    page.picture(HERE / name, WIDTH, 640)


def unit_login(server: Server, name: str, unit: str) -> str:
    """A unit's login, made as the handbook says; with its password, which is shown once."""
    command = [sys.executable, "-m", "gongkai.cli", "server", "login", name, "--unit", unit]
    done = subprocess.run(  # noqa: S603  # our own program
        command, cwd=server.folder, env=server.environment, capture_output=True, text=True, check=True
    )
    return f"{name}:{done.stdout.strip().rpartition('：')[2]}"


def ended(page: Page, server: Server, number: str, words: str, name: str, height: int = 620) -> None:
    """A run that has ended, with its message: the log draws only the lines that the window has room for."""
    server.ended(number, 400)
    page.size(WIDTH, height)
    page.go(f"{server.site}/runs/flow-run/{number}")
    page.sees(words)
    page.picture(HERE / name, WIDTH, height)


def form(page: Page, server: Server, deployment: str, name: str, height: int) -> None:
    """The form of a deployment, as it opens."""
    page.go(f"{server.site}/deployments/deployment/{server.deployments()[deployment]['id']}/run")
    page.sees("报告年度")
    page.picture(HERE / name, WIDTH, height)


def shown(page: Page, server: Server, key: str, words: str, name: str, height: int) -> None:
    """An artifact."""
    (found,) = server.ask("artifacts/latest/filter", {"artifacts": {"key": {"any_": [key]}}})
    page.go(f"{server.site}/artifacts/artifact/{found['latest_id']}")
    page.sees(words)
    page.picture(HERE / name, WIDTH, height)


if __name__ == "__main__":
    main()
