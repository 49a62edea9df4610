"""From a deduction to its mending: every lost point becomes an item with a deadline, and next year looks back at it.

The office closes an item with an entry of kind `rectification` whose `item` names it, with its evidence; the entry may
set another deadline. Closed in time it gives back what the scheme says. Next year's card finds by itself, from the card
that was issued, what was never closed and what has come back.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from gongkai.assessment.points import plain, rounded
from gongkai.assessment.scorecard import IndicatorScore, LookBack, PointsLost, Rectification
from gongkai.findings import ReadingIssue
from gongkai.profile.scheme import Scheme
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.entry_checks import UNKNOWN
from gongkai.submission.inspection.second_looks import EntryRemark
from gongkai.warehouse.records import YearState
from gongkai.warehouse.rows.issued_cards import IssuedCard

_ITEM = re.compile(r"([^\s/]+/)?[^\s/-]+-[0-9a-f]{6}")


@dataclass(frozen=True)
class Mended:
    """The lines after what was mended in time gave points back, and every item."""

    lines: tuple[IndicatorScore, ...]
    items: tuple[Rectification, ...]


def mend(lines: Sequence[IndicatorScore], entries: Iterable[InspectionEntry], due_on: date, scheme: Scheme) -> Mended:
    """Makes an item of every deduction, and gives back what the scheme says for those that were closed in time.

    Args:
        lines: as decided.
        entries: the office's entries on the unit.
        due_on: the last day to mend what this year's card deducts.
        scheme: what share of a deduction is given back (`rectified_returns`).
    """
    told = {one.item: one for one in entries if one.item is not None and names_deduction(one)}
    items: list[Rectification] = []
    after = []
    for line in lines:
        kept: list[PointsLost] = []
        for lost in line.deductions:
            name = item_name(line.code, lost)
            entry = told.get(name)
            due, closed_on = (entry.due_on or due_on, entry.closed_on) if entry else (due_on, None)
            items.append(Rectification(name, line.code, lost.reason, due, closed_on, lost.kinds))
            in_time = closed_on is not None and closed_on <= due
            kept.append(_given_back(lost, scheme) if in_time else lost)
        after.append(_with(line, kept) if kept != list(line.deductions) else line)
    return Mended(tuple(after), tuple(items))


def names_deduction(entry: InspectionEntry) -> bool:
    """Whether a rectification is about a deduction of this very card: a notice of its own year is not."""
    return entry.kind == "rectification" and _ITEM.fullmatch(entry.item or "") is not None


def item_name(code: str, lost: PointsLost) -> str:
    """Which item a deduction is: its indicator and a short mark of its reason, the same in every run."""
    return f"{code}-{hashlib.sha256(lost.reason.encode()).hexdigest()[:6]}"


def look_back(
    before: Sequence[IssuedCard],
    lines: Iterable[IndicatorScore],
    entries: Sequence[InspectionEntry],
    mended: Mapping[str, Sequence[InspectionEntry]],
) -> tuple[LookBack, ...]:
    """Last year's items as this year finds them: never closed, closed, or closed and come back (复发).

    An item has come back when its indicator loses points again for something of its kind: by the same measure, and for
    the same item of an inspection, ground of a problem or rule of a finding, where one was named (`PointsLost.kinds`).
    Of a card that was issued before kinds were kept, the first clause of the reason has to do. An item is closed when
    an entry of either year says so, whether or not the card was issued anew for it.

    Args:
        before: the cards of the year before whose work the unit took over. An item that several of them have goes by
            its unit of then: `T05/A1-0123ab`.
        lines: this year's.
        entries: this year's of the unit.
        mended: last year's entries on rectification, by the unit of then.
    """
    again, found = _found_again(lines), []
    of, now = _units_of(before), {one.item: one.closed_on for one in entries if _closes(one)}
    for card, item in [(one, item) for one in before for item in one.content.get("rectification", ())]:
        unit = card.unit
        then = {one.item or one.id: one.closed_on for one in mended.get(unit, ()) if _closes(one)}
        name = item["id"] if len(of[item["id"]]) == 1 else f"{unit}/{item['id']}"
        closed_on = date.fromisoformat(item["closed_on"]) if item["closed_on"] else None
        closed_on = closed_on or now.get(f"{unit}/{item['id']}") or now.get(name) or then.get(item["id"])
        back = again(card, item)
        due_on = date.fromisoformat(item["due_on"]) if item["due_on"] else None
        said = (name, item["indicator"], item["what"], due_on, closed_on)
        found.append(LookBack(*said, recurred=closed_on is not None and back, persists=closed_on is None and back))
    return tuple(found)


def _found_again(lines: Iterable[IndicatorScore]) -> Callable[[IssuedCard, Mapping[str, Any]], bool]:
    """Whether this year's lines lose points again for what an item of a card of last year was."""
    lost = [(line.code, one) for line in lines for one in line.deductions]
    kinds = {(code, kind) for code, one in lost for kind in one.kinds}
    clauses = {(code, _first_clause(one.reason)) for code, one in lost}

    def again(card: IssuedCard, item: Mapping[str, Any]) -> bool:
        if (known := card.grounds.get("kinds")) is not None:
            return any((item["indicator"], kind) in kinds for kind in known.get(item["id"], ()))
        return (item["indicator"], _first_clause(item["what"])) in clauses

    return again


def unclear_items(state: YearState) -> Iterator[EntryRemark]:
    """Entries that close an item of last year by a name that several of a unit's predecessors have: they close none."""
    for entry in filter(_closes, state.inspections):
        units = _units_of(state.issued_before.get(entry.unit, ())).get(entry.item or "", [])
        if len(units) > 1:
            bound = f"{'、'.join(units)} 上年的评分表中都有这一项，应写明单位，如“{units[0]}/{entry.item}”"
            where, values = f"entries[{entry.id}].item", {"entry": entry.id, "bound": bound}
            yield EntryRemark(entry, ReadingIssue(rule=UNKNOWN, where=where, observed=entry.item, values=values))


def _units_of(before: Iterable[IssuedCard]) -> Mapping[str, list[str]]:
    """Item of last year's cards → the units of then that have one of that name."""
    found: dict[str, list[str]] = {}
    for card in before:
        for name in {item["id"]: None for item in card.content.get("rectification", ())}:
            found.setdefault(name, []).append(card.unit)
    return found


def _closes(entry: InspectionEntry) -> bool:
    return entry.kind == "rectification" and entry.closed_on is not None


def _first_clause(reason: str) -> str:
    """The first clause of a reason without its figures: about what kind of thing it is."""
    clause = reason.partition("：")[0].partition("，")[0]
    return "".join(sign for sign in clause if not (sign.isdigit() or sign in " .-%/"))


def _given_back(lost: PointsLost, scheme: Scheme) -> PointsLost:
    back = rounded(Fraction(lost.points) * Fraction(scheme.rectified_returns), scheme.decimal_places)
    if not back:
        return lost
    return replace(lost, points=lost.points - back, reason=f"{lost.reason}（已按期整改，恢复 {plain(back)} 分）")


def _with(line: IndicatorScore, kept: Sequence[PointsLost]) -> IndicatorScore:
    """The line with what it still lacks; a deduction of which nothing is left is told in the note."""
    left = tuple(lost for lost in kept if lost.points)
    gone = [lost.reason for lost in kept if not lost.points]
    before = sum((lost.points for lost in line.deductions), start=line.max - line.max)
    still = sum((lost.points for lost in left), start=line.max - line.max)
    score = None if line.score is None else line.score + before - still
    notes = [*([line.note] if line.note else []), *gone]
    return replace(
        line,
        score=score,
        deductions=left,
        to_raise=line.to_raise if left else None,
        note="；".join(notes) or None,
    )
