"""Waivers (豁免): which finding the office has decided to let pass. Who, why and until when stand in its entry.

A waiver names the rule in `indicator` (or as a word of `evidence` or `reason`) and may name places in `evidence`;
without a place it covers every finding of that rule. It holds up to and with the day `until`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from expectations.catalogue import catalogue_in_force, load_catalogue
from gongkai.findings import WAIVED, Finding, ReadingIssue, Severity
from gongkai.national_format import known_tables
from gongkai.submission.fields import groups, lists
from gongkai.submission.inspection.entry import InspectionEntry

# No choice here: a value that must not be in the file is sent back, and a date that cannot be would stop every unit's
# totals and scores when a clock met it.
NEVER = frozenset({"PERSONAL-DATA", "CASE-DATES", "LIST-DATES"})
_RULE = re.compile(r"[A-Z][A-Z0-9_-]+")
_PLACE = re.compile(r"[a-z_]+\[[^\]]*\](?:\.[a-z_]+)?|[a-z_]+(?:\.[a-z_]+){1,2}")


def in_force(entries: Iterable[InspectionEntry], today: date) -> tuple[InspectionEntry, ...]:
    """The waivers among the office's entries that hold on a day."""
    return tuple(e for e in entries if e.kind == "waiver" and (e.until is None or e.until >= today))


def waive(findings: Sequence[Finding], unit: str, waivers: Iterable[InspectionEntry]) -> list[Finding]:
    """The findings with those marked that a waiver of the unit lets pass; notices and settled ones stay as they are."""
    marked = list(findings)
    for entry in waivers:
        rule, places = rule_of(entry), _places(entry)
        if entry.unit != unit or rule is None or rule in NEVER:
            continue
        for at, found in enumerate(marked):
            here = not places or bool(places & {found.where, *found.cells})
            if found.rule == rule and here and found.settled_by is None and found.severity is not Severity.NOTICE:
                marked[at] = replace(found, settled_by=f"{WAIVED}{entry.id}")
    return marked


def rule_of(entry: InspectionEntry) -> str | None:
    """The rule that a waiver names; None when it names none that exists."""
    known = {rule.id for rule in load_catalogue().rules}
    texts = (entry.indicator, entry.evidence, entry.reason)
    return next((word for text in texts for word in _RULE.findall(text or "") if word in known), None)


def waivable(year: int, kept: str | None = None) -> dict[str, str]:
    """Id → title of the rules that a waiver may let pass in a year; `kept`: the catalogue as a run kept it."""
    rules = catalogue_in_force(kept).in_force(year)
    return {one.id: one.title for one in rules if one.severity is not Severity.NOTICE and one.id not in NEVER}


def issues(entries: Iterable[InspectionEntry]) -> list[ReadingIssue]:
    """What is wrong with waivers that can let nothing pass, for the receipt of the office's file."""
    return [
        ReadingIssue(
            rule="SHAPE",
            where=f"entries[{entry.id}].indicator",
            observed=rule_of(entry) or entry.indicator or "空白",
            expected="可以豁免的规则编号，例如 REQ-ROW-SUM",
            values={"place": f"检查记录 {entry.id} 的“豁免的规则”", "entry": entry.id},
        )
        for entry in entries
        if entry.kind == "waiver" and (rule_of(entry) is None or rule_of(entry) in NEVER)
    ]


def _places(entry: InspectionEntry) -> set[str]:
    """The places named in `evidence`; a file's name (纪要.pdf) is none."""
    names = {*known_tables(), *groups(), *lists()}
    return {place for place in _PLACE.findall(entry.evidence or "") if re.split(r"[.\[]", place)[0] in names}
