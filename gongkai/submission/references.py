"""References to figures in the office's words: `{{ requests.new_requests.total }}`, `{{ office.activities.… }}`.

Which names there are follows from the year's format and `lists.yaml`; what they are worth today, the report says. Every
reference that names nothing is told with the nearest name.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache

from gongkai.national_format import for_year
from gongkai.submission.fields import groups, lists
from gongkai.submission.places import cell_label

INDICATORS: Mapping[str, str] = {
    "average_reply_working_days": "平均答复用时（工作日）",
    "reply_shortening_percent": "比法定时限缩短（%）",
    "requests_closed": "台账当年办结",
    "requests_closed_on_time": "台账当年按期办结",
    "requests_closed_on_time_percent": "按期办结率（%）",
}
"""The rates of `report.json`, by key."""

OFFICE = "office."
_REFERENCE = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)


def references_in(text: str) -> list[str]:
    """The names that a text refers to, in its order."""
    return [_plain(found) for found in _REFERENCE.findall(text)]


def replaced(text: str, values: Mapping[str, str]) -> str:
    """The text with today's values; a reference that has none stays as it was written."""
    return _REFERENCE.sub(lambda found: values.get(_plain(found[1]), found[0]), text)


@lru_cache(8)
def known_references(year: int) -> Mapping[str, str]:
    """Every name that can be referred to in a report year, with what it is called; the office's own among them."""
    whole = {spec.where: cell_label(spec) for spec in for_year(year).cells}
    for field in groups()["activities"].fields.values():
        if field.type in ("integer", "decimal"):
            whole[f"activities.{field.key}"] = field.label
    kinds = lists()["documents"].fields["kind"].choices_in(for_year(year))
    whole |= {f"documents_by_kind.{key}": f"文件清单中的{label}" for key, label in kinds.items()}
    whole |= {f"indicators.{key}": label for key, label in INDICATORS.items()}
    return {**whole, **{OFFICE + name: f"本级：{label}" for name, label in whole.items()}}


def nearest(name: str, year: int) -> str | None:
    """The known name most like one that is not known."""
    known = known_references(year)
    by_end = [one for one in known if one.split(".")[-1] == name.split(".")[-1]]
    found = get_close_matches(name, by_end, 1, 0.0) or get_close_matches(name, known, 1, 0.3)
    return found[0] if found else None


def _plain(name: str) -> str:
    """`office.tables.requests.…` is the path in report.json; the tables need not be named."""
    return re.sub(r"(^|\.)tables\.", r"\1", name.strip())
