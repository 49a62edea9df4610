"""How a sentence prints a fact: `{portal_items}` as it stands, `{repealed:废止#件|没有废止}` with words for zero.

A text that speaks of zero says so in words; the tables keep their 0. Lists leave out what is zero. Every figure that
somebody submitted carries its path.
"""

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.report.words.figure_paths import figure_path
from gongkai.reporting.report.words.sheet import Fact, FactSheet
from gongkai.reporting.report.words.traced_text import traced
from gongkai.warehouse.totals import Number

_FIGURE, _ELSE = "#", "|"


class _Printed:
    """A fact inside a sentence; what stands behind the colon says how it is printed."""

    def __init__(self, fact: Fact, path: str | None) -> None:
        self._fact, self._path = fact, path

    def __format__(self, form: str) -> str:
        shown = self._fact if isinstance(self._fact, str) else figure_text(self._fact)
        if self._path is not None:
            shown = traced(shown, self._path)
        if not form:
            return shown
        words, _, zero = form.partition(_ELSE)
        return words.replace(_FIGURE, shown) if self._fact else zero


def fill(text: str, sheet: FactSheet) -> str:
    """The sentence with its facts, its figures marked (`traced_text`).

    Raises:
        KeyError: it names a fact that there is not.
    """
    return Formatter().vformat(text, (), {name: _printed(name, sheet) for name in names_in(text)})


def _printed(name: str, sheet: FactSheet) -> _Printed:
    """What only the registry or the law says (a year, the limit of twenty days) is no figure of the report."""
    fact = sheet.values[name]
    figure = sheet.submitted(name) and not isinstance(fact, str)
    return _Printed(fact, figure_path(name) if figure else None)


def names_in(text: str) -> list[str]:
    """The facts that a sentence names in braces.

    Raises:
        ValueError: a brace is not closed, or names nothing.
    """
    found = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    if any(not name.isidentifier() for name in found):
        raise ValueError(f"花括号中应为事实的名称：{text}")
    return found


def listed(
    parts: Iterable[tuple[str, Number | None, str]], unit: str, changes: Mapping[str, Any] | None = None
) -> Fact:
    """`行政许可决定12件、行政处罚决定3件`: what is not zero; None unless every part is known, "" where all are zero.

    Args:
        parts: label, number and path.
        unit: what they are counted in.
        changes: label → what is said of last year.
    """
    known = list(parts)
    if not known or any(number is None for _, number, _ in known):
        return None
    said = changes or {}
    return "、".join(
        f"{label}{traced(figure_text(n), path)}{unit}{said.get(label, '')}" for label, n, path in known if n
    )
