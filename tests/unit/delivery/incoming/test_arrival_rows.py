"""The operator's page: what wants somebody stands on top; words of a sender are no mark-up and not personal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gongkai.delivery.incoming.arrival_rows import markdown_page, rows
from gongkai.delivery.incoming.arrivals import Arrival, ArrivalOutcome, ArrivedFile, MailLack

AT = datetime(2022, 1, 20, 9, tzinfo=UTC)
FILE = ArrivedFile("a.xlsx", ArrivalOutcome.TAKEN, "T01/a.xlsx")
TAKEN = Arrival(
    "imaps://gk@mail/INBOX", "1/1", AT, AT, "报表", ArrivalOutcome.TAKEN, "t01@x.example", ("T01",), (FILE,)
)
STRANGER = replace(
    TAKEN, key="1/2", done=ArrivalOutcome.APART, sender="who@y.example", units=(), pieces=(), note="没有回信。"
)


def test_the_newest_comes_first_and_what_wants_somebody_is_listed_apart():
    later = replace(TAKEN, key="1/3", sent_at=AT + timedelta(hours=1), title="更正")
    page = markdown_page([TAKEN, STRANGER, later])
    apart, everything = page.split("## 全部")
    assert "who@y.example" in apart
    assert "t01@x.example" not in apart
    assert everything.index("更正") < everything.index("t01@x.example《报表》")


def test_what_a_unit_has_made_up_for_wants_nobody_any_more():
    empty = replace(TAKEN, key="1/4", done=ArrivalOutcome.EMPTY, pieces=(), lack=MailLack.NO_FILE)
    after, before = (replace(TAKEN, key="1/5", sent_at=AT + timedelta(hours=hours)) for hours in (1, -1))
    assert [row.open for row in rows([empty, before])] == [True, False]
    assert [row.open for row in rows([empty, after])] == [False, False]
    of_another = replace(after, pieces=(replace(FILE, place="T02/a.xlsx"),), units=("T02",))
    apart = replace(empty, pieces=(replace(FILE, done=ArrivalOutcome.APART, place=".fetched/apart/a"),))
    assert [row.open for row in rows([empty, of_another])] == [False, True]
    assert [row.open for row in rows([apart, after])] == [False, True]


def test_a_file_says_where_it_lies_and_an_unproven_sender_is_said():
    (row,) = rows([replace(TAKEN, proven=False)])
    assert "a.xlsx：已收取（T01/a.xlsx）" in row.cells
    assert "未经证实" in row.cells[-1]
    assert "未经证实" not in rows([TAKEN])[0].cells[-1]


def test_a_subject_is_no_mark_up_and_no_personal_data():
    page = markdown_page([replace(TAKEN, title="a|b <script> 身份证 110101199003074477")])
    assert "a\\|b \\<script\\>" in page
    assert "110101199003074477" not in page


def test_what_a_later_program_wrote_into_the_journal_is_passed_over():
    kept = replace(TAKEN, lack=MailLack.ARCHIVE, pieces=(replace(FILE, lack=MailLack.ARCHIVE),)).as_json()
    assert Arrival.from_json({**kept, "weather": 1, "pieces": [{**kept["pieces"][0], "smell": 2}]}).as_json() == kept


def test_nothing_came_yet():
    assert "还没有收到" in markdown_page([])
