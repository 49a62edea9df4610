"""Remakes the pictures of operator.md from a running server: `make pictures`.

A server of its own with five units of the demonstration, both rounds; a real Chromium that does what the handbook
tells. Run by hand when a screen looks different, never by a test.
"""

import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))  # the tests' server and browser; the program itself is installed

from gongkai.demonstration import generate  # noqa: E402
from tests.browser.chromium import Page, browser  # noqa: E402
from tests.live import LOGIN, UNITS, Server, running_server  # noqa: E402

WIDTH = 1200


def main() -> None:
    """Writes operator-*.png."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(generate(Path(folder) / "input"), Path(folder)) as server,
    ):
        first_round(Path(folder))
        with browser(Path(folder) / "browser") as page:
            page.tell("Emulation.setTimezoneOverride", timezoneId="Asia/Shanghai")
            take(page, server)


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
    run = server.ended(server.start("annual-assessment", year=2021), 400)
    page.go(f"{server.site}/runs/flow-run/{run['id']}")
    page.sees("收件目录中与本年度有关的文件")
    page.picture(HERE / "operator-run.png", WIDTH, 900)
    shown(page, server, "units-2021", "2021 年度报送情况", "operator-board.png", 760)
    shown(page, server, "rules-2021", "单位 × 规则", "operator-rules.png", 620)
    shown(page, server, "unit-2021-a02", "2021 年度 A02", "operator-unit.png", 520)
    shown(page, server, "issue-2021", "现在签发", "operator-issue.png", 760)
    page.go(f"{server.pages.replace('://', f'://{LOGIN}@')}/2021/")
    page.sees("2021 年度")
    page.picture(HERE / "operator-pages.png", WIDTH, 640)


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
