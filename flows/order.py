"""What one run was asked to do: the flow's parameters, with every gap filled from settings, profile and clock."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from expectations.ruleset import rule_set
from flows.parameters import Stage, with_needed
from gongkai import __version__
from gongkai.delivery.incoming.source import Source, read_sources, urls_of
from gongkai.errors import CallError, OtherVersion
from gongkai.file_access import refuse_unusable
from gongkai.profile import Profile, load_profile
from gongkai.reporting.letters.district_words import check_letters
from gongkai.reporting.receipt.signing_key import refuse_inside
from gongkai.reporting.report.words.section_layout import check_wording
from gongkai.settings import Settings, warehouse_url
from gongkai.submission.privacy.edition import edition
from gongkai.warehouse.closed_year import closed_profile
from gongkai.warehouse.engine import is_there, looked_at, opened
from gongkai.warehouse.locks import load_lock
from gongkai.warehouse.lost_units import refuse_lost_units
from gongkai.warehouse.years.history import refuse_history


@dataclass(frozen=True)
class Order:
    """A complete order.

    Attributes:
        asked: the codes that were named; none means all.
        units: codes whose files are taken in, in registry order; settled once the year is claimed.
        stages: the chosen ones and those they need.
        key: the private key that signs receipts.
        as_of: the moment the run takes for now, in the district's zone; `started_at` is the clock's.
        by_the_clock: nobody named a moment, so it is the clock's when the work begins.
        sources: where files are fetched from before the inbox is read.
        calendar: for a rebuild, whose working days supply the years that the profile of then did not know.
    """

    year: int
    asked: tuple[str, ...]
    units: tuple[str, ...]
    stages: frozenset[Stage]
    inbox: Path
    out: Path
    profile: Profile
    warehouse: str = field(repr=False)  # may hold a password
    key: Path
    as_of: datetime
    started_at: datetime
    by_the_clock: bool
    sources: tuple[Source, ...] = field(default=(), repr=False)  # may hold passwords
    calendar: Profile | None = None

    @property
    def takes_in(self) -> bool:
        """Whether it reads the inbox; otherwise it works from the warehouse alone."""
        return "collect" in self.stages

    def begun(self) -> "Order":
        """The order once the year is its own: time has passed for one that had to wait, and others may have locked it.

        Only now the warehouse is opened as who writes to it does, which may bring its schema to this program's.

        Raises:
            UnknownUnit, ConfigurationError, WarehouseError: as `complete_order`.
        """
        now = datetime.now(self.as_of.tzinfo)
        order = replace(self, started_at=now, as_of=now if self.by_the_clock else self.as_of)
        return replace(order, units=_units(order, opened))

    def parameters(self) -> dict[str, Any]:
        """What the warehouse keeps of the order: no address, which may hold a password."""
        return {
            "units": list(self.units),
            "stages": sorted(self.stages),
            "inbox": str(self.inbox),
            "program": __version__,
            "privacy": edition(),
        }


def complete_order(
    *,
    year: int | None,
    units: list[str],
    stages: list[Stage],
    inbox: Path | None,
    out: Path | None,
    profile: Path | None,
    as_of: datetime | None,
    warehouse: str | None = None,
    key: Path | None = None,
) -> Order:
    """Fills the gaps and checks what can be checked before the year is claimed; nothing is written or upgraded.

    A city names each district's warehouse and the key, whatever the settings of the process that does the run.

    Raises:
        UnknownUnit: a code that is not expected in the year.
        CallError: the inbox does not exist, or the output folder cannot be used.
        ConfigurationError: the profile is wrong, changes rules that it may not change, or lacks a unit of which the
            warehouse holds an accepted revision.
        WarehouseError: the database cannot be reached.
    """
    settings = Settings()
    district = load_profile(profile or settings.profile)
    rule_set(district)
    check_wording(district)
    check_letters(district)
    now = datetime.now(district.district.zone)
    moment = district.local(as_of) if as_of else now
    year = year or moment.year - 1
    folder = out or settings.out
    order = Order(
        year=year,
        asked=tuple(units),
        units=(),
        stages=with_needed(stages),
        inbox=inbox or settings.inbox,
        out=folder,
        profile=district,
        warehouse=warehouse_url(folder, warehouse),
        key=key or settings.key,
        as_of=moment,
        started_at=now,
        by_the_clock=as_of is None,
    )
    if order.takes_in and settings.sources is not None:
        order = replace(order, sources=tuple(read_sources(urls_of(settings.sources.get_secret_value()))))
    if profile is not None and not order.takes_in:
        order = replace(order, calendar=district)
    refuse_unusable(order.out)
    refuse_inside(order.key, order.out, profile or settings.profile)
    if order.takes_in and not order.inbox.is_dir():
        why = "不是文件夹" if order.inbox.exists() else "不存在"
        raise CallError(f"收件目录{why}：{order.inbox}。请核对收件目录。")
    try:
        return replace(order, units=_units(order, looked_at))
    except OtherVersion:  # what it says is asked once the run may upgrade it
        return order


def _units(order: Order, at: Callable[[str], AbstractContextManager[Engine]]) -> tuple[str, ...]:
    """The codes of the units that are meant, by the registry that counts: today's, or that of the year's lock.

    Raises:
        UnknownUnit: a code that it does not expect in the year.
        ConfigurationError: it lacks a unit of which the warehouse holds an accepted revision of the year.
    """
    registry = order.profile
    if is_there(order.warehouse):
        with at(order.warehouse) as engine:
            refuse_history(engine, order.year)
            if not order.takes_in:
                return tuple(unit.code for unit in registry.chosen(order.year, order.asked))
            registry = closed_profile(load_lock(engine, order.year), order.profile)
            refuse_lost_units(engine, order.year, order.as_of, registry)
    return tuple(unit.code for unit in registry.chosen(order.year, order.asked))
