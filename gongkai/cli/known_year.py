"""The year as a warehouse knows it now, for the commands that only look: status, diff, preview and remind."""

from datetime import datetime
from pathlib import Path

from gongkai.errors import CallError, UnknownUnit
from gongkai.profile import load_profile
from gongkai.settings import Settings, asked_warehouse
from gongkai.warehouse.engine import looked_at
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import Revision, UnitYear, YearState


def known_year(year: int, warehouse: str | None, out: Path | None, as_of: datetime | None = None) -> YearState:
    """The year at a moment, by default now.

    Raises:
        CallError: no warehouse is named, it does not exist, or it knows nothing of the year.
    """
    district = load_profile(Settings().profile)
    moment = district.local(as_of) if as_of else datetime.now(district.district.zone)
    with looked_at(asked_warehouse(out, warehouse)) as engine:
        return load_year(engine, year, moment)


def known_unit(state: YearState, code: str) -> UnitYear:
    """An expected unit of the year.

    Raises:
        UnknownUnit: there is none of that code.
    """
    found = next((unit for unit in state.units if unit.unit.code == code), None)
    if found is None:
        raise UnknownUnit(f"{state.year} 年度的名录中没有单位 {code}。")
    return found


def known_revision(unit: UnitYear, number: int | None) -> Revision:
    """A revision by its number, else the latest.

    Raises:
        CallError: there is none.
    """
    found = next((one for one in reversed(unit.revisions) if number in (None, one.number)), None)
    if found is None:
        raise CallError(f"{unit.unit.code} 没有{'任何报送' if number is None else f'第 {number} 次报送'}。")
    return found
