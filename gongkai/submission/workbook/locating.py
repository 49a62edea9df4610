"""Finds the places of a workbook whose defined names are lost, astray or dead, and says so.

By the labels, which `landmarks` knows. Programs that drop names, sheets moved by hand, and a sheet that was copied and
then deleted, so that its names point nowhere and its copy has none, come here.
"""

from collections.abc import Mapping

from gongkai.findings import Coercion
from gongkai.submission.template.names import COVER_SHEET, FIX_LIST_SHEET, META_TEMPLATE, SYSTEM_SHEET, Place
from gongkai.submission.values.collector import Collector
from gongkai.submission.workbook.fix_list_answers import find_fix_list
from gongkai.submission.workbook.landmarks import displaced, locate
from gongkai.submission.workbook.sheets import Sheets


def located(sheets: Sheets, year: int, version: int, collector: Collector) -> bool:
    """Finds the places by their labels where the defined names are lost or astray, and says so; False without any."""
    named = META_TEMPLATE in sheets.names
    if named and not displaced(sheets, collector.format):
        found = _lost_places(sheets, year, version)
        sheets.names = {**sheets.names, **found}
        _note(collector, "单元格名称失效", found)
        return True
    found = locate(sheets, year, version)
    if found:
        sheets.names = found | find_fix_list(sheets)
        _note(collector, "单元格名称指向别的行列" if named else "没有单元格名称", found)
    return bool(found)


def _note(collector: Collector, lost: str, found: Mapping[str, Place]) -> None:
    if found:
        why = f"{lost}，按表头和行名找到 {len(found)} 处"
        collector.coercions.append(Coercion(where="-", raw="另存或复制过的工作簿", value=None, why=why))


def _lost_places(sheets: Sheets, year: int, version: int) -> dict[str, Place]:
    """Name → place, of the names that point nowhere any more: their sheet was copied, and then deleted."""
    read = {where.sheet for where in sheets.names.values()}
    unnamed = [name for name in sheets.package.sheets if name not in read | {COVER_SHEET, SYSTEM_SHEET, FIX_LIST_SHEET}]
    if not any(value != "" for sheet in unnamed for row in sheets.grid(sheet) for value in row):
        return {}  # as in nearly every workbook
    found = locate(sheets, year, version)
    return {name: where for name, where in found.items() if name not in sheets.names and where.sheet in unnamed}
