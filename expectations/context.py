"""The circumstances in which a file is judged: what the rules are given beside the readings.

Nothing is looked up here, no clock and no warehouse: `gathering` fills the value, for a run, a check and a preview
alike. What the other files of one batch add is `validation`'s.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from expectations.acceptance import Decisions
from expectations.catalogue import kept_catalogue, rules_version
from expectations.ruleset import RuleSet
from gongkai.profile import Profile
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.closed_year import limits_of
from gongkai.warehouse.records import PublishedReport, Revision, YearLock
from gongkai.warehouse.years.last_year import Previous


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
        decisions: its entries that may end an acceptance.
        set_aside: rule → why these circumstances leave it out, for `rules_not_applied`; a sender's own check knows no
            deadline and, without a warehouse, no other file.
        revisions: the readable ones that the warehouse knows, of every unit: a file is compared with them as with
            those beside it, so that a run for some units judges them as one for all would.
        lock: the year's lock, whose rules are then those of the time; only an extension lets anything new in.
    """

    year: int
    profile: Profile
    as_of: datetime
    previous: Mapping[str, Previous] = field(default_factory=dict)
    extensions: Mapping[str, date] = field(default_factory=dict)
    waivers: Sequence[InspectionEntry] = ()
    decisions: Decisions = field(default_factory=Decisions)
    set_aside: Mapping[str, str] = field(default_factory=dict)
    published: Mapping[str, PublishedReport] = field(default_factory=dict)
    revisions: Sequence[Revision] = ()
    lock: YearLock | None = None

    @cached_property
    def rules(self) -> RuleSet:
        """The rules that apply: the profile's, or those that the year's lock keeps."""
        if self.lock is None:
            return RuleSet(self.profile.rules)
        return RuleSet(self.lock.profile.rules, kept_catalogue(self.lock.rules), limits_of(self.lock))

    @property
    def rules_version(self) -> str:
        """Hash of the catalogue that decides."""
        return self.lock.rules_version if self.lock else rules_version()
