"""The explanations a unit hands in with its report: for every reply and every publication that was too late.

They are what a clerk copies from a receipt: the rule, the place, a reason of the rule's own and a sentence.
"""

from datetime import date
from typing import Any

from gongkai.demonstration.document_list import DEADLINE
from gongkai.demonstration.registers import Row
from gongkai.law.clocks import read_clock
from gongkai.profile import WorkingDays

_REASON = "late_rectified"


def explanations(register: list[Row], documents: list[Row], year: int, days: WorkingDays) -> list[Row]:
    """One explanation a late case, then one a late document of the year, in the order of the lists."""
    rows = []
    for case in register:
        clock = read_clock(_Dated(case), days)
        if clock is not None and clock.overdue_by:
            text = f"最迟应于{clock.due_on}答复，超期{clock.overdue_by}个工作日；已向申请人说明，并改为到期前三日提醒。"
            rows.append(_row("CASE-OVERDUE", f"register[{case['case_no']}].replied_on", text))
    for paper in documents:
        made, published = date.fromisoformat(paper["made_on"]), date.fromisoformat(paper["published_on"])
        late = days.between(made, published) - DEADLINE
        if late > 0 and year in (made.year, published.year):
            text = f"超期{late}个工作日公开；已把公开属性的认定提前到拟文环节。"
            rows.append(_row("DOC-LATE", f"documents[{paper['number']}].published_on", text))
    return rows


def _row(finding: str, where: str, text: str) -> Row:
    return {"finding": finding, "where": where, "reason": _REASON, "text": text}


class _Dated:
    """A row of the register as the clock reads it: dates as dates, None for what is missing."""

    def __init__(self, row: Row) -> None:
        self._row = row

    def __getitem__(self, key: str) -> Any:
        value = self._row.get(key)
        return date.fromisoformat(value) if value is not None and key.endswith("_on") else value
