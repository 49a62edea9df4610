"""The list of rules that units get with their workbooks: what is checked, an example, the source, what settles it.

A page of the family, written by `gongkai template`. What a rule says comes from the catalogue, which hands it over as
`RuleFamily` (`expectations.handbook`); nothing about a rule is known here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gongkai.findings import Severity
from gongkai.reporting.shared.words import what_to_do
from gongkai.reporting.shared.write import write_text
from gongkai.reporting.style import Page, render

NAME = "规则清单.html"


@dataclass(frozen=True)
class ListedRule:
    """One rule as people read it.

    Attributes:
        number: running over the whole list.
        asks: what must hold.
        thresholds: the numbers it decides by, each a phrase; the district's own with the reason.
        right, wrong: the two examples, a sentence each; `receipt`: what a receipt says of the wrong one.
        settled_by: the wording of the reasons that settle a query.
    """

    number: int
    id: str
    title: str
    severity: Severity
    years: str
    asks: str
    thresholds: tuple[str, ...]
    right: str
    wrong: str
    receipt: str
    messages: tuple[str, ...]
    source: str
    settled_by: tuple[str, ...]


@dataclass(frozen=True)
class RuleFamily:
    """The rules about one thing, errors before queries before notices."""

    heading: str
    rules: tuple[ListedRule, ...]


def write_rule_list(families: Sequence[RuleFamily], off: Sequence[tuple[str, str]], page: Page, folder: Path) -> Path:
    """Writes `规则清单.html`; returns its path.

    Args:
        families: the rules that apply to units.
        off: title and reason of the rules that the district does not apply.
        page: head and foot.
        folder: where the workbooks are.
    """
    rules = [rule for family in families for rule in family.rules]
    counts = [(s, sum(rule.severity is s for rule in rules), what_to_do(s)) for s in Severity]
    html = render("rule_list.html", page, families=families, off=off, counts=counts, total=len(rules))
    return write_text(folder / NAME, html)
