"""The head of a run fetches what units sent: it counts in the same run, its origin is kept, and who is down is told."""

import io
import json
import re

import openpyxl
import pytest
from prefect.artifacts import Artifact
from sqlalchemy import create_engine

from gongkai.demonstration import inboxes
from gongkai.warehouse.rows.fetched import known_fetched
from tasks.show import show_arrivals
from tests.mails import mail

T01 = "t01@example.invalid"


@pytest.fixture
def book(made):
    (file,) = (made.second_round / "T01").glob("*.xlsx")
    return file.read_bytes()


@pytest.fixture
def last_year(made):
    (file,) = (made.inbox_before / "T01").iterdir()
    return file.read_bytes()


def changed(book):
    """The workbook with another figure, and the reason for it."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    for name, value in (("head__reason", "漏计"), ("activities__portal_items", 999)):
        ((sheet, cell),) = opened.defined_names[name].destinations
        opened[sheet][cell.replace("$", "")].value = value
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def board(district):
    units = json.loads((district.out / "2021" / "board.json").read_text(encoding="utf-8"))["units"]
    return next(one["state"] for one in units if one["unit"] == "T01")


def test_a_mailed_workbook_counts_in_the_same_run_and_an_unproven_correction_waits(
    served, made, mailbox, book, last_year, tmp_path, monkeypatch
):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    monkeypatch.setenv("GONGKAI_SOURCES", f"{mailbox.url} file:///nowhere")
    (of_another,) = (made.second_round / "T03").glob("*.xlsx")
    sent = (("去年.xlsx", last_year), ("冒名.xlsx", of_another.read_bytes()), ("报表.xlsx", book))
    mailbox.receive(*(mail(one, sender=T01) for one in sent), at=inboxes.AS_OF_FIRST_ROUND)
    ended = served.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01"], stages=["merge"])
    assert ended.is_completed()
    assert "file:///nowhere 暂时不可用" in ended.message

    mailbox.receive(mail(("更正.xlsx", changed(book)), sender=T01), at=inboxes.AS_OF_FIRST_ROUND)
    served.run(2021, inbox, inboxes.AS_OF_SECOND_ROUND, units=["T01"])
    receipt = json.loads((served.out / "2021" / "receipts" / "T01.json").read_text(encoding="utf-8"))
    assert (receipt["status"], receipt["accepted_revision"]) == ("quarantined", 3)
    assert [one["rule"] for one in receipt["findings"] if "未经证实" in one["message"]] == ["ADMISSION-WAITING"]
    page = (served.out / "2021" / "receipts" / "T01.html").read_text(encoding="utf-8")
    assert "○ 待确认" in page
    assert "不必重新报送" in page
    assert not re.search("必须改正|逐一处理|前重新报送", page)  # nobody's fault, and nothing for the unit to do
    assert board(served) == "waiting"

    assert [p.name for p in inbox.iterdir() if not p.name.startswith(".")] == ["T01"]  # nobody sends for another
    show_arrivals.fn(inbox)
    shown = Artifact.get("arrivals").data
    assert "去年.xlsx：已收取（T01/去年.xlsx）" in shown.replace("\\", "")

    ways = known_fetched(create_engine(served.warehouse))
    assert [(way.place, way.proven) for way in ways] == [
        ("T01/去年.xlsx", False),
        ("T01/冒名.xlsx", False),
        ("T01/报表.xlsx", False),
        ("T01/更正.xlsx", False),
    ]
    assert all(way.source.startswith("imaps://gk@127.0.0.1") for way in ways)
