"""Alerts reach a mail server and a webhook; what is no address is refused without repeating it."""

import json
import socket
import threading
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.controller import Controller

from gongkai.delivery.alerts import addresses, send_alert
from gongkai.errors import ConfigurationError, GongkaiError


class Kept:
    """Keeps every mail that arrives."""

    def __init__(self):
        self.mails = []
        self.port = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's name
        self.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def mail_server():
    kept = Kept()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        kept.port = probe.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=kept.port)
    controller.start()
    yield kept
    controller.stop()


@pytest.fixture
def webhook():
    """A webhook; gives its address and what was posted to it."""
    posted = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"json://127.0.0.1:{server.server_port}/alert", posted
    server.shutdown()


def test_an_alert_reaches_mail_and_webhook(mail_server, webhook):
    address, posted = webhook
    mail = f"mailto://127.0.0.1:{mail_server.port}?from=gongkai@example.gov.cn&to=zhang@example.gov.cn"
    send_alert(f"{mail}, {address}", "磁盘将满", "只剩 900 MB。")
    ((to, message),) = mail_server.mails
    assert to == ["zhang@example.gov.cn"]
    assert str(make_header(decode_header(message["Subject"]))) == "磁盘将满"
    assert (posted[0]["title"], posted[0]["message"]) == ("磁盘将满", "只剩 900 MB。")


def test_who_was_not_reached_is_an_error_that_names_no_password(webhook):
    address, _ = webhook
    with pytest.raises(GongkaiError) as refused:
        send_alert(f"{address} json://user:geheim@127.0.0.1:9/", "运行失败", "数据库连不上")
    assert "geheim" not in str(refused.value)


def test_what_is_no_address_is_told_by_its_place(webhook):
    address, _ = webhook
    with pytest.raises(ConfigurationError, match="第 2 个"):
        send_alert(f"{address} nonsense://user:geheim@x", "运行失败", "数据库连不上")


def test_addresses_are_separated_by_spaces_commas_and_lines():
    given = "mailto://a?to=x@y.cn,z@y.cn, json://b\n  wecombot://key"
    assert addresses(given) == ["mailto://a?to=x@y.cn,z@y.cn", "json://b", "wecombot://key"]
