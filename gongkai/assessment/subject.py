"""One unit as the measures see it: its accepted report, how it came in, and what inspectors entered about it.

What is measured stands in `gongkai.assessment.measures`, what a measure answers in `measurement`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.assessment.scorecard import Evidence, LookBack
from gongkai.law.clocks import (
    Clock,
    closed_in,
    fee_due,
    is_late,
    judged_clock,
    read_clock,
    still_open,
)
from gongkai.law.limits import LIMITS, Limits
from gongkai.profile import Profile, Unit, WorkingDays
from gongkai.submission.form import Record, Submission, where_of
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.records import Revision, UnitYear, YearState


@dataclass(frozen=True)
class Subject:
    """One unit as the measures see it: its accepted revision, how it got there, and what inspectors found.

    Attributes:
        accepted: the revision that is scored; None for a unit that has had its time and handed in nothing acceptable.
        submission: the accepted revision's; an empty one without it.
        revisions: all revisions of the year, oldest first (indicator F1 looks at the first readable one).
        inspections: the unit's own entries in force.
        previous: its last year as it was accepted, for what carries over.
        days: the profile's working days (one calendar for all subjects, it keeps what it has counted).
        as_of: the day of the assessment in the district's time zone.
        look_back: last year's items as this year finds them.
        clock_limits: the law's time limits of the year; a locked one keeps its own.
    """

    unit: Unit
    year: int
    as_of: date
    profile: Profile
    days: WorkingDays
    accepted: Revision | None
    submission: Submission
    revisions: tuple[Revision, ...]
    inspections: tuple[InspectionEntry, ...]
    clock_limits: Limits = LIMITS
    previous: Submission | None = None
    look_back: tuple[LookBack, ...] = ()

    @cached_property
    def closed_cases(self) -> tuple[tuple[Record, Clock | None], ...]:
        """The register's cases closed in the year, each with its clock; none where nobody paid: no time ran then."""
        return tuple(
            (case, read_clock(case, self.days, limits=self.clock_limits))
            for case in self.submission.records("register")
            if closed_in(case, self.year) and not fee_due(case, self.days, self.clock_limits)
        )

    @cached_property
    def open_late_cases(self) -> tuple[tuple[Record, Clock], ...]:
        """The register's cases that were open at the end of the year although their limit lay in it."""
        late = []
        for case in self.submission.records("register"):
            received = case["received_on"]
            if still_open(case, self.year) and (received is None or received.year <= self.year):
                clock = judged_clock(case, self.days, self.year, limits=self.clock_limits)
                if clock is not None and is_late(case, clock, self.year):
                    late.append((case, clock))
        return tuple(late)

    @property
    def requests_elsewhere(self) -> str | None:
        """Why requests are not this unit's own business; None where they are."""
        if not self.unit.carries_tables:
            return "本单位不单独填报表三"
        counted_by = self.unit.requests_counted_by
        return f"本单位的依申请公开由{counted_by}统计，不考核" if counted_by else None

    def all_zero(self, table: str) -> bool:
        """Whether a national table is there and every number in it is 0."""
        values = [cell.value for cell in self.submission.cells if cell.table == table]
        return bool(values) and all(value == 0 for value in values)

    def shown(self, table: str, where: str, words: str) -> str:
        """What a figure of a table shows, in words with a place for it; empty where it is 0 or unknown."""
        value = self.value(where) if any(cell.table == table for cell in self.submission.cells) else 0
        return words.format(value) if value else ""

    def reported(self, name: str) -> bool:
        """Whether the unit reported a list at all (an empty one is reported)."""
        return name in self.submission.reported

    def value(self, where: str) -> int:
        """A count of the tables or activities; 0 where nothing is given."""
        found = self.submission.value(where)
        return int(found) if found is not None else 0

    def received_on(self, revision: Revision) -> date:
        """The day a revision came in, in the district's time zone."""
        return self.profile.local(revision.received_at).date()

    @property
    def file(self) -> str | None:
        return self.accepted.file if self.accepted is not None else None

    def at_record(self, record: Record, key: str, text: str) -> Evidence:
        """Evidence: one field of a list's row."""
        origin = record.origin(key)
        return Evidence(text, self.file, origin.sheet, origin.cell, record.where(key))

    def at_cell(self, where: str, text: str) -> Evidence:
        """Evidence: one cell of the tables or one activity, also when it is missing there."""
        cell = self.submission.by_where.get(where)
        origin = cell.origin if cell else None
        return Evidence(
            text,
            self.file,
            origin.sheet if origin else None,
            origin.cell if origin else None,
            where_of(cell) if cell else where,
        )


def subject_of(unit_year: UnitYear, state: YearState, days: WorkingDays) -> Subject:
    """A unit of a year; `days` is one calendar for all of them."""
    unit, before = unit_year.unit, state.previous.get(unit_year.unit.code)
    revision = unit_year.accepted
    submission = revision.submission if revision is not None else None
    return Subject(
        unit=unit,
        year=state.year,
        as_of=state.profile.local(state.as_of).date(),
        profile=state.profile,
        days=days,
        accepted=revision,
        submission=submission or Submission(unit.code, state.year, (), has_tables=False),
        revisions=unit_year.revisions,
        inspections=tuple(entry for entry in state.inspections if entry.unit == unit.code),
        clock_limits=limits_of(state.lock),
        previous=before.alone if before is not None and before.accepted else None,
    )
