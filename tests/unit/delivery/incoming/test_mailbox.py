"""A real mailbox, over TLS: every mail is dealt with once, in the order of arrival, none is answered."""

import hashlib
import io
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gongkai.delivery.incoming import mailbox as mailboxes
from gongkai.delivery.incoming import one_mail, pieces
from gongkai.delivery.incoming.arrivals import Arrival, ArrivalOutcome, Fetched, MailLack
from gongkai.delivery.incoming.collecting import fetch
from gongkai.delivery.incoming.journal import arrivals, origins
from gongkai.delivery.incoming.source import read_sources
from gongkai.profile import Profile
from gongkai.warehouse.rows.fetched import doubtful
from tests.mails import mail
from tests.servers import MailServer, mail_server

NOW = datetime(2022, 1, 21, 9, tzinfo=UTC)
OFFICE = "gk@example.invalid"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


@pytest.fixture
def come(mailbox: MailServer, inbox: Path, default_profile: Profile):
    """Mails arrive, and are fetched."""

    def come(*mails: bytes, profile: Profile = default_profile, options: str = "") -> Fetched:
        mailbox.receive(*mails)
        return fetch(read_sources([mailbox.url + options]), inbox, profile, NOW, own=OFFICE)

    return come


def files(inbox: Path) -> dict[str, bytes]:
    """What lies in the inbox, by its path; what is beside it in the journal's folder is not there for a run."""
    found = inbox.rglob("*")
    return {p.relative_to(inbox).as_posix(): p.read_bytes() for p in found if p.is_file() and ".fetched" not in p.parts}


def only(came: Fetched) -> Arrival:
    (one,) = came.arrivals
    return one


def zipped(**inside: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_mailed_file_lies_in_its_senders_folder_with_the_moment_of_the_offices_server(come, inbox):
    one = only(come(mail(("报表.xlsx", b"T01's"), sender="东风街道 <T01@Example.invalid>")))
    assert (one.done, one.units, one.sender) == (ArrivalOutcome.TAKEN, ("T01",), "t01@example.invalid")
    assert files(inbox) == {"T01/报表.xlsx": b"T01's"}
    received = datetime.fromtimestamp((inbox / "T01" / "报表.xlsx").stat().st_mtime, UTC)
    assert received.replace(microsecond=0) == datetime(2022, 1, 20, 9, tzinfo=UTC)


def test_only_what_is_new_is_fetched(come, inbox):
    assert come(mail(("a.xlsx", b"a"))).taken == 1
    assert come().arrivals == []
    assert come(mail(("b.xlsx", b"b"))).taken == 1
    assert sorted(files(inbox)) == ["T01/a.xlsx", "T01/b.xlsx"]


def test_a_mailbox_that_was_made_anew_brings_no_file_twice(come, mailbox, inbox):
    come(mail(("a.xlsx", b"a")))
    mailbox.empty()  # another UIDVALIDITY: every UID means another mail
    assert only(come(mail(("a.xlsx", b"a")))).done is ArrivalOutcome.KNOWN
    assert list(files(inbox)) == ["T01/a.xlsx"]


def test_mails_of_one_second_keep_their_order(come, mailbox, inbox):
    at = datetime(2022, 1, 20, 9, tzinfo=UTC)
    for name in ("z.xlsx", "a.xlsx"):
        mailbox.receive(mail((name, name.encode())), at=at)
    come()
    assert (inbox / "T01" / "z.xlsx").stat().st_mtime < (inbox / "T01" / "a.xlsx").stat().st_mtime


def test_a_stranger_is_kept_apart_told_to_the_office_and_nothing_of_it_is_taken(come, inbox):
    came = come(mail(("报表.xlsx", b"stranger's"), sender="someone@elsewhere.example"))
    one = only(came)
    assert one.done is ArrivalOutcome.APART
    assert files(inbox) == {}
    assert (inbox / str(one.pieces[0].place)).read_bytes() == b"stranger's"
    assert "someone@elsewhere.example" in came.alerts[0]
    assert "没有回信" in came.alerts[0]


def test_strangers_do_not_fill_the_disk(come, inbox, monkeypatch):
    monkeypatch.setattr(one_mail, "MAX_APART", 2_300)
    stranger = {"sender": "someone@elsewhere.example"}
    came = come(mail(("a.bin", b"a" * 900), **stranger), mail(("b.bin", b"b" * 900), **stranger))
    assert [one.done for one in came.arrivals] == [ArrivalOutcome.APART, ArrivalOutcome.LEFT]
    assert "邮件还在邮箱里" in came.arrivals[1].note


def test_a_sender_with_two_addresses_is_nobody(come, inbox):
    assert (
        only(come(mail(("a.xlsx", b"a"), sender="t01@example.invalid, t02@example.invalid"))).done
        is ArrivalOutcome.APART
    )
    assert files(inbox) == {}


def test_a_stranger_fills_no_page_with_an_address_or_a_subject(come):
    one = only(come(mail(("a.xlsx", b"a"), sender="a" * 50_000 + "@x.example", subject="报" * 20_000)))
    assert (one.sender, len(one.title)) == (None, 200)


def test_a_mail_without_attachment_is_told_by_unit(come):
    came = come(mail())
    assert only(came).done is ArrivalOutcome.EMPTY
    assert "没有附件" in only(came).note
    assert "T01" in came.alerts[0]


def test_five_attachments_are_five_files(come, inbox):
    come(mail(*((f"{number}.pdf", bytes([number])) for number in range(1, 6))))
    assert sorted(files(inbox)) == [f"T01/{number}.pdf" for number in range(1, 6)]


@pytest.mark.parametrize(
    ("link", "where"),
    [
        ("https://wx.mail.qq.com/ftn/download?func=3&key=1", "QQ 邮箱超大附件"),
        ("http://mail.163.com/large-attachment-download/index.html?p=1", "网易邮箱云附件"),
        ("https://pan.baidu.com/s/1abc", "百度网盘"),
    ],
)
def test_a_link_to_a_cloud_attachment_is_named_with_the_way_out_and_not_followed(come, link, where):
    one = only(come(mail(text=f"报表见链接：{link}")))
    assert (one.done, where in one.note, "普通附件" in one.note) == (ArrivalOutcome.EMPTY, True, True)


def test_a_bounce_is_told_with_the_unit_it_was_for_and_its_workbook_is_no_report(come, inbox):
    returned = (
        b"From: MAILER-DAEMON@mx.example\r\nTo: gk@example.invalid\r\nReturn-Path: <>\r\nSubject: Undelivered\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        b"Final-Recipient: rfc822; t02@example.invalid\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + mail(("T02-returned.xlsx", b"ours")) + b"\r\n--b--\r\n"
    )
    came = come(returned)
    assert only(came).done is ArrivalOutcome.BOUNCE
    assert files(inbox) == {}
    assert "T02" in came.alerts[0]
    assert "对方邮箱已满（5.2.2）" in came.alerts[0]


@pytest.mark.parametrize(
    "automatic",
    [
        {"subject": "自动回复：报表"},
        {"Auto_Submitted": "auto-replied (vacation)"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
    ],
)
def test_an_auto_reply_is_passed_over_whatever_it_carries(come, inbox, automatic):
    assert only(come(mail(("T01-returned.xlsx", b"ours"), **automatic))).done is ArrivalOutcome.AUTOMATIC
    assert files(inbox) == {}


@pytest.mark.parametrize("ours", [{"sender": OFFICE}, {"X_Gongkai": "verdict"}])
def test_a_mail_of_our_own_that_comes_back_is_a_loop_and_ends_here(come, inbox, ours):
    assert only(come(mail(("T01-returned.xlsx", b"ours"), **ours))).done is ArrivalOutcome.LOOP
    assert files(inbox) == {}


def test_a_mail_that_went_round_fifty_stations_is_a_loop(come):
    assert only(come(b"Received: from a by b\r\n" * 51 + mail(("a.xlsx", b"a")))).done is ArrivalOutcome.LOOP


def test_the_same_file_by_mail_and_by_a_folder_is_one_file(come, mailbox, inbox, tmp_path, default_profile):
    (tmp_path / "share" / "T01").mkdir(parents=True)
    (tmp_path / "share" / "T01" / "by folder.xlsx").write_bytes(b"same")
    come(mail(("by mail.xlsx", b"same")))
    came = fetch(read_sources([f"file://{tmp_path / 'share'}"]), inbox, default_profile, NOW)
    assert only(came).done is ArrivalOutcome.KNOWN
    assert files(inbox) == {"T01/by mail.xlsx": b"same"}
    assert [(way.source[:5], way.proven) for way in origins(inbox)] == [("imaps", False), ("file:", True)]
    assert doubtful(origins(inbox)) == frozenset()


def test_mailed_bytes_that_lay_there_already_are_vouched_for_by_whoever_put_them(come, inbox):
    (inbox / "T01").mkdir(parents=True)
    (inbox / "T01" / "by hand.xlsx").write_bytes(b"same")
    come(mail(("by mail.xlsx", b"same")), mail(("other.xlsx", b"other")))
    assert doubtful(origins(inbox)) == {("T01", hashlib.sha256(b"other").hexdigest())}


def test_a_mail_that_is_fetched_again_after_the_journal_was_lost_vouches_not_for_itself(come, inbox):
    come(mail(("a.xlsx", b"a")))
    kept = origins(inbox)  # as the warehouse has them
    shutil.rmtree(inbox / ".fetched")
    assert only(come()).done is ArrivalOutcome.KNOWN
    assert doubtful([*kept, *origins(inbox)]) == {("T01", hashlib.sha256(b"a").hexdigest())}


def test_a_fetch_that_was_killed_right_after_it_placed_a_file_is_gone_on_with_and_the_file_stays_whole(come, inbox):
    come(mail(("a.xlsx", b"a")))
    journal = inbox / ".fetched" / "journal.jsonl"
    *before, _ = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(before))  # placed, and not written down that the mail is done with
    (inbox / ".fetched" / "coming").hardlink_to(inbox / "T01" / "a.xlsx")  # linked, and not unlinked
    again, other = come(mail(("b.xlsx", b"other bytes"))).arrivals
    assert (again.done, other.done) == (ArrivalOutcome.KNOWN, ArrivalOutcome.TAKEN)
    assert files(inbox) == {"T01/a.xlsx": b"a", "T01/b.xlsx": b"other bytes"}


def test_the_same_bytes_from_another_unit_are_its_own_file_and_vouch_for_nobody_else(come, inbox):
    said = {"Authentication_Results": "mx.office; dkim=pass header.d=example.invalid"}
    proven = mail(("a.xlsx", b"a"), sender="t02@example.invalid", **said)
    come(mail(("a.xlsx", b"a")), proven, options="?authserv_id=mx.office")
    assert sorted(files(inbox)) == ["T01/a.xlsx", "T02/a.xlsx"]
    assert doubtful(origins(inbox)) == {("T01", hashlib.sha256(b"a").hexdigest())}


def test_a_sender_whom_our_own_server_vouches_for_is_certain(come, inbox):
    said = {"Authentication_Results": "mx.office; dkim=pass header.d=example.invalid"}
    come(mail(("a.xlsx", b"a"), **said), options="?authserv_id=mx.office")
    assert doubtful(origins(inbox)) == frozenset()


def test_names_lead_nowhere(come, inbox):
    names = ("../../T02/报表.xlsx", "..\\..\\报表.xlsx", "/etc/passwd", ".hidden.xlsx", "~$报表.xlsx", "CON.xlsx")
    come(mail(*((name, name.encode()) for name in names)))
    assert sorted(files(inbox)) == [
        "T01/_CON.xlsx", "T01/hidden.xlsx", "T01/passwd", "T01/报表.xlsx", "T01/报表（2）.xlsx", "T01/报表（3）.xlsx",
    ]  # fmt: skip


def test_a_long_name_keeps_its_ending(come, inbox):
    come(mail(("长" * 200 + ".xlsx", b"a")))
    (name,) = files(inbox)
    assert name.endswith("长.xlsx")
    assert len(name.encode()) < 255


def test_a_zip_is_unpacked_under_the_guard_and_names_in_gbk_are_read(come, inbox):
    packed = zipped(**{"AAAA/BBBB.xlsx": b"book", "../../T02/证明.jpg": b"picture", "__MACOSX/._a": b"x"})
    one = only(come(mail(("报送.zip", packed.replace(b"AAAA/BBBB", "报送/报表".encode("gb18030"))))))
    assert one.done is ArrivalOutcome.TAKEN
    assert sorted(files(inbox)) == ["T01/报表.xlsx", "T01/证明.jpg"]
    assert all("取自压缩包" in piece.note for piece in one.pieces)


def test_a_workbook_is_a_zip_and_stays_whole(come, inbox):
    book = zipped(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"})
    come(mail(("报表.xlsx", book)))
    assert files(inbox) == {"T01/报表.xlsx": book}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("报送.rar", b"Rar!\x1a\x07\x01\x00rest", "rar 压缩包"),
        ("报送.7z", b"7z\xbc\xaf\x27\x1crest", "7z 压缩包"),
        ("winmail.dat", b"\x78\x9f\x3e\x22rest", "winmail.dat"),
        ("炸弹.zip", zipped(a=b"\0" * 40 * 2**20), "解压后过大"),
        ("多.zip", zipped(**{f"{number}.txt": b"x" for number in range(61)}), "61 个文件"),
        ("坏.zip", zipped(a=b"content of a file")[:-40], ""),
        ("空.zip", zipped(), "没有文件"),
    ],
    ids=["rar", "7z", "winmail", "bomb", "many", "cut off", "empty"],  # a zip's own bytes hold the second it was made
)
def test_what_cannot_be_opened_is_taken_as_it_is_and_named_with_the_way_out(come, inbox, name, data, said):
    one = only(come(mail((name, data))))
    assert said in one.pieces[0].note
    assert files(inbox) == {f"T01/{name}": data}


def test_a_large_file_comes_in_parts_and_one_too_large_is_left_and_told(come, inbox, monkeypatch):
    monkeypatch.setattr(mailboxes, "_PART", 2**16)
    monkeypatch.setattr(pieces, "MAX_SIZE", 2**20)
    whole = bytes(range(256)) * 2**12
    one = only(come(mail(("大.xlsx", whole), ("过大.xlsx", whole + b"x"))))
    assert files(inbox) == {"T01/大.xlsx": whole}
    assert [piece.done for piece in one.pieces] == [ArrivalOutcome.TAKEN, ArrivalOutcome.LEFT]
    assert "上限" in one.pieces[1].note


def test_a_server_that_breaks_off_in_the_middle_is_gone_on_with(come, mailbox, inbox):
    mailbox.cut_after = 40_000
    came = come(*(mail((f"{number}.xlsx", bytes([number]) * 9_000)) for number in range(1, 6)))
    assert came.taken == 5
    assert came.down == {}
    assert sorted(files(inbox)) == [f"T01/{number}.xlsx" for number in range(1, 6)]
    assert mailbox.cut_after is None


def test_a_server_that_is_down_and_a_wrong_password_are_alerts(mailbox, inbox, default_profile):
    wrong = mailbox.url.replace("geheim", "falsch")
    down = mailbox.url.replace(str(mailbox.port), "9")
    came = fetch(read_sources([wrong, down]), inbox, default_profile, NOW)
    assert len(came.down) == 2
    assert not any("falsch" in said or "geheim" in said for said in came.down.values())


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_password(mailbox, inbox, default_profile, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    came = fetch(read_sources([mailbox.url]), inbox, default_profile, NOW)
    assert "SSLCertVerificationError" in next(iter(came.down.values()))


@pytest.mark.parametrize(
    ("said", "used"),
    [
        (b'"User quota" (STORAGE 9400 10000 MESSAGE 12 1000)', 94),
        (b'"" (MESSAGE 12 1000 storage 1 1000)', 0),
        (b'"" (STORAGE 5 0)', None),
        (b'"" ()', None),
    ],
)
def test_how_full_a_mailbox_is_stands_in_its_servers_quota_answer(said, used):
    assert mailboxes.used_percent(said) == used


@pytest.mark.parametrize(
    ("quota", "told"),
    [((8_900, 10_000), []), ((9_000, 10_000), ["已用 90 %，满了以后单位的邮件会被退回"]), ((), [])],
)
def test_a_mailbox_that_is_nearly_full_is_an_alert_by_its_servers_own_word(come, mailbox, quota, told):
    mailbox.quota = quota
    came = come(mail(("a.xlsx", b"a")))
    assert (came.taken, came.down) == (1, {})
    assert len(came.alerts) == len(told)
    assert all(word in said for word, said in zip(told, came.alerts, strict=True))
    assert mailbox.url not in str(came.alerts)


def test_a_server_that_begins_in_the_clear_is_spoken_to_under_tls(pem, trusted, inbox, default_profile):
    with mail_server(pem, from_first_byte=False) as server:
        server.empty()
        server.receive(mail(("a.xlsx", b"a")))
        assert fetch(read_sources([server.url]), inbox, default_profile, NOW).taken == 1


def test_since_passes_over_what_came_before(come, mailbox, inbox):
    mailbox.receive(mail(("old.xlsx", b"old")), at=datetime(2021, 2, 1, tzinfo=UTC))
    assert come(mail(("new.xlsx", b"new")), options="?since=2022-01-01").taken == 1
    assert list(files(inbox)) == ["T01/new.xlsx"]


# Several units of one authority with one address.


@pytest.fixture
def shared(default_profile: Profile) -> Profile:
    """T01 and T02 have one address."""
    units = tuple(
        unit.model_copy(update={"contact_email": "both@example.invalid"}) if unit.code in ("T01", "T02") else unit
        for unit in default_profile.units
    )
    return default_profile.model_copy(update={"units": units})


def report(unit: str) -> bytes:
    return f'{{"schema": "gongkai/submission/1", "year": 2021, "unit": "{unit}", "tables": null}}'.encode()


def test_the_inside_decides_among_the_senders_units(come, inbox, shared):
    both = mail(("一.json", report("T01")), ("二.json", report("T02")), sender="both@example.invalid")
    come(both, profile=shared)
    assert sorted(files(inbox)) == ["T01/一.json", "T02/二.json"]


def test_what_names_no_unit_goes_with_the_report_that_came_with_it(come, inbox, shared):
    come(mail(("照片.jpg", b"\xff\xd8"), ("报表.json", report("T02")), sender="both@example.invalid"), profile=shared)
    assert sorted(files(inbox)) == ["T02/报表.json", "T02/照片.jpg"]


def test_a_file_that_is_called_as_our_journal_does_it_no_harm(come, inbox, shared):
    both = mail(("journal.jsonl", report("T01")), ("lock", b"x"), sender="both@example.invalid")
    come(both, profile=shared)
    assert sorted(files(inbox)) == ["T01/journal.jsonl", "T01/lock"]
    assert [one.done for one in arrivals(inbox)] == [ArrivalOutcome.TAKEN]


def test_what_names_a_unit_that_is_not_its_senders_is_kept_apart(come, inbox, shared):
    one = only(come(mail(("报表.json", report("T05")), sender="both@example.invalid"), profile=shared))
    assert (one.done, files(inbox)) == (ArrivalOutcome.APART, {})
    assert "T01" in one.pieces[0].note
    assert "T02" in one.pieces[0].note


def test_the_moment_stays_that_of_the_office_whatever_the_mail_says(come, inbox):
    only(come(mail(("a.xlsx", b"a"), Date="Mon, 01 Jan 2001 00:00:00 +0800")))
    written = datetime.fromtimestamp((inbox / "T01" / "a.xlsx").stat().st_mtime, UTC)
    assert abs(written - datetime(2022, 1, 20, 9, tzinfo=UTC)) < timedelta(seconds=1)


THANKS = {"text": "收到，谢谢。", "subject": "回复：退回"}
LINK = "报表见 https://pan.baidu.com/s/1abc"


@pytest.mark.parametrize(
    ("sent", "lack"),
    [
        (mail(), MailLack.NO_FILE),
        (mail(**THANKS), None),
        (mail(text=LINK), MailLack.CLOUD),
        (mail(("章.png", b"\x89PNG"), text=LINK), MailLack.CLOUD),
        (mail(("报送.rar", b"Rar!\x1a\x07\x01\x00rest")), MailLack.ARCHIVE),
        (mail(("报送.rar", b"Rar!\x1a\x07\x01\x00rest"), ("报表.xlsx", b"book")), None),
        (mail(("winmail.dat", b"\x78\x9f\x3e\x22 \x02\x90\x06\x00 rest")), MailLack.OUTLOOK),
        (mail(("winmail.dat", b"\x78\x9f\x3e\x22 formatting"), **THANKS), None),
        (mail(("报表.xlsx", b""), **THANKS), MailLack.EMPTY),
        (mail(("ATT00001.txt", b""), **THANKS), None),
        (mail(("照片.jpg", b"\xff\xd8\xff")), MailLack.UNREAD),
        (mail(("章.png", b"\x89PNG"), **THANKS), None),
        (mail(("报送.zip", zipped(a=b"text"))), MailLack.UNREAD),
        (mail(Auto_Submitted="auto-generated"), None),
        (mail(Precedence="bulk"), None),
        (mail(List_Id="<a.example>"), None),
        (mail(sender="someone@elsewhere.example"), None),
        (mail(subject="自动回复：见附件"), None),
        (mail(X_Gongkai="1"), None),
    ],
)
def test_why_nothing_of_a_mail_can_be_checked_is_kept_in_the_journal(come, inbox, sent, lack):
    come(sent)
    (kept,) = arrivals(inbox)
    assert kept.lack is lack


def test_a_mail_too_large_to_be_taken_lacks_its_file(come, inbox, monkeypatch):
    monkeypatch.setattr(one_mail, "MAX_MAIL", 100)
    assert only(come(mail(("a.xlsx", b"a" * 200)))).lack is MailLack.TOO_LARGE
    monkeypatch.setattr(one_mail, "MAX_MAIL", 10_000)
    monkeypatch.setattr(pieces, "MAX_SIZE", 100)
    assert only(come(mail(("a.xlsx", b"a" * 200)))).lack is MailLack.TOO_LARGE


def test_a_mail_is_known_again_in_a_mailbox_that_was_made_anew(come, mailbox):
    sent = mail(Message_ID="<1@example.invalid>")
    first = only(come(sent))
    mailbox.empty()
    again = only(come(sent))
    assert (first.key == again.key, first.letter == again.letter) == (False, True)
    assert only(come(mail(Message_ID="<2@example.invalid>"))).letter != first.letter
