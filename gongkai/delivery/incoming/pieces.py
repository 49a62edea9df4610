"""The files of a mail as they go into the inbox: attachments, those inside a zip among them, each with what to know.

What cannot be opened (rar, 7z, winmail.dat, a zip with a password) stays the file that it is, with the way out.
"""

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.delivery.incoming.arrivals import MailLack
from gongkai.delivery.incoming.letter import IncomingFile, Letter
from gongkai.submission.guard.archive import files_in, is_archive, sealed_kind
from gongkai.submission.guard.xml_scan import WorkbookRefused
from gongkai.submission.inbox.attachments import has_form_suffix
from gongkai.submission.inbox.received_files import MAX_SIZE

_OUTLOOK = b"\x78\x9f\x3e\x22"
_OUTLOOKS_FILE = (
    b"\x02\x90\x06\x00"  # attAttachRenddata: stands before each file; Outlook packs mere formatting as well
)
_AGAIN = "请单位解压后把文件作为普通附件重新发送"


class File(NamedTuple):
    """One file: its sender's name for it, its bytes, and what a person must know; empty bytes: it is not taken.

    `lack` says why it can be no submission.
    """

    name: str
    data: bytes
    note: str = ""
    lack: MailLack | None = None


def files_of(letter: Letter) -> Iterator[File]:
    """Every file of a mail, one at a time."""
    for attachment in letter.attachments():
        yield from _of(attachment)


def _of(attachment: IncomingFile) -> Iterator[File]:
    name, data = attachment.name, attachment.data()
    if not data:
        lack = MailLack.EMPTY if has_form_suffix(name) else MailLack.UNREAD  # some servers add an empty ATT00001.txt
        yield File(name, b"", "附件是空的。请单位核对后重新发送。", lack)
    elif len(data) > MAX_SIZE:
        large = f"附件 {len(data) / 2**20:.0f} MB，超过 {MAX_SIZE // 2**20} MB 的上限，没有收取。"
        way_out = "请单位删去图片后重新发送，或直接交办公室放入收件目录。"
        yield File(name, b"", large + way_out, MailLack.TOO_LARGE)
    elif data.startswith(_OUTLOOK):
        said = "Outlook 附件包（winmail.dat），打不开。请单位改用“纯文本或 HTML”格式重新发送。"
        yield File(name, data, said, MailLack.OUTLOOK if _OUTLOOKS_FILE in data else MailLack.UNREAD)
    elif kind := sealed_kind(data):
        yield File(name, data, f"{kind}，没有打开。{_AGAIN}，或改用 zip 压缩。", MailLack.ARCHIVE)
    elif is_archive(data):
        yield from _unpacked(name, data)
    else:
        yield File(name, data, lack=_unread(name))


def _unpacked(name: str, data: bytes) -> Iterator[File]:
    """The files of a zip; the zip itself where it is not opened."""
    found: list[File] = []
    try:
        found = [File(inside, content, f"取自压缩包“{name}”。", _unread(inside)) for inside, content in files_in(data)]
    except WorkbookRefused as refused:
        yield File(name, data, f"{refused.observed}，没有打开。{_AGAIN}。", MailLack.ARCHIVE)
        return
    if not any(one.data for one in found):
        yield File(name, data, f"压缩包里没有文件。{_AGAIN}。", MailLack.ARCHIVE)
    yield from (one for one in found if one.data)


def _unread(name: str) -> MailLack | None:
    """What is called as no form is: a run takes it for an attachment, to which nobody gets an answer."""
    return None if has_form_suffix(name) else MailLack.UNREAD
