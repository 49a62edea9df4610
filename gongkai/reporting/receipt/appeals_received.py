"""The appeals (申诉) of a unit on its receipt: the day on which each was received, and what has become of it.

A decision that leaves the score as it was makes no new card (contract.md), so the unit reads its answer here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.assessment.export import appeal_json
from gongkai.assessment.hearing.appeals import appeals_of
from gongkai.assessment.scorecard import Appeal, AppealState
from gongkai.reporting.style import day, moment
from gongkai.reporting.style.printed_numbers import plain
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.warehouse.records import UnitYear, YearState


@dataclass(frozen=True)
class AppealLine:
    """One appeal: the line, the day, the words, and its state with the answer."""

    about: str
    received_on: str
    ground: str
    evidence: str
    state: str
    open: bool


@dataclass(frozen=True)
class AppealFileLine:
    """A file that only appeals: when it came, and what is said of it."""

    received_at: str
    file: str
    sha256: str
    words: tuple[str, ...]


def appeal_files(unit_year: UnitYear, state: YearState) -> tuple[AppealFileLine, ...]:
    """The files that only appealed, for the page."""
    return tuple(
        AppealFileLine(
            moment(state.profile.local(one.received_at)),
            one.file,
            one.sha256[:12],
            tuple(found.message for found in one.findings),
        )
        for one in unit_year.appealing
    )


def appeal_files_json(unit_year: UnitYear, state: YearState) -> list[dict[str, Any]]:
    """The receipt's `appeal_files`: the files that only appealed, each with its findings."""
    return [
        {
            "file": one.file,
            "sha256": one.sha256,
            "received_at": state.profile.local(one.received_at).isoformat(),
            "findings": [found.to_json() for found in one.findings],
        }
        for one in unit_year.appealing
    ]


def appeals_json(unit_year: UnitYear, state: YearState) -> list[dict[str, Any]]:
    """The receipt's `appeals`: each with `received_on`, its `state`, and the `decision` on it."""
    entries = _entries(unit_year, state)
    return [
        appeal_json(appeal)
        | {"received_on": appeal.on.isoformat() if appeal.on else None, "decision": _decision_json(appeal, entries)}
        for appeal in appeals_of(unit_year, state)
    ]


def appeal_lines(unit_year: UnitYear, state: YearState) -> tuple[AppealLine, ...]:
    """The appeals for the page."""
    labels = {one.code: f"{one.code} {one.label}" for one in state.profile.scheme.indicators}
    entries = _entries(unit_year, state)
    return tuple(
        AppealLine(
            about=labels.get(appeal.indicator or "", appeal.indicator or "评分表整体"),
            received_on=day(appeal.on) if appeal.on else "",
            ground=appeal.reason,
            evidence=appeal.evidence or "",
            state=_words(appeal, entries),
            open=appeal.state is not AppealState.DECIDED,
        )
        for appeal in appeals_of(unit_year, state)
    )


def _entries(unit_year: UnitYear, state: YearState) -> Sequence[InspectionEntry]:
    return [entry for entry in state.inspections if entry.unit == unit_year.unit.code]


def _decision(appeal: Appeal, entries: Sequence[InspectionEntry]) -> InspectionEntry | None:
    """The last decision on the same line that is no older."""
    answers = [
        entry
        for entry in entries
        if entry.kind == "decision"
        and entry.indicator == appeal.indicator
        and (entry.on is None or appeal.on is None or entry.on >= appeal.on)
    ]
    return max(answers, key=lambda entry: entry.on or date.min, default=None)


def _decision_json(appeal: Appeal, entries: Sequence[InspectionEntry]) -> dict[str, Any] | None:
    made = _decision(appeal, entries)
    if made is None:
        return None
    return {
        "entry": made.id,
        "on": made.on.isoformat() if made.on else None,
        "by": made.by,
        "points": None if made.points is None else format(made.points, "f"),
        "reason": made.reason,
    }


def _words(appeal: Appeal, entries: Sequence[InspectionEntry]) -> str:
    if appeal.state is AppealState.LATE:
        return "逾期收到，未受理；确有正当理由的，请与政务公开主管部门联系，由其登记例外后受理"
    made = _decision(appeal, entries)
    if made is None:
        return appeal.state.word
    result = "维持原评分" if made.points is None else f"该项计 {plain(made.points)} 分"
    on = f"{day(made.on)}" if made.on else ""
    return f"{appeal.state.word}：{on}{made.by or ''}决定，{result}。{made.reason or ''}"
