"""The city's inbox of a run: what lies in its own one, and the report of every district that has written one.

The files are links or copies, put together anew for every run below the city's outputs and exchanged by rename, so that
two runs at once read a whole inbox; nobody's inbox is changed. A report's file says when it was written by the moment
that the report shows, so that the same reports arrive alike.
"""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from gongkai.city.districts import DistrictOrder
from gongkai.reporting.shared.write import link_or_copy, private

INBOX = "inbox"


def gather_reports(city: DistrictOrder, districts: Iterable[DistrictOrder]) -> DistrictOrder:
    """Puts the city's inbox together.

    Returns:
        The city's order with that inbox.
    """
    gathered = city.out / INBOX
    with TemporaryDirectory(prefix=".inbox-", dir=private(city.out)) as scratch:
        fresh, former = Path(scratch) / INBOX, Path(scratch) / "former"
        fresh.mkdir(mode=0o700)
        _fill(fresh, city, districts)
        if gathered.exists():
            gathered.replace(former)
        fresh.replace(gathered)
    return replace(city, inbox=gathered)


def _fill(folder: Path, city: DistrictOrder, districts: Iterable[DistrictOrder]) -> None:
    for path in sorted(city.inbox.rglob("*")) if city.inbox.is_dir() else ():
        if path.is_symlink() or path.is_file():
            _put(path, folder / path.relative_to(city.inbox))
    for district in districts:
        if district.report.is_file():
            place = folder / district.code / f"{district.code}-{district.year}-report.json"
            place.parent.mkdir(exist_ok=True)
            shutil.copy2(district.report, place)
            if (moment := _moment(place)) is not None:
                os.utime(place, (moment, moment))


def _moment(report: Path) -> float | None:
    """The moment that a report shows; a file that shows none keeps its own: what is wrong with it the intake says."""
    try:
        return datetime.fromisoformat(json.loads(report.read_bytes())["as_of"]).timestamp()
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        return None


def _put(path: Path, place: Path) -> None:
    """The same file, or the same link, which the intake tells and does not follow."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        place.symlink_to(path.readlink())
    else:
        link_or_copy(path, place)
