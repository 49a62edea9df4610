"""Two sheets of a workbook that are one sheet of the template: an old copy beside the one that a clerk filled in.

Nobody can tell which of them counts, so two that differ are an error that names both; of two that say the same one is
read, and that is told. Which sheets are alike, `landmarks` decides by the labels.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gongkai.national_format import NationalFormat
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import Origin
from gongkai.submission.template.names import (
    COVER_SHEET,
    FIX_LIST_SHEET,
    GROUP_SHEETS,
    META_UNIT,
    SYSTEM_SHEET,
    Place,
    address,
)
from gongkai.submission.values.collector import Collector
from gongkai.submission.values.doubtful_cells import Broken
from gongkai.submission.values.typed_values import printable
from gongkai.submission.workbook.landmarks import places_on, sheets_alike
from gongkai.submission.workbook.sheets import Sheets, plain

_OF_SEVERAL = META_UNIT.partition("__")[0]  # the names of no table
_SHOWN = 20  # characters of a value in a message
Values = dict[str, Any]  # place as both sheets name it → what stands there


class _Twins(NamedTuple):
    """The sheets that are one sheet of the template; the first is the one that is read."""

    template_sheet: str
    sheets: Sequence[str]


def note_twins(sheets: Sheets, year: int, version: int, collector: Collector) -> frozenset[str]:
    """Notes every sheet of which there are several; returns those that are not read and spoken of.

    Args:
        sheets: the workbook, with its places found; the sheet that they point into is the one that is read.
        year: the report year.
        version: of its template.
        collector: takes the issues.
    """
    spoken_of: set[str] = set()
    for twins in _twins(sheets, year, version):
        key, label = _known_as(twins.template_sheet, collector.format)
        first, *others = (_values(sheets, sheet, twins.template_sheet, year, version) for sheet in twins.sheets)
        named = "、".join(f"“{printable(sheet)}”" for sheet in twins.sheets)
        origin = Origin(twins.sheets[0])
        differs = next((said for other in others if (said := _difference(first, other))), None)
        if differs is None:
            for sheet in twins.sheets[1:]:
                collector.issue("UNKNOWN-KEY", sheet, Origin(sheet), label=label, kept=printable(twins.sheets[0]))
        else:
            collector.issue(
                "TWO-SHEETS", key, origin, label=label, count=len(twins.sheets), sheets=named, differs=differs
            )
        spoken_of |= set(twins.sheets[1:])
    return frozenset(spoken_of)


def _twins(sheets: Sheets, year: int, version: int) -> Iterator[_Twins]:
    read = {where.sheet for where in sheets.names.values()}
    beside = [name for name in sheets.package.sheets if name not in read | {COVER_SHEET, SYSTEM_SHEET, FIX_LIST_SHEET}]
    if not _split(sheets) and not any(value != "" for sheet in beside for row in sheets.grid(sheet) for value in row):
        return  # as in nearly every workbook: no label need be looked at
    for template_sheet, alike in sheets_alike(sheets, year, version):
        own = [name for name in alike if name in read]
        others = [name for name in alike if name not in read]
        if own and len(alike) > 1 and template_sheet != COVER_SHEET:
            yield _Twins(template_sheet, (*own, *others))


def _split(sheets: Sheets) -> bool:
    """Whether the names of one table point into several sheets: part of it would be read from each."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, where in sheets.names.items():
        found[name.partition("__")[0]].add(where.sheet)
    return any(len(into) > 1 for key, into in found.items() if key != _OF_SEVERAL)


def _values(sheets: Sheets, sheet: str, template_sheet: str, year: int, version: int) -> Values:
    """What stands at the places to fill in, and below the header of a list."""
    found: Values = {}
    for name, place in places_on(sheets, sheet, template_sheet, year, version).items():
        if name.endswith("__header"):
            for row, values in enumerate(sheets.grid(sheet)[place.row + 1 :], 1):
                found |= {
                    f"第 {row} 行第 {column + 1} 列": _said(value) for column, value in enumerate(values) if value != ""
                }
        elif (place.row, place.column) == (place.last_row, place.last_column):
            found[_called(place)] = _said(sheets.at(sheet, place.row, place.column))
    return found


def _called(place: Place) -> str:
    return f"{address(place.row, place.column)} 单元格"


def _said(value: Any) -> str:
    return value.text if isinstance(value, Broken) else "" if value is None else str(plain(value))


def _difference(one: Values, other: Values) -> str | None:
    """The first place at which two sheets differ, and both values."""
    for place in dict.fromkeys((*one, *other)):
        values = [printable(said.get(place, ""))[:_SHOWN] or "空白" for said in (one, other)]
        if one.get(place, "") != other.get(place, ""):
            return f"{place}一张为 {values[0]}，一张为 {values[1]}"
    return None


def _known_as(template_sheet: str, national_format: NationalFormat) -> tuple[str, str]:
    """Key and name of what stands on a sheet of the template."""
    for spec in national_format.cells:
        if spec.table_label == template_sheet:
            return spec.table, template_sheet
    keys = {sheet: key for key, sheet in GROUP_SHEETS.items()}
    keys |= {group.sheet or group.label: key for key, group in lists().items()}
    key = keys.get(template_sheet, "-")
    known = lists().get(key) or groups().get(key)
    return key, known.label if known else template_sheet
