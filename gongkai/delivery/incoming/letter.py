"""A received mail as it is meant: who sent it, what it is called, which files it carries; whatever program wrote it.

Names and subjects come as RFC 2047 words, RFC 2231 parameters or bare GB18030 bytes. What is done with the mail is
decided elsewhere.
"""

import binascii
import email
import email.errors
import email.header
import email.policy
import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from email.utils import getaddresses
from pathlib import Path
from typing import Any, NamedTuple

_SURROGATES = re.compile("[\udc80-\udcff]")
_BREAKS = re.compile(r"(?<!\s)\s*[\r\n]\s*")  # begun only where blanks begin: a header of blanks alone is long
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "cp936", "ansi_x3.110-1983", "unknown-8bit", "default"})
_LONGEST_ADDRESS = 254  # RFC 5321
_KINDS = {"application/ms-tnef": "winmail.dat", "message/rfc822": "邮件.eml"}


class IncomingFile(NamedTuple):
    """One file of a mail; its bytes are decoded when somebody asks."""

    name: str
    part: Message

    def data(self) -> bytes:
        """The bytes; those of a part that says nothing of how it is encoded as they stand."""
        if self.part.get("Content-Transfer-Encoding", "").strip().lower() == "base64":
            with suppress(ValueError):  # in one step: `get_payload` takes six times the size of a large file
                return binascii.a2b_base64(str(self.part.get_payload()))
        return bytes(self.part.get_payload(decode=True) or b"")


class Letter:
    """One mail, or its header alone."""

    def __init__(self, message: Message) -> None:
        for part in message.walk():
            for name, value in [*part.raw_items()]:
                if _SURROGATES.search(str(value)):
                    part.replace_header(name, _bare(str(value)))
        self._message = message

    @property
    def sender(self) -> str | None:
        """The address of the one who sent it; None where there is none, more than one, or one longer than any is."""
        found = [address for _, address in getaddresses(map(str, self._message.get_all("From", []))) if "@" in address]
        return found[0].strip().lower() if len(found) == 1 and len(found[0]) <= _LONGEST_ADDRESS else None

    @property
    def subject(self) -> str:
        return _BREAKS.sub(" ", decoded(str(self._message.get("Subject", "")))).strip() or "（无主题）"

    def get(self, name: str) -> str:
        """One header, unfolded; empty where there is none."""
        return _BREAKS.sub(" ", str(self._message.get(name, ""))).strip()

    def all(self, name: str) -> list[str]:
        """Every header of a name, from the top."""
        return [_BREAKS.sub(" ", str(one)).strip() for one in self._message.get_all(name, [])]

    @property
    def identity(self) -> str:
        """A hash by which a mail is known again, wherever it lies: of its Message-ID, or of what stands in for it."""
        said = self.get("Message-ID") or "\n".join(self.get(name) for name in ("From", "Date", "Subject"))
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def kind(self) -> str:
        """The MIME type of the whole."""
        return self._message.get_content_type()

    def parts(self, kind: str) -> Iterator[Message]:
        """Its parts of a MIME type."""
        return (part for part in self._message.walk() if part.get_content_type() == kind)

    def attachments(self) -> Iterator[IncomingFile]:
        """Its files, those of a mail that was forwarded as one among them; pictures of the text are none."""
        for part in self._message.walk():
            if part.is_multipart() or _is_text(part) or is_picture_of_text(part):
                continue
            yield IncomingFile(_name(part), part)

    def pictures(self) -> int:
        """How many pictures belong to the text: logos of signatures, mostly."""
        return sum(is_picture_of_text(part) for part in self._message.walk())

    def own_texts(self) -> tuple[list[str], list[str]]:
        """Its own texts, plain ones and pages; those of a mail that was forwarded in it are not among them."""
        plain: list[str] = []
        pages: list[str] = []
        for part in _outside_forwarded(self._message):
            if part.get_content_maintype() == "text" and _is_text(part):
                said = _in_chinese(bytes(part.get_payload(decode=True) or b""), part.get_content_charset())
                (pages if part.get_content_subtype() == "html" else plain).append(said)
        return plain, pages

    def text(self) -> str:
        """What it says, plain and HTML alike, for whoever looks for links."""
        own = (one for one in self._message.walk() if one.get_content_maintype() == "text" and _is_text(one))
        return "\n".join(
            _in_chinese(bytes(one.get_payload(decode=True) or b""), one.get_content_charset()) for one in own
        )


def from_file(file: Path) -> Letter:
    """A mail out of a file, read in parts."""
    with file.open("rb") as stream:
        return Letter(email.message_from_binary_file(stream, policy=email.policy.compat32))


def from_header(header: bytes) -> Letter:
    """A header alone."""
    return Letter(email.message_from_bytes(header, policy=email.policy.compat32))


def decoded(text: str) -> str:
    """A header's words in clear; a word in an encoding that nobody knows stays as it stands."""
    try:
        words = email.header.decode_header(text)
    except email.errors.HeaderParseError:
        return text
    return "".join(word if isinstance(word, str) else _in_chinese(word, charset) for word, charset in words)


def is_picture_of_text(part: Message) -> bool:
    """Whether a part is a picture that the HTML text shows."""
    shown = part.get("Content-ID") is not None and part.get_content_disposition() != "attachment"
    return shown and part.get_content_maintype() == "image"


def _outside_forwarded(part: Message) -> Iterator[Message]:
    """The parts of a mail, but for those of a mail inside it."""
    if part.get_content_maintype() == "message":
        return
    inside = part.get_payload() if part.is_multipart() else None
    if not isinstance(inside, list):
        yield part
        return
    for one in inside:
        if isinstance(one, Message):
            yield from _outside_forwarded(one)


def _is_text(part: Message) -> bool:
    """Whether a part is the mail's own text, not a file."""
    if part.get_content_maintype() != "text" or part.get_content_disposition() == "attachment":
        return part.get_content_type() in ("message/delivery-status", "message/disposition-notification")
    return not part.get_filename()


def _name(part: Message) -> str:
    """A file's name out of its disposition, else its type; one that says none is called by what it is."""
    for header, key in (("content-disposition", "filename"), ("content-type", "name")):
        found: Any = part.get_param(key, None, header)
        if isinstance(found, tuple):  # RFC 2231
            charset, _, value = found
            return _in_chinese(value.encode("raw-unicode-escape"), charset)
        if found:
            return decoded(str(found))
    return _KINDS.get(part.get_content_type(), "附件")


def _bare(value: str) -> str:
    """A header in which bytes stand that no standard allows."""
    return _in_chinese(value.encode("ascii", "surrogateescape"), None)


def _in_chinese(raw: bytes, charset: str | None) -> str:
    """Bytes in the encoding that they claim; in none, or one that is not theirs, as UTF-8 or GB18030."""
    named = (charset or "").lower()
    for encoding in ("gb18030" if named in _CHINESE else named or "utf-8", "utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")
