"""What the warehouse gives back: the state of a year as it was known at a moment, in plain immutable values.

Everything downstream (totals, scores, documents) works on these, so that a run and a rebuild are one path.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from gongkai.findings import Finding
from gongkai.profile import Profile, Unit
from gongkai.submission.form import PUBLISHED, Submission
from gongkai.submission.inspection.counting import Counting
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import Status, UnitState, Verdict
from gongkai.warehouse.report_standing import ReportStanding
from gongkai.warehouse.rows.decided_scores import DecidedScore
from gongkai.warehouse.rows.issued_cards import IssuedCard
from gongkai.warehouse.rows.samples import Draw
from gongkai.warehouse.stored_file import AppealFile as AppealFile
from gongkai.warehouse.stored_file import FileBeside as FileBeside
from gongkai.warehouse.stored_file import PublishedReport as PublishedReport
from gongkai.warehouse.stored_file import RepeatedFile as RepeatedFile
from gongkai.warehouse.stored_file import StoredFile as StoredFile
from gongkai.warehouse.years.last_year import Previous


@dataclass(frozen=True)
class Revision:
    """One received file of one unit and year, numbered from 1 in the order of arrival.

    Attributes:
        submission: None for a quarantined file.
        verdict: the latest one at the state's moment.
        first_verdict: the one given when it first came in (indicator F1 counts its errors).
        settled: the year was locked when it was known: it is never judged again.
        accepted_at: since when it is accepted; None while it is not.
        masked: how many of its values were masked after it was stored.
        known_at: the moment of the run that first stored it.
    """

    unit: str
    year: int
    number: int
    sha256: str
    file: str
    kind: str | None
    received_at: datetime
    submission: Submission | None
    verdict: Verdict
    first_verdict: Verdict
    settled: bool = False
    accepted_at: datetime | None = None
    masked: int = 0
    known_at: datetime | None = None

    @property
    def arisen(self) -> tuple[Finding, ...]:
        """What speaks against it since it was accepted, and undoes nothing."""
        return tuple(found for found in self.verdict.findings if found.kept)


@dataclass(frozen=True)
class UnitYear:
    """One expected unit with all its revisions, oldest first, and the files that became none.

    Attributes:
        repeated: files that say what a revision says already.
        published: reports that came beside a submission.
        beside: attachments, and forms that cannot be read.
        appealing: files that only appeal.
    """

    unit: Unit
    revisions: tuple[Revision, ...]
    repeated: tuple[RepeatedFile, ...] = ()
    published: tuple[PublishedReport, ...] = ()
    beside: tuple[FileBeside, ...] = ()
    appealing: tuple[AppealFile, ...] = ()

    @property
    def attachments(self) -> tuple[FileBeside, ...]:
        """What was only attached, in the order of arrival."""
        return tuple(one for one in self.beside if one.kind == "attachment")

    @property
    def unreadable(self) -> tuple[FileBeside, ...]:
        """Forms that could not be read, beside the revisions that could."""
        return tuple(one for one in self.beside if one.kind == "unreadable")

    @property
    def latest(self) -> Revision | None:
        return self.revisions[-1] if self.revisions else None

    @property
    def accepted(self) -> Revision | None:
        """The accepted revision: a newer one that is not acceptable never displaces it."""
        return next((r for r in reversed(self.revisions) if r.verdict.status is Status.ACCEPTED), None)

    @property
    def report(self) -> PublishedReport | None:
        """Its published report that came last, readable: one beside a submission, or one that is a revision."""
        alone = [
            PublishedReport(r.file, r.sha256, r.received_at, r.submission, r.verdict.status)
            for r in self.revisions
            if r.kind == PUBLISHED
        ]
        readable = [one for one in (*self.published, *alone) if one.submission is not None]
        return max(readable, key=lambda one: (one.received_at, one.file), default=None)

    @property
    def state(self) -> UnitState:
        """That of the latest revision; accepted while an accepted one stands."""
        if self.accepted is not None:
            return UnitState.ACCEPTED
        return UnitState(self.latest.verdict.status) if self.latest is not None else UnitState.MISSING

    @property
    def waiting(self) -> Revision | None:
        """The latest revision, while it waits for the office to confirm its source."""
        return self.latest if self.latest is not None and self.latest.verdict.waiting else None

    @property
    def board_state(self) -> UnitState:
        """What needs attention first: a file that waits, though an accepted revision counts meanwhile."""
        return UnitState.WAITING if self.waiting else self.state


@dataclass(frozen=True)
class YearLock:
    """A report year that was closed for good: who, when and why, and by which rules its verdicts were given.

    Attributes:
        at: the moment of the lock, in the district's zone.
        run_id: the last run of the year at that moment: what it and earlier ones stored is never judged again.
        rules: the catalogue of the time as JSON.
        profile: the profile of that last run, of which the settings about rules stay in force.
    """

    year: int
    at: datetime
    by: str
    reason: str
    run_id: int
    rules_version: str
    rules: str
    profile: Profile


@dataclass(frozen=True)
class YearState:
    """A report year as the warehouse knew it at `as_of`.

    Attributes:
        units: expected units in registry order, the office included.
        inspections: the office's entries that count, in the order of their files.
        office: which entries count and which do not, with what is to be said of them.
        office_files, unassigned: files that are no unit's revision.
        previous: unit code → last year, for units that have one; `unclaimed`: reports of then that nobody succeeds.
        previous_scores: unit code → last year's points by indicator, `total` among them, on the same scale;
            `not_comparable`: unit code → why others are not set beside this year's.
        earlier_years: report year → headline cell → sum, of the years before last year.
        profile: the profile of the latest run at that moment; of a closed year its lock's.
        lock: the year's lock, if it is closed by now.
        other_rule: unit code → the indicators that last year had points of by another rule.
        last_state: last year as the warehouse knew it, where it can be scored by this year's rules.
        issued: unit code → the card that was issued to it last, before this moment; `report`: what was decided about
            the district's report until then.
        issued_before: unit code → the cards of the year before whose unfinished work the unit took over.
        mended_before: unit code of last year → the office's entries on rectification of then, as they stand now.
        decided: decision → what the score was when it was decided, as runs before this moment noted it.
        papers: receipt or card → its basis and since when it says that, as it stood before this moment.
        draws: the samples that were drawn before this moment.
    """

    year: int
    as_of: datetime
    profile: Profile
    profile_sha256: str
    rules_version: str
    units: tuple[UnitYear, ...]
    inspections: tuple[InspectionEntry, ...]
    office_files: tuple[StoredFile, ...]
    unassigned: tuple[StoredFile, ...]
    previous: Mapping[str, Previous]
    lock: YearLock | None = None
    previous_scores: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    unclaimed: tuple[Previous, ...] = ()
    not_comparable: Mapping[str, str] = field(default_factory=dict)
    other_rule: Mapping[str, frozenset[str]] = field(default_factory=dict)
    last_state: "YearState | None" = None
    office: Counting = field(default_factory=Counting)
    earlier_years: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    issued: Mapping[str, IssuedCard] = field(default_factory=dict)
    report: ReportStanding = field(default_factory=ReportStanding)
    issued_before: Mapping[str, Sequence[IssuedCard]] = field(default_factory=dict)
    mended_before: Mapping[str, Sequence[InspectionEntry]] = field(default_factory=dict)
    decided: Mapping[str, DecidedScore] = field(default_factory=dict)
    papers: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)
    draws: tuple[Draw, ...] = ()

    def find(self, code: str | None) -> UnitYear | None:
        """The expected unit of that code; None when there is none."""
        return next((u for u in self.units if u.unit.code == code), None)

    def unit(self, code: str) -> UnitYear:
        """The expected unit of that code; KeyError when there is none."""
        if (found := self.find(code)) is None:
            raise KeyError(code)
        return found

    @property
    def accepted(self) -> tuple[Revision, ...]:
        """The accepted revisions in registry order: what every total counts."""
        return tuple(u.accepted for u in self.units if u.accepted is not None)

    @property
    def last_reports(self) -> tuple[Previous, ...]:
        """Every report of last year once, by code: what the district was then, whoever follows whom."""
        every = [*(part for last in self.previous.values() for part in last.reports), *self.unclaimed]
        once = {one.submission.unit: one for one in every}
        return tuple(one for _, one in sorted(once.items()))

    @property
    def incomplete(self) -> bool:
        """Whether an expected unit is not accepted."""
        return any(u.accepted is None for u in self.units)

    @property
    def unsettled(self) -> tuple[Revision, ...]:
        """The accepted reports of districts that may still change: provisional, or approved by nobody yet."""
        return tuple(r for r in self.accepted if r.submission and r.submission.below and not r.submission.below.final)

    @property
    def provisional(self) -> bool:
        """Whether an expected unit is not accepted, or a district's report that counts may still change."""
        return self.incomplete or bool(self.unsettled)

    def codes(self, state: UnitState) -> list[str]:
        """Codes of the units in a state, in registry order."""
        return [u.unit.code for u in self.units if u.state is state]
