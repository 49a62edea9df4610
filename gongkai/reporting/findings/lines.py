"""The lists on both findings pages: a section a rule, in it a line a finding, with how it is settled.

Long series of blanks are one line, as on a receipt. What is counted and grouped by is in `findings.kinds`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.findings import AFTER_ACCEPTANCE, Finding, Severity
from gongkai.national_format import NationalFormat, for_year
from gongkai.reporting.findings.kinds import FindingKind, Shown
from gongkai.reporting.shared.granted import waiver_words
from gongkai.reporting.shared.series import Series, series
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.places import part, place
from gongkai.submission.value_words import value_words
from gongkai.warehouse.records import YearState

SETTLEMENTS = {"open": "待处理", "explained": "已说明", "waived": "已豁免", "kept": AFTER_ACCEPTANCE}
_NONE = "—"


@dataclass(frozen=True)
class RuleLine:
    """One finding, or a series of blanks, of one unit."""

    code: str
    name: str
    place: str
    cells: str
    sheet: str | None
    observed: str
    expected: str
    difference: str
    message: str
    open: bool
    settlement: str


@dataclass(frozen=True)
class RuleSection:
    """The findings of one kind; `units` are the codes of those that have one."""

    kind: FindingKind
    count: int
    units: tuple[str, ...]
    lines: tuple[RuleLine, ...]


def sections(kinds: Iterable[FindingKind], found: Sequence[Shown], state: YearState) -> tuple[RuleSection, ...]:
    """A section a rule: what it is and follows from, then its findings, open ones first inside a unit."""
    national_format = for_year(state.year)
    waivers = {entry.id: entry for entry in state.inspections if entry.kind == "waiver"}
    return tuple(
        RuleSection(
            kind,
            len(members),
            tuple(dict.fromkeys(one.unit.unit.code for one in members)),
            tuple(_lines(kind, members, national_format, waivers)),
        )
        for kind in kinds
        if (members := [one for one in found if kind.holds(one.finding)])
    )


def _lines(
    kind: FindingKind, members: Sequence[Shown], national_format: NationalFormat, waivers: dict[str, InspectionEntry]
) -> Iterator[RuleLine]:
    """Long series of blanks of one unit are one line, as on its receipt."""
    for unit, of_unit in groupby(members, key=lambda one: one.unit):
        ordered = sorted(of_unit, key=lambda one: (not one.open, one.finding.settled_by or "", one.finding.table or ""))
        for (settled_by, _), alike in groupby(ordered, key=lambda one: (one.finding.settled_by, one.finding.table)):
            for line in series([one.finding for one in alike], national_format):
                alone = len(line.findings) == 1
                observed, expected, difference = (
                    value_words(value if alone else None, line.first.where, national_format, _NONE)
                    for value in (line.first.observed, line.first.expected, line.first.difference)
                )
                yield RuleLine(
                    code=unit.unit.code,
                    name=unit.unit.name,
                    place=place_words(line, national_format),
                    cells=line.cells if alone else f"{line.cells or ''} {len(line.findings)} 格".strip(),
                    sheet=line.sheet,
                    observed=observed,
                    expected=expected,
                    difference=difference,
                    message=line.line,
                    open=settled_by is None,
                    settlement=settlement_words(kind, line.first, waivers),
                )


def place_words(line: Series, national_format: NationalFormat) -> str:
    """The place in the words of the form; the part of it that a series stands in, or the file as a whole."""
    heading = part(line.first.where, national_format)[1]
    return heading if len(line.findings) > 1 else place(line.first.where, national_format) or heading


def settlement_words(kind: FindingKind, finding: Finding, waivers: dict[str, InspectionEntry]) -> str:
    """待处理, or by what it is settled."""
    if finding.settled_by is None:
        return "供参考" if finding.severity is Severity.NOTICE else SETTLEMENTS["open"]
    if finding.kept:
        return SETTLEMENTS["kept"]
    if finding.waived_by is not None:
        return f"{SETTLEMENTS['waived']}：{waiver_words(waivers.get(finding.waived_by))}"
    reason = kind.said.reasons.get(str(finding.reason), str(finding.reason))
    carried = f"（沿用第 {finding.explained_in} 次报送的说明）" if finding.explained_in else ""
    return f"{SETTLEMENTS['explained']}：{reason}{carried}"
