"""What a corrected report says otherwise than the approved one before it: cells, rates and sentences, in words."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.national_format import for_year
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.json_form import report_json
from gongkai.submission.places import place
from gongkai.submission.references import INDICATORS


def what_changed(before: bytes, report: DistrictReport) -> list[str]:
    """The differences, tables first; texts are named by section, not repeated.

    Args:
        before: the approved `report.json`.
        report: the report as it stands now.
    """
    old, new = json.loads(before), report_json(report)
    return [*_cells(old, new, report.state.year), *_rates(old, new), *_texts(old, new)]


def _cells(old: Mapping[str, Any], new: Mapping[str, Any], year: int) -> Iterator[str]:
    national_format = for_year(year)
    for spec in national_format.cells:
        was, now = (one["tables"].get(spec.table, {}).get(spec.row, {}).get(spec.column) for one in (old, new))
        if was != now:
            yield f"{place(spec.where, national_format)}由 {_shown(was)} 改为 {_shown(now)}"


def _rates(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    for key, label in INDICATORS.items():
        was, now = old["indicators"].get(key), new["indicators"].get(key)
        if was != now:
            yield f"{label}由 {_shown(was)} 改为 {_shown(now)}"


def _texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if (changed := sorted(set(new["text"]) - set(old.get("text", ())))) or set(old.get("text", ())) - set(new["text"]):
        yield f"文字有改动：{'；'.join(changed) if changed else '删去了语句'}"


def _shown(value: Any) -> str:
    return "未报" if value is None else str(value)
