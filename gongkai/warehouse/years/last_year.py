"""The last year of a unit: the reports of its predecessors, added up (contract.md, "Last year" and "Profile").

The one owner of that question: rules, texts, templates, scores and the district's identities all ask here. Who
succeeds whom is the registry's (`gongkai.profile.succession`); which revision of a unit counts is chosen in `queries`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from gongkai.national_format import for_year
from gongkai.profile import Profile
from gongkai.profile.succession import predecessors
from gongkai.submission.fields import lists
from gongkai.submission.form import Cell, State, Submission


@dataclass(frozen=True)
class Previous:
    """A report of last year: a unit's accepted revision, else its latest readable one; or the sum of several.

    Attributes:
        accepted: whether it counts; of a sum, whether every part does and none is missing.
        parts: the reports that a sum is of; empty for a single report.
        missing: predecessors that should have reported and have not: the sum is not whole.
        shared: what else must be added before it can be compared; None where the unit alone follows it.
        name, authority: of the unit as it was registered then; None where no registry of that year is known.
        told: it is what a district's report of this year says of last year; nobody here received it.
    """

    submission: Submission
    revision: int
    accepted: bool
    parts: tuple["Previous", ...] = ()
    missing: tuple[str, ...] = ()
    shared: "Shared | None" = None
    name: str | None = None
    authority: str | None = None
    told: bool = False

    @property
    def unit(self) -> str:
        """The code under which it was reported; of a sum, that of its first part."""
        return self.reports[0].submission.unit

    @property
    def reports(self) -> tuple["Previous", ...]:
        """The single reports."""
        return self.parts or (self,)

    @property
    def alone(self) -> Submission | None:
        """What the unit's own figures can be compared with; None where several units share it."""
        return None if self.shared else self.submission


@dataclass(frozen=True)
class Shared:
    """A last year that several units follow together: a split, an area or a table that moved.

    Attributes:
        heirs: the codes of all units with tables that follow it, in registry order.
        last: all reports that any of them follows, added up.
    """

    heirs: tuple[str, ...]
    last: Previous


class LastYear(NamedTuple):
    """Last year as a year's units have it.

    Attributes:
        of: unit code → its last year, for units that have one.
        unclaimed: reports of units that nobody succeeds.
    """

    of: Mapping[str, Previous]
    unclaimed: tuple[Previous, ...]


def last_year(year: int, registry: Profile, reports: Mapping[str, Previous], before: Profile | None) -> LastYear:
    """The last year of every unit that is expected in a year.

    Args:
        year: the report year.
        registry: the profile that the year is computed from.
        reports: code → the report of the year before.
        before: the registry of the year before, as its last run had it.
    """
    named = {code: _registered(one, before) for code, one in reports.items()}
    follows = {unit.code: predecessors(unit, year, registry, named) for unit in registry.expected(year)}
    followed = {code for codes in follows.values() for code in codes}
    groups = following_together({unit: [c for c in codes if c in named] for unit, codes in follows.items()})
    carrying = {unit.code for unit in registry.expected(year) if unit.carries_tables}
    found = {}
    for unit, codes in follows.items():
        parts = [named[code] for code in codes if code in named]
        if not parts:
            continue
        missing = [code for code in codes if code not in named and _expected(code, year - 1, before or registry)]
        heirs = [code for code in groups[unit] if code in carrying]
        shared = None
        if unit in heirs and len(heirs) > 1:
            every = dict.fromkeys(code for heir in heirs for code in follows[heir])
            lacks = [code for code in every if code not in named and _expected(code, year - 1, before or registry)]
            shared = Shared(tuple(heirs), together(heirs[0], [named[c] for c in every if c in named], lacks))
        found[unit] = together(unit, parts, missing, shared)
    return LastYear(found, tuple(one for code, one in named.items() if code not in followed))


def as_told(report: Submission) -> Previous | None:
    """Last year as a district's report of this year gives it, for a city that did not receive that of last year."""
    if report.below is None or not report.below.previous:
        return None
    figures, year = report.below.previous, report.year - 1
    cells = [
        Cell(spec.table, spec.row, spec.column, figures[spec.where])
        for spec in for_year(year).cells
        if spec.where in figures
    ]
    return Previous(Submission(report.unit, year, tuple(cells)), 0, accepted=True, told=True)


def with_told(last: LastYear, reports: Iterable[Submission]) -> LastYear:
    """Last year with what this year's reports of districts say of it, where nothing was received then."""
    told = {one.unit: before for one in reports if one.unit not in last.of and (before := as_told(one)) is not None}
    return last._replace(of={**last.of, **told}) if told else last


def together(
    unit: str, parts: Sequence[Previous], missing: Sequence[str] = (), shared: Shared | None = None
) -> Previous:
    """Several reports as one; a single whole one that the unit alone follows is itself."""
    first = parts[0]
    if len(parts) == 1 and not missing and shared is None:
        return first
    submission = first.submission if len(parts) == 1 else added_up(unit, [one.submission for one in parts])
    accepted = not missing and all(one.accepted for one in parts)
    return Previous(submission, first.revision, accepted, tuple(parts), tuple(missing), shared)


def added_up(unit: str, submissions: Sequence[Submission]) -> Submission:
    """Tables and working figures summed, lists one after another; texts stay with who wrote them.

    A figure that one of them does not give is not known of the sum. A unit without tables adds nothing to them.
    """
    with_tables = [one for one in submissions if one.has_tables]
    cells = [*_sums(with_tables, tables=True), *_sums(submissions, tables=False)]
    for name in lists():
        position = 0
        for one in submissions:
            for record in one.records(name):
                position += 1
                cells += [cell._replace(row=str(position)) for cell in record.cells.values()]
    return Submission(
        unit=unit,
        year=submissions[0].year,
        cells=tuple(cells),
        reported=frozenset.intersection(*(one.reported for one in submissions)),
        has_tables=bool(with_tables),
    )


def _sums(submissions: Sequence[Submission], *, tables: bool) -> Iterable[Cell]:
    """The sums of the national cells, or of the working figures, that every one of them gives."""
    if not submissions:
        return
    for where, cell in submissions[0].by_where.items():
        if cell.table == "narrative" or (cell.table == "activities") == tables:
            continue
        values = [one.value(where) for one in submissions]
        if all(type(value) in (int, Decimal) for value in values):
            yield Cell(cell.table, cell.row, cell.column, sum(values[1:], values[0]), State.VALUE)


def following_together(follows: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Unit → all units that share a predecessor with it, or with one that does; itself among them, in their order."""
    group = {unit: [unit] for unit in follows}
    first: dict[str, str] = {}
    for unit, codes in follows.items():
        for code in codes:
            other = first.setdefault(code, unit)
            if group[other] is not group[unit]:
                group[other] += group[unit]
                for one in group[unit]:
                    group[one] = group[other]
    order = {unit: place for place, unit in enumerate(follows)}
    return {unit: sorted(members, key=order.__getitem__) for unit, members in group.items()}


def _registered(report: Previous, before: Profile | None) -> Previous:
    unit = before.unit(report.submission.unit) if before else None
    if unit is None:
        return report
    return Previous(report.submission, report.revision, report.accepted, name=unit.name, authority=unit.authority)


def _expected(code: str, year: int, registry: Profile) -> bool:
    unit = registry.unit(code)
    return unit is not None and unit.active(year)
