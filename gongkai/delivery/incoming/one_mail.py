"""What is done with one mail: told apart by its head, fetched if a person sent it, its files put where they belong.

A mail of somebody whom the registry does not know is kept apart and told to the office. Nobody is ever answered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongkai.delivery.incoming.arrivals import Arrival, ArrivalOutcome, ArrivedFile, MailLack
from gongkai.delivery.incoming.authenticity import is_proven
from gongkai.delivery.incoming.automatic import bounce_of, machine_made
from gongkai.delivery.incoming.cloud_links import cloud_places
from gongkai.delivery.incoming.journal import LOOKED_AT, MAIL, ArrivalOrigin
from gongkai.delivery.incoming.letter import Letter, from_file, from_header
from gongkai.delivery.incoming.mailbox import Mailbox, MailHead, NotGiven
from gongkai.delivery.incoming.meant_file import means_a_file, own_cloud_places
from gongkai.delivery.incoming.pieces import File, files_of
from gongkai.delivery.incoming.placing import FetchInbox, harmless
from gongkai.delivery.incoming.shares import SourceDown
from gongkai.delivery.incoming.source import Source
from gongkai.delivery.incoming.whose import named_of, unit_inside, units_of
from gongkai.profile import Profile, Unit
from gongkai.submission.privacy.personal_data import mask

MAX_MAIL = 120 * 2**20  # bytes as they travel; a file of 50 MB is 68 of them
MAX_APART = 2**30  # bytes of strangers' files: nobody fills the office's disk by writing to it
_NO_ROOM = (
    f"发件地址不在单位名录中，单独存放的文件已到 {MAX_APART // 2**30} GB，没有取下，邮件还在邮箱里。"
    "请清理收件目录的 .fetched/apart。"
)
_TITLE = 200  # signs of a subject that a page shows
_BOUNCE_HEAD = 64 * 2**10  # a bounce says why before it quotes what it returns


@dataclass(frozen=True)
class MailReader:
    """Deals with the mails of one source.

    Attributes:
        authserv_id: what the office's server calls itself where it states that a sender is proven.
        own: the address that our own mails come from.
    """

    source: Source
    inbox: FetchInbox
    profile: Profile
    now: datetime
    authserv_id: str | None = None
    own: str | None = None

    def deal_with(self, key: str, head: MailHead, mailbox: Mailbox) -> Arrival:
        """Does what is to be done with a mail, and says what that was.

        Raises:
            SourceDown: the connection broke off; nothing is written down, the mail comes again.
            OSError: the inbox cannot be written.
        """
        try:
            return self._dealt_with(key, head, mailbox)
        except (SourceDown, OSError):
            raise
        except Exception as error:  # noqa: BLE001  # a mail that no parser understands must not hold up all the others
            note = f"邮件无法解析（{type(error).__name__}）。请在邮箱中打开它，把附件手工放入该单位的收件文件夹。"
            moment = self.profile.local(head.received_at)
            return Arrival(
                self.source.label, key, self.now, moment, "（无法解析的邮件）", ArrivalOutcome.LEFT, note=note
            )

    def _dealt_with(self, key: str, head: MailHead, mailbox: Mailbox) -> Arrival:
        letter = from_header(head.header)
        if made := machine_made(letter, self.own):
            note = self._bounced(head, mailbox) if made is ArrivalOutcome.BOUNCE else ""
            return self._arrival(key, head, letter, made, note=note)
        units = units_of(letter.sender, self.profile)
        if head.size > MAX_MAIL:
            lack = MailLack.TOO_LARGE if units else None
            return self._arrival(key, head, letter, ArrivalOutcome.LEFT, units, note=_too_large(head.size), lack=lack)
        if not units and self.inbox.kept_apart() + head.size > MAX_APART:
            return self._arrival(key, head, letter, ArrivalOutcome.LEFT, note=_NO_ROOM)
        file = self.inbox.coming.with_name(MAIL)
        try:
            mailbox.bring(head.uid, head.size, file)
        except NotGiven:
            note = "邮件服务器没有给出这封邮件。请在邮箱中打开它，把附件手工放入该单位的收件文件夹。"
            return self._arrival(key, head, letter, ArrivalOutcome.LEFT, units, note=note)
        letter = from_file(file)
        proven = bool(units) and is_proven(letter, self.authserv_id)
        moment = head.received_at + timedelta(microseconds=head.uid % 1_000_000)  # mails of one second stay in order
        origin = ArrivalOrigin(self.source.label, key, self.now.isoformat(timespec="seconds"), proven)
        pieces = tuple(self._of_stranger(letter, moment) if not units else self._of(letter, units, moment, origin))
        file.unlink()
        done = _done(pieces) if units else ArrivalOutcome.APART
        lack = _lack(letter, pieces) if units else None
        return self._arrival(key, head, letter, done, units, pieces, proven, _note(letter, units, pieces, lack), lack)

    def _of(
        self, letter: Letter, units: tuple[Unit, ...], moment: datetime, origin: ArrivalOrigin
    ) -> Iterator[ArrivedFile]:
        """The files of a known sender: into the folder of its unit, or of the one that each names inside."""
        inside = self._inside(letter, units) if len(units) > 1 else {}
        others = set(inside.values())
        usual = units[0].code if len(units) == 1 else others.pop() if len(others) == 1 else None
        for number, file in enumerate(files_of(letter)):
            unit = inside.get(number, usual)
            if file.data and unit is not None:
                placed = self.inbox.put(file.data, unit, file.name, moment, origin)
                done = ArrivalOutcome.KNOWN if placed.known else ArrivalOutcome.TAKEN
                yield _piece(file, done, placed.place, placed.sha256, file.note)
            elif file.data:
                which = f"文件没有写明是 {named_of(units)} 中哪个单位的，请核对后移入该单位的收件文件夹。"
                yield self._apart(file, moment, file.note + which)
            else:
                yield _piece(file, ArrivalOutcome.LEFT, None, None, file.note)

    def _of_stranger(self, letter: Letter, moment: datetime) -> Iterator[ArrivedFile]:
        for file in files_of(letter):
            yield (
                self._apart(file, moment, file.note)
                if file.data
                else _piece(file, ArrivalOutcome.LEFT, None, None, file.note)
            )

    def _apart(self, file: File, moment: datetime, note: str) -> ArrivedFile:
        placed = self.inbox.keep_apart(file.data, f"{self.now:%Y-%m-%d}", file.name, moment)
        return _piece(file, ArrivalOutcome.APART, placed.place, placed.sha256, note)

    def _inside(self, letter: Letter, units: tuple[Unit, ...]) -> Mapping[int, str]:
        """Which of several units the files name, by their number in the mail."""
        found = {}
        apart = self.inbox.coming.with_name(LOOKED_AT)  # a folder: a sender may call a file as our journal is called
        apart.mkdir(exist_ok=True)
        for number, file in enumerate(files_of(letter)):
            if file.data:
                whole = apart / harmless(file.name)
                whole.write_bytes(file.data)
                if code := unit_inside(whole, units, self.profile, self.now):
                    found[number] = code
                whole.unlink()
        return found

    def _bounced(self, head: MailHead, mailbox: Mailbox) -> str:
        """Whom our mail did not reach, and why, with the way out."""
        file = self.inbox.coming.with_name(MAIL)
        try:
            mailbox.bring(head.uid, head.size, file, _BOUNCE_HEAD)
        except NotGiven:
            return ""
        told = bounce_of(file)
        file.unlink()
        units = units_of(told.recipient, self.profile)
        whom = f"{named_of(units)}（{told.recipient}）" if units else told.recipient or "某个地址（退信没有写明）"
        return f"发给 {whom} 的邮件没有送到：{told.why}。请核对名录中的电子邮箱，或电话通知。"

    def _arrival(
        self,
        key: str,
        head: MailHead,
        letter: Letter,
        done: ArrivalOutcome,
        units: tuple[Unit, ...] = (),
        pieces: tuple[ArrivedFile, ...] = (),
        proven: bool = False,
        note: str = "",
        lack: MailLack | None = None,
    ) -> Arrival:
        return Arrival(
            source=self.source.label,
            key=key,
            at=self.now,
            sent_at=self.profile.local(head.received_at),
            title=mask(letter.subject[:_TITLE])[0],
            done=done,
            sender=letter.sender,
            units=tuple(unit.code for unit in units),
            pieces=pieces,
            proven=proven,
            note=note,
            letter=letter.identity,
            lack=lack,
        )


def _piece(file: File, done: ArrivalOutcome, place: str | None, sha256: str | None, note: str) -> ArrivedFile:
    return ArrivedFile(mask(harmless(file.name))[0], done, place, sha256, len(file.data), note, file.lack)


def _done(pieces: tuple[ArrivedFile, ...]) -> ArrivalOutcome:
    """What was done with a mail as a whole: the first that holds for one of its files."""
    said = {piece.done for piece in pieces}
    return next(
        (
            one
            for one in (ArrivalOutcome.TAKEN, ArrivalOutcome.APART, ArrivalOutcome.LEFT, ArrivalOutcome.KNOWN)
            if one in said
        ),
        ArrivalOutcome.EMPTY,
    )


def _lack(letter: Letter, pieces: tuple[ArrivedFile, ...]) -> MailLack | None:
    """Why nothing of a known sender's mail can be checked, though it meant to bring something.

    A list, and a machine that says it is one, is told nothing (RFC 3834).
    """
    by_machine = letter.get("Auto-Submitted").lower() not in ("", "no") or letter.get("List-Id")
    if by_machine or letter.get("Precedence").lower() in ("bulk", "list", "junk"):
        return None
    if not all(piece.lack for piece in pieces):
        return None
    found, meant = {piece.lack for piece in pieces}, means_a_file(letter)
    if not meant:
        found.discard(MailLack.UNREAD)  # a logo, a visiting card, a signature
    if own_cloud_places(letter):
        found.add(MailLack.CLOUD)
    if meant and not found:
        return MailLack.NO_FILE
    return next((lack for lack in MailLack if lack in found), None)


def _note(letter: Letter, units: tuple[Unit, ...], pieces: tuple[ArrivedFile, ...], lack: MailLack | None) -> str:
    """What a person must know of the mail as a whole."""
    said = []
    if not units:
        said.append(
            "发件地址不在单位名录中，没有收取，也没有回信。确属某单位的，请核实后把文件移入该单位的收件文件夹。"
        )
    if places := cloud_places(letter.text()):
        said.append(f"文件在{'、'.join(places)}里，邮件只有链接，没有打开。请单位改用普通附件（50 MB 以内）重新发送。")
    elif units and not pieces:
        said.append("" if lack else "邮件没有附件，也没有说附有文件，不另提示。需要的请联系单位。")
    if shown := letter.pictures():
        said.append(f"正文中的图片 {shown} 张没有收取。")
    if lack:
        unless = "还没有受理过报送的单位" if lack is MailLack.UNREAD else "单位此后没有另外报来的"
        said.append(f"{lack.word}：{unless}，会收到一封提示（见“给单位的邮件”）。")
    return "".join(said)


def _too_large(size: int) -> str:
    return (
        f"邮件 {size / 2**20:.0f} MB，超过 {MAX_MAIL // 2**20} MB 的上限，没有取下。"
        "请单位分几封发送（每个附件 50 MB 以内），或把附件手工放入该单位的收件文件夹。"
    )
