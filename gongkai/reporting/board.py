"""Writes the board: how many of the expected units are in, who is not, and every unit in registry order.

`board.json` follows contract.md; a unit that has sent nothing stands in it as `missing`. Leaders read the page
in ten seconds, so what needs a call comes first and the table after it.
"""

from pathlib import Path
from typing import Any

from gongkai.findings import Severity
from gongkai.reporting.shared.manifest import basis_sha256
from gongkai.reporting.shared.standing import WORDS, due_of, excuse_of, lock_of, standing
from gongkai.reporting.shared.write import write_json, write_text
from gongkai.reporting.style import day, figure, moment, page_of, render
from gongkai.warehouse.records import UnitYear, YearState
from gongkai.warehouse.totals import Totals

STATES = {"accepted": "已受理", "returned": "退回修改", "quarantined": "未能受理", "missing": "未报"}
SIGNS = {"accepted": "✓", "returned": "✕", "quarantined": "✕", "missing": "○"}


def write_board(state: YearState, folder: Path, totals: Totals | None = None) -> list[Path]:
    """Writes `board.json` and `board.html`.

    Args:
        state: the year.
        folder: `OUT/<year>`.
        totals: the district's figures for the strip under the head, if they are known.
    """
    page = page_of(state, basis_sha256(state), "报送情况一览")
    html = render("board.html", page, board=board_view(state, totals))
    return [
        write_json(folder / "board.json", board_json(state)),
        write_text(folder / "board.html", html),
    ]


def board_json(state: YearState) -> dict[str, Any]:
    """`board.json` of contract.md; beyond it: unassigned, locked_at and a unit's standing, due, kind and revisions."""
    lock = lock_of(state)
    return {
        "year": state.year,
        "as_of": state.profile.local(state.as_of).isoformat(),
        "units": [_unit_json(unit, state) for unit in state.units],
        "unassigned": len(state.unassigned),
        "locked_at": lock.at.isoformat() if lock else None,
        "basis_sha256": basis_sha256(state),
    }


def _unit_json(unit: UnitYear, state: YearState) -> dict[str, Any]:
    """`since` is when the file that made the state arrived; errors and the like are those of the latest file."""
    latest, deciding = unit.latest, unit.accepted or unit.latest
    verdict = latest.verdict if latest else None
    return {
        "unit": unit.unit.code,
        "name": unit.unit.name,
        "state": unit.state,
        "since": state.profile.local(deciding.received_at).isoformat() if deciding else None,
        "errors": verdict.count(Severity.ERROR) if verdict else 0,
        "queries": verdict.count(Severity.QUERY) if verdict else 0,
        "notices": verdict.count(Severity.NOTICE) if verdict else 0,
        "on_time": deciding.verdict.on_time if deciding else None,
        "standing": standing(unit, state),
        "due": due_of(unit, state).isoformat(),
        "kind": unit.unit.kind,
        "revisions": len(unit.revisions),
        "accepted_revision": unit.accepted.number if unit.accepted else None,
    }


def board_view(state: YearState, totals: Totals | None = None) -> dict[str, Any]:
    """Everything `board.html` prints, in the order of reading."""
    rows = [_row(unit, state) for unit in state.units]
    accepted = [row for row in rows if row["state"] == "accepted"]
    late = [row for row in accepted if row["on_time"] is False]
    return {
        "expected": len(rows),
        "accepted": len(accepted),
        "waiting": [
            {"state": name, "word": STATES[name], "sign": SIGNS[name], "rows": found}
            for name in ("missing", "quarantined", "returned")
            if (found := [row for row in rows if row["state"] == name and row["standing"] != "excused"])
        ],
        "excused": [row for row in rows if row["standing"] == "excused"],
        "late": late,
        "deadlines": _deadlines(state),
        "rows": rows,
        "unassigned": len(state.unassigned),
        "figures": _figures(totals) if totals else [],
    }


def _row(unit: UnitYear, state: YearState) -> dict[str, Any]:
    said = _unit_json(unit, state)
    deciding = unit.accepted or unit.latest
    excused = excuse_of(unit, state) if said["standing"] == "excused" else None
    newer = unit.accepted is not None and unit.latest is not unit.accepted
    return {
        **said,
        "word": WORDS["excused"] if excused else STATES[unit.state],
        "sign": "—" if excused else SIGNS[unit.state],
        "authority": unit.unit.authority,
        "since": moment(state.profile.local(deciding.received_at)) if deciding else "未报",
        "note": "新报送未受理，原受理版本有效" if newer else excused or _due_note(unit, state),
    }


def _due_note(unit: UnitYear, state: YearState) -> str:
    """An extension, where the unit has one; that the deadline has passed, where it is not accepted."""
    due = due_of(unit, state)
    if unit.accepted is None and due > state.profile.cycle.soft_deadline(state.year):
        return f"延期至 {day(due)}" + ("，已过" if standing(unit, state) == "overdue" else "")
    return ""


def _deadlines(state: YearState) -> str:
    """The two deadlines, and which of them has passed; of a locked year, who closed it."""
    if lock := lock_of(state):
        return f"本年度已于 {day(lock.at.date())}由{lock.by}锁定，结论不再改变"
    cycle, today = state.profile.cycle, state.profile.local(state.as_of).date()
    soft, hard = cycle.soft_deadline(state.year), cycle.hard_deadline(state.year)
    if today <= soft:
        return f"报送期限 {day(soft)}，还有 {(soft - today).days} 天"
    if today <= hard:
        return f"报送期限 {day(soft)}已过；{day(hard)}关闭，还有 {(hard - today).days} 天"
    return f"报送已于 {day(hard)}关闭"


def _figures(totals: Totals) -> list[tuple[str, str, str]]:
    """The year in four figures: label, value, unit; only accepted reports count."""
    indicators = totals.indicators
    received = totals.district.tables["requests.new_requests.total"]
    return [
        ("新收申请", figure(received), "件"),
        ("当年办结", figure(indicators.requests_closed), "件"),
        ("按期办结", figure(indicators.requests_closed_on_time), f"件，共办结 {indicators.requests_closed} 件"),
        ("平均用时", figure(indicators.average_reply_working_days, "无办结"), "个工作日"),
    ]
