"""Which sources were down when they were last asked, and since when: kept beside the inbox for whoever sends alerts."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from gongkai.delivery.incoming.journal import FOLDER

_FILE = "down.json"


class Outage(NamedTuple):
    """A source that is down."""

    since: str
    said: str


def note_outages(inbox: Path, asked: Iterable[str], down: Mapping[str, str], now: datetime) -> None:
    """Writes down how the sources that were asked are; one that answers again is forgotten."""
    known = outages(inbox)
    kept = {label: one for label, one in known.items() if label not in set(asked)}
    for label, said in down.items():
        since = known[label].since if label in known else now.isoformat(timespec="minutes")
        kept[label] = Outage(since, said)
    file = inbox / FOLDER / _FILE
    new = file.with_suffix(".new")
    new.write_text(
        json.dumps({label: one._asdict() for label, one in kept.items()}, ensure_ascii=False), encoding="utf-8"
    )
    new.replace(file)


def outages(inbox: Path) -> dict[str, Outage]:
    """The sources that are down, by label."""
    try:
        said = json.loads((inbox / FOLDER / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {label: Outage(**one) for label, one in said.items()}
