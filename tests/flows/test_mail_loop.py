"""A whole loop without a person, by a real mailbox and a real mail server: mistake → verdict → correction → cards."""

import io
import json

import openpyxl
import pytest

from gongkai.delivery import posting
from gongkai.demonstration import inboxes
from gongkai.reporting.letters import post_office as letters
from gongkai.reporting.letters.page import page_of_letters
from gongkai.reporting.outbox.release import release
from gongkai.warehouse.audit import entries
from gongkai.warehouse.engine import looked_at
from tests.few_units import profile_of
from tests.flows.conftest import District
from tests.mails import mail
from tests.post_office import post_office, settings_of

T01 = "t01@example.invalid"
OFFICE_UNIT = "office@example.invalid"
CELL = "requests__granted__natural_person"


@pytest.fixture
def two(made, tmp_path):
    """A district of one town and the office, with an empty warehouse."""
    return District(tmp_path, made, profile_of(("T01", "OFFICE"), made.profile, tmp_path / "profile"))


@pytest.fixture
def post(monkeypatch):
    """The office's mail server, which gongkai is set to."""
    monkeypatch.setattr(posting, "WAITS", ())
    with post_office() as office:
        for name, value in settings_of(office).items():
            monkeypatch.setenv(name, value)
        yield office


def with_cell(book, change):
    """The workbook with another figure in one cell of table three."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    ((sheet, cell),) = opened.defined_names[CELL].destinations
    place = opened[sheet][cell.replace("$", "")]
    place.value = change(place.value)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def attached(message, name):
    (found,) = [part for part in message.iter_attachments() if part.get_filename() == name]
    return found.get_content()


def call_of(district):
    now = inboxes.AS_OF_SECOND_ROUND
    return letters.Call(
        year=2021,
        out=district.out,
        warehouse=district.warehouse,
        profile=district.profile,
        now=lambda: now,
        say=lambda _: None,
    )


def test_a_forgotten_file_is_asked_for_and_a_mistake_by_mail_is_sent_back_corrected_accepted_issued_and_delivered(
    two, made, mailbox, post, tmp_path, monkeypatch
):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    monkeypatch.setenv("GONGKAI_SOURCES", mailbox.url)
    (file,) = (made.second_round / "T01").glob("*.xlsx")

    mailbox.receive(mail(sender=OFFICE_UNIT), at=inboxes.AS_OF_FIRST_ROUND)
    mailbox.receive(mail(("报表.xlsx", with_cell(file.read_bytes(), lambda value: value + 5)), sender=T01))
    two.run(2021, inbox, inboxes.AS_OF_FIRST_ROUND)
    assert post.taken == []  # a run sends nothing
    assert letters.notify(call_of(two), letters.AlarmRelease()).sent == ["T01", "OFFICE"]
    (hint,) = post.to(OFFICE_UNIT)
    assert "邮件没有附件，2022年3月31日前重报" in hint["Subject"]
    (verdict,) = post.to(T01)
    assert verdict["Subject"].startswith("【退回修改】T01 东风街道 2021 年度政务公开报送：")
    body = verdict.get_body(("plain",)).get_content()
    assert "表三" in body
    assert "演示数据" in body
    marked = attached(verdict, "T01-returned.xlsx")

    mailbox.receive(mail(("更正.xlsx", with_cell(marked, lambda value: value - 5)), sender=T01))
    two.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND)
    assert letters.notify(call_of(two), letters.AlarmRelease()).sent == ["T01"]
    assert post.to(T01)[-1]["Subject"] == "【已受理】T01 东风街道 2021 年度政务公开报送：无须处理"

    despite = {"all": "办公室自己的还没有报"}
    release(2021, two.out, "王主任", "定稿", two.warehouse, inboxes.AS_OF_SECOND_ROUND, print, despite)
    assert letters.deliver(call_of(two), ["T01"]).sent == ["T01"]
    issued = post.to(T01)[-1]
    assert issued["Subject"].startswith("【送达】T01 东风街道")
    card = json.loads(attached(issued, "scorecard.json"))
    assert card["unit"] == "T01"
    assert "王主任" in attached(issued, "签发单.txt").decode()
    assert letters.deliver(call_of(two), ["T01"]).sent == []

    assert [to for to, _ in post.taken] == [T01, OFFICE_UNIT, T01, T01]
    with looked_at(two.warehouse) as engine:
        kinds = [one.kind for one in entries(engine, 2021, "T01")]
    assert [kind for kind in kinds if kind in ("notified", "delivered")] == ["notified", "notified", "delivered"]

    page = page_of_letters(call_of(two))
    assert "需要人处理" not in page
    assert page.count(f"| 已发出 | {T01} | 250 taken as ") == 3

    drafts = ["report", "score", "draft"]
    two.run(2021, None, inboxes.AS_OF_SECOND_ROUND, stages=drafts, out=tmp_path / "rebuilt")
    assert letters.list_queued(call_of(two)) == []
    assert len(post.taken) == 4
