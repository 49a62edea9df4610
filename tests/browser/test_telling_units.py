"""What leaves the server by mail, as the operator sees it: form → run → real SMTP → the page of all mails.

After `test_server`, whose last words are about an issue that nobody has seen: this delivers what was issued.
"""

import io
import os
import subprocess
import time
from pathlib import Path

import openpyxl
import pytest

from gongkai.demonstration import Demonstration
from tests.browser.chromium import Page
from tests.browser.test_server import artifact, newest_run
from tests.live import Server
from tests.post_office import PostOffice

pytestmark = pytest.mark.browser

T01, T03 = "t01@example.invalid", "t03@example.invalid"
CELL = "requests__granted__natural_person"
DESPITE = ["all=今年由市里统一检查"]


def issue(server: Server) -> None:
    """Issues what can be, unless somebody has."""
    assert server.ended(server.start("annual-assessment", year=2021), 400)["state_type"] == "COMPLETED"
    if not (server.folder / "out" / "outbox" / "2021" / "T01" / "签发单.json").is_file():
        run = server.ended(server.start("issue", by="王主任", reason="定稿送达", year=2021, despite=DESPITE))
        assert run["state_type"] == "COMPLETED", run["state"]["message"]


def deliver_by_form(page: Page, server: Server) -> tuple[str, str]:
    """Fills in the form for everybody and sends it; how the run ended, and what it says."""
    page.go(f"{server.site}/deployments/deployment/{server.deployments()['deliver']['id']}/run")
    page.sees("只发给这些单位")
    page.replace('input[type="number"]', "2021")
    page.click("Submit")
    page.sees("scheduled to start")
    run = server.ended(newest_run(server, "deliver"))
    return run["state_type"], run["state"]["message"]


def letters(page: Page, server: Server) -> str:
    """The page of all mails, as the browser shows it."""
    page.go(f"{server.site}/artifacts/artifact/{artifact(server, 'letters-2021')['latest_id']}")
    page.sees("2021 年度给单位的邮件")
    return page.text


def test_what_was_issued_is_delivered_by_its_form_and_the_page_says_to_whom_it_was_not(
    page: Page, server: Server, office: PostOffice
) -> None:
    issue(server)
    office.at_recipient[T03] = ["550 no such user"]
    state, said = deliver_by_form(page, server)
    assert (state, "T03：550 no such user" in said) == ("FAILED", True)
    mail = office.to(T01)[-1]
    assert str(mail["Subject"]).startswith("【送达】T01 东风街道 2021 年度政务公开考核材料")
    assert "scorecard.json" in [part.get_filename() for part in mail.iter_attachments()]
    shown = letters(page, server)
    asking = shown.partition("需要人处理")[2].partition("全部")[0]
    assert T03 in asking
    assert "550 no such user" in asking
    assert T01 not in asking
    assert "250 taken as" in shown

    before = len(office.to(T01))
    assert deliver_by_form(page, server)[0] == "COMPLETED"
    assert str(office.to(T03)[-1]["Subject"]).startswith("【送达】T03")
    assert len(office.to(T01)) == before
    assert "需要人处理" not in letters(page, server)


def test_mails_that_a_rule_alarm_holds_leave_when_somebody_releases_it(
    page: Page, server: Server, office: PostOffice, made: Demonstration
) -> None:
    rules = Path(server.environment["GONGKAI_PROFILE"]) / "rules.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("share: 0.30, units: 5", "share: 0.10, units: 1"))
    (sent,) = (made.second_round / "T01").glob("*.xlsx")
    wrong = server.folder / "inbox" / "T01" / "更正.xlsx"
    wrong.write_bytes(with_a_mistake(sent.read_bytes()))
    os.utime(wrong, (time.time(), time.time()))
    before = len(office.to(T01))
    run = server.ended(server.start("annual-assessment", year=2021), 400)
    assert run["state"]["message"].startswith("规则报警：")
    assert len(office.to(T01)) == before
    assert "因规则报警暂缓" in letters(page, server).partition("需要人处理")[2].partition("全部")[0]

    page.go(f"{server.site}/artifacts/artifact/{artifact(server, 'alarm-2021')['latest_id']}")
    page.sees("gongkai notify --release")
    held = sorted({word.split()[0] for word in page.text.split("--release ")[1:]})
    released = [part for rule in held for part in ("--release", rule)]
    out = str(server.folder / "out")
    command = ["gongkai", "notify", "--year", "2021", "--out", out, *released, "--by", "王主任"]
    done = subprocess.run(command, cwd=server.folder, env=server.environment, capture_output=True, text=True)  # our own
    assert done.returncode == 0, done.stdout + done.stderr
    assert str(office.to(T01)[-1]["Subject"]).startswith("【退回修改】T01")
    assert len(office.to(T01)) == before + 1
    assert server.ended(server.start("annual-assessment", year=2021), 400)["state_type"] == "COMPLETED"
    assert "需要人处理" not in letters(page, server)


def with_a_mistake(book: bytes) -> bytes:
    """A workbook with another figure in table three, and a reason."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    for name, change in ((CELL, lambda value: value + 5), ("head__reason", lambda _: "漏计")):
        ((sheet, cell),) = opened.defined_names[name].destinations
        place = opened[sheet][cell.replace("$", "")]
        place.value = change(place.value)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()
