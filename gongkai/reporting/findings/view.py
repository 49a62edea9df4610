"""What the findings page of the district says: who has errors, which are common, unit by rule, then each finding.

It speaks of every unit's latest submission; only the list of common mistakes looks at the whole year. What both
findings pages share is in `findings.kinds` and `findings.lines`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gongkai.findings import Severity
from gongkai.reporting.findings.kinds import (
    Choices,
    FindingKind,
    OpenCounts,
    Shown,
    choices,
    counts_of,
    kinds_of,
    shown,
)
from gongkai.reporting.findings.lines import RuleSection, sections
from gongkai.reporting.findings.matrix import Matrix, matrix, parts_of
from gongkai.reporting.shared.wording import Wordings
from gongkai.submission.verdict import UnitState, Verdict
from gongkai.warehouse.records import YearState

CHOICES = 60
"""How many units the filter offers; with more of them, each unit's own page serves."""


@dataclass(frozen=True)
class Member:
    """A unit that somebody must call; `page` whether it has a page of its own."""

    code: str
    name: str
    page: bool
    count: int


@dataclass(frozen=True)
class CallGroup:
    """The units whose latest submission has the same worst, or that sent none."""

    sign: str
    word: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class CommonMistake:
    """A mistake of the year: how many units ever made it (`share` of those that reported), and who has it still."""

    kind: FindingKind
    units: int
    share: str
    still_units: int
    still: int


@dataclass(frozen=True)
class Elsewhere:
    """Files whose findings stand on another page."""

    word: str
    count: int
    page: str


@dataclass(frozen=True)
class DistrictFindings:
    """Everything `findings.html` prints; `units` are code and name for the filter."""

    counts: OpenCounts
    expected: int
    reported: int
    groups: tuple[CallGroup, ...]
    common: tuple[CommonMistake, ...]
    matrices: tuple[Matrix, ...]
    sections: tuple[RuleSection, ...]
    choices: Choices
    units: tuple[tuple[str, str], ...]
    elsewhere: tuple[Elsewhere, ...]


def district_view(state: YearState, wordings: Wordings) -> DistrictFindings:
    """The findings page of the district."""
    found = [one for unit in state.units if unit.latest for one in shown(unit, unit.latest)]
    kinds = kinds_of(found, wordings)
    ever = [one for unit in state.units for revision in unit.revisions for one in shown(unit, revision)]
    reported = [unit for unit in state.units if unit.revisions]
    hit = list(dict.fromkeys((one.unit.unit.code, one.unit.unit.name) for one in found))
    elsewhere = (
        ("未能归入单位的文件", state.unassigned, "unassigned"),
        ("主管部门录入文件", [file for file in state.office_files if file.verdict.findings], "_office"),
    )
    return DistrictFindings(
        counts=counts_of(found),
        expected=len(state.units),
        reported=len(reported),
        groups=tuple(_groups(state)),
        common=_common(ever, len(reported), wordings),
        matrices=tuple(matrix(part, state) for part in parts_of(kinds)),
        sections=sections(kinds, found, state),
        choices=choices(kinds_of(ever, wordings)),
        units=tuple(hit) if len(hit) <= CHOICES else (),
        elsewhere=tuple(
            Elsewhere(word, len(files), f"../receipts/{page}.html") for word, files, page in elsewhere if files
        ),
    )


def _groups(state: YearState) -> Iterator[CallGroup]:
    """The units that somebody must call, in registry order, by the worst that their latest submission has."""
    rows = [(unit, unit.latest.verdict if unit.latest else None) for unit in state.units]
    worst = [(unit, verdict, _worst(verdict)) for unit, verdict in rows]
    for sign, word, group in (
        (Severity.ERROR.sign, f"有{Severity.ERROR.word}", "error"),
        (Severity.QUERY.sign, f"只有{Severity.QUERY.word}", "query"),
        (UnitState.MISSING.sign, UnitState.MISSING.word, "missing"),
    ):
        members = tuple(
            Member(
                unit.unit.code,
                unit.unit.name,
                bool(unit.revisions),
                verdict.count(Severity(group)) if verdict else 0,
            )
            for unit, verdict, of in worst
            if of == group
        )
        if members:
            yield CallGroup(sign, word, members)


def _worst(verdict: Verdict | None) -> str:
    if verdict is None:
        return "missing"
    return next((severity.value for severity in Severity if verdict.count(severity)), "")


def _common(ever: Sequence[Shown], reported: int, wordings: Wordings) -> tuple[CommonMistake, ...]:
    """The year's mistakes by rule: how many units ever made it, who has it still; worst first.

    A query that was explained from the start is no mistake, nor is what arose after the acceptance; an error that was
    waived is one.
    """
    mistakes = [
        one
        for one in ever
        if one.finding.severity is not Severity.NOTICE and one.settlement not in ("explained", "kept")
    ]
    rows = []
    for place, kind in enumerate(kinds_of(mistakes, wordings)):
        of_kind = [one for one in mistakes if kind.holds(one.finding)]
        hit = {one.unit.unit.code for one in of_kind}
        now = [one for one in of_kind if one.open and one.revision is one.unit.latest]
        row = CommonMistake(
            kind=kind,
            units=len(hit),
            share=str(Decimal(len(hit)) / reported),
            still_units=len({one.unit.unit.code for one in now}),
            still=len(now),
        )
        rows.append((kind.severity.rank, -len(hit), -len(now), place, row))
    return tuple(row for *_, row in sorted(rows, key=lambda entry: entry[:4]))
