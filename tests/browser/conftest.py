"""A real server with a webhook for its alerts and a mail server, and a real browser that has logged in to it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from gongkai.demonstration import Demonstration
from tests.browser.chromium import Page, browser
from tests.live import LOGIN, Server, running_server
from tests.post_office import PostOffice, post_office, settings_of


class Alerts:
    """A webhook; `titles` are those of the alerts that arrived."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        titles = self.titles

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                titles.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["title"])
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"json://127.0.0.1:{self.server.server_port}/alert"


@pytest.fixture(scope="session")
def alerts() -> Iterator[Alerts]:
    hook = Alerts()
    yield hook
    hook.server.shutdown()


@pytest.fixture(scope="session")
def office() -> Iterator[PostOffice]:
    """The mail server of the office, on this machine."""
    with post_office() as one:
        yield one


@pytest.fixture(scope="session")
def server(
    made: Demonstration, tmp_path_factory: pytest.TempPathFactory, alerts: Alerts, office: PostOffice
) -> Iterator[Server]:
    """It sends mail by itself."""
    more = {**settings_of(office), "GONGKAI_NOTIFY": "on"}
    with running_server(made, tmp_path_factory.mktemp("server"), alerts.address, more) as running:
        yield running


@pytest.fixture(scope="session")
def page(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The office's browser: logged in to the UI, and, for the file pages, with the same login at hand."""
    nobody_else = "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
    with browser(tmp_path_factory.mktemp("browser"), nobody_else) as one:
        one.tell("Emulation.setTimezoneOverride", timezoneId="Asia/Shanghai")
        log_in(one, server)
        yield one


def log_in(page: Page, server: Server) -> None:
    """As a person does: the login page asks once."""
    page.go(f"{server.site}/login")
    page.type("input", LOGIN)
    page.click("Login")
    page.sees("Flow Runs")
