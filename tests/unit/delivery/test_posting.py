"""Against a real server that refuses, breaks, is silent or is down: what may go later goes, nothing goes twice."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from gongkai.delivery import connection as connecting
from gongkai.delivery.mail import Mail
from gongkai.delivery.posting import Item, post
from gongkai.settings import MailSettings
from tests.post_office import DROP, SILENCE, STORED, PostOffice, post_office

QUICKLY = (0.01, 0.01, 0.01)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


class Told:
    """A ledger: what was told of one mail, in order."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def leaving(self, mail: Mail) -> None:
        self.said.append("leaving")

    def sent(self, answer: str) -> None:
        self.said.append(f"sent {answer}")

    def failed(self, answer: str) -> None:
        self.said.append(f"failed {answer}")

    def uncertain(self, answer: str) -> None:
        self.said.append(f"uncertain {answer}")


def mail(to: str, text: str = "请尽快报送。\n") -> Mail:
    now = datetime(2022, 2, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    return Mail(to, "催报", text, "<p>请尽快报送。</p>", (), f"<{to}>", now)


def sent(office: PostOffice, *addresses: str, port: int | None = None) -> list[list[str]]:
    """Sends one mail to each; what the ledger was told of each."""
    told = [Told() for _ in addresses]
    server = MailSettings(host="127.0.0.1", port=port or office.port, security="none", sender="a@example.cn")
    post([Item(partial(mail, to), one) for to, one in zip(addresses, told, strict=True)], server, QUICKLY)
    return [one.said for one in told]


def test_each_mail_is_told_before_it_leaves_and_after_it_is_taken(office: PostOffice) -> None:
    said = sent(office, "a@x.cn", "b@x.cn")
    assert said == [["leaving", "sent 250 taken as 1"], ["leaving", "sent 250 taken as 2"]]
    assert [to for to, _ in office.taken] == ["a@x.cn", "b@x.cn"]


def test_what_a_server_refuses_for_now_is_tried_again_and_holds_up_no_other(office: PostOffice) -> None:
    office.at_data["a@x.cn"] = ["451 busy", "452 full"]
    office.at_recipient["b@x.cn"] = ["450 greylisted"]
    first, second, third = sent(office, "a@x.cn", "b@x.cn", "c@x.cn")
    assert first == ["leaving", "failed 451 busy", "leaving", "failed 452 full", "leaving", "sent 250 taken as 3"]
    assert second == ["failed 450 greylisted", "leaving", "sent 250 taken as 2"]
    assert third[-1] == "sent 250 taken as 1"


@pytest.mark.parametrize("where", ["at_recipient", "at_data"])
def test_what_a_server_refuses_for_good_is_not_tried_again(office: PostOffice, where: str) -> None:
    getattr(office, where)["a@x.cn"] = ["550 no such user"]
    first, second = sent(office, "a@x.cn", "b@x.cn")
    assert first[-1] == "failed 550 no such user"
    assert second[-1].startswith("sent")
    assert office.to("a@x.cn") == []


@pytest.mark.parametrize("where", ["at_recipient", "at_data"])
def test_a_connection_that_breaks_is_made_again_and_every_mail_is_taken_once(office: PostOffice, where: str) -> None:
    getattr(office, where)["b@x.cn"] = [DROP]
    said = sent(office, "a@x.cn", "b@x.cn", "c@x.cn")
    assert [one[-1][:4] for one in said] == ["sent"] * 3
    assert sorted(to for to, _ in office.taken) == ["a@x.cn", "b@x.cn", "c@x.cn"]
    assert any(line.startswith("failed") and "断开" in line for line in said[1])


def test_a_server_that_takes_a_mail_and_breaks_off_gets_it_again_under_the_same_identity(office: PostOffice) -> None:
    office.at_data["a@x.cn"] = [STORED]
    (said,) = sent(office, "a@x.cn")
    assert said[-1].startswith("sent")
    assert [one["Message-ID"] for one in office.to("a@x.cn")] == ["<a@x.cn>"] * 2  # RFC 5321, 4.5.4: one for a reader


def test_a_server_that_never_answers_leaves_the_mail_uncertain_and_it_is_not_sent_again(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "_SECONDS_TO_ANSWER", 0.2)
    office.at_data["a@x.cn"] = [SILENCE]
    first, second = sent(office, "a@x.cn", "b@x.cn")
    assert first[0] == "leaving"
    assert re.match("uncertain .*没有应答", first[-1])
    assert second[-1].startswith("sent")
    assert office.asked == 2


def test_a_server_that_is_down_is_told_of_every_mail(office: PostOffice) -> None:
    said = sent(office, "a@x.cn", "b@x.cn", port=1)
    assert [one[-1] for one in said] == ["failed 发信服务器 127.0.0.1:1 不可用：ConnectionRefusedError"] * 2


def test_an_address_that_no_header_takes_is_told_and_stops_no_other(office: PostOffice) -> None:
    first, second = sent(office, "a@x.cn\r\nBcc: c@x.cn", "b@x.cn")
    assert first == ["failed 收件地址或标题不能用在邮件中"]
    assert second[-1].startswith("sent")


def test_a_line_that_begins_with_a_dot_arrives_whole(office: PostOffice) -> None:
    told = Told()
    server = MailSettings(host="127.0.0.1", port=office.port, security="none", sender="a@example.cn")
    post([Item(partial(mail, "a@x.cn", ".hidden\n..twice\n.\nend\n"), told)], server, QUICKLY)
    body = office.to("a@x.cn")[0].get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == ".hidden\n..twice\n.\nend\n"
