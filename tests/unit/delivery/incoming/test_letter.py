"""Mails as programs in China really write them: what a file is called and who sent it is read whatever the encoding."""

import base64
from email import message_from_bytes

import pytest

from gongkai.delivery.incoming.letter import Letter as _Letter
from gongkai.delivery.incoming.letter import from_header


def letter(raw: bytes) -> _Letter:
    return _Letter(message_from_bytes(raw.replace(b"\n", b"\r\n")))


def named(disposition: bytes, kind: bytes = b"application/octet-stream") -> str:
    (one,) = letter(
        b'From: a@b\nContent-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: ' + kind
        + b"\nContent-Disposition: " + disposition + b"\nContent-Transfer-Encoding: base64\n\nYWJj\n--x--\n"
    ).attachments()  # fmt: skip
    assert one.data() == b"abc"
    return one.name


GBK, WORD = "报表.xlsx".encode("gb18030"), base64.b64encode("报表.xlsx".encode("gb18030"))


@pytest.mark.parametrize(
    "disposition",
    [
        b'attachment; filename="' + GBK + b'"',
        b'attachment; filename="' + "报表.xlsx".encode() + b'"',
        b'attachment; filename="=?gb2312?B?' + WORD + b'?="',
        b'attachment; filename="=?GBK?B?' + WORD + b'?="',
        b'attachment; filename="=?utf-8?Q?=E6=8A=A5=E8=A1=A8?=.xlsx"',
        b"attachment; filename*=utf-8''%E6%8A%A5%E8%A1%A8.xlsx",
        b"attachment; filename*=gb2312''%B1%A8%B1%ED.xlsx",
        b"attachment;\n filename*0*=utf-8''%E6%8A%A5;\n filename*1*=%E8%A1%A8.xlsx",
    ],
)
def test_a_files_name_is_read_in_every_way_it_is_written(disposition):
    assert named(disposition) == "报表.xlsx"


def test_a_name_only_in_the_type_counts():
    assert named(b"attachment", b'application/vnd.ms-excel; name="=?gb18030?B?' + WORD + b'?="') == "报表.xlsx"


def test_a_file_without_any_name_is_called_something():
    assert named(b"attachment") == "附件"
    assert named(b"attachment", b"application/ms-tnef") == "winmail.dat"


def test_a_subject_in_bare_gb18030_bytes_and_in_a_word_split_in_a_character():
    assert from_header("Subject: 报表".encode("gb18030") + b"\r\n\r\n").subject == "报表"
    first, second = base64.b64encode(b"\xb1"), base64.b64encode(b"\xa8\xb1\xed")
    split = b"Subject: =?gb2312?B?" + first + b"?=\r\n =?gb2312?B?" + second + b"?=\r\n\r\n"
    assert from_header(split).subject == "报表"


def test_a_word_in_an_encoding_that_nobody_knows_is_no_reason_to_fail():
    assert from_header(b"Subject: =?x-martian?B?YWJj?=\r\n\r\n").subject == "abc"
    assert from_header(b"Subject: =?utf-8?B?a?=\r\n\r\n").subject


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        (b"From: T01@X.gov.cn", "t01@x.gov.cn"),
        ("From: 东风街道 <t01@x.gov.cn>".encode("gb18030"), "t01@x.gov.cn"),
        (b'From: "boss@y.gov.cn" <t01@x.gov.cn>', "t01@x.gov.cn"),
        (b"From: t01@x.gov.cn\r\nFrom: t02@x.gov.cn", None),
        (b"From: undisclosed", None),
        (b"To: t01@x.gov.cn", None),
    ],
)
def test_the_sender_is_one_address_or_nobody(header, sender):
    assert from_header(header + b"\r\n\r\n").sender == sender


def test_pictures_of_a_signature_are_no_files_and_those_of_a_forwarded_mail_are():
    raw = (
        b'From: a@b\nContent-Type: multipart/mixed; boundary="x"\n\n'
        b"--x\nContent-Type: text/html; charset=gb2312\n\n" + "请见附件".encode("gb18030") + b"\n"
        b"--x\nContent-Type: image/png; name=logo.png\nContent-ID: <logo>\nContent-Disposition: inline\n\nabc\n"
        b'--x\nContent-Type: message/rfc822\n\nFrom: c@d\nContent-Type: multipart/mixed; boundary="y"\n\n'
        b"--y\nContent-Type: application/pdf; name=inside.pdf\n\nabc\n--y--\n\n--x--\n"
    )
    made = letter(raw)
    assert [one.name for one in made.attachments()] == ["inside.pdf"]
    assert made.pictures() == 1
    assert "请见附件" in made.text()
