"""What a revision would do if it were accepted: to the district's totals, to scores and to ranks. Nothing is stored.

Computed by the same functions as the real thing, on the same state with that one revision taken as accepted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from gongkai.assessment.assess import assess_year
from gongkai.assessment.scorecard import Scorecard
from gongkai.national_format import for_year
from gongkai.submission.fields import groups, lists
from gongkai.submission.places import place
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import Revision, UnitYear, YearState
from gongkai.warehouse.totals import Indicators, Totals, compute_totals

_INDICATORS = {
    "average_reply_working_days": "平均办理工作日",
    "reply_shortening_percent": "较法定时限缩短（%）",
    "requests_closed": "办结（件）",
    "requests_closed_on_time": "按期办结（件）",
    "requests_closed_on_time_percent": "按期办结率（%）",
}


@dataclass(frozen=True)
class Effect:
    """One figure or standing that would change: machine name, Chinese name, before and after (None: there is none)."""

    where: str
    label: str
    before: str | None
    after: str | None

    def to_json(self) -> dict[str, Any]:
        """As `gongkai preview --json` prints it."""
        return {"where": self.where, "label": self.label, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class Preview:
    """The effects of one revision.

    Attributes:
        totals: cells, activities, documents and rates of the district.
        lines: the unit's own indicator scores, its total, grade and rank.
        others: totals and ranks of other units.
    """

    totals: tuple[Effect, ...]
    lines: tuple[Effect, ...]
    others: tuple[Effect, ...]


def taken_as_accepted(state: YearState, revision: Revision) -> YearState:
    """The year as it would be with that revision accepted and newest of its unit."""
    accepted = replace(revision, verdict=replace(revision.verdict, status=Status.ACCEPTED))

    def taken(unit: UnitYear) -> UnitYear:
        if unit.unit.code != revision.unit:
            return unit
        earlier = tuple(one for one in unit.revisions if one.number < revision.number)
        return replace(unit, revisions=(*earlier, accepted))

    return replace(state, units=tuple(map(taken, state.units)))


def preview(state: YearState, revision: Revision) -> Preview:
    """What would change if the revision (readable, of a unit of that year) were accepted now."""
    then = taken_as_accepted(state, revision)
    before = {card.unit: card for card in assess_year(state).scorecards}
    after = {card.unit: card for card in assess_year(then).scorecards}
    own = before.get(revision.unit)
    return Preview(
        totals=tuple(_totals(compute_totals(state), compute_totals(then))),
        lines=tuple(_lines(own, after[revision.unit])) if own else (),
        others=tuple(
            effect for unit in before if unit != revision.unit for effect in _standing(before[unit], after[unit])
        ),
    )


def _totals(before: Totals, after: Totals) -> Iterator[Effect]:
    national_format = for_year(before.year)
    tables = {where: place(where, national_format) for where in after.district.tables}
    yield from _effects(before.district.tables, after.district.tables, tables)
    yield from _effects(
        before.district.activities,
        after.district.activities,
        {key: place(f"activities.{key}", national_format) for key in groups()["activities"].fields},
        "activities.",
    )
    kinds = lists()["documents"].fields["kind"].choices_in(national_format)
    yield from _effects(
        before.district.documents_by_kind,
        after.district.documents_by_kind,
        {key: f"文件“{label}”" for key, label in kinds.items()},
        "documents_by_kind.",
    )
    yield from _effects(_rates(before.indicators), _rates(after.indicators), _INDICATORS, "indicators.")


def _rates(indicators: Indicators) -> dict[str, Any]:
    return {key: getattr(indicators, key) for key in _INDICATORS}


def _lines(before: Scorecard, after: Scorecard) -> Iterator[Effect]:
    scores = {line.code: line.score for line in before.indicators}
    labels = {line.code: f"{line.code} {line.label}" for line in after.indicators}
    yield from _effects(scores, {line.code: line.score for line in after.indicators}, labels, "indicators.")
    yield from _standing(before, after)


def _standing(before: Scorecard, after: Scorecard) -> Iterator[Effect]:
    said = (("total", "总分"), ("grade", "等次"), ("rank", "名次"))
    for key, word in said:
        values = {key: getattr(before, key)}, {key: getattr(after, key)}
        yield from _effects(*values, {key: f"{after.unit} {after.name} {word}"}, f"{after.unit}.")


def _effects(
    before: Mapping[str, Any], after: Mapping[str, Any], labels: Mapping[str, str], prefix: str = ""
) -> Iterator[Effect]:
    for key, label in labels.items():
        old, new = before.get(key), after.get(key)
        if old != new:
            yield Effect(f"{prefix}{key}", label, _shown(old), _shown(new))


def _shown(value: Any) -> str | None:
    if value is None:
        return None
    return format(value, "f") if isinstance(value, Decimal) else str(value)
