"""One alert a cause: told once, again only after it was mended, and not counted as told while nobody was reached."""

from datetime import UTC, datetime, timedelta

import pytest

from gongkai.cli.server.causes import AlertCause
from gongkai.cli.server.watch import TOLD, Told
from gongkai.errors import GongkaiError

FULL, LATE = AlertCause("disk", "磁盘将满", "只剩 1 MB"), AlertCause("late", "迟迟没有开始", "两次")


@pytest.fixture
def sent():
    return []


@pytest.fixture
def look(tmp_path, sent):
    def tell(*causes, send=lambda title, text: None):
        def post(title, text):
            send(title, text)
            sent.append(title)

        Told(tmp_path / "state" / TOLD).tell(causes, post)

    return tell


def test_a_cause_is_told_once(look, sent):
    look(FULL)
    look(FULL, LATE)
    look(FULL, LATE)
    assert sent == ["【公开】磁盘将满", "【公开】迟迟没有开始"]


def test_what_was_mended_and_comes_back_is_told_again(look, sent):
    look(FULL)
    look()
    look(FULL)
    assert len(sent) == 2


def test_what_reached_nobody_is_tried_again(look, sent):
    def unreachable(title, text):
        raise GongkaiError("网络不通")

    look(FULL, LATE, send=unreachable)
    assert sent == []
    look(FULL, LATE)
    assert len(sent) == 2


def test_what_may_pass_by_itself_is_told_once_it_has_lasted(tmp_path, sent):
    ledger, began = Told(tmp_path / TOLD), datetime(2022, 1, 31, 20, tzinfo=UTC)
    refused = AlertCause("mail", "邮件没有送达", "T03", timedelta(minutes=5))

    def seen(minutes, *causes):
        ledger.tell(causes, lambda title, text: sent.append(title), began + timedelta(minutes=minutes))

    seen(0, refused)
    seen(4, refused)
    seen(4.5)
    seen(6, refused)
    assert sent == []
    seen(11, refused)
    seen(12, refused)
    assert len(sent) == 1


def test_half_a_ledger_is_no_ledger(look, sent, tmp_path):
    look(FULL)
    (tmp_path / "state" / TOLD).write_text('{"disk": "20')
    look(FULL)
    assert len(sent) == 2
