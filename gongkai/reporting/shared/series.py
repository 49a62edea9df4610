"""Gathers a long series of unfilled cells into a few lines: one for a row or one for a column of a table.

Only the page does so; `receipt.json` lists each finding. Whichever direction gives fewer lines is taken.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.findings import Finding, Severity
from gongkai.national_format import NationalFormat

_RULE = "BLANK"
LEAST = 3
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)")


@dataclass(frozen=True)
class Series:
    """Findings that are printed as one line; a single finding is a series of one."""

    findings: tuple[Finding, ...]
    line: str
    sheet: str | None
    cells: str

    @property
    def first(self) -> Finding:
        return self.findings[0]


def series(findings: Iterable[Finding], national_format: NationalFormat) -> list[Series]:
    """The findings of one severity and one table as lines, in the order of their first finding."""
    found = list(findings)
    gathered: dict[int, Series] = {}
    inside: set[int] = set()
    for group in _runs(found, national_format):
        gathered[group[0]] = _gather([found[i] for i in group], national_format)
        inside.update(group)
    return [
        gathered[i] if i in gathered else _single(finding)
        for i, finding in enumerate(found)
        if i in gathered or i not in inside
    ]


def _runs(findings: Sequence[Finding], national_format: NationalFormat) -> list[list[int]]:
    """Positions of the findings that stand together, at least `LEAST` a group."""
    blanks = [
        i
        for i, finding in enumerate(findings)
        if finding.rule == _RULE and finding.severity is Severity.ERROR and national_format.has(finding.where)
    ]
    by_row = _grouped(blanks, lambda i: (findings[i].table, findings[i].row, findings[i].observed))
    by_column = _grouped(blanks, lambda i: (findings[i].table, findings[i].column, findings[i].observed))
    chosen = min(by_row, by_column, key=len)
    return [group for group in chosen if len(group) >= LEAST]


def _grouped(positions: list[int], key: Callable[[int], tuple[object, ...]]) -> list[list[int]]:
    groups: dict[tuple[object, ...], list[int]] = {}
    for position in positions:
        groups.setdefault(key(position), []).append(position)
    return list(groups.values())


def _single(finding: Finding) -> Series:
    return Series((finding,), finding.message, finding.sheet, finding.cell or "")


def _gather(group: list[Finding], national_format: NationalFormat) -> Series:
    """One sentence for the group: which row or column, how many cells, which of them, what to do."""
    specs = [national_format.spec(finding.where) for finding in group]
    first, across = specs[0], len({spec.row for spec in specs}) == 1
    whole = [
        cell
        for cell in national_format.cells
        if cell.table == first.table and (cell.row == first.row if across else cell.column == first.column)
    ]
    line_name = f"“{first.row_label}”行" if across else f"“{first.column_label}”列"
    names = "、".join(spec.column_label if across else spec.row_label for spec in specs)
    which = f"全部 {len(specs)} 格" if len(specs) == len(whole) else f" {len(specs)} 格（{names}）"
    written = group[0].observed
    said = "没有填写" if written is None else f"填写的是“{written}”，不是数字"
    line = f"{first.table_label}{line_name}{which}{said}。没有发生的请填 0，不要留空。"
    return Series(tuple(group), line, group[0].sheet, spans(finding.cell for finding in group))


def spans(addresses: Iterable[str | None]) -> str:
    """Cell addresses with neighbours drawn together: `C9:H9、J9`."""
    found = [match for address in addresses if address and (match := _ADDRESS.fullmatch(address))]
    points = [(_number(match[1]), int(match[2]), match[0]) for match in found]
    return "、".join(_span(run) for run in _neighbours(points))


def _neighbours(points: list[tuple[int, int, str]]) -> Iterable[list[tuple[int, int, str]]]:
    across = len({row for _, row, _ in points}) == 1
    line = sorted(points, key=lambda point: (point[0], point[1]))
    steps = [point[0] - i if across else (point[0], point[1] - i) for i, point in enumerate(line)]
    for _, run in groupby(zip(steps, line, strict=True), key=lambda pair: pair[0]):
        yield [point for _, point in run]


def _span(run: list[tuple[int, int, str]]) -> str:
    return run[0][2] if len(run) == 1 else f"{run[0][2]}:{run[-1][2]}"


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
