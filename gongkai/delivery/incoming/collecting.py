"""All sources, one after the other, into one inbox: a source that fails is told and costs the others nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from gongkai.delivery.incoming.arrivals import Arrival, Fetched
from gongkai.delivery.incoming.from_share import take_from_share
from gongkai.delivery.incoming.journal import Journal, held
from gongkai.delivery.incoming.placing import Inbox
from gongkai.delivery.incoming.shares import SourceDown
from gongkai.delivery.incoming.source import Source


def fetch(
    sources: Sequence[Source],
    folder: Path,
    now: datetime,
    wait: float = 60,
    say: Callable[[Arrival], None] | None = None,
) -> Fetched:
    """Brings everything that is new into an inbox.

    Args:
        sources: where from.
        folder: the inbox; made when it is not there.
        now: the moment.
        wait: seconds to wait for another fetch into this inbox.
        say: is told of every arrival as it is dealt with.

    Raises:
        BusyError: another fetch did not end in time.
        OSError: the inbox cannot be written.
    """
    outcome = Fetched()
    with held(folder, wait) as journal:
        inbox = Inbox(folder, journal)
        for source in sources:
            try:
                for one in _taken(source, inbox, journal, now):
                    if isinstance(one, str):
                        outcome.alerts.append(one)
                        continue
                    outcome.arrivals.append(one)
                    if say:
                        say(one)
            except SourceDown as error:
                outcome.alerts.append(str(error))
                outcome.down.append(source.label)
    return outcome


def _taken(source: Source, inbox: Inbox, journal: Journal, now: datetime) -> Iterator[Arrival | str]:
    return take_from_share(source, inbox, journal, now)
