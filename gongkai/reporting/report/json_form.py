"""`report.json` of contract.md: the same figures as the printed report, with where each of them comes from.

Keys of the contract, extended by `format`, `demonstration`, `adopted`, `content_sha256`, `published`, `text`, `to_do`,
`footnotes`, `waivers`, and last year's and the office's indicators; nothing is worded here and nothing is added up.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from gongkai.national_format import for_year
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.view import ReportView
from gongkai.reporting.shared.granted import waivers_json
from gongkai.submission.fields import groups, lists
from gongkai.submission.report_below import OWN_HASH, SCHEMA, own_hash
from gongkai.submission.verdict import UnitState
from gongkai.warehouse.report_standing import ReportStanding
from gongkai.warehouse.totals import Contribution, Figures, Indicators, Number


def report_json(report: DistrictReport) -> dict[str, Any]:
    """The report as contract.md's JSON object.

    Counts are integers, money and rates strings, null is "not reported". `sources` holds, for every cell of the
    year's format, what each accepted revision gave, in registry order.
    """
    state, totals, basis = report.state, report.totals, report.basis
    cells = [spec.where for spec in for_year(state.year).cells]
    office = totals.office or Figures({}, {}, {})  # not accepted: every cell of it is null
    return {
        "schema": SCHEMA,
        "year": state.year,
        "district": state.profile.district.name,
        "as_of": state.profile.local(state.as_of).isoformat(),
        "basis_sha256": basis,
        "provisional": state.provisional,
        **_decided(report.view, report.standing),
        "adopted": _adopted(report),
        "lacks": [asdict(lack) for lack in report.lacks],
        "text": report.view.text().splitlines(),
        "to_do": [asdict(one) for one in report.to_do],
        "demonstration": state.profile.district.demonstration,
        "format": for_year(state.year).format_id,
        **_figures(totals.district, cells),
        "indicators": _indicators(totals.indicators),
        "counts": _counts(totals.indicators),
        "office": {
            **_figures(office, cells),
            "indicators": _indicators(totals.office_indicators),
            "counts": _counts(totals.office_indicators),
        },
        "units": {
            "expected": [u.unit.code for u in state.units],
            **{one.value: state.codes(one) for one in UnitState},
        },
        "previous_year": {"year": state.year - 1, **_figures(totals.previous, list(totals.previous.tables))}
        if totals.previous
        else None,
        "footnotes": [note.to_json() for note in report.notes],
        "waivers": [
            {"unit": unit.unit.code, **one}
            for unit in state.units
            if unit.accepted is not None
            for one in waivers_json(unit.accepted.verdict, state.inspections)
        ],
        "sources": {where: [_source(c) for c in totals.sources.get(where, ())] for where in cells},
    }


def _decided(view: ReportView, standing: ReportStanding) -> dict[str, Any]:
    """The state of what is printed, and the decisions that it rests on."""
    approval = view.approval
    published = standing.published(approval) if approval else None
    return {
        "state": view.state.value,
        "approved": approval.to_json() if approval else None,
        "published": published.to_json() if published else None,
        "content_sha256": view.content_sha256,
    }


def _adopted(report: DistrictReport) -> dict[str, Any] | None:
    """The adopted text that is shown, and the figures of it that have moved since."""
    adoption = report.standing.adoption
    return {**adoption.to_json(), "moved": [one.to_json() for one in report.moved]} if adoption else None


def _counts(indicators: Indicators) -> dict[str, int | None]:
    """The integers from which the averages are computed; null where nobody can know how many were in time."""
    known = indicators.requests_closed_on_time is not None
    return {
        "reply_working_days": indicators.reply_working_days if known else None,
        "closed": indicators.judged if known else indicators.requests_closed,
        "closed_on_time": indicators.requests_closed_on_time,
        "all_closed": indicators.requests_closed if known else None,
        "open_late": indicators.requests_open_late if known else None,
    }


def _source(given: Contribution) -> dict[str, Any]:
    """One unit's figure; of a district's report with what its own units gave."""
    said = {"unit": given.unit, "revision": given.revision, "value": _plain(given.value)}
    below = [{"unit": unit, "revision": number, "value": _plain(value)} for unit, number, value in given.sources]
    return {**said, "sources": below} if below else said


def report_bytes(report: Mapping[str, Any]) -> bytes:
    """The file's bytes: a key a line, and inside `sources` a cell a line, so that two reports can be compared.

    It ends with the hash of all of it: whoever takes the report in sees whether somebody has edited it since.
    """
    sources = ",\n".join(f"  {_dump(where)}: {_dump(given)}" for where, given in report["sources"].items())
    head = (f" {_dump(key)}: {_dump(value)}" for key, value in report.items() if key != "sources")
    return (
        "{\n"
        + ",\n".join(head)
        + ',\n "sources": {\n'
        + sources
        + f"\n }},\n {_dump(OWN_HASH)}: {_dump(own_hash(report))}\n}}\n"
    ).encode()


def _figures(figures: Figures, cells: list[str]) -> dict[str, Any]:
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for where in cells:
        table, row, column = where.split(".")
        tables.setdefault(table, {}).setdefault(row, {})[column] = _plain(figures.tables.get(where))
    activities = [key for key in groups()["activities"].fields if key in figures.activities]
    kinds = [kind for kind in lists()["documents"].fields["kind"].choices or () if kind in figures.documents_by_kind]
    return {
        "tables": tables,
        "activities": {key: _plain(figures.activities[key]) for key in activities},
        "documents_by_kind": {kind: figures.documents_by_kind[kind] for kind in kinds},
    }


def _indicators(indicators: Indicators) -> dict[str, Any]:
    return {
        "average_reply_working_days": _two_places(indicators.average_reply_working_days),
        "reply_shortening_percent": _two_places(indicators.reply_shortening_percent),
        "requests_closed": indicators.requests_closed,
        "requests_closed_on_time": indicators.requests_closed_on_time,
        "requests_closed_on_time_percent": _two_places(indicators.requests_closed_on_time_percent),
    }


def _two_places(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _plain(value: Number | None) -> int | str | None:
    return format(value, "f") if isinstance(value, Decimal) else value


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
