"""Finds out whether the log is what was written: which entries were altered, taken out or put in.

Read once from the first entry to the last, never as a whole in memory. Whoever can write to the database can also
write a chain anew from some entry on; that is what the head on every issue note is for (`known`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from gongkai.warehouse.audit.log import GENESIS, Head, head_of, rows_in_order, sealed
from gongkai.warehouse.engine import reading


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One fault of the chain; `what` is `altered`, `missing` or `inserted`."""

    sequence: int
    what: str
    message: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at the whole chain found.

    Attributes:
        entries: how many there are.
        head: the end as it is recorded.
        broken: every fault, in the order of the chain; empty for a log that is whole.
    """

    entries: int
    head: Head
    broken: tuple[ChainFault, ...]


def verify(engine: Engine, known: str | None = None) -> Verified:
    """Reads the whole log.

    Args:
        engine: the warehouse.
        known: the head that an issue note prints, whole or its beginning: it must stand in the chain.

    Raises:
        WarehouseError: the database refuses.
    """
    with reading(engine) as connection:
        look = _Look(known)
        broken = [*look.over(rows_in_order(connection))]
        head = head_of(connection)
        broken += look.end(head)
    return Verified(look.entries, head, tuple(broken))


class _Look:
    """The look along the chain: what stands before, and what has been found."""

    def __init__(self, known: str | None) -> None:
        self.entries = 0
        self._known = known
        self._last, self._hash, self._hash_before = 0, GENESIS, GENESIS
        self._altered = False

    def over(self, rows: Iterator[Any]) -> Iterator[ChainFault]:
        for row in rows:
            sequence, previous, stored = row[0], row[-2], row[-1]
            altered = sealed(row[1:-1]) != stored
            self.entries += 1
            if sequence < 1:
                yield ChainFault(sequence, "inserted", f"第 {sequence} 条是插入的：日志从第 1 条开始。")
                continue
            if altered:
                yield _altered(sequence)
            yield from self._linked(sequence, previous, altered)
            self._last, self._hash_before, self._hash, self._altered = sequence, self._hash, stored, altered
            if self._known and stored.startswith(self._known):
                self._known = None

    def _linked(self, sequence: int, previous: str, altered: bool) -> Iterator[ChainFault]:
        """Whether the entry follows the one before it; a fault that is told already is not told twice."""
        last = self._last
        if sequence > last + 1:
            yield _missing(last + 1, sequence - 1)
        elif previous == self._hash or altered:
            return
        elif last and previous == self._hash_before:
            yield ChainFault(last, "inserted", f"第 {last} 条是插入的：第 {sequence} 条接着的是它前面的一条。")
        elif not self._altered:
            said = f"第 {sequence} 条与第 {last} 条接不上：第 {last} 条被改写，或者两条之间有记录被删去。"
            yield ChainFault(last, "altered", said if last else "第 1 条前面有记录被删去，或者第 1 条被改写。")

    def end(self, head: Head) -> Iterator[ChainFault]:
        """Whether the chain ends where its head says, and whether the printed head stood in it."""
        if head.sequence > self._last:
            yield _missing(self._last + 1, head.sequence)
        for sequence in range(head.sequence + 1, self._last + 1):
            yield ChainFault(
                sequence, "inserted", f"第 {sequence} 条是添加的：日志登记的最后一条是第 {head.sequence} 条。"
            )
        if head.sequence == self._last and head.hash != self._hash and not self._altered:
            yield _altered(self._last)
        if self._known:
            yield ChainFault(
                0, "missing", f"日志中没有校验码为 {self._known} 的记录：它被改写或删去，或者是另一个数据仓库的。"
            )


def _altered(sequence: int) -> ChainFault:
    return ChainFault(sequence, "altered", f"第 {sequence} 条被改动：内容与它的校验码不符。")


def _missing(first: int, last: int) -> ChainFault:
    which = f"第 {first} 条" if first == last else f"第 {first}—{last} 条"
    return ChainFault(first, "missing", f"缺少{which}。")
