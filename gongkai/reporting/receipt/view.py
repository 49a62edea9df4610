"""What a receipt's page says: accepted or not, until when, how much to fix, then every finding in its place.

Strings in the order of reading. The sentences of findings come from the rules and are printed as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from gongkai.findings import Coercion, Finding, Severity
from gongkai.national_format import NationalFormat, for_year
from gongkai.profile import Profile
from gongkai.reporting.receipt.advice import CAUTION, addresses_of, advice_view
from gongkai.reporting.receipt.open_cases import open_cases, open_cases_view
from gongkai.reporting.receipt.other_files import also_sent, changes_view, standing_beside
from gongkai.reporting.shared.granted import extensions_of, waived, waiver_words
from gongkai.reporting.shared.series import Series, series
from gongkai.reporting.shared.settled_explanations import explained
from gongkai.reporting.shared.standing import due_of
from gongkai.reporting.shared.wording import Wording
from gongkai.reporting.shared.words import EMPTY, hint_of, not_applied, what_to_do, without_asking
from gongkai.reporting.style import Page, day, moment, page_of
from gongkai.submission.places import column_name, part, place
from gongkai.submission.repair.parts import Repair
from gongkai.submission.value_words import value_words
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.records import Revision, StoredFile, UnitYear, YearState

_EXPLAIN = "请改正，或在“疑点说明”中选择理由并说明"


def receipt_page(unit_year: UnitYear, revision: Revision, state: YearState, basis: str) -> Page:
    """Head and foot of one unit's receipt."""
    return page_of(state, basis, "年度报送回执", unit_year.unit, f"第 {revision.number} 次报送")


def receipt_view(
    unit_year: UnitYear,
    revision: Revision,
    state: YearState,
    repairs: Sequence[Repair] = (),
    wording: Mapping[str, Wording] | None = None,
) -> dict[str, Any]:
    """Everything `receipt.html` prints."""
    accepted, verdict = unit_year.accepted, revision.verdict
    errors, queries = verdict.count(Severity.ERROR), verdict.count(Severity.QUERY)
    return {
        "unit": unit_year.unit,
        "status": verdict.status.word,
        "good": verdict.status is Status.ACCEPTED,
        "to_fix": errors + queries,
        "errors": errors,
        "queries": queries,
        "notices": verdict.count(Severity.NOTICE),
        "until": _until(unit_year, verdict, state),
        "standing": standing_beside(accepted, revision),
        "revision": revision.number,
        "received_at": moment(state.profile.local(revision.received_at)),
        "on_time": verdict.on_time,
        "file": revision.file,
        "sha256": revision.sha256[:12],
        **also_sent(unit_year, state),
        "extensions": [waiver_words(entry) for entry in extensions_of(unit_year.unit, state.inspections)],
        "waived": [
            {"message": without_asking(found.message), "rule": found.rule, "words": waiver_words(entry)}
            for found, entry in waived(verdict, state.inspections)
        ],
        "open_cases": open_cases_view(open_cases(revision, state)),
        "today": day(state.profile.local(state.as_of).date()),
        "changes": changes_view(unit_year, revision, state.year),
        "contact": state.profile.district.contact,
        "advice": advice_view(repairs, for_year(state.year), addresses_of(revision.submission)),
        "advice_caution": CAUTION,
        **_said(verdict, for_year(state.year)),
        "settled": [
            {
                "message": without_asking(one.finding.message),
                "rule": one.finding.rule,
                "words": f"{f'沿用第 {one.revision} 次报送的说明：' if one.taken_over else ''}{one.words}",
            }
            for one in explained(revision, unit_year.revisions, wording)
        ],
    }


def files_view(files: Iterable[StoredFile], state: YearState) -> list[dict[str, Any]]:
    """Files that are no unit's revision, for `receipt_files.html`, in the state's order."""
    return [file_view(stored, state.profile, state.year) for stored in files]


def file_view(stored: StoredFile, profile: Profile, year: int) -> dict[str, Any]:
    """One such file."""
    return {
        "file": stored.name,
        "sha256": stored.sha256[:12],
        "received": f"{moment(profile.local(stored.received_at))} 收到",
        "status": stored.verdict.status.word,
        "good": stored.verdict.status is Status.ACCEPTED,
        **_said(stored.verdict, for_year(year)),
    }


def _until(unit_year: UnitYear, verdict: Verdict, state: YearState) -> dict[str, Any]:
    """What stands under 期限: the day, and a sentence that says what it means now."""
    if verdict.status is Status.ACCEPTED:
        return {"day": "按时" if verdict.on_time else "逾期", "sentence": "", "passed": not verdict.on_time}
    today, due = state.profile.local(state.as_of).date(), due_of(unit_year, state)
    last = max(state.profile.cycle.hard_deadline(state.year), due)
    if today <= due:
        return {"day": day(due), "sentence": f"请在{day(due)}前重新报送。", "passed": False}
    if today <= last:
        sentence = f"按时报送的期限（{day(due)}）已过，请尽快重新报送；报送渠道将于{day(last)}关闭。"
        return {"day": day(last), "sentence": sentence, "passed": True}
    sentence = f"报送渠道已于{day(last)}关闭。请联系政务公开主管部门，说明情况后办理延期。"
    return {"day": "已截止", "sentence": sentence, "passed": True}


def _said(verdict: Verdict, national_format: NationalFormat) -> dict[str, Any]:
    open_findings = [finding for finding in verdict.findings if finding.settled_by is None]
    return {
        "sections": [
            {
                "sign": severity.sign,
                "word": severity.word,
                "what_to_do": what_to_do(severity, _EXPLAIN),
                "act": severity is Severity.ERROR,
                "count": len(found),
                "parts": _parts(found, national_format),
            }
            for severity in Severity
            if (found := [finding for finding in open_findings if finding.severity is severity])
        ],
        "settled": [
            {"message": without_asking(finding.message), "rule": finding.rule, "words": ""}
            for finding in verdict.findings
            if finding.reason is not None
        ],
        "coercions": [_coercion(coercion, national_format) for coercion in verdict.coercions],
        # Of an unreadable file no rule could be applied: the JSON lists them, the page need not.
        "not_applied": not_applied(verdict),
        "profile_rules": [] if verdict.status is Status.QUARANTINED else verdict.profile_rules,
    }


def _parts(findings: list[Finding], national_format: NationalFormat) -> list[dict[str, Any]]:
    """Grouped by the part of the form, in its order; inside, the rules' order is kept."""
    ordered = sorted(findings, key=lambda finding: part(finding.where, national_format)[0])
    return [
        {
            "heading": heading,
            "count": len(members),
            "lines": [
                {
                    "cells": line.cells or _named(line, national_format),
                    "sheet": line.sheet,
                    "message": line.line,
                    "rule": line.first.rule,
                    "hint": hint_of(line.first, line.line),
                }
                for line in series(members, national_format)
            ],
        }
        for (_, heading), found in groupby(ordered, key=lambda finding: part(finding.where, national_format))
        if (members := list(found))
    ]


def _named(line: Series, national_format: NationalFormat) -> str:
    """What stands in place of an address where the file has none: the column, the field, or 整体."""
    where = line.first.where
    if len(line.findings) > 1:
        return f"{len(line.findings)} 格"
    return column_name(where, national_format)


def _coercion(coercion: Coercion, national_format: NationalFormat) -> dict[str, Any]:
    return {
        "place": place(coercion.where, national_format),
        "sheet": coercion.sheet,
        "cell": coercion.cell or "",
        "raw": coercion.raw,
        "value": value_words(coercion.value, coercion.where, national_format, EMPTY),
        "why": coercion.why,
    }
