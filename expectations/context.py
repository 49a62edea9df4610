"""What a run gives the rules beside the readings. Nothing is looked up here: no clock, no warehouse."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from expectations.catalogue import kept_catalogue, rules_version
from expectations.ruleset import RuleSet
from gongkai.profile import Profile
from gongkai.submission.inspection import InspectionEntry
from gongkai.warehouse.records import Previous, PublishedReport, YearLock


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
        judge_deadline: False when a sender checks a file before sending it; INTAKE-CLOSED is then not applied.
        lock: the year's lock, whose rules are then those of the time; only an extension lets anything new in.
    """

    year: int
    profile: Profile
    as_of: datetime
    previous: Mapping[str, Previous] = field(default_factory=dict)
    extensions: Mapping[str, date] = field(default_factory=dict)
    waivers: Sequence[InspectionEntry] = ()
    judge_deadline: bool = True
    published: Mapping[str, PublishedReport] = field(default_factory=dict)
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
