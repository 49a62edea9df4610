"""What waits for the office, as rows of its workbook: claims, appeals, rectifications, proposed vetoes, files.

A row holds what is known already; somebody fills in the rest, and only then is it an entry. What the office entered in
the file that the workbook replaces comes along, so that handing it in again takes nothing back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gongkai.assessment.hearing.appeals import LATE, appeals_of
from gongkai.assessment.points import plain
from gongkai.assessment.scorecard import AppealState, Assessment, Scorecard
from gongkai.submission.inspection.entry import InspectionEntry, office_file
from gongkai.submission.inspection.office_row import OfficeRow, as_json, entry_values
from gongkai.submission.inspection.workbook.office_sheets import TOLD, number_of, numbered, office_sheets
from gongkai.submission.inspection.workbook.writer import rows_of
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import YearState

_Waiting = Iterator[tuple[str, dict[str, Any]]]  # key of the sheet, what is known


def office_rows(state: YearState, assessment: Assessment, file: str) -> list[OfficeRow]:
    """What stands in the workbook that is handed to the office now.

    Args:
        state: the year.
        assessment: of it.
        file: the name under which the workbook will lie in `_office/`: entries of a file of that name come along.
    """
    kept = _kept(state, file)
    return [*kept, *_numbered(_waiting(state, assessment, file), kept)]


def _kept(state: YearState, file: str) -> list[OfficeRow]:
    """The rows of the newest readable file of that name; what nobody had filled in yet is listed anew."""
    named = [
        one
        for one in state.office_files
        if office_file(one.name) == file and one.verdict.status is not Status.QUARANTINED
    ]
    if not named:
        return []
    if named[-1].form is None:
        return rows_of(entry_values(entry) for entry in named[-1].entries)
    sheets = office_sheets()
    return [row for row in named[-1].form if not sheets[row.sheet].is_waiting(row.values)]


def _numbered(waiting: _Waiting, kept: Sequence[OfficeRow]) -> Iterator[OfficeRow]:
    """Each with the next number of its sheet, beyond those that are taken."""
    taken: dict[str, int] = {}
    for row in kept:
        own = number_of(str(row.values.get("id", "")), office_sheets()[row.sheet])
        taken[row.sheet] = max(taken.get(row.sheet, 0), own)
    for sheet, values in waiting:
        taken[sheet] = taken.get(sheet, 0) + 1
        name = numbered(office_sheets()[sheet], taken[sheet])
        yield OfficeRow(sheet, name, {"id": name, **values})


def _waiting(state: YearState, assessment: Assessment, file: str) -> _Waiting:
    for card in assessment.scorecards:
        yield from _claims(card)
    for card in assessment.scorecards:
        yield from _vetoes(card)
    yield from _appeals(state)
    yield from _rectifications(state.inspections, file)
    for card in assessment.scorecards:
        yield from _items(card, state)
    for unit in state.units:
        if unit.waiting is not None:
            told = f"{unit.waiting.file}（第 {unit.waiting.number} 次报送），来源待确认"
            found = {"unit": unit.unit.code, "kind": "admission", "sha256": unit.waiting.sha256, TOLD: told}
            yield "files", found


def _claims(card: Scorecard) -> _Waiting:
    for claim in card.claims:
        if claim.state == "pending":
            yield (
                "claims",
                {"unit": card.unit, "claim": claim.name, TOLD: f"{claim.text}，可加 {plain(claim.points)} 分"},
            )


def _vetoes(card: Scorecard) -> _Waiting:
    for one in card.proposals:
        yield "awards", {"unit": card.unit, "kind": "veto", "ground": one.veto, TOLD: one.ground}


def _appeals(state: YearState) -> _Waiting:
    """What nobody has decided on; a late one says what it needs first."""
    for unit in state.units:
        for appeal in appeals_of(unit, state):
            if not appeal.answered:
                late = f"（{appeal.state.word}，须先登记豁免 {LATE}）" if appeal.state is AppealState.LATE else ""
                seen = f"，佐证：{appeal.evidence}" if appeal.evidence else ""
                told = f"{appeal.on or ''} 申诉：{appeal.reason}{seen}{late}".strip()
                about = {"indicator": appeal.indicator} if appeal.indicator else {}
                yield "appeals", {"unit": unit.unit.code, "kind": "decision", **about, TOLD: told}


def _items(card: Scorecard, state: YearState) -> _Waiting:
    """What an issued card asks to be mended and no notice speaks of yet."""
    issued = state.issued.get(card.unit)
    if issued is None:
        return
    notices = [entry for entry in state.inspections if entry.kind == "rectification" and entry.unit == card.unit]
    spoken_of = {name for entry in notices for name in (entry.id, entry.item)}
    for one in card.rectification:
        if one.closed_on is None and one.due_on is not None and one.entry not in spoken_of:
            days = {"issued_on": as_json(state.profile.local(issued.issued_at).date()), "due_on": as_json(one.due_on)}
            about = {"indicator": one.indicator} if one.indicator else {}
            yield "rectifications", {"unit": card.unit, **about, "item": one.entry, "reason": one.what, **days}


def _rectifications(entries: Iterable[InspectionEntry], file: str) -> _Waiting:
    """Those that nobody has closed; of another file by its name, since an entry is known by its file and id."""
    for entry in entries:
        if entry.kind == "rectification" and entry.closed_on is None and entry.file != file:
            said: Mapping[str, Any] = entry_values(replace(entry, second_of=entry.name, by=None, evidence=None))
            yield "rectifications", {key: value for key, value in said.items() if key not in ("id", "kind", "recurred")}
