"""All sources, one after the other, into one inbox: a source that fails is told and costs the others nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from gongkai.delivery.incoming.arrivals import Arrival, ArrivalOutcome, Fetched
from gongkai.delivery.incoming.from_mailbox import take_from_mailbox
from gongkai.delivery.incoming.from_share import take_from_share
from gongkai.delivery.incoming.journal import Journal, held
from gongkai.delivery.incoming.one_mail import MailReader
from gongkai.delivery.incoming.outages import note_outages
from gongkai.delivery.incoming.placing import FetchInbox
from gongkai.delivery.incoming.shares import SourceDown
from gongkai.delivery.incoming.source import Source
from gongkai.profile import Profile

_NAMED = 5  # addresses of strangers that are named; the page has all


def fetch(
    sources: Sequence[Source],
    folder: Path,
    profile: Profile,
    now: datetime,
    wait: float = 60,
    authserv_id: str | None = None,
    own: str | None = None,
    say: Callable[[Arrival], None] | None = None,
) -> Fetched:
    """Brings everything that is new into an inbox.

    Args:
        sources: where from.
        folder: the inbox; made when it is not there.
        profile: its registry says whose mail it is.
        now: the moment.
        wait: seconds to wait for another fetch into this inbox.
        authserv_id: what the office's mail server calls itself, for sources that do not say it.
        own: the address that our own mails come from.
        say: is told of every arrival as it is dealt with.

    Raises:
        BusyError: another fetch did not end in time.
        OSError: the inbox cannot be written.
    """
    outcome = Fetched()
    with held(folder, wait) as journal:
        inbox = FetchInbox(folder, journal)
        for source in sources:
            reader = MailReader(source, inbox, profile, now, source.options.get("authserv_id", authserv_id), own)
            try:
                for one in _taken(source, inbox, journal, reader):
                    if isinstance(one, str):
                        outcome.alerts.append(one)
                        continue
                    outcome.arrivals.append(one)
                    if say:
                        say(one)
            except SourceDown as error:
                outcome.down[source.label] = str(error)
        note_outages(folder, (source.label for source in sources), outcome.down, now)
    outcome.alerts += _to_look_at(outcome.arrivals)
    return outcome


def _taken(source: Source, inbox: FetchInbox, journal: Journal, reader: MailReader) -> Iterator[Arrival | str]:
    if source.is_mailbox:
        return take_from_mailbox(source, reader, journal)
    return take_from_share(source, inbox, journal, reader.now)


def _to_look_at(arrivals: Sequence[Arrival]) -> Iterator[str]:
    """What somebody of the office has to look at, in one sentence a kind; each is told in full on the page."""
    apart = [one for one in arrivals if one.done is ArrivalOutcome.APART and not one.units]
    yield from (one.note for one in apart if not one.letter)  # files of a share
    if strangers := [one for one in apart if one.letter]:
        who = "、".join(sorted({one.sender or "（没有发件地址）" for one in strangers})[:_NAMED])
        yield f"{len(strangers)} 封邮件来自名录以外的地址（{who}），文件单独存放，没有收取，也没有回信。"
    yield from (one.note for one in arrivals if one.done is ArrivalOutcome.BOUNCE and one.note)
    if others := [one for one in arrivals if one.done.wants_somebody and one.units]:
        units = "、".join(sorted({code for one in others for code in one.units}))
        yield f"{len(others)} 封邮件没有收到文件：{units}。会另发提示还是要联系单位，逐封见“自动收件”页。"
