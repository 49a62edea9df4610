"""States of a year built by hand: no database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gongkai.profile import Profile
from gongkai.submission.fields import lists
from gongkai.submission.form import Cell, State, Submission
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.years.last_year import Previous

NOON = datetime(2022, 1, 20, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def submission() -> Callable[..., Submission]:
    """A submission of (where → value) and lists of rows; None is a blank cell."""

    def build(
        unit: str = "T01",
        year: int = 2021,
        figures: Mapping[str, Any] | None = None,
        **rows: list[dict[str, Any]],
    ) -> Submission:
        cells = []
        for where, value in (figures or {}).items():
            table, *row, column = where.split(".")
            state = State.VALUE if value is not None else State.BLANK
            cells.append(Cell(table, row[0] if row else "-", column, value, state))
        for name, found in rows.items():
            assert name in lists()
            for position, fields in enumerate(found, 1):
                cells += [Cell(name, str(position), key, value) for key, value in fields.items()]
        return Submission(unit, year, tuple(cells), frozenset(rows))

    return build


@pytest.fixture(scope="session")
def state(default_profile: Profile) -> Callable[..., YearState]:
    """A year: accepted submissions by unit, returned ones, last year's by unit with whether they were accepted."""

    def build(
        *accepted: Submission,
        returned: tuple[Submission, ...] = (),
        previous: tuple[tuple[Submission, bool], ...] = (),
        year: int = 2021,
        profile: Profile = default_profile,
    ) -> YearState:
        revisions: dict[str, list[Revision]] = {}
        for status, found in ((Status.ACCEPTED, accepted), (Status.RETURNED, returned)):
            verdict = Verdict(status, True, (), (), (), "rules-1")
            for one in found:
                numbered = revisions.setdefault(one.unit, [])
                number = len(numbered) + 1
                numbered.append(
                    Revision(one.unit, year, number, f"{number:064}", "a.json", "json", NOON, one, verdict, verdict)
                )
        return YearState(
            year=year,
            as_of=NOON,
            profile=profile,
            profile_sha256="0" * 64,
            rules_version="rules-1",
            units=tuple(UnitYear(unit, tuple(revisions.get(unit.code, ()))) for unit in profile.expected(year)),
            inspections=(),
            office_files=(),
            unassigned=(),
            previous={one.unit: Previous(one, 1, accepted) for one, accepted in previous},
        )

    return build
