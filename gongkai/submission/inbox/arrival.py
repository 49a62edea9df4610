"""When a file came in: its modification time where that can be believed, else the moment at which it was first seen.

A modification time is believed between the first day after the report year and the first sight. Copying an inbox
sets it anew, a clock that is wrong sets it anywhere; the first sight is kept in `gongkai.warehouse.rows.sights`.
"""

from datetime import datetime


def received_at(modified: datetime, first_seen: datetime, year: int | None) -> datetime:
    """The moment that counts for the deadlines (contract.md).

    Args:
        modified: the file's modification time, in the district's zone.
        first_seen: the as-of of the first run that stored its bytes; the run's own for new ones.
        year: the report year; None while nobody has said it, then any past time is believed.
    """
    opens = datetime(year + 1, 1, 1, tzinfo=modified.tzinfo) if year is not None else modified
    return modified if opens <= modified <= first_seen else first_seen
