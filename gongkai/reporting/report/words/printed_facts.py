"""How a sentence prints a fact: `{portal_items}` as it stands, `{repealed:废止#件|没有废止}` with words for zero.

A text that speaks of zero says so in words; the tables keep their 0. Lists leave out what is zero.
"""

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.report.words.sheet import Fact
from gongkai.warehouse.totals import Number

_FIGURE, _ELSE = "#", "|"


class _Printed:
    """A fact inside a sentence; what stands behind the colon says how it is printed."""

    def __init__(self, fact: Fact) -> None:
        self._fact = fact

    def __format__(self, form: str) -> str:
        shown = self._fact if isinstance(self._fact, str) else figure_text(self._fact)
        if not form:
            return shown
        words, _, zero = form.partition(_ELSE)
        return words.replace(_FIGURE, shown) if self._fact else zero


def fill(text: str, facts: Mapping[str, Fact]) -> str:
    """The sentence with its facts.

    Raises:
        KeyError: it names a fact that there is not.
    """
    return Formatter().vformat(text, (), {name: _Printed(facts[name]) for name in names_in(text)})


def names_in(text: str) -> list[str]:
    """The facts that a sentence names in braces.

    Raises:
        ValueError: a brace is not closed, or names nothing.
    """
    found = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    if any(not name.isidentifier() for name in found):
        raise ValueError(f"花括号中应为事实的名称：{text}")
    return found


def listed(parts: Iterable[tuple[str, Number | None]], unit: str, changes: Mapping[str, Any] | None = None) -> Fact:
    """`行政许可决定12件、行政处罚决定3件`: what is not zero; None unless every part is known, "" where all are zero."""
    known = list(parts)
    if not known or any(number is None for _, number in known):
        return None
    said = changes or {}
    return "、".join(f"{label}{figure_text(n)}{unit}{said.get(label, '')}" for label, n in known if n)
