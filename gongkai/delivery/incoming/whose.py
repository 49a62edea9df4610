"""Whose a mail and its files are: the registry knows addresses, and a file's inside decides among its sender's units.

An address may be that of several units of one authority. What a file says of a unit that is not its sender's decides
nothing: such a file is kept apart, and a person decides.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from gongkai.profile import Profile, Unit
from gongkai.submission.inbox.named_unit import identified
from gongkai.submission.inbox.received_files import read, received


def units_of(sender: str | None, profile: Profile) -> tuple[Unit, ...]:
    """The units of the registry that have this address, in its order."""
    if sender is None:
        return ()
    return tuple(unit for unit in profile.units if (unit.contact_email or "").strip().lower() == sender)


def unit_inside(file: Path, units: Sequence[Unit], profile: Profile, now: datetime) -> str | None:
    """The unit that a file names inside, where it is one of these; None for another's, and for a file that names none.

    It is read as a run reads it, in a process of its own.
    """
    codes = {unit.code for unit in units}
    said = identified(read(received(file, profile, now)), profile.units).submission
    return said.unit if said is not None and said.unit in codes else None


def named_of(units: Iterable[Unit]) -> str:
    """Units as a sentence names them."""
    return "、".join(f"{unit.code} {unit.name}" for unit in units)
