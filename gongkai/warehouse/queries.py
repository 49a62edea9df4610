"""Reads the warehouse back: the state of a year as it was known at a moment, in a fixed number of queries.

What "known" means stands in `rows.known`; the office's own entries are read in `rows.inspections`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select

from gongkai.errors import CallError
from gongkai.profile import Profile
from gongkai.profile.loader import profile_from_json, profile_sha256
from gongkai.profile.succession import taken_over
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import Status
from gongkai.warehouse import models
from gongkai.warehouse.closed_year import closed_at, closed_profile
from gongkai.warehouse.engine import reading
from gongkai.warehouse.locks import year_lock
from gongkai.warehouse.records import YearLock, YearState
from gongkai.warehouse.rows.decided_scores import decided_scores
from gongkai.warehouse.rows.inspections import inspections, stored_files
from gongkai.warehouse.rows.issued_cards import IssuedCard, issued_cards
from gongkai.warehouse.rows.known import Known, known_revisions, submissions_of
from gongkai.warehouse.rows.papers import standing_since
from gongkai.warehouse.rows.report_decisions import report_standing
from gongkai.warehouse.rows.samples import draws
from gongkai.warehouse.rows.scores import last_scores
from gongkai.warehouse.rows.unit_years import unit_years
from gongkai.warehouse.rows.verdicts import up_to
from gongkai.warehouse.years.compared_scores import OTHER_SCALE, compared_scores
from gongkai.warehouse.years.earlier_years import earlier_years
from gongkai.warehouse.years.history import HISTORY, only_history
from gongkai.warehouse.years.last_year import LastYear, Previous, last_year, with_told


def load_year(
    engine: Engine,
    year: int,
    as_of: datetime,
    profile: Profile | None = None,
    drawn_at: datetime | None = None,
    *,
    again: bool = True,
) -> YearState:
    """The state of a report year as the warehouse knew it at a moment, last year's submissions included.

    Args:
        engine: the warehouse.
        year: the report year.
        as_of: the moment; rows of later runs are not seen.
        profile: None takes the snapshot of the latest run of that year at that moment.
        drawn_at: the moment that outputs are made for, where it is not `as_of`: entries of a later day wait, and what
            a run notes or a person releases from then on follows from them and is no ground of theirs.
        again: whether last year comes along where its points were given by other rules than this year's.

    Raises:
        CallError: no profile was given and no run of that year is known at that moment; or the year was taken in for
            comparison only.
        WarehouseError: the database refuses.
    """
    at = drawn_at or as_of
    with reading(engine) as connection:
        lock = year_lock(connection, year)
        profile, sha256, rules_version = _configuration(connection, year, as_of, profile, lock)
        known = known_revisions(connection, year, as_of)
        closed = closed_at(lock, as_of)
        units = unit_years(connection, profile, year, as_of, known, lock)
        standing = [one.submission for unit in units if (one := unit.accepted or unit.latest) and one.submission]
        last = with_told(_last_year(connection, year, as_of, profile, closed), standing)
        then = _last_run(connection, as_of, year - 1, _last_run_of(closed))
        scheme = profile_from_json(then.content).scheme if then else None
        points = last_scores(connection, year, as_of, _last_run_of(closed))
        scores = compared_scores(profile, year, last, points, scheme)
        office = inspections(connection, year, as_of, profile.local(at).date())
        state = YearState(
            year=year,
            as_of=profile.local(at),
            profile=profile,
            profile_sha256=sha256,
            rules_version=rules_version,
            units=units,
            inspections=office.counted,
            office=office,
            office_files=stored_files(connection, year, as_of, "office", profile),
            unassigned=stored_files(connection, year, as_of, "unassigned", profile),
            previous=last.of,
            unclaimed=last.unclaimed,
            previous_scores=scores.same_scale,
            not_comparable=scores.not_comparable,
            other_rule=scores.other_rule,
            lock=lock,
            earlier_years=earlier_years(connection, year, as_of, _last_run_of(closed)),
            issued=issued_cards(connection, year, at, profile),
            report=report_standing(connection, year, at, at),
            issued_before=_issued_before(connection, year, closed.at if closed else as_of, profile),
            mended_before=_mended(connection, year - 1, closed.at if closed else as_of, profile),
            decided=decided_scores(connection, year, at),
            papers=standing_since(connection, year, at),
            draws=draws(connection, year, at),
        )
    if again and (scores.other_rule or OTHER_SCALE in scores.not_comparable.values()):
        last_state = load_year(engine, year - 1, *((closed.at,) if closed else (as_of, None, drawn_at)), again=False)
        return replace(state, last_state=last_state)
    return state


def _issued_before(
    connection: Connection, year: int, as_of: datetime, profile: Profile
) -> Mapping[str, tuple[IssuedCard, ...]]:
    """Unit → the cards of the year before whose work it took over; a closed year knows those of its lock's moment."""
    cards = issued_cards(connection, year - 1, as_of, profile)
    return {
        unit.code: found
        for unit in profile.expected(year)
        if (found := tuple(cards[code] for code in taken_over(unit, year, profile, cards) if code in cards))
    }


def _mended(
    connection: Connection, year: int, as_of: datetime, profile: Profile
) -> Mapping[str, Sequence[InspectionEntry]]:
    """Unit → the entries on rectification among those of a year, as they stood at a moment."""
    found: dict[str, list[InspectionEntry]] = {}
    for entry in inspections(connection, year, as_of, profile.local(as_of).date()).counted:
        if entry.kind == "rectification":
            found.setdefault(entry.unit, []).append(entry)
    return found


def load_previous(engine: Engine, year: int, as_of: datetime, profile: Profile) -> Mapping[str, Previous]:
    """Last year (`year` − 1) of every unit of a profile that has one, as known at a moment; of a locked year its own.

    A unit's last year is its accepted revision, else its latest readable one (contract.md); `last_year` says whose.
    """
    with reading(engine) as connection:
        lock = year_lock(connection, year)
        return _last_year(connection, year, as_of, closed_profile(lock, profile), closed_at(lock, as_of)).of


def corrected_since(engine: Engine, lock: YearLock, as_of: datetime) -> list[str]:
    """Codes of the units whose report of the year before is another than the one that a locked year stands on."""
    with reading(engine) as connection:
        then = _chosen(connection, lock.year - 1, as_of, lock.run_id)
        now = _chosen(connection, lock.year - 1, as_of)
    return [code for code, known in now.items() if code not in then or then[code].row.id != known.row.id]


def last_profile(engine: Engine, as_of: datetime, year: int | None = None) -> Profile | None:
    """The profile of the latest run that is known at a moment, of that year or of any; None without a run.

    A file is judged by it where nobody names another.
    """
    with reading(engine) as connection:
        latest = _last_run(connection, as_of, year)
        return profile_from_json(latest.content) if latest else None


def _configuration(
    connection: Connection, year: int, as_of: datetime, given: Profile | None, lock: YearLock | None
) -> tuple[Profile, str, str]:
    """The profile that the year is computed from, its hash, and the rules version of the latest run ("" without).

    That is the one given or of the latest run, unless the year is closed: then its lock's. A moment before the lock
    is read as it was then.
    """
    latest = _last_run(connection, as_of, year)
    if latest is not None and latest.parameters.get(HISTORY):
        raise CallError(only_history(year))
    if given is None and latest is None:
        moment = as_of.isoformat(timespec="seconds")
        raise CallError(f"数据库中没有 {year} 年度在 {moment} 或之前的运行记录：请核对年度、时间和数据库。")
    version = latest.rules_version if latest else ""
    if given is not None:
        profile = closed_profile(lock, given)
    else:
        profile = closed_profile(closed_at(lock, as_of), profile_from_json(latest.content))
    return profile, profile_sha256(profile), version


def _last_run(connection: Connection, as_of: datetime, year: int | None, up_to_run: int | None = None) -> Any:
    """Rules version, parameters, and hash and content of the profile, of the latest run; None without one."""
    run, snapshot = models.Run, models.ProfileSnapshot
    return connection.execute(
        select(run.rules_version, run.parameters, snapshot.sha256, snapshot.content)
        .join(snapshot, snapshot.sha256 == run.profile_sha256)
        .where(run.as_of <= as_of, *([] if year is None else [run.year == year]), *up_to(run.id, up_to_run))
        .order_by(run.as_of.desc(), run.id.desc())
        .limit(1)
    ).one_or_none()


def _last_year(
    connection: Connection, year: int, as_of: datetime, profile: Profile, closed: YearLock | None = None
) -> LastYear:
    """Last year by unit; that of a closed year is what its last run before the lock knew."""
    last_run = _last_run_of(closed)
    chosen = _chosen(connection, year - 1, as_of, last_run)
    submissions = submissions_of(connection, chosen.values())
    reports = {
        unit: Previous(submissions[known.row.id], known.row.number, known.latest.status is Status.ACCEPTED)
        for unit, known in chosen.items()
    }
    before = _last_run(connection, as_of, year - 1, last_run) if reports else None
    return last_year(year, profile, reports, profile_from_json(before.content) if before else None)


def _chosen(connection: Connection, year: int, as_of: datetime, last_run: int | None = None) -> dict[str, Known]:
    """Each unit's accepted revision of a year, else its latest readable one."""
    chosen: dict[str, Known] = {}
    for known in known_revisions(connection, year, as_of, last_run):  # by number: a later one replaces, unless worse
        accepted = known.latest.status is Status.ACCEPTED
        readable = known.row.readable and known.readable
        standing = chosen.get(known.row.unit)
        if accepted or (readable and (standing is None or standing.latest.status is not Status.ACCEPTED)):
            chosen[known.row.unit] = known
    return chosen


def _last_run_of(closed: YearLock | None) -> int | None:
    """The run after which a closed year learns nothing of the year before."""
    return closed.run_id if closed else None
