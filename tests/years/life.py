"""A district's warehouse (or several that must tell the same) while the years go by, and the proof after every event.

One run here is what `flows.intake` does, without Prefect: everything of the year's inbox is judged in one batch, filed
unit by unit, and scored. What every moment told is kept, and held against what the warehouse tells of it later.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from expectations.catalogue import catalogue_json, rules_version
from expectations.gathering import gather_context
from expectations.office_files.verdicts import judge_inspection
from expectations.roles import decide_roles
from expectations.validation import judge
from gongkai.assessment.assess import assess_year
from gongkai.profile import Profile
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inspection.reader import read_inspection
from gongkai.submission.readers.json_reader import read_json
from gongkai.submission.verdict import JudgedReading
from gongkai.warehouse import merge
from gongkai.warehouse.closed_year import closed_profile
from gongkai.warehouse.filing import file_readings
from gongkai.warehouse.locks import load_lock, lock_year
from gongkai.warehouse.lost_units import refuse_lost_units
from gongkai.warehouse.queries import load_year
from gongkai.warehouse.records import YearLock, YearState
from gongkai.warehouse.rows.inspections import entries_with
from gongkai.warehouse.rows.scores import store_scores
from gongkai.warehouse.runs import finish_run, start_run
from gongkai.warehouse.years.across_years import Cause, across_years
from tests.years.books import data_of
from tests.years.registry import Registry
from tests.years.told import standing, told

EXPLAINED = (Cause.SETTLED, Cause.ARISEN)


@dataclass(frozen=True)
class Moment:
    """What a year told at the end of a run."""

    event: str
    year: int
    at: datetime
    said: Mapping[str, Any]


@dataclass
class Life:
    """The district.

    Attributes:
        inbox: year → files in the order in which they came.
        office: year → the office's files.
        moments: every run with what it told; `closed`: locked year → what it tells for good.
    """

    engines: Sequence[Engine]
    registry: Registry
    inbox: dict[int, list[Reading]] = field(default_factory=dict)
    office: dict[int, list[tuple[ReceivedFile, bytes]]] = field(default_factory=dict)
    moments: list[Moment] = field(default_factory=list)
    closed: dict[int, Any] = field(default_factory=dict)
    rebuilt: int = 0

    def hand_in(self, report: Mapping[str, Any], at: datetime) -> None:
        """A file comes into its unit's folder."""
        data, unit = data_of(dict(report)), str(report["unit"])
        listed = self.inbox.setdefault(int(report["year"]), [])
        listed.append(read_json(_file(f"{unit}/{len(listed)}.json", unit, data, at), data))

    def enter(self, year: int, at: datetime, *entries: Mapping[str, Any]) -> None:
        """The office enters something: a file with these entries."""
        filled = [{"id": f"{at:%Y%m%d}-{n}", "by": "王某", "on": f"{at:%Y-%m-%d}", **e} for n, e in enumerate(entries)]
        data = data_of({"schema": "gongkai/inspection/1", "year": year, "entries": filled})
        listed = self.office.setdefault(year, [])
        listed.append((_file(f"_office/{len(listed)}.json", "_office", data, at), data))

    def run(self, event: str, year: int, at: datetime, units: Sequence[str] = ()) -> YearState:
        """`gongkai run --year YEAR [--units …]`, and what it tells is remembered."""
        lock = load_lock(self.engines[0], year)
        profile = closed_profile(lock, self.registry.profile)
        wanted = {unit.code for unit in profile.chosen(year, units)}
        readings = [one for one in self.inbox.get(year, ()) if one.addressee in wanted]
        office = [(file, read_inspection(data, profile, year)) for file, data in self.office.get(year, ())]
        judged: list[JudgedReading] | None = None
        states = []
        for engine in self.engines:
            refuse_lost_units(engine, year, at, profile)
            known = load_year(engine, year, at, profile)
            if judged is None:  # the others know the same, which `prove` shows
                granted = entries_with(engine, year, at, {file.name: said for file, said in office})
                verdicts = judge(readings, gather_context(known, granted)).verdicts
                judged = [JudgedReading(*pair) for pair in zip(readings, verdicts, strict=True)]
                decisions = gather_context(known, granted).decisions
            run_id = _begin(engine, year, at, profile, lock)
            for file, said in office:
                merge.merge_inspection(engine, file, said.entries, judge_inspection(said, year, lock), year, run_id)
            for unit in known.units:
                files = [one for one in judged if one.reading.addressee == unit.unit.code]
                if files:
                    file_readings(engine, decide_roles(files, unit, decisions), unit.unit.code, year, run_id)
            state = load_year(engine, year, at, profile)
            store_scores(engine, assess_year(state, state.previous_scores), run_id, at)
            finish_run(engine, run_id, "incomplete" if state.provisional else "complete", at)
            states.append(load_year(engine, year, at, profile))
        self.moments.append(Moment(event, year, at, told(states[0])))
        return states[0]

    def lock(self, year: int, at: datetime) -> None:
        """`gongkai lock`: from here on the year tells the same for good."""
        for engine in self.engines:
            lock_year(engine, year, at, "李某", "年度工作已办结")
        self.settle(year, at)

    def settle(self, year: int, at: datetime) -> None:
        """What a locked year tells from now on: a person's recorded decision has just changed it."""
        self.closed[year] = standing(told(self.of(year, at)))

    def of(self, year: int, at: datetime, engine: Engine | None = None) -> YearState:
        """A year as a run of today would show it."""
        return load_year(engine or self.engines[0], year, at, self.registry.profile)

    def prove(self, at: datetime, *, everywhere: bool = False) -> None:
        """Every past moment is rebuilt and compared, and every locked year tells what it told.

        In the first warehouse after every event, in the others (`everywhere`) when a year ends.
        """
        for engine in self.engines if everywhere else self.engines[:1]:
            for moment in self.moments:
                self.rebuilt += 1
                now = told(load_year(engine, moment.year, moment.at))
                assert now == moment.said, f"{moment.event}（{engine.dialect.name}）：{_apart(moment.said, now)}"
            for year, before in self.closed.items():
                now = standing(told(self.of(year, at, engine)))
                assert now == before, f"{year} 年度已锁定（{engine.dialect.name}）：{_apart(before, now)}"

    def prove_identities(self, year: int, at: datetime) -> None:
        """The district's identities with last year hold, or every difference is explained by its unit."""
        state = self.of(year, at)
        assert not state.provisional, state.codes
        for one in across_years(state):
            assert sum(gap.difference for gap in one.gaps) == one.difference
            assert {gap.cause for gap in one.gaps} <= set(EXPLAINED), (year, one)


def _begin(engine: Engine, year: int, at: datetime, profile: Profile, lock: YearLock | None) -> int:
    version = lock.rules_version if lock else rules_version()
    return start_run(engine, year, at, profile, version, {}, at, lock.rules if lock else catalogue_json())


def _file(name: str, folder: str, data: bytes, at: datetime) -> ReceivedFile:
    return ReceivedFile(Path(name), name, folder, hashlib.sha256(data).hexdigest(), len(data), at)


def _apart(before: Any, now: Any, place: str = "") -> str:
    """The first place at which two tellings differ, and both values."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in before | now:
            if before.get(key) != now.get(key):
                return _apart(before.get(key), now.get(key), f"{place}/{key}")
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for at, pair in enumerate(zip(before, now, strict=True)):
            if pair[0] != pair[1]:
                return _apart(*pair, f"{place}/{at}")
    return f"{place}：{before!r:.300} → {now!r:.300}"
