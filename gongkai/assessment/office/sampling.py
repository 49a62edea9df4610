"""What inspectors should look at: drawn from what the units reported, and from what was inspected before.

Each unit and indicator, and each inspector, is drawn from by itself with a generator made of the seed and its
name: the same seed and year give the same plan, and what one unit changes moves nobody else's sample.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum
from random import Random
from typing import Any, TypeVar

from gongkai.assessment.measurement import DECLARED_NONE
from gongkai.assessment.scorecard import Assessment
from gongkai.profile.indicators import Indicator
from gongkai.profile.unit import OFFICE
from gongkai.submission.fields import lists
from gongkai.submission.form import Record, Submission
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.second_looks import CONFLICT, LOOKED, EntryRemark, remark, words_of
from gongkai.submission.values.choices import squeezed
from gongkai.warehouse.records import UnitYear, YearState
from gongkai.warehouse.rows.samples import look_digest

T = TypeVar("T")


class SampleReason(StrEnum):
    """Why something is looked at."""

    FIRST = "first"
    DECLARED_NONE = "declared_none"
    SECOND = "second"

    @property
    def word(self) -> str:
        """How people read it."""
        return {"first": "首次检查", "declared_none": "核实“没有”", "second": "第二次检查"}[self.value]


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at.

    Attributes:
        kind: of the entry that it becomes: `checked`, or `score` where the indicator takes no count.
        item: the case, document or item of the catalogue; None where the indicator as a whole is looked at.
        second_of: the inspection that is repeated, `<file>#<id>`; its result is not told.
        not_by: who must not look, since it was he who looked first.
        note: what the unit declared, or of which day the first look was.
    """

    part: SampleReason
    unit: str
    name: str
    indicator: str
    label: str
    kind: str
    item: str | None = None
    second_of: str | None = None
    not_by: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Sample:
    """A plan, with what it was drawn from: part → how many there were."""

    year: int
    seed: int
    share: Decimal
    looks: tuple[Look, ...]
    drawn_from: Mapping[SampleReason, int]

    def count(self, part: SampleReason) -> int:
        """How many of a part are to be looked at."""
        return sum(look.part is part for look in self.looks)


def on_record(sample: Sample) -> dict[str, Any]:
    """What is kept of a plan from the moment it is drawn: enough to see later what of it was looked at."""
    first = {look_digest(one.unit, one.indicator, one.item) for one in sample.looks if one.part is SampleReason.FIRST}
    return {
        "seed": sample.seed,
        "share": f"{sample.share:f}",
        "drawn": {part.value: sample.count(part) for part in SampleReason},
        "first": sorted(first),
        "second": sorted(one.second_of for one in sample.looks if one.second_of is not None),
    }


def draw_sample(state: YearState, assessment: Assessment, seed: int, share: Decimal) -> Sample:
    """Draws a plan.

    Args:
        state: the year.
        assessment: of it, for what the units declared not to have.
        seed: any whole number; it is written into the plan.
        share: of each unit's items and of each inspector's inspections, at least one of each.
    """
    looked = [entry for entry in state.inspections if entry.kind in LOOKED]
    first = list(_first(state, {(entry.unit, entry.indicator) for entry in looked}))
    declared = list(_declared_none(assessment))
    again = list(_again(state, looked))
    drawn = [look for items in first for look in _drawn(items, seed, share)]
    repeated = [look for items in again for look in _drawn(items, seed, share)]
    drawn_from = {
        SampleReason.FIRST: sum(len(items) for items in first),
        SampleReason.DECLARED_NONE: len(declared),
        SampleReason.SECOND: sum(len(items) for items in again),
    }
    return Sample(state.year, seed, share, (*drawn, *declared, *repeated), drawn_from)


def _drawn(looks: Sequence[Look], seed: int, share: Decimal) -> list[Look]:
    """The share of one stratum, at least one, in the order in which it stood."""
    one = looks[0]
    stratum = one.not_by if one.part is SampleReason.SECOND else f"{one.unit} {one.indicator}"
    many = min(len(looks), int((share * len(looks)).to_integral_value(ROUND_CEILING)))
    chance = Random(f"{seed} {one.part} {stratum}")  # noqa: S311  # to be drawn again by anybody, not to be guessed
    chosen = chance.sample(range(len(looks)), max(1, many))
    return [looks[at] for at in sorted(chosen)]


def _first(state: YearState, looked: set[tuple[str, str | None]]) -> Iterator[list[Look]]:
    """For each unit and each indicator that counts checks and nobody has looked at: the things to look at."""
    counting = [one for one in state.profile.scheme.indicators if one.needs_inspection or "checked" in one.entry_kinds]
    for unit in (one for one in state.units if one.unit.kind != OFFICE):
        for indicator in counting:
            if not indicator.weight.get(unit.unit.kind) or (unit.unit.code, indicator.code) in looked:
                continue
            if looks := [_look(SampleReason.FIRST, unit, indicator, item) for item in _items(unit, indicator)]:
                yield looks


def _items(unit: UnitYear, indicator: Indicator) -> Sequence[str | None]:
    """What the unit's accepted report names for the indicator; the indicator itself where no list is drawn from."""
    said = unit.accepted.submission if unit.accepted else None
    return list(_named(said, indicator.sampled_from)) if said and indicator.sampled_from else [None]


def _named(said: Submission, listed: str) -> Iterator[str]:
    for record in said.records(listed):
        if listed != "register" or record["replied_on"] is not None:
            yield _item(record)


def look_elsewhere(state: YearState) -> Iterator[EntryRemark]:
    """Looks at something that the unit's accepted report does not name: mistyped, or left out by the unit."""
    sampled = {one.code: one.sampled_from for one in state.profile.scheme.indicators}
    for entry in state.inspections:
        listed, unit = sampled.get(entry.indicator or ""), state.find(entry.unit)
        said = unit.accepted.submission if unit and unit.accepted else None
        if entry.kind not in LOOKED or not listed or not words_of(entry.item) or said is None:
            continue
        records = said.records(listed)
        if not any(_is_in(name, entry.item or "") for record in records for name in _called(record)):
            held = f"{lists()[listed].label}（共 {len(records)} 条）"
            yield remark(entry, CONFLICT, "item", entry.item, listed=held)


def _called(record: Record) -> Iterator[str]:
    """The names by which an inspector may call a row: as it is drawn, its number, its title."""
    yield _item(record)
    yield from (str(record[key]) for key in ("number", "title", "item") if record[key])


def _is_in(name: str, said: str) -> bool:
    """Whether a name stands in what somebody wrote, not as a part of a longer number: “2021-001号申请”."""
    name, said = squeezed(name), squeezed(said)
    return name in said and re.search(rf"(?<![0-9A-Za-z]){re.escape(name)}(?![0-9A-Za-z])", said) is not None


def _item(record: Record) -> str:
    if record.list == "catalogue":
        return f"{record['area'] or ''} {record['item'] or ''}".strip() or f"第 {record.position} 条"
    return str(record.id)


def _declared_none(assessment: Assessment) -> Iterator[Look]:
    """Every list that a unit declares to be empty, once, whichever of its indicators need it."""
    for card in assessment.scorecards:
        lines = [one for one in card.indicators if not one.applicable and DECLARED_NONE in (one.note or "")]
        for line in {line.note: line for line in reversed(lines)}.values():
            yield Look(
                SampleReason.DECLARED_NONE, card.unit, card.name, line.code, line.label, "checked", note=line.note
            )


def _again(state: YearState, looked: Iterable[InspectionEntry]) -> Iterator[list[Look]]:
    """Of each inspector: what nobody has looked at a second time. A problem that was found is no rate to compare."""
    units = {unit.unit.code: unit for unit in state.units}
    indicators = {one.code: one for one in state.profile.scheme.indicators}
    seen = {first.name for _, first in state.office.second_looks}
    of: dict[str, list[Look]] = {}
    for entry in looked:
        if entry.kind != "problem" and entry.name not in seen and entry.unit in units and entry.by:
            look = _look(SampleReason.SECOND, units[entry.unit], indicators[entry.indicator or ""], entry.item, entry)
            of.setdefault(entry.by, []).append(look)
    yield from of.values()


def _look(
    part: SampleReason, unit: UnitYear, indicator: Indicator, item: str | None, first: InspectionEntry | None = None
) -> Look:
    kind = first.kind if first else "checked" if "checked" in indicator.entry_kinds else "score"
    named = {"second_of": first.name, "not_by": first.by, "note": _of_first(first)} if first else {}
    return Look(part, unit.unit.code, unit.unit.name, indicator.code, indicator.label, kind, item, **named)


def _of_first(first: InspectionEntry) -> str:
    """What whoever looks again must know to look at as much, and nothing of what was found."""
    return f"{first.day} 的检查，共 {first.checked} 项" if first.kind == "checked" else f"{first.day} 的检查"
