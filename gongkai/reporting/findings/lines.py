"""What both findings pages are made of: findings with their settlement, the rules that hit, sections and lines.

A `Kind` is one rule at one severity: a column of the matrix, a section of the list. Its order is the catalogue's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from gongkai.findings import Finding, Scalar, Severity
from gongkai.national_format import NationalFormat, for_year
from gongkai.reporting.shared.granted import waiver_words
from gongkai.reporting.shared.series import Series, series
from gongkai.reporting.shared.wording import OTHER_FAMILY, Wording, Wordings, wording_of
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.places import part, place
from gongkai.submission.verdict import Verdict
from gongkai.warehouse.records import Revision, UnitYear, YearState

SETTLEMENTS = {"open": "待处理", "explained": "已说明", "waived": "已豁免"}
_NONE = "—"


@dataclass(frozen=True, eq=False)
class Shown:
    """One finding on one revision of one unit."""

    unit: UnitYear
    revision: Revision
    finding: Finding

    @property
    def settlement(self) -> str:
        """open, explained or waived."""
        if self.finding.settled_by is None:
            return "open"
        return "waived" if self.finding.waived_by is not None else "explained"

    @property
    def open(self) -> bool:
        return self.settlement == "open"


@dataclass(frozen=True)
class Kind:
    """One rule at one severity.

    Attributes:
        family_number: the family's place in the catalogue, from 1; what its filter goes by.
    """

    rule: str
    severity: Severity
    said: Wording
    family_number: int

    @property
    def family(self) -> str:
        return self.said.family

    @property
    def group(self) -> tuple[int, Severity]:
        """What stands under one head of the matrix."""
        return self.family_number, self.severity

    @property
    def sign(self) -> str:
        return self.severity.sign

    @property
    def word(self) -> str:
        return self.severity.word

    @property
    def anchor(self) -> str:
        return f"{self.rule}-{self.severity.value}"

    @property
    def marks(self) -> str:
        """The classes that a filter goes by."""
        return f"s-{self.severity.value} f-{self.family_number}"

    def holds(self, finding: Finding) -> bool:
        return finding.rule == self.rule and finding.severity is self.severity


def shown(unit: UnitYear, revision: Revision) -> list[Shown]:
    """A revision's findings, what to fix first first."""
    return [Shown(unit, revision, finding) for finding in revision.verdict.findings]


def kinds_of(found: Iterable[Shown], wordings: Wordings) -> list[Kind]:
    """The rules that hit: by family, in it errors first, in them the catalogue's order; unknown rules last."""
    families = [*dict.fromkeys(said.family for said in wordings.values()), OTHER_FAMILY]
    rules = list(wordings)
    kinds = [
        Kind(rule, severity, said := wording_of(rule, wordings), 1 + families.index(said.family))
        for rule, severity in dict.fromkeys((one.finding.rule, one.finding.severity) for one in found)
    ]
    last = len(rules)
    return sorted(
        kinds,
        key=lambda kind: (
            kind.family_number,
            kind.severity.rank,
            rules.index(kind.rule) if kind.rule in wordings else last,
            kind.rule,
        ),
    )


def counts_of(found: Sequence[Shown]) -> dict[str, Any]:
    """The figures at the head: open findings and the units they are of, then those that are settled."""
    still = [one for one in found if one.open]
    return {
        "counts": [
            {
                "sign": severity.sign,
                "word": severity.word,
                "count": len(of := [one for one in still if one.finding.severity is severity]),
                "units": len({one.unit.unit.code for one in of}),
                "act": severity is Severity.ERROR and bool(of),
            }
            for severity in Severity
        ],
        "explained": sum(one.settlement == "explained" for one in found),
        "waived": sum(one.settlement == "waived" for one in found),
    }


def choices(kinds: Iterable[Kind]) -> dict[str, list[tuple[str, str]]]:
    """What can be filtered by: class → word, severities and families."""
    given = list(kinds)
    families = sorted({kind.family_number: kind.family for kind in given}.items())
    found = {kind.severity for kind in given}
    return {
        "severities": [(f"s-{one.value}", f"{one.sign} {one.word}") for one in Severity if one in found],
        "families": [(f"f-{number}", word) for number, word in families],
    }


def cell_of(kind: Kind, verdict: Verdict) -> dict[str, Any]:
    """A cell of a matrix: `2`, `2（1）` with one settled, `0`, or `—` where the rule could not be applied."""
    found = [finding for finding in verdict.findings if kind.holds(finding)]
    still = sum(finding.settled_by is None for finding in found)
    settled = len(found) - still
    unknown = not found and any(left.rule == kind.rule for left in verdict.rules_not_applied)
    text = _NONE if unknown else f"{still}" if not settled else f"{still or ''}（{settled}）"
    return {"kind": kind, "open": still, "text": text, "quiet": not still}


def sections(kinds: Iterable[Kind], found: Sequence[Shown], state: YearState) -> list[dict[str, Any]]:
    """A section a rule: what it is and follows from, then its findings, open ones first inside a unit."""
    national_format = for_year(state.year)
    waivers = {entry.id: entry for entry in state.inspections if entry.kind == "waiver"}
    return [
        {
            "kind": kind,
            "count": len(members),
            "units": list(dict.fromkeys(one.unit.unit.code for one in members)),
            "lines": list(_lines(kind, members, national_format, waivers)),
        }
        for kind in kinds
        if (members := [one for one in found if kind.holds(one.finding)])
    ]


def _lines(
    kind: Kind, members: Sequence[Shown], national_format: NationalFormat, waivers: dict[str, InspectionEntry]
) -> Iterable[dict[str, Any]]:
    """Long series of blanks of one unit are one line, as on its receipt."""
    for unit, of_unit in groupby(members, key=lambda one: one.unit):
        ordered = sorted(of_unit, key=lambda one: (not one.open, one.finding.settled_by or "", one.finding.table or ""))
        for (settled_by, _), alike in groupby(ordered, key=lambda one: (one.finding.settled_by, one.finding.table)):
            for line in series([one.finding for one in alike], national_format):
                alone = len(line.findings) == 1
                yield {
                    "code": unit.unit.code,
                    "name": unit.unit.name,
                    "place": place_words(line, national_format),
                    "cells": line.cells if alone else f"{line.cells or ''} {len(line.findings)} 格".strip(),
                    "sheet": line.sheet,
                    "observed": value_words(line.first.observed if alone else None),
                    "expected": value_words(line.first.expected if alone else None),
                    "difference": value_words(line.first.difference if alone else None),
                    "message": line.line,
                    "open": settled_by is None,
                    "settlement": settlement_words(kind, line.first, waivers),
                }


def place_words(line: Series, national_format: NationalFormat) -> str:
    """The place in the words of the form; the part of it that a series stands in, or the file as a whole."""
    heading = part(line.first.where, national_format)[1]
    return heading if len(line.findings) > 1 else place(line.first.where, national_format) or heading


def value_words(value: Scalar) -> str:
    """A value as it stands in the file: no thousands separator, it may be a year or a number of a document."""
    return _NONE if value is None else str(value)


def settlement_words(kind: Kind, finding: Finding, waivers: dict[str, InspectionEntry]) -> str:
    """待处理, or by what it is settled."""
    if finding.settled_by is None:
        return "供参考" if finding.severity is Severity.NOTICE else SETTLEMENTS["open"]
    if finding.waived_by is not None:
        return f"{SETTLEMENTS['waived']}：{waiver_words(waivers.get(finding.waived_by))}"
    reason = kind.said.reasons.get(str(finding.reason), str(finding.reason))
    carried = f"（沿用第 {finding.explained_in} 次报送的说明）" if finding.explained_in else ""
    return f"{SETTLEMENTS['explained']}：{reason}{carried}"
