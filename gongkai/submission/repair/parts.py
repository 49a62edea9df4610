"""What repair advice is made of: parts of a report bound by identities, and the changes that would make them hold.

Counts and places only. How the fewest changes are found is in `programme`, which parts a report has in
`repair`; how people are told is not known here.
"""

from dataclasses import dataclass

MAX_ALTERNATIVES = 3
MAX_CHANGES = 12  # more wrong cells than this are no slip, and a list of them is no advice
MAX_REACH = 400_000  # up to which the solver's tolerance (a millionth of a switch) cannot pass for a change


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell of a repair: what stands there (None: blank) and what may stand there, `low` to `high`.

    Attributes:
        high: None where there is no upper limit.
    """

    where: str
    now: int | None
    low: int
    high: int | None

    @property
    def value(self) -> int | None:
        """The implied value, None where more than one would do."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Repair:
    """One way to make all identities of one part of a report hold with the fewest changes.

    Attributes:
        table: the table of the part.
        broken: the places of the identities that do not hold now, in the order of the format; the same for all
            alternatives of a part.
        alternative: 1 for the first.
        changes: the cells to change, in the order of the form; empty where filling blanks is enough.
        filled: blank cells whose value follows from the others then.
        more: whether there are further alternatives that are not given.
    """

    table: str
    broken: tuple[str, ...]
    alternative: int
    changes: tuple[Correction, ...]
    filled: tuple[Correction, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """One identity over cells by number: `low <= sum of coefficient times cell <= high`, None for no limit."""

    where: str
    terms: tuple[tuple[int, int], ...]  # (cell, coefficient)
    low: int | None
    high: int | None

    def broken_by(self, values: tuple[int | None, ...]) -> bool:
        """Whether known values break it; with a blank among them it is open, not broken."""
        return all(values[cell] is not None for cell, _ in self.terms) and self.gap(values) > 0

    def gap(self, values: tuple[int | None, ...]) -> int:
        """By how much values, a blank counted as 0, miss it."""
        total = sum(sign * (values[cell] or 0) for cell, sign in self.terms)
        below = 0 if self.low is None else self.low - total
        above = 0 if self.high is None else total - self.high
        return max(below, above, 0)


@dataclass(frozen=True, slots=True)
class BoundCells:
    """Cells that identities bind to each other, and to no other cell.

    Attributes:
        cells: their places, in the order of the form.
        values: what stands there, by cell; None for a blank.
        totals: numbers of the cells that an identity computes: slips are made there first.
        suspects: numbers of the cells that something else speaks against.
    """

    cells: tuple[str, ...]
    values: tuple[int | None, ...]
    relations: tuple[Relation, ...]
    totals: frozenset[int]
    suspects: frozenset[int] = frozenset()

    @property
    def broken(self) -> tuple[str, ...]:
        """Places of the relations that do not hold, each once; a negative count breaks its own cell."""
        negative = [self.cells[n] for n, value in enumerate(self.values) if value is not None and value < 0]
        found = [relation.where for relation in self.relations if relation.broken_by(self.values)]
        return tuple(dict.fromkeys(negative + found))

    @property
    def starts(self) -> tuple[int, ...]:
        """Where a search starts: what stands there, 0 for a blank and for what cannot be."""
        return tuple(max(value or 0, 0) for value in self.values)

    @property
    def reach(self) -> int:
        """How far a cell of a smallest repair lies from its start at most: all gaps together.

        Tables of counts with row sums, column sums and balances are networks (totally unimodular), so a repair is a
        sum of steps of one that all go the same way at a cell, each closing a gap by one; the others can be left out.
        """
        return sum(relation.gap(self.starts) for relation in self.relations)
