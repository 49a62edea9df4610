"""What a run gives the rules beside the readings. Nothing is looked up here: no clock, no warehouse."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from expectations.catalogue import kept_catalogue, rules_version
from expectations.ruleset import RuleSet
from gongkai.profile import Profile
from gongkai.submission.form import Submission
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.records import Previous, PublishedReport, YearLock, YearState


class Peer(NamedTuple):
    """A readable revision of a unit that is not judged now: others are compared with it, and nothing is said of it."""

    unit: str
    submission: Submission
    received_at: datetime


def peers(state: YearState, judged: Collection[str]) -> list[Peer]:
    """What the warehouse knows of the units that are not judged now."""
    return [
        Peer(revision.unit, revision.submission, revision.received_at)
        for unit in state.units
        if unit.unit.code not in judged
        for revision in unit.revisions
        if revision.submission is not None
    ]


@dataclass(frozen=True)
class Context:
    """The circumstances of one validation.

    Attributes:
        year: the report year that is collected.
        as_of: the run's moment (lateness is decided by when a file was received, not by this).
        previous: unit code → last year's submission, for the cross-year rules.
        extensions: unit code → last day of a granted extension.
        published: unit code → the unit's published report of the year, to compare its submission with.
        waivers: the office's waivers that hold at `as_of`.
        set_aside: rule → why these circumstances leave it out, for `rules_not_applied`; a sender's own check knows no
            deadline and, without a warehouse, no other file.
        peers: what other units sent in earlier runs, so that a run for some units judges them as one for all would.
        lock: the year's lock, whose rules are then those of the time; only an extension lets anything new in.
    """

    year: int
    profile: Profile
    as_of: datetime
    previous: Mapping[str, Previous] = field(default_factory=dict)
    extensions: Mapping[str, date] = field(default_factory=dict)
    waivers: Sequence[InspectionEntry] = ()
    set_aside: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, PublishedReport] = field(default_factory=dict)
    peers: Sequence[Peer] = ()
    lock: YearLock | None = None

    @cached_property
    def rules(self) -> RuleSet:
        """The rules that apply: the profile's, or those that the year's lock keeps."""
        if self.lock is None:
            return RuleSet(self.profile.rules)
        return RuleSet(self.lock.profile.rules, kept_catalogue(self.lock.rules))

    @property
    def rules_version(self) -> str:
        """Hash of the catalogue that decides."""
        return self.lock.rules_version if self.lock else rules_version()
