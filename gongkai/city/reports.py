"""The city's inbox of a run: what lies in its own one, and the report of every district that has written one.

The files are links or copies, put together anew for every run below the city's outputs; nobody's inbox is changed. A
report's file says when it was written by the moment that the report shows, so that the same reports arrive alike.
"""

import json
import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from gongkai.city.districts import DistrictOrder
from gongkai.reporting.shared.write import link_or_copy

INBOX = "inbox"


def gather_reports(city: DistrictOrder, districts: Iterable[DistrictOrder]) -> DistrictOrder:
    """Puts the city's inbox together.

    Returns:
        The city's order with that inbox.
    """
    gathered = city.out / INBOX
    if gathered.exists():
        shutil.rmtree(gathered)
    gathered.mkdir(parents=True, mode=0o700)
    if city.inbox.is_dir():
        for path in sorted(city.inbox.rglob("*")):
            if path.is_file() and not path.is_symlink():
                _put(path, gathered / path.relative_to(city.inbox))
    for district in districts:
        if district.report.is_file():
            place = gathered / district.code / f"{district.code}-{district.year}-report.json"
            place.parent.mkdir(exist_ok=True)
            shutil.copy2(district.report, place)
            moment = _moment(place)
            os.utime(place, (moment, moment))
    return DistrictOrder(city.code, city.year, city.profile, gathered, city.out, city.warehouse, city.key, city.as_of)


def _moment(report: Path) -> float:
    """The moment that a report shows; of a file that shows none its own: what is wrong with it the intake says."""
    try:
        return datetime.fromisoformat(json.loads(report.read_bytes())["as_of"]).timestamp()
    except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        return report.stat().st_mtime


def _put(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    link_or_copy(path, place)
