"""Whose the files of an inbox are, once they are read: their folder's unit, or the unit that a loose file names.

And which of them are one submission: CSV files that lie together. What each file then is, is decided beside the
warehouse (`expectations.roles`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.profile import Unit
from gongkai.submission.form import CSV, Reading
from gongkai.submission.inbox.named_unit import identified
from gongkai.submission.readers.csv_parts import joined


@dataclass
class Assigned:
    """Every reading that concerns the chosen units, by whose it is.

    Attributes:
        units: unit code → its files in the order of arrival; only units that have some, in the order asked for.
        unplaced: readings that name no expected unit.
    """

    units: dict[str, list[Reading]] = field(default_factory=dict)
    unplaced: list[Reading] = field(default_factory=list)


def assign_readings(
    in_folders: Mapping[str, Sequence[Reading]],
    loose: Iterable[Reading],
    chosen: Sequence[str],
    expected: Sequence[Unit],
    elsewhere: Callable[[Reading], bool],
) -> Assigned:
    """Says whose each reading is.

    A loose file of an expected unit that is not chosen this time is left for the run that takes it in.

    Args:
        in_folders: unit code → what the files of its folder say, in the order of arrival.
        loose: what the files directly in the inbox say.
        chosen: codes of the units whose files are taken in.
        expected: every unit that is expected in the year; a file may give its unit by name.
        elsewhere: whether what was made of several files is held for another year, and passed over.
    """
    assigned, codes = Assigned(), {unit.code for unit in expected}
    found = {unit: [identified(one, expected) for one in readings] for unit, readings in in_folders.items()}
    for reading in (identified(one, expected) for one in loose):
        if reading.addressee in chosen:
            found.setdefault(str(reading.addressee), []).append(reading)
        elif reading.addressee not in codes:
            assigned.unplaced.append(reading)
    assigned.units = {unit: _in_order(found[unit], elsewhere) for unit in chosen if unit in found}
    return assigned


def _in_order(readings: Sequence[Reading], elsewhere: Callable[[Reading], bool]) -> list[Reading]:
    """One unit's submissions in the order of arrival; those alike stay as the inbox was listed."""
    listed = list(readings)
    if sum(reading.kind == CSV for reading in listed) > 1:
        single = {id(reading) for reading in listed}
        listed = [one for one in joined(listed) if id(one) in single or not elsewhere(one)]
    return sorted(listed, key=lambda reading: reading.file.arrival)
