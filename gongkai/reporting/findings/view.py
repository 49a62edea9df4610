"""What the findings page of the district says: who has errors, which are common, unit by rule, then each finding.

It speaks of every unit's latest submission; only the list of common mistakes looks at the whole year. What both
findings pages share (the rules that hit, sections, lines) is in `findings.lines`.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from gongkai.findings import Severity
from gongkai.reporting.findings.lines import Kind, Shown, cell_of, choices, counts_of, kinds_of, sections, shown
from gongkai.reporting.shared.wording import Wordings
from gongkai.submission.verdict import UnitState, Verdict
from gongkai.warehouse.records import Revision, UnitYear, YearState

COLUMNS = 28
"""How many rules fit beside the units on a landscape A4 page."""
CHOICES = 60
"""How many units the filter offers; with more of them, each unit's own page serves."""


def district_view(state: YearState, wordings: Wordings) -> dict[str, Any]:
    """Everything `findings.html` prints."""
    found = [one for unit in state.units if unit.latest for one in shown(unit, unit.latest)]
    kinds = kinds_of(found, wordings)
    ever = [one for unit in state.units for revision in unit.revisions for one in shown(unit, revision)]
    reported = [unit for unit in state.units if unit.revisions]
    hit = list(dict.fromkeys((one.unit.unit.code, one.unit.unit.name) for one in found))
    return {
        **counts_of(found),
        "expected": len(state.units),
        "reported": len(reported),
        "groups": list(_groups(state)),
        "common": _common(ever, len(reported), wordings),
        "matrices": [_matrix(part, state) for part in parts_of(kinds)],
        "sections": sections(kinds, found, state),
        "choices": choices(kinds_of(ever, wordings)),
        "units": hit if len(hit) <= CHOICES else [],
        "elsewhere": [
            {"word": word, "count": len(files), "page": f"../receipts/{page}.html"}
            for word, files, page in (
                ("未能归入单位的文件", state.unassigned, "unassigned"),
                ("主管部门录入文件", [f for f in state.office_files if f.verdict.findings], "_office"),
            )
            if files
        ],
    }


def _groups(state: YearState) -> Iterator[dict[str, Any]]:
    """The units that somebody must call, in registry order, by the worst that their latest submission has."""
    rows = [(unit, unit.latest.verdict if unit.latest else None) for unit in state.units]
    worst = [(unit, verdict, _worst(verdict)) for unit, verdict in rows]
    for sign, word, group in (
        (Severity.ERROR.sign, f"有{Severity.ERROR.word}", "error"),
        (Severity.QUERY.sign, f"只有{Severity.QUERY.word}", "query"),
        (UnitState.MISSING.sign, UnitState.MISSING.word, "missing"),
    ):
        members = [
            {
                "code": unit.unit.code,
                "name": unit.unit.name,
                "page": bool(unit.revisions),
                "count": verdict.count(Severity(group)) if verdict else 0,
            }
            for unit, verdict, of in worst
            if of == group
        ]
        if members:
            yield {"sign": sign, "word": word, "members": members}


def _worst(verdict: Verdict | None) -> str:
    if verdict is None:
        return "missing"
    return next((severity.value for severity in Severity if verdict.count(severity)), "")


def _common(ever: Sequence[Shown], reported: int, wordings: Wordings) -> list[dict[str, Any]]:
    """The year's mistakes by rule: how many units ever made it, who has it still; worst first.

    A query that was explained from the start is no mistake; an error that was waived is one.
    """
    mistakes = [one for one in ever if one.finding.severity is not Severity.NOTICE and one.settlement != "explained"]
    rows = []
    for place, kind in enumerate(kinds_of(mistakes, wordings)):
        of_kind = [one for one in mistakes if kind.holds(one.finding)]
        hit = {one.unit.unit.code for one in of_kind}
        now = [one for one in of_kind if one.open and one.revision is one.unit.latest]
        row = {
            "kind": kind,
            "units": len(hit),
            "share": str(Decimal(len(hit)) / reported),
            "still_units": len({one.unit.unit.code for one in now}),
            "still": len(now),
        }
        rows.append((kind.severity.rank, -len(hit), -len(now), place, row))
    return [row for *_, row in sorted(rows, key=lambda entry: entry[:4])]


def parts_of(kinds: Sequence[Kind], most: int = COLUMNS) -> list[list[Kind]]:
    """The columns in parts that fit on a page; a family stays together unless it alone is wider."""
    parts: list[list[Kind]] = []
    for family in dict.fromkeys(kind.family for kind in kinds):
        members = [kind for kind in kinds if kind.family == family]
        if not parts or len(parts[-1]) + len(members) > most:
            parts.append([])
        for kind in members:
            if len(parts[-1]) == most:
                parts.append([])
            parts[-1].append(kind)
    return parts


def _matrix(kinds: Sequence[Kind], state: YearState) -> dict[str, Any]:
    """One part of unit × rule: heads of families over rules, a row a unit, how many units a rule hits below."""
    heads: list[dict[str, Any]] = []
    for kind in kinds:
        if not heads or heads[-1]["kind"].group != kind.group:
            heads.append({"kind": kind, "span": 0})
        heads[-1]["span"] += 1
    rows = [_row(unit, kinds) for unit in state.units]
    hits = [sum(row["cells"][at]["open"] > 0 for row in rows if row["cells"]) for at in range(len(kinds))]
    return {
        "families": "、".join(dict.fromkeys(kind.family for kind in kinds)),
        "heads": heads,
        "kinds": kinds,
        "rows": rows,
        "hits": list(zip(kinds, hits, strict=True)),
    }


def _row(unit: UnitYear, kinds: Sequence[Kind]) -> dict[str, Any]:
    latest = unit.latest
    return {
        "code": unit.unit.code,
        "name": unit.unit.name,
        "state": f"{unit.state.sign} {unit.state.word}",
        "act": unit.state is not UnitState.ACCEPTED,
        "note": _note(unit, latest),
        "totals": [latest.verdict.count(severity) for severity in Severity] if latest else [],
        "cells": [cell_of(kind, latest.verdict) for kind in kinds] if latest else [],
    }


def _note(unit: UnitYear, latest: Revision | None) -> str:
    """Where the row speaks of a submission that does not count, which one does."""
    if latest is None or unit.accepted is None or unit.accepted is latest:
        return ""
    return f"所列为第 {latest.number} 次报送；第 {unit.accepted.number} 次已受理，仍然有效"
