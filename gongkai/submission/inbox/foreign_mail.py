"""An e-mail that was put into the inbox as a file: what it carries is named, and nothing of it is opened.

Also a page saved as one file (.mht), which is written like a mail. `delivery` reads real mailboxes; this does not.
"""

import email
import email.header
import email.policy
import re

from gongkai.findings import ReadingIssue
from gongkai.submission.values.typed_values import printable

_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]")
_OF_MAIL = re.compile(
    rb"^(?:From|To|Subject|Received|Return-Path|Message-ID|MIME-Version|Date|Content-Type|X-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_PAGE = re.compile(rb"multipart/related|snapshot-content-location|saved by (?:blink|windows|microsoft)", re.IGNORECASE)
_OF_OUTLOOK = b"\x78\x9f\x3e\x22"
_BEFORE = b"\xef\xbb\xbf\r\n\t "  # that may stand before the first line
_SHOWN = 5  # attachments named; the rest are counted


def mail(data: bytes) -> ReadingIssue | None:
    """What is said of a mail or of a page written like one; None for everything else."""
    if data.startswith(_OF_OUTLOOK):
        return _named(
            "Outlook 邮件附件包（winmail.dat）", "请发件人改用“纯文本或 HTML”格式重新发送，再把其中的附件单独报送"
        )
    head = data[:8192].lstrip(_BEFORE)
    enough = 2 if head.startswith(b"MIME-Version:") else 3  # a page that Office saved has no more
    if not (_HEADER.match(head) or head.startswith(b"From ")) or len(set(_OF_MAIL.findall(head))) < enough:
        return None
    message = email.message_from_bytes(data.lstrip(_BEFORE), policy=email.policy.compat32)
    if _PAGE.search(head) and not any(part.get_filename() for part in message.walk()):
        return _named("单个文件网页（.mht）", "请用 Excel 或 WPS 打开，另存为 .xlsx（年度报告另存为 .docx）后报送")
    names = [printable(_decoded(name), 60) for part in message.walk() if (name := part.get_filename())]
    if not names:
        return _named("电子邮件（.eml）", "邮件没有附件：请把填报模板（.xlsx）作为文件单独报送")
    listed = "、".join(f"“{name}”" for name in names[:_SHOWN])
    more = f"等 {len(names)} 个" if len(names) > _SHOWN else ""
    return _named("电子邮件（.eml）", f"邮件附有 {listed}{more}，没有打开：请把附件另存出来，单独报送")


def _decoded(name: str) -> str:
    try:
        return str(email.header.make_header(email.header.decode_header(name)))
    except (LookupError, ValueError):
        return name


def _named(label: str, way_out: str) -> ReadingIssue:
    return ReadingIssue(rule="WRONG-TEMPLATE", observed=label, values={"way_out": way_out})
