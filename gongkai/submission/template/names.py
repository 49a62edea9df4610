"""Where things stand in the workbook: sheet names and defined names, shared by its writer and its reader.

The defined names of contract.md (`<table>__<row>__<column>`, `<group>__<key>`, `<list>__header`, `meta__…`) are the
only addresses the reader trusts. Nothing here knows how a sheet looks.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from gongkai.national_format import CellSpec
from gongkai.submission.fields import template_version

_TEMPLATE = re.compile(r"gongkai/workbook/([1-9]\d{0,3})", re.ASCII)
_OFFICE_TEMPLATE = re.compile(r"gongkai/office/([1-9]\d{0,3})", re.ASCII)

COVER_SHEET = "填报说明"
FIX_LIST_SHEET = "修改清单"  # first sheet of a returned workbook; ours, and read for explanations only
FIX_LIST_EXPLANATIONS = "fix_list__explanations"  # reason, text, rule, where: one row a query, headings between
SYSTEM_SHEET = "系统信息"
GROUP_SHEETS = {"activities": "年度工作数据", "narrative": "文字部分"}

META_UNIT, META_YEAR, META_TEMPLATE = "meta__unit", "meta__year", "meta__template"
META_REST_IS_ZERO = "meta__rest_is_zero"  # the cell of the cover where the clerk says so; filled by hand
META_TABLES = "meta__tables"  # 1 when the workbook carries national tables, else 0
REPORTED_CHOICES = ("有", "无", "未报")

_REFERENCE = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", re.ASCII
)


class Place(NamedTuple):
    """A range of one sheet, 0-based and inclusive; a single cell has equal corners."""

    sheet: str
    row: int
    column: int
    last_row: int
    last_column: int


def template_name(version: int) -> str:
    """How a workbook says which version of the template it is."""
    return f"gongkai/workbook/{version}"


def version_of(said: object) -> int | None:
    """The version that a workbook says it is; None for anything that is no template of ours, or not yet."""
    found = _TEMPLATE.fullmatch(said) if isinstance(said, str) else None
    return int(found[1]) if found and int(found[1]) <= template_version() else None


def office_template(version: int) -> str:
    """How the office's own workbook says which version it is."""
    return f"gongkai/office/{version}"


def office_version_of(said: object) -> int | None:
    """The version that the office's own workbook says it is; None for anything that is none."""
    found = _OFFICE_TEMPLATE.fullmatch(said) if isinstance(said, str) else None
    return int(found[1]) if found else None


def cell_name(spec: CellSpec) -> str:
    """The defined name of a national cell."""
    return f"{spec.table}__{spec.row}__{spec.column}"


def field_name(group: str, key: str) -> str:
    """The defined name of one figure of a group; of the head, `head__<key>`."""
    return f"{group}__{key}"


def header_name(list_key: str) -> str:
    """The defined name over the header cells of a list."""
    return f"{list_key}__header"


def reported_name(list_key: str) -> str:
    """The defined name of the cell that tells an empty list (无) from one that is not reported."""
    return f"{list_key}__reported"


def area_name(key: str) -> str:
    """The defined name over everything the template itself printed on a sheet: values outside are foreign."""
    return f"{key}__area"


def place(reference: str) -> Place | None:
    """Reads `'表三'!$D$6` or `依申请台账!$A$5:$Y$5`; None for anything else (`#REF!`, a formula, a union)."""
    return place_of(_REFERENCE.fullmatch(reference.strip()))


def place_of(found: re.Match[str] | None) -> Place | None:
    """The place of a matched reference, whatever its notation: quoted sheet, plain sheet, two columns and rows."""
    if found is None:
        return None
    quoted, plain, column, row, last_column, last_row = found.groups()
    top, left = int(row) - 1, column_index(column)
    bottom = int(last_row) - 1 if last_row else top
    right = column_index(last_column) if last_column else left
    return Place((quoted or plain).replace("''", "'"), top, left, bottom, right)


@lru_cache(512)
def column_index(letters: str) -> int:
    """0-based number of a column: A is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def address(row: int, column: int) -> str:
    """The address of a 0-based cell as a clerk reads it: D6."""
    return f"{column_letters(column)}{row + 1}"


@lru_cache(512)
def column_letters(column: int) -> str:
    """The letters of a 0-based column: 0 is A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
