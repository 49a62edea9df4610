"""Appeals as they stand: what a unit objected to, when it was received, and whether somebody has decided on it.

A unit appeals by itself, in its own file; the office may take one down for it. The time to appeal runs from an issue;
later ones need an exception that the office records: a waiver of APPEAL-LATE, or an extension that covers the day.
"""

from collections.abc import Container, Iterable, Iterator
from datetime import date

from gongkai.assessment.scorecard import Appeal, AppealState
from gongkai.profile.scheme import Scheme
from gongkai.submission.appeals import AppealRow, appeals_in
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.records import UnitYear, YearState
from gongkai.warehouse.rows.issued_cards import IssuedCard

LATE = "APPEAL-LATE"
"""What a waiver names to let a late appeal count."""


def appeals_of(unit: UnitYear, state: YearState) -> tuple[Appeal, ...]:
    """The appeals of a unit as they stand in a year: a card that was issued shows those of its issue, this all."""
    entries = [entry for entry in state.inspections if entry.unit == unit.unit.code]
    return standing_appeals(unit, entries, state.issued.get(unit.unit.code), state.profile.scheme)


def standing_appeals(
    unit: UnitYear, entries: Iterable[InspectionEntry], issued: IssuedCard | None, scheme: Scheme
) -> tuple[Appeal, ...]:
    """Every appeal of a unit in the order of days, the unit's own before those that the office took down.

    An appeal is answered by a decision on the same line (on the card as a whole, where it names none) that is no older.

    Args:
        unit: the unit with all that came in of it.
        entries: the office's entries on it that count.
        issued: the card that was issued to it last; None while nothing was.
        scheme: what can be appealed against: another line is none, and its appeal is one against the whole card, which
            the office can answer.
    """
    of_unit = list(entries)
    answers = [(entry.indicator, entry.on) for entry in of_unit if entry.kind == "decision"]
    lines = {one.code for one in scheme.indicators if one.weight.get(unit.unit.kind)}
    raised = sorted((*_own(unit, lines), *_taken_down(of_unit)), key=lambda appeal: appeal.on or date.min)
    return tuple(_standing(appeal, answers, of_unit, issued) for appeal in raised)


def _own(unit: UnitYear, lines: Container[str]) -> Iterator[Appeal]:
    """What the unit itself sent, each appeal once, with the day of the first file that says it."""
    said: dict[tuple[str, str, str], tuple[AppealRow, date, str | None]] = {}
    sent = [
        *((appeals_in(one.submission), one.received_at, one.submission.prepared_by if one.submission else None)
          for one in unit.revisions),
        *((one.appeals, one.received_at, one.by) for one in unit.appealing),
    ]  # fmt: skip
    for rows, received_at, by in sorted(sent, key=lambda one: one[1]):
        for row in rows:
            said.setdefault(row.said, (row, received_at.date(), by))
    for number, (row, on, by) in enumerate(said.values(), 1):
        known = row.indicator if row.indicator in lines else None
        ground = f"{row.ground}（所写指标“{row.indicator}”不在评分表中）" if row.indicator and not known else row.ground
        yield Appeal(f"申诉{number}", known, on, by, ground, AppealState.OPEN, row.evidence)


def _taken_down(entries: Iterable[InspectionEntry]) -> Iterator[Appeal]:
    for entry in entries:
        if entry.kind == "appeal":
            words = (entry.reason or "", AppealState.OPEN, entry.evidence)
            yield Appeal(entry.id, entry.indicator, entry.on, entry.by, *words)


def _standing(
    appeal: Appeal,
    answers: Iterable[tuple[str | None, date | None]],
    entries: Iterable[InspectionEntry],
    issued: IssuedCard | None,
) -> Appeal:
    if any(
        indicator == appeal.indicator and (on is None or appeal.on is None or on >= appeal.on)
        for indicator, on in answers
    ):
        state = AppealState.DECIDED
    elif _late(appeal, issued) and not any(_excepts(entry, appeal) for entry in entries):
        state = AppealState.LATE
    else:
        state = AppealState.OPEN
    words = (appeal.indicator, appeal.on, appeal.by, appeal.reason)
    return Appeal(appeal.entry, *words, state, appeal.evidence)


def _late(appeal: Appeal, issued: IssuedCard | None) -> bool:
    """Whether the time that an issue had opened was over; before any issue nobody is late."""
    window = issued.window_on(appeal.on) if issued is not None and appeal.on is not None else None
    return window is not None and window.until is not None and appeal.on is not None and appeal.on > window.until


def _excepts(entry: InspectionEntry, appeal: Appeal) -> bool:
    """Whether an entry is the exception that lets a late appeal count."""
    if entry.kind == "waiver":
        return any(LATE in (text or "") for text in (entry.indicator, entry.evidence, entry.reason))
    covers = entry.until is not None and (appeal.on is None or entry.until >= appeal.on)
    return entry.kind == "extension" and covers
