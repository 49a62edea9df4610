"""What the office let pass and whom it gave more time: by whom, why and until when, for receipts and the annex."""

from collections.abc import Iterable
from typing import Any

from gongkai.findings import Finding
from gongkai.profile import Unit
from gongkai.reporting.style import day
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import Verdict


def waived(verdict: Verdict, entries: Iterable[InspectionEntry]) -> list[tuple[Finding, InspectionEntry | None]]:
    """The findings that were let pass, each with the office's entry (None when it has been withdrawn since)."""
    by_id = {entry.id: entry for entry in entries if entry.kind == "waiver"}
    return [(found, by_id.get(found.waived_by)) for found in verdict.findings if found.waived_by is not None]


def waivers_json(verdict: Verdict, entries: Iterable[InspectionEntry]) -> list[dict[str, Any]]:
    """The receipt's `waivers`."""
    return [
        {
            "rule": found.rule,
            "where": found.where,
            "entry": found.waived_by,
            "by": entry.by if entry else None,
            "on": entry.on.isoformat() if entry and entry.on else None,
            "reason": entry.reason if entry else None,
            "until": entry.until.isoformat() if entry and entry.until else None,
        }
        for found, entry in waived(verdict, entries)
    ]


def extensions_json(unit: Unit, entries: Iterable[InspectionEntry]) -> list[dict[str, Any]]:
    """The receipt's `extensions`: every extension recorded for the unit."""
    return [
        {
            "entry": entry.id,
            "until": entry.until.isoformat() if entry.until else None,
            "by": entry.by,
            "on": entry.on.isoformat() if entry.on else None,
            "reason": entry.reason,
        }
        for entry in extensions_of(unit, entries)
    ]


def extensions_of(unit: Unit, entries: Iterable[InspectionEntry]) -> list[InspectionEntry]:
    """The unit's extensions, in the order they were recorded."""
    return [entry for entry in entries if entry.kind == "extension" and entry.unit == unit.code]


def waiver_words(entry: InspectionEntry | None) -> str:
    """Who, why, until when, in one clause."""
    if entry is None:
        return "豁免记录已撤回"
    parts = [entry.by or "未写明批准人", entry.reason or "未写明理由"]
    parts.append(f"有效至{day(entry.until)}" if entry.until else "未定截止日期")
    return "，".join(parts)
