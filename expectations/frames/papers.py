"""The `lists` frame: one row a record of the lists that are no register (documents, interpretations, catalogue …).

Each rule compares two numbers of a record, or of a list as a whole.
"""

from collections.abc import Sequence

from expectations.frames import dates
from expectations.frames.shapes import Checked, Entry, Frame, Measured, tell_measured
from gongkai.submission.form import Record

_DATED = ("documents", "interpretations", "responses", "catalogue")


def build(entries: Sequence[Entry]) -> Frame:
    """The rows of all entries, list by list."""
    rows = [
        Checked(entry.key, _measured(entry, record))
        for entry in entries
        for name in _DATED
        for record in entry.submission.records(name)
    ]
    planned = sum(
        len({c.row for c in entry.submission.cells if c.table == name}) for entry in entries for name in _DATED
    )
    return Frame("lists", rows, planned, tell_measured)


def _measured(entry: Entry, record: Record) -> dict[str, Measured]:
    return {"LIST-DATES": dates.check(record, entry.received_on)}
