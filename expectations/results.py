"""From facts to a finding: the message from the catalogue's template, the place, the order of a receipt.

No rule is evaluated and no frame is built here.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from expectations.catalogue import Catalogue, Rule, load_catalogue, rule_in_force
from expectations.frames import Facts
from gongkai.errors import RuleCrashed
from gongkai.findings import Finding, ReadingIssue, Severity
from gongkai.national_format import NationalFormat
from gongkai.submission.fields import groups, lists
from gongkai.submission.form import Origin
from gongkai.submission.places import parts, place


def finding(rule: Rule, facts: Facts, national_format: NationalFormat) -> Finding:
    """The finding a person reads.

    Raises:
        RuleCrashed: no variant of the rule's message has all its values; a fault of the rule, not of the unit.
    """
    table, row, column = parts(facts.where)
    values = {
        "where": facts.where,
        "place": place(facts.where, national_format, facts.origin) if facts.where != "-" else None,
        "sheet": facts.origin.sheet,
        "cell": facts.origin.cell,
        "observed": facts.observed,
        "expected": facts.expected,
        "difference": facts.difference,
        **facts.values,
    }
    return Finding(
        rule=rule.id,
        severity=Severity.QUERY if facts.provisional and rule.query_while_provisional else rule.severity,
        message=_message(rule, values),
        where=facts.where,
        table=table,
        row=row,
        column=column,
        sheet=facts.origin.sheet,
        cell=facts.origin.cell,
        observed=facts.observed,
        expected=facts.expected,
        difference=facts.difference,
        hint=rule.hint,
        cells=facts.cells or ((facts.where,) if facts.where != "-" else ()),
    )


def issue_finding(issue: ReadingIssue, national_format: NationalFormat, catalogue: Catalogue | None = None) -> Finding:
    """The finding of something a reader noted.

    Args:
        issue: what it noted.
        national_format: of the year.
        catalogue: the one in force for the year; None: today's.

    Raises:
        RuleCrashed: the reader named a rule that the catalogue does not have.
    """
    try:
        rule = rule_in_force(issue.rule, catalogue or load_catalogue())
    except KeyError:
        raise RuleCrashed(f"规则目录中没有 {issue.rule}，无法说明文件中的问题。") from None
    facts = Facts(
        where=issue.where,
        observed=issue.observed,
        expected=issue.expected,
        origin=Origin(issue.sheet, issue.cell),
        values=issue.values,
    )
    return finding(rule, facts, national_format)


def ordered(
    findings: Iterable[Finding], national_format: NationalFormat, catalogue: Catalogue | None = None
) -> tuple[Finding, ...]:
    """What to fix first comes first: errors, queries, notices; inside, the order of the form, then of the rules."""
    catalogue = catalogue or load_catalogue()
    return tuple(
        sorted(
            findings,
            key=lambda f: (
                f.severity.rank,
                *_place_order(f.where, national_format),
                catalogue.order(f.rule),
                f.where,
                f.message,
            ),
        )
    )


def _message(rule: Rule, values: dict[str, Any]) -> str:
    shown = {name: _shown(value) for name, value in values.items() if value is not None}
    for variant in rule.message:
        if rule.placeholders(variant) <= shown.keys():
            return variant.format(**shown)
    raise RuleCrashed(f"规则 {rule.id} 的说明文字缺少内容：{'、'.join(sorted(shown))}。")


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _place_order(where: str, national_format: NationalFormat) -> tuple[int, int, int]:
    """The file as a whole, then the tables cell by cell, then groups, then lists row by row."""
    places = _places(national_format)
    if where in places:
        return 1, places[where], 0
    table, row, _ = parts(where)
    if table in lists():
        return 3, list(lists()).index(str(table)), int(row) if row and row.isdigit() else 0
    return (2, 0, 0) if table in groups() else (0, 0, 0)


@cache
def _places(national_format: NationalFormat) -> dict[str, int]:
    cells = [cell.where for cell in national_format.cells]
    figures = [f"{group.key}.{field}" for group in groups().values() for field in group.fields]
    return {where: number for number, where in enumerate(cells + figures)}
