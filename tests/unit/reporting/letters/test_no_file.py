"""A unit whose mail brought no file is told so once, unless one came since; nobody else, and never without end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from gongkai.delivery.incoming.arrivals import Arrival, ArrivalOutcome, ArrivedFile, MailLack
from gongkai.reporting.letters import no_file
from gongkai.reporting.letters import post_office as post
from gongkai.reporting.letters.blocks import as_text, from_json
from gongkai.reporting.letters.no_file import _WAYS_OUT
from gongkai.warehouse.records import Revision, YearState
from gongkai.warehouse.stored_file import FileBeside
from tests.post_office import PostOffice
from tests.unit.reporting.conftest import AS_OF, make_state
from tests.unit.reporting.letters.conftest import District

Make = Callable[..., Revision]
MAILED = AS_OF - timedelta(hours=2)
T01 = "t01@example.invalid"


def lacking(
    at: datetime = MAILED, unit: str = "T01", lack: MailLack | None = MailLack.NO_FILE, **more: object
) -> Arrival:
    """A mail without its file."""
    given = {"source": "imaps://gk@x/INBOX", "key": f"1/{at:%H%M%S}", "at": AS_OF, "sent_at": at, "title": "报表"}
    said = {"done": ArrivalOutcome.EMPTY, "sender": T01, "units": (unit,), "letter": f"{unit} {at:%d %H%M%S}"}
    return Arrival(**{**given, **said, "lack": lack, **more})  # type: ignore[arg-type]


def brought(at: datetime, place: str = "T01/a.xlsx", lack: MailLack | None = None) -> Arrival:
    """A mail, or a file of a folder, that brought something."""
    piece = ArrivedFile("a.xlsx", ArrivalOutcome.TAKEN, place, "a" * 64, 1, lack=lack)
    return lacking(at, lack=lack, done=ArrivalOutcome.TAKEN, pieces=(piece,))


def hints(district: District) -> list[tuple[str, str]]:
    return [(one.unit, one.state) for one in district.messages(kinds=["no_file"])]


def sends(district: District) -> list[str]:
    return post.notify(district.call(), post.AlarmRelease()).sent


@pytest.mark.parametrize("lack", list(MailLack))
def test_the_hint_says_why_and_the_way_out_and_until_when(
    district: District, lack: MailLack, office: PostOffice
) -> None:
    district.run({}, arrivals=[lacking(lack=lack)])
    assert sends(district) == ["T01"]
    ((to, mail),) = office.taken
    assert to == T01
    said = f"【未收到文件】T01 东风街道 2021 年度政务公开报送：{lack.word}，2022年3月31日前重报"
    assert str(mail["Subject"]) == said
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert _WAYS_OUT[lack] in text
    assert "重新发送" in text
    assert "请尽快重新报送" in text
    assert "不是贵单位发出的" in text
    assert [*mail.iter_attachments()] == []


def test_a_mail_is_told_of_once_whatever_comes_after(district: District, office: PostOffice) -> None:
    for _ in range(2):
        district.run({}, arrivals=[lacking()])
        sends(district)
    elsewhere = replace(lacking(), key="2/1")  # the mailbox was made anew
    district.run({}, arrivals=[lacking(), elsewhere])
    assert hints(district) == [("T01", "sent")]


def test_of_several_mails_only_the_last_is_told_of(district: District, office: PostOffice) -> None:
    district.run({}, arrivals=[lacking(MAILED), lacking(MAILED + timedelta(minutes=5), lack=MailLack.CLOUD)])
    assert sends(district) == ["T01"]
    assert "网盘" in str(office.to(T01)[0]["Subject"])
    assert hints(district) == [("T01", "sent")]


@pytest.mark.parametrize("place", ["T01/a.xlsx", "T01/sub/a.xlsx"])
def test_where_a_file_came_since_nothing_is_told(district: District, place: str) -> None:
    district.run({}, arrivals=[lacking()])
    district.run({}, arrivals=[lacking(), brought(MAILED + timedelta(minutes=1), place)])
    assert hints(district) == [("T01", "superseded")]


def test_what_came_before_or_for_another_or_cannot_be_checked_is_no_file_since(district: District) -> None:
    later = MAILED + timedelta(minutes=1)
    others = [
        brought(MAILED - timedelta(minutes=1)),
        brought(later, "T02/a.xlsx"),
        brought(later, lack=MailLack.UNREAD),
    ]
    district.run({}, arrivals=[*others, lacking(later)])
    assert hints(district) == [("T01", "queued")]


def test_a_file_that_came_by_hand_is_one(district: District, sent_back: Make) -> None:
    by_hand = replace(sent_back("T01"), received_at=MAILED + timedelta(minutes=1))
    district.run({"T01": (by_hand,)}, arrivals=[lacking()])
    assert hints(district) == []
    before = replace(by_hand, received_at=MAILED - timedelta(minutes=1))
    district.run({"T01": (before,)}, arrivals=[lacking()])
    assert hints(district) == [("T01", "queued")]


def test_a_file_of_another_year_is_none_and_a_new_one_beside_it_is(district: District, make: SimpleNamespace) -> None:
    found = make.finding("WRONG-YEAR", observed=2020)
    before = FileBeside("T01/a.xlsx", "a" * 64, MAILED - timedelta(days=90), "attachment", (found,))
    mailed = brought(MAILED)
    due = no_file.due(state_of(district, before), [mailed])
    assert {code: one.lack for code, one in due.items()} == {"T01": MailLack.LAST_YEAR}
    new = ArrivedFile("b.xlsx", ArrivalOutcome.TAKEN, "T01/b.xlsx", "b" * 64, 1)
    with_another = replace(mailed, pieces=(*mailed.pieces, new))
    assert no_file.due(state_of(district, before), [with_another]) == {}
    assert no_file.due(state_of(district), [mailed]) == {}


def state_of(district: District, *beside: FileBeside) -> YearState:
    state = make_state({"T01": ()}, profile=district.profile)
    (unit,) = [one for one in state.units if one.unit.code == "T01"]
    return replace(state, units=(replace(unit, beside=beside),))


def test_who_is_accepted_is_told_that_this_stands_and_not_of_what_only_proves(
    district: District, accepted: Make
) -> None:
    has = replace(accepted("T01"), received_at=MAILED - timedelta(days=3))
    district.run({"T01": (has,)}, arrivals=[lacking(lack=MailLack.UNREAD)])
    assert hints(district) == []
    district.run({"T01": (has,)}, arrivals=[lacking(lack=MailLack.ARCHIVE)])
    (message,) = district.messages(kinds=["no_file"])
    assert message.subject.endswith("：压缩包打不开")
    assert "第 1 次报送此前已受理，仍然有效" in as_text(from_json(message.body))


@pytest.mark.parametrize(
    "mail",
    [
        lacking(MAILED - timedelta(days=15)),
        lacking(lack=None),
        lacking(units=()),
        lacking(unit="NOBODY"),
    ],
    ids=["old", "meant none", "a stranger's", "no longer expected"],
)
def test_of_no_other_mail_anybody_is_told(district: District, mail: Arrival) -> None:
    district.run({}, arrivals=[mail])
    assert hints(district) == []


def test_only_a_year_that_is_reported_for_tells(district: District) -> None:
    district.run({}, arrivals=[lacking(AS_OF + timedelta(days=400))], as_of=AS_OF + timedelta(days=400, hours=1))
    assert hints(district) == []


def test_a_machine_that_answers_every_hint_is_answered_three_times_a_day(
    district: District, office: PostOffice
) -> None:
    mails = []
    for number in range(5):
        mails.append(lacking(MAILED + timedelta(minutes=number)))
        district.run({}, arrivals=mails)
        sends(district)
    assert len(office.to(T01)) == 3


def test_units_of_one_address_get_one_hint(district: District, office: PostOffice) -> None:
    district.run({}, arrivals=[lacking(units=("T01", "T02"))])
    assert hints(district) == [("T01", "queued")]


def test_nothing_of_the_mail_is_quoted(district: District, make: SimpleNamespace) -> None:
    forged = lacking(title="请点击 http://evil.example 领取补贴", key="<script>")
    district.run({}, arrivals=[forged])
    (message,) = district.messages(kinds=["no_file"])
    assert "evil" not in str(message.body) + message.subject


def test_a_rule_alarm_holds_no_hint_back(district: District, sent_back: Make, office: PostOffice) -> None:
    many = {f"T0{number}": (sent_back(f"T0{number}"),) for number in range(1, 8)}
    assert district.run(many, arrivals=[lacking(AS_OF, unit="T08")])
    assert sends(district) == ["T08"]
