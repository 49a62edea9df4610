"""What a frame leaves unjudged because it needs a day of a year whose working days nobody has supplied.

The frame goes on without it; the receipt says in `rules_not_applied` which rule, which year and which records.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from expectations.frames.shapes import NotEvaluated
from gongkai.errors import CalendarError
from gongkai.law.due_day import UnknownDay

_NAMED = 10  # records that a reason names; of more it gives the number


class UnknownDays:
    """Collects, by entry, rule and year, the records that could not be judged."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str, int], list[str]] = {}

    @contextmanager
    def noted(self, key: int, rule: str, record: str) -> Iterator[None]:
        """Around the judging of one record by one rule: a missing calendar is noted and ends it.

        Args:
            key: the entry's.
            rule: the rule's id.
            record: how the record is named in the reason (a case number, a document's).
        """
        try:
            yield
        except CalendarError as error:
            self.add(key, rule, record, error.year)

    def add(self, key: int, rule: str, record: str, year: int) -> None:
        """Notes a record whose last day lies in an unknown year."""
        self._found.setdefault((key, rule, year), []).append(record)

    def not_evaluated(self) -> list[NotEvaluated]:
        """One entry a rule and year, in the order found."""
        return [NotEvaluated(key, rule, _reason(year, said)) for (key, rule, year), said in self._found.items()]


def _reason(year: int, records: list[str]) -> str:
    more = f" 等 {len(records)} 项" if len(records) > _NAMED else ""
    named = "、".join(records[:_NAMED])
    return f"{UnknownDay(year)}后核对：{named}{more}需要 {year} 年的工作日安排。"
