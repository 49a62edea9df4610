"""What the rules said of one file, as a receipt, the office's receipts and a sender's own check print it.

Findings by what to fix first and by part of the form, then what is settled, what was read how, what was not applied.
The sentences come from the rules and are printed as they are.
"""

from dataclasses import dataclass
from itertools import groupby

from gongkai.findings import Coercion, Finding, Severity
from gongkai.national_format import NationalFormat
from gongkai.reporting.shared.series import Series, series
from gongkai.reporting.shared.words import (
    EMPTY,
    NotAppliedLine,
    hint_of,
    not_applied,
    what_to_do,
    without_asking,
)
from gongkai.submission.places import column_name, part, place
from gongkai.submission.value_words import value_words
from gongkai.submission.verdict import WAITING, ChangedRule, Status, TextCompared, Verdict

_EXPLAIN = "请改正，或在“疑点说明”中选择理由并说明"
_AWAITED = "由主管部门核实来源，单位不必改正"


@dataclass(frozen=True)
class FindingLine:
    """One finding, or a series of blanks; `cells` is its address, or what it is called where the file has none."""

    cells: str
    sheet: str | None
    message: str
    rule: str
    hint: str


@dataclass(frozen=True)
class FormPart:
    """The findings in one part of the form; `count` counts findings, not lines."""

    heading: str
    count: int
    lines: tuple[FindingLine, ...]


@dataclass(frozen=True)
class SeveritySection:
    """The open findings of one severity."""

    severity: Severity
    what_to_do: str
    count: int
    parts: tuple[FormPart, ...]


@dataclass(frozen=True)
class SettledLine:
    """A finding that needs nothing any more; `words` say why, empty where nobody gave words."""

    message: str
    rule: str
    words: str


@dataclass(frozen=True)
class CoercionLine:
    """A reading that was not the plain value."""

    place: str
    sheet: str | None
    cell: str
    raw: str
    value: str
    why: str


@dataclass(frozen=True)
class Said:
    """Everything that was said of one file; `kept` is what arose after it was accepted."""

    sections: tuple[SeveritySection, ...]
    kept: tuple[SettledLine, ...]
    settled: tuple[SettledLine, ...]
    coercions: tuple[CoercionLine, ...]
    text: TextCompared | None
    not_applied: tuple[NotAppliedLine, ...]
    profile_rules: tuple[ChangedRule, ...]


def said_of_file(verdict: Verdict, national_format: NationalFormat) -> Said:
    """What a verdict says; of an unreadable file neither rules nor thresholds: none of them was applied."""
    still = [finding for finding in verdict.findings if finding.settled_by is None]
    return Said(
        sections=tuple(
            SeveritySection(severity, _asked(severity, found), len(found), _parts(found, national_format))
            for severity in Severity
            if (found := [finding for finding in still if finding.severity is severity])
        ),
        kept=tuple(kept_lines(verdict)),
        settled=tuple(
            SettledLine(without_asking(finding.message), finding.rule, "")
            for finding in verdict.findings
            if finding.reason is not None
        ),
        coercions=tuple(_coercion(coercion, national_format) for coercion in verdict.coercions),
        text=None if verdict.status is Status.QUARANTINED or not verdict.text.figures else verdict.text,
        not_applied=not_applied(verdict),
        profile_rules=() if verdict.status is Status.QUARANTINED else verdict.profile_rules,
    )


def _asked(severity: Severity, found: list[Finding]) -> str:
    """What is to be done: of a file that waits for the office to confirm its source, nothing."""
    return _AWAITED if all(one.rule == WAITING for one in found) else what_to_do(severity, _EXPLAIN)


def kept_lines(verdict: Verdict) -> list[SettledLine]:
    """What arose after the acceptance, without asking for anything."""
    return [SettledLine(without_asking(found.message), found.rule, "") for found in verdict.findings if found.kept]


def _parts(findings: list[Finding], national_format: NationalFormat) -> tuple[FormPart, ...]:
    """Grouped by the part of the form, in its order; inside, the rules' order is kept."""
    ordered = sorted(findings, key=lambda finding: part(finding.where, national_format)[0])
    grouped = groupby(ordered, key=lambda finding: part(finding.where, national_format))
    return tuple(
        FormPart(
            heading,
            len(members),
            tuple(
                FindingLine(
                    cells=line.cells or _named(line, national_format),
                    sheet=line.sheet,
                    message=line.line,
                    rule=line.first.rule,
                    hint=hint_of(line.first, line.line),
                )
                for line in series(members, national_format)
            ),
        )
        for (_, heading), found in grouped
        if (members := list(found))
    )


def _named(line: Series, national_format: NationalFormat) -> str:
    """What stands in place of an address where the file has none: the column, the field, or 整体."""
    alone = len(line.findings) == 1
    return column_name(line.first.where, national_format) if alone else f"{len(line.findings)} 格"


def _coercion(coercion: Coercion, national_format: NationalFormat) -> CoercionLine:
    return CoercionLine(
        place=place(coercion.where, national_format),
        sheet=coercion.sheet,
        cell=coercion.cell or "",
        raw=coercion.raw,
        value=value_words(coercion.value, coercion.where, national_format, EMPTY),
        why=coercion.why,
    )
