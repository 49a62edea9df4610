"""Files of a remote folder into the inbox: laid out there as here, so `T01/报表.xlsx` goes into T01's folder."""

from collections.abc import Iterator
from datetime import datetime

from gongkai.delivery.incoming.arrivals import Arrival, ArrivalOutcome, ArrivedFile
from gongkai.delivery.incoming.journal import ArrivalOrigin, Journal
from gongkai.delivery.incoming.placing import FetchInbox, harmless
from gongkai.delivery.incoming.shares import Remote, RemoteFolder
from gongkai.delivery.incoming.source import Source
from gongkai.submission.inbox.formats import OFFICE_FOLDER
from gongkai.submission.inbox.received_files import MAX_SIZE

_OFFICE_ONLY = (
    "单独存放，没有收取：能写入共享文件夹的人都可能冒充办公室录入。核实后请移入收件目录的 _office，以后直接放在那里。"
)


def take_from_share(source: Source, inbox: FetchInbox, journal: Journal, now: datetime) -> Iterator[Arrival | str]:
    """Brings what is new; a string is what must be told beside it.

    Raises:
        SourceDown: the server is down or broke off.
    """
    share = RemoteFolder(source)
    for remote in share.files():
        if journal.is_done(source.label, remote.key):
            continue
        if remote.size > MAX_SIZE:
            arrival = _too_large(source, remote, now)
        else:
            if not share.bring(remote, inbox.coming):
                inbox.coming.unlink()
                yield f"{source.label}：“{remote.path}”正在上传、改动，或没有读取权限，没有收取，下次再收。"
                continue
            arrival = _taken(source, remote, inbox, now)
        journal.dealt_with(arrival)
        yield arrival


def _taken(source: Source, remote: Remote, inbox: FetchInbox, now: datetime) -> Arrival:
    *folders, name = remote.path.split("/")
    origin = ArrivalOrigin(source.label, remote.key, now.isoformat(timespec="seconds"), proven=True)
    moment = _moment(remote, now)
    if folders and harmless(folders[0]) == OFFICE_FOLDER:
        apart = inbox.keep_apart(inbox.coming, f"{now:%Y-%m-%d}", name, moment)
        piece = ArrivedFile(name, ArrivalOutcome.APART, apart.place, apart.sha256, remote.size)
        note = f"{source.label}：“{remote.path}”{_OFFICE_ONLY}"
        return Arrival(source.label, remote.key, now, moment, remote.path, piece.done, pieces=(piece,), note=note)
    placed = inbox.put(inbox.coming, "/".join(map(harmless, folders)), name, moment, origin)
    done = ArrivalOutcome.KNOWN if placed.known else ArrivalOutcome.TAKEN
    piece = ArrivedFile(name, done, placed.place, placed.sha256, remote.size)
    return Arrival(source.label, remote.key, now, moment, remote.path, done, pieces=(piece,))


def _moment(remote: Remote, now: datetime) -> datetime:
    """When a file was last changed there, in the district's zone; now, where nobody knows."""
    return remote.modified.astimezone(now.tzinfo) if remote.modified else now


def _too_large(source: Source, remote: Remote, now: datetime) -> Arrival:
    large = f"文件 {remote.size / 2**20:.0f} MB，超过 {MAX_SIZE // 2**20} MB 的上限。"
    note = f"{large}请单位删去图片后重新上传，或由办公室核对后手工放入收件目录。"
    moment = _moment(remote, now)
    return Arrival(source.label, remote.key, now, moment, remote.path, ArrivalOutcome.LEFT, note=note)
