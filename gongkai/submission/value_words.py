"""How a value is named to people: a choice by its label, yes and no as 是 and 否, a day and an amount as they stand.

Beside `places`: what stands at a place, as it is printed in receipts, lists of changes and the terminal. No thousands
separator: what stands there may be a year or the number of a document.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.national_format import NationalFormat
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import CellValue
from gongkai.submission.places import parts


def value_words(value: CellValue, where: str, national_format: NationalFormat, blank: str) -> str:
    """A value as people read it.

    Args:
        value: of the place's type.
        where: the place, whose choices have labels.
        national_format: of the year.
        blank: what is printed where there is none.
    """
    if value is None:
        return blank
    if isinstance(value, bool):
        return "是" if value else "否"
    choices = _choices(where, national_format)
    if isinstance(value, tuple | list):
        return "、".join(str(choices.get(item, item)) for item in value)
    return str(choices.get(value, value)) if isinstance(value, str) else str(plain_value(value))


def plain_value(value: CellValue) -> Any:
    """A value as JSON holds it: decimals and dates as strings."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _choices(where: str, national_format: NationalFormat) -> Mapping[str, str]:
    """Key → label of what may stand at a place; empty where everything of the type may."""
    table, _, column = parts(where)
    group = lists().get(table or "") or groups().get(table or "")
    field = group.fields.get(column or "") if group else None
    return field.choices_in(national_format) if field else {}
