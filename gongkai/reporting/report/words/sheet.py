"""A fact of the report's text and where it was submitted: the one thing a sentence may rest on.

A fact is a number, a piece of Chinese text, or None when nobody submitted it. `PROFILE` facts are what the registry and
the law say; they prove nothing about the year's work. No fact is computed here and no sentence is worded here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.reporting.report.words.traced_text import of_scope
from gongkai.submission.references import OFFICE
from gongkai.warehouse.totals import Number

Fact = Number | str | None
Facts = dict[str, Fact]

PROFILE = "profile"
TABLES = "tables"
ACTIVITIES = "activities"
REGISTER = "register"
INSPECTIONS = "inspections"
LAST_YEAR = "last_year"
LISTS = ("documents", "interpretations", "responses", "catalogue")


@dataclass
class FactSheet:
    """All facts of a year by name, each with its source: `profile`, `tables`, `activities`, a list, `inspections` …"""

    values: Facts = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def add(self, source: str, facts: Mapping[str, Fact], prefix: str = "") -> None:
        """Takes in facts of one source."""
        for name, value in facts.items():
            own = isinstance(value, str) and bool(prefix)
            self.values[prefix + name] = of_scope(str(value), OFFICE) if own else value
            self.sources[prefix + name] = source

    def submitted(self, name: str) -> bool:
        """Whether a fact is somebody's submission, and not only the registry's or the law's."""
        return self.sources.get(name, PROFILE) != PROFILE
