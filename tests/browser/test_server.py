"""A last evening in a real browser: form → run → artifact → link → receipt; two at once; a killed worker; an issue.

Run by `make test-browser`; takes some minutes, most of them waiting for silence to be noticed.
"""

import json
import os
import signal
import time

import pytest

from tests.browser.chromium import Page
from tests.browser.conftest import Alerts
from tests.live import LOGIN, Server, processes_of

pytestmark = pytest.mark.browser


def fill_in(page: Page, server: Server, deployment: str, unit: str, year: int) -> None:
    """Fills in the form of a deployment and sends it."""
    number = server.deployments()[deployment]["id"]
    page.go(f"{server.site}/deployments/deployment/{number}/run")
    page.sees("报告年度")
    page.choose(unit)
    page.replace('input[type="number"]', str(year))
    page.click("Submit")
    page.sees("scheduled to start")


def newest_run(server: Server, deployment: str) -> str:
    wanted = {"deployments": {"name": {"any_": [deployment]}}, "sort": "EXPECTED_START_TIME_DESC", "limit": 1}
    return str(server.ask("flow_runs/filter", wanted)[0]["id"])


def artifact(server: Server, key: str) -> dict[str, str]:
    found: dict[str, str] = server.ask("artifacts/latest/filter", {"artifacts": {"key": {"any_": [key]}}})[0]
    return found


def with_login(address: str) -> str:
    return address.replace("://", f"://{LOGIN}@")


def test_from_the_form_to_the_receipt(page: Page, server: Server) -> None:
    fill_in(page, server, "unit-rerun", "T01", 2021)
    run = server.ended(newest_run(server, "unit-rerun"))
    assert run["name"] == "2021 年度考核 T01"

    page.go(f"{server.site}/runs/flow-run/{run['id']}")
    page.sees("T01 ")
    page.sees("收件目录中与本年度有关的文件")
    assert "Finished in state" not in page.text
    page.click("Artifacts")
    page.sees(f"units-{2021}")

    page.go(f"{server.site}/artifacts/artifact/{artifact(server, 'unit-2021-t01')['latest_id']}")
    page.sees("2021 年度 T01")
    address = page.wait("[...document.querySelectorAll('a')].find(a => a.innerText.trim() === '回执')?.href")
    assert address == f"{server.pages}/2021/receipts/T01.html"
    page.go(with_login(address))
    page.sees("已受理")
    assert "T01" in page.text


def test_the_board_on_the_screen_leads_to_the_papers(page: Page, server: Server) -> None:
    page.go(f"{server.site}/artifacts/artifact/{artifact(server, 'units-2021')['latest_id']}")
    page.sees("2021 年度报送情况")
    links = page.value("[...document.querySelectorAll('a')].map(a => a.href)")
    pages = sorted({link for link in links if link.startswith(server.pages)})
    assert len(pages) > 5
    for link in pages:
        if not link.endswith(".xlsx"):
            assert server.page(link)


def test_two_reruns_at_once_tell_one_truth(server: Server) -> None:
    started = [server.start("unit-rerun", unit=unit, year=2021) for unit in ("T01", "T03")]
    for number in started:
        assert server.ended(number, 400)["state_type"] == "COMPLETED"
    out = server.folder / "out" / "2021"
    board = {unit["unit"]: unit["state"] for unit in json.loads((out / "board.json").read_text())["units"]}
    for unit in ("T01", "T03"):
        receipt = json.loads((out / "receipts" / f"{unit}.json").read_text())
        assert board[unit] == receipt["status"] == "accepted"


@pytest.mark.parametrize("moment", ["RUNNING", "PENDING"])
def test_a_killed_run_is_marked_told_and_repaired(server: Server, alerts: Alerts, moment: str) -> None:
    alerts.titles.clear()
    run = server.start("annual-assessment", year=2021)
    server.wait(lambda: server.run(run)["state_type"] == moment, 120)
    killed = time.monotonic()
    for number, command in processes_of(server.port).items():
        if " worker start " in command or "prefect.engine" in command or "flow_engine" in command:
            os.kill(number, signal.SIGKILL)
    server.wait(lambda: server.run(run)["state_type"] == "CRASHED", 150)
    assert time.monotonic() - killed < 125
    again = server.start("annual-assessment", year=2021)  # its slot is free: one run at a time, and this one runs
    assert server.ended(again, 400)["state_type"] == "COMPLETED"
    if moment == "RUNNING":
        assert server.wait(lambda: [title for title in alerts.titles if "运行中断" in title], 60)


def test_an_issue_is_read_before_it_is_signed(page: Page, server: Server) -> None:
    page.go(f"{server.site}/artifacts/artifact/{artifact(server, 'issue-2021')['latest_id']}")
    page.sees("现在签发，会发出什么")
    assert "首次签发" in page.text
    page.sees("INSPECTION")
    refused = server.ended(server.start("issue", by="王主任", reason="定稿送达", year=2021))
    assert refused["state_type"] == "FAILED"
    assert "INSPECTION：没有任何检查记录" in refused["state"]["message"]
    released = ["all=今年由市里统一检查"]  # alone, units of the year may be missing, too
    run = server.ended(server.start("issue", by="王主任", reason="定稿送达", year=2021, despite=released))
    assert run["state_type"] == "COMPLETED", run["state"]["message"]
    assert run["name"] == "2021 签发 王主任"
    note = json.loads((server.folder / "out" / "outbox" / "2021" / "T01" / "签发单.json").read_text(encoding="utf-8"))
    assert (note["by"], note["typed_in"]) == ("王主任", "form")
    page.go(f"{server.site}/artifacts/artifact/{artifact(server, 'issue-2021')['latest_id']}")
    page.sees("第 1 次")
    assert "首次签发 0 个单位" in page.text


def test_the_ui_calls_home_and_nobody_else(page: Page, server: Server) -> None:
    """It has an analytics host in every page; the server's policy keeps the browser from it."""
    page.go("about:blank")
    page.asked.clear()
    page.go(f"{server.site}/dashboard")
    page.sees("Flow Runs")
    page.go(f"{server.site}/deployments")
    page.sees("unit-rerun")
    assert any(address.startswith(f"{server.site}/api/") for address in page.asked)
    assert [address for address in page.asked if not address.startswith((server.site, "blob:", "data:"))] == []


def test_the_browser_asked_nobody_but_this_machine_for_pages(page: Page, server: Server) -> None:
    """Our own pages; what the UI may speak with is `test_the_ui_calls_home_and_nobody_else`."""
    page.asked.clear()
    page.go(with_login(f"{server.pages}/2021/board.html"))
    page.sees("报送情况一览")
    ours = (server.pages, with_login(server.pages))
    assert [address for address in page.asked if not address.startswith(ours)] == []
