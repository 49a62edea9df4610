"""What both findings pages count and group by: findings with their settlement, and the rules that hit.

A `FindingKind` is one rule at one severity: a column of the matrix, a section of the list. They come in the
catalogue's order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.findings import Finding, Severity
from gongkai.reporting.shared.wording import OTHER_FAMILY, Wording, Wordings, wording_of
from gongkai.submission.verdict import Verdict
from gongkai.warehouse.records import Revision, UnitYear

_NONE = "—"


@dataclass(frozen=True, eq=False)
class Shown:
    """One finding on one revision of one unit."""

    unit: UnitYear
    revision: Revision
    finding: Finding

    @property
    def settlement(self) -> str:
        """open, explained, waived, or kept: it arose after the acceptance."""
        if self.finding.settled_by is None:
            return "open"
        if self.finding.kept:
            return "kept"
        return "waived" if self.finding.waived_by is not None else "explained"

    @property
    def open(self) -> bool:
        return self.settlement == "open"


@dataclass(frozen=True)
class FindingKind:
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


@dataclass(frozen=True)
class OpenCount:
    """The open findings of a severity, and of how many units they are."""

    severity: Severity
    count: int
    units: int

    @property
    def act(self) -> bool:
        return self.severity is Severity.ERROR and bool(self.count)


@dataclass(frozen=True)
class OpenCounts:
    """The figures at the head of a page: what is open, a severity each, then what is settled."""

    open: tuple[OpenCount, ...]
    explained: int
    waived: int
    kept: int


@dataclass(frozen=True)
class Choices:
    """What a page can be filtered by: class and word of each severity and family."""

    severities: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MatrixCell:
    """What a rule said of one submission: how many are open, and what is printed."""

    kind: FindingKind
    open: int
    text: str


def shown(unit: UnitYear, revision: Revision) -> list[Shown]:
    """A revision's findings, what to fix first first."""
    return [Shown(unit, revision, finding) for finding in revision.verdict.findings]


def kinds_of(found: Iterable[Shown], wordings: Wordings) -> list[FindingKind]:
    """The rules that hit: by family, in it errors first, in them the catalogue's order; unknown rules last."""
    families = [*dict.fromkeys(said.family for said in wordings.values()), OTHER_FAMILY]
    rules = list(wordings)
    kinds = [
        FindingKind(rule, severity, said := wording_of(rule, wordings), 1 + families.index(said.family))
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


def counts_of(found: Sequence[Shown]) -> OpenCounts:
    """The figures at the head."""
    still = [one for one in found if one.open]
    return OpenCounts(
        open=tuple(
            OpenCount(severity, len(of), len({one.unit.unit.code for one in of}))
            for severity in Severity
            for of in [[one for one in still if one.finding.severity is severity]]
        ),
        explained=sum(one.settlement == "explained" for one in found),
        waived=sum(one.settlement == "waived" for one in found),
        kept=sum(one.settlement == "kept" for one in found),
    )


def choices(kinds: Iterable[FindingKind]) -> Choices:
    """What the findings of these kinds can be filtered by."""
    given = list(kinds)
    families = sorted({kind.family_number: kind.family for kind in given}.items())
    found = {kind.severity for kind in given}
    return Choices(
        severities=tuple((f"s-{one.value}", f"{one.sign} {one.word}") for one in Severity if one in found),
        families=tuple((f"f-{number}", word) for number, word in families),
    )


def cell_of(kind: FindingKind, verdict: Verdict) -> MatrixCell:
    """A cell of a matrix: `2`, `2（1）` with one settled, `0`, or `—` where the rule could not be applied."""
    found = [finding for finding in verdict.findings if kind.holds(finding)]
    still = sum(finding.settled_by is None for finding in found)
    settled = len(found) - still
    unknown = not found and any(left.rule == kind.rule for left in verdict.rules_not_applied)
    text = _NONE if unknown else f"{still}" if not settled else f"{still or ''}（{settled}）"
    return MatrixCell(kind, still, text)
