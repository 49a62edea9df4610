"""The `cases` frame: one row a case of the request register or of the disputes register.

Each rule about a single case compares two numbers of it. A rule that needs a date which cannot be, or which is
missing, has nothing to say about that case: the date is a finding of its own.
"""

from collections.abc import Sequence

from expectations.frames import dates
from expectations.frames.shapes import Checked, Entry, Frame, Measured, tell_measured
from gongkai.submission.form import Record

_LISTS = ("register", "disputes_register")


def build(entries: Sequence[Entry]) -> Frame:
    """The rows of all entries, in the order of their registers."""
    rows = [
        Checked(entry.key, _measured(entry, record))
        for entry in entries
        for name in _LISTS
        for record in entry.submission.records(name)
    ]
    planned = sum(
        len({c.row for c in entry.submission.cells if c.table == name}) for entry in entries for name in _LISTS
    )
    return Frame("cases", rows, planned, tell_measured)


def _measured(entry: Entry, record: Record) -> dict[str, Measured]:
    return {"CASE-DATES": dates.check(record, entry.received_on)}
