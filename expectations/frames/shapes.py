"""What the frames share: the entry a row belongs to, the facts of a failed row, and the comparison row.

No rule and no wording is here; places and labels are in `gongkai.submission.places`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from expectations.frames.columns.compared import Columns
from expectations.frames.columns.one_list import OneList
from expectations.frames.last_report import name_report
from gongkai.findings import Scalar
from gongkai.national_format import NationalFormat, for_year
from gongkai.national_format.figures import REQUESTS
from gongkai.profile import Unit
from gongkai.submission.fields import lists
from gongkai.submission.form import Cell, Origin, Record, State, Submission
from gongkai.warehouse.years.last_year import Previous

Number = int | Decimal


@dataclass(frozen=True)
class SubmissionUnderCheck:
    """One submission that is checked, and what it is checked against.

    Attributes:
        key: the position of its reading; rows carry it, so that one unit may have several revisions in a batch.
        previous: last year's submission of the unit, None without one.
        received_at: when its file came in, in the district's zone; nothing in it can have happened later.
        heirs: where several units share the last year, the report of each, as far as there is one: those that count,
            then, where a unit has sent something since, those that came in last.
        unread: places where something stands that the reader could not read; the reader's own finding speaks of it.
        carries_tables: whether its national tables are checked at all.
    """

    key: int
    submission: Submission
    unit: Unit
    received_at: datetime
    previous: Previous | None = None
    unread: frozenset[str] = frozenset()
    heirs: Sequence[Mapping[str, Submission]] = ()
    _columns: dict[str, OneList] = field(init=False, default_factory=dict, repr=False, compare=False)

    @property
    def received_on(self) -> date:
        """The day its file came in."""
        return self.received_at.date()

    @property
    def format(self) -> NationalFormat:
        return for_year(self.submission.year)

    @property
    def carries_tables(self) -> bool:
        return self.unit.carries_tables

    @property
    def counts_requests(self) -> bool:
        """Whether table three and register are its own: else another authority counts them."""
        return self.unit.requests_counted_by is None

    def checks(self, where: str) -> bool:
        """Whether a cell of the national tables is the unit's to fill."""
        return self.carries_tables and (self.counts_requests or not where.startswith(f"{REQUESTS}."))

    def cell(self, where: str) -> Cell | None:
        """The cell at `<table>.<row>.<column>`; None when the file does not have it."""
        return self.submission.by_where.get(where)

    def unsure(self, record: Record, *keys: str) -> bool:
        """Whether one of the fields (without keys: of any field) of a record is filled in and could not be read.

        Such a field has no value, and a rule that takes it for an empty one accuses of what is not so.
        """
        return bool(self.unread) and any(
            record.where(key) in self.unread for key in keys or lists()[record.list].fields
        )

    def unread_in(self, name: str) -> bool:
        """Whether there is anything in a list that could not be read."""
        return any(where.startswith(f"{name}[") for where in self.unread)

    def any_unsure(self, name: str, *keys: str) -> bool:
        """Whether `unsure` holds of any record of a list."""
        return self.unread_in(name) and any(self.unsure(record, *keys) for record in self.submission.records(name))

    def list_columns(self, name: str) -> OneList | None:
        """A list of it as columns, made once; None when it has no rows."""
        if name not in self._columns and (rows := self.submission.listed.get(name)) is not None:
            self._columns[name] = OneList(rows)
        return self._columns.get(name)

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        """This year's national cells that hold a number, exact (int or Decimal)."""
        return numbers_of(self.submission)

    @cached_property
    def last_numbers(self) -> Mapping[str, Number]:
        """Last year's; empty without a last year, and where the unit shares it with others."""
        last = self.previous.alone if self.previous else None
        return numbers_of(last) if last else {}

    @property
    def without_last_numbers(self) -> str | None:
        """Why nothing of the unit alone can be held against last year; None where something can."""
        if self.previous is None:
            return NO_LAST_YEAR
        return SHARED_LAST_YEAR if self.previous.shared else None

    @property
    def last_report(self) -> str | None:
        """How a message names last year's report; of several, every one of them."""
        return name_report(self.previous, self.unit) if self.previous else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a message and a finding need to know about one failure.

    Attributes:
        where: the place the finding points at.
        cells: every place it names, `where` included when it is one cell.
        values: further placeholders of the message.
        provisional: what it was held against is not accepted itself: no error can be proved by it.
    """

    where: str = "-"
    observed: Scalar = None
    expected: Scalar = None
    difference: Scalar = None
    cells: tuple[str, ...] = ()
    origin: Origin = Origin()
    values: Mapping[str, Any] = field(default_factory=dict)
    provisional: bool = False


NO_LAST_YEAR = "没有上年度报告。"
SHARED_LAST_YEAR = "上年度报告由多个单位共同承接，只合并核对。"


class NotEvaluated(NamedTuple):
    """Rows of a rule that could not be decided for an entry, and why in Chinese."""

    key: int
    rule: str
    reason: str


Pair = tuple[str, Number | None, Number | None]
"""What one rule compares: its id, left, right."""


class Comparison(NamedTuple):
    """One row of the shapes `identities`, `register` and `rollup`: two exact numbers and the rule between them.

    Attributes:
        rule: the only rule that looks at the row.
        decided: False when a term is missing; such a row is neither passed nor failed.
        subject: what the frame needs to describe the facts.
    """

    key: int
    rule: str
    where: str
    left: Number | None
    right: Number | None
    decided: bool
    subject: Any = None

    def pairs(self) -> Sequence[Pair]:
        """What the rules compare in this row."""
        return ((self.rule, self.left, self.right),) if self.decided else ()


class ComparedValues(NamedTuple):
    """What one rule compares in a row, and how to describe the facts (asked only when the comparison fails)."""

    left: Number
    right: Number
    describe: Callable[[], Facts]


class Checked(NamedTuple):
    """One row of the shapes `cases`, `lists` and `figures`: a record or a cell with what several rules compare.

    Attributes:
        measured: rule id → its two numbers; a rule that has nothing to say about the record is not there.
    """

    key: int
    measured: Mapping[str, ComparedValues]

    def pairs(self) -> Sequence[Pair]:
        """What the rules compare in this row."""
        return [(rule, found.left, found.right) for rule, found in self.measured.items()]


def describe_measured(row: Checked, rule: str) -> Facts:
    """The facts of a failed row of the shapes `cases`, `lists` and `figures`."""
    return row.measured[rule].describe()


@dataclass(frozen=True)
class Frame:
    """All rows of one shape.

    Attributes:
        rows: each gives, by `pairs()`, what the rules compare in it.
        planned: how many rows there must be, counted from the format and the files, not from `rows`.
        not_evaluated: what could not be checked, for `rules_not_applied`.
        describe: the facts of one failed row for a rule.
        columns: rows that are not among `rows`, because they were compared together.
    """

    name: str
    rows: Sequence[Any]
    planned: int
    describe: Callable[[Any, str], Facts]
    not_evaluated: Sequence[NotEvaluated] = ()
    columns: Sequence[Columns] = ()

    @property
    def count(self) -> int:
        """How many rows there are, by themselves and in columns."""
        return len(self.rows) + sum(part.rows for part in self.columns)


def apart(left: Number | None, right: Number | None) -> Number:
    """How far apart two numbers are, as messages say it: without a sign; a count when both are counts."""
    distance = abs(Decimal(left or 0) - Decimal(right or 0))
    return distance if isinstance(left, Decimal) or isinstance(right, Decimal) else int(distance)


def numbers_of(submission: Submission) -> Mapping[str, Number]:
    """The national cells of a submission that hold a number, exact (int or Decimal)."""
    tables = for_year(submission.year).tables
    return {
        where: cell.value
        for where, cell in submission.by_where.items()
        if cell.table in tables and cell.state is State.VALUE
    }
