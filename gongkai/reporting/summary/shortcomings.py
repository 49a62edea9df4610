"""What went wrong in a year: where points were lost, what inspections found, which areas are in no catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongkai.assessment.scorecard import Assessment
from gongkai.warehouse.records import YearState

_MOST = 10


@dataclass(frozen=True)
class FrequentLoss:
    """An indicator that took points: of how many units, and how much of their totals together."""

    code: str
    label: str
    units: str
    of: str
    in_total: str


@dataclass(frozen=True)
class FoundLine:
    """What inspections found on one indicator: items checked and passed, problems, and how many were mended."""

    code: str
    label: str
    checked: str
    passed: str
    problems: str


@dataclass(frozen=True)
class VetoLine:
    """A veto that was spoken, or that is proposed and waits."""

    word: str
    unit: str
    name: str
    veto: str
    ground: str


@dataclass(frozen=True)
class AreaRow:
    """A pilot area, and in which units' catalogues it is: `●` is, `○` should be and is not, empty: not theirs."""

    number: str
    name: str
    marks: tuple[str, ...]


def frequent_losses(assessment: Assessment) -> Iterator[FrequentLoss]:
    """The indicators that took points of most units, at most ten."""
    units: dict[str, int] = {}
    cost: dict[str, Decimal] = {}
    scored: dict[str, int] = {}
    labels: dict[str, str] = {}
    for card in assessment.scorecards:
        for line in card.indicators:
            if line.score is not None:
                labels[line.code] = line.label
                scored[line.code] = scored.get(line.code, 0) + 1
                if line.deductions:
                    lost = sum((one.in_total or Decimal(0) for one in line.deductions), Decimal(0))
                    units[line.code] = units.get(line.code, 0) + 1
                    cost[line.code] = cost.get(line.code, Decimal(0)) + lost
    for code in sorted(units, key=lambda code: (-units[code], -cost[code], code))[:_MOST]:
        yield FrequentLoss(code, labels[code], str(units[code]), str(scored[code]), f"{cost[code]:f}")


def found_lines(state: YearState) -> Iterator[FoundLine]:
    """What inspections found, in the order of the scheme."""
    for indicator in state.profile.scheme.indicators:
        own = [entry for entry in state.inspections if entry.indicator == indicator.code]
        checked = sum(entry.checked or 0 for entry in own if entry.kind == "checked")
        passed = sum(entry.passed or 0 for entry in own if entry.kind == "checked")
        problems = sum(entry.kind == "problem" for entry in own)
        if checked or problems:
            shown = (str(checked), str(passed)) if checked else ("", "")
            yield FoundLine(indicator.code, indicator.label, *shown, str(problems) if problems else "")


def rectified(state: YearState) -> tuple[int, int, int]:
    """How many rectifications were issued, how many are closed, and how many of those in time."""
    issued = [entry for entry in state.inspections if entry.kind == "rectification"]
    closed = [entry for entry in issued if entry.closed_on is not None]
    in_time = [one for one in closed if one.closed_on and (one.due_on is None or one.closed_on <= one.due_on)]
    return len(issued), len(closed), len(in_time)


def veto_lines(assessment: Assessment) -> Iterator[VetoLine]:
    """Vetoes that stand, then those that wait for two people."""
    for card in assessment.scorecards:
        yield from (VetoLine("已成立", card.unit, card.name, veto, "") for veto in card.vetoes)
    for card in assessment.scorecards:
        yield from (VetoLine("待认定", card.unit, card.name, one.veto, one.ground) for one in card.proposals)


def catalogue(state: YearState) -> tuple[tuple[str, ...], tuple[AreaRow, ...]]:
    """The matrix of areas and of the units that share them (the towns): whose catalogue names which area."""
    sharing = [
        one
        for one in state.units
        if any(other is not one and other.unit.kind == one.unit.kind and set(other.unit.areas) & set(one.unit.areas)
               for other in state.units)
    ]  # fmt: skip
    columns = tuple(f"{one.unit.code} {one.unit.name}" for one in sharing)
    named = [
        {str(item["area"]) for item in one.accepted.submission.records("catalogue")}
        if one.accepted is not None and one.accepted.submission is not None
        else set()
        for one in sharing
    ]
    rows = tuple(
        AreaRow(
            number,
            name,
            tuple(
                ("●" if number in has else "○") if number in one.unit.areas else "—"
                for one, has in zip(sharing, named, strict=True)
            ),
        )
        for number, name in state.profile.areas.items()
    )
    return columns, rows if columns else ()
