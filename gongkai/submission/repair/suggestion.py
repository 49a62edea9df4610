"""Minimal repair advice: the fewest cells whose change makes all identities of a report hold (error localisation).

After Fellegi and Holt: a wrong report is taken to hold as few wrong cells as can be, and a blank cell may become
anything. Which cells those are is a mixed-integer programme, set up in `programme`. It is advice, no rule:
what really happened only the unit knows. Tables in, repairs out; nothing is read, written or worded here.
"""

from collections.abc import Collection, Iterator, Mapping

from gongkai.national_format import Identity, NationalFormat
from gongkai.submission.repair.parts import MAX_REACH, BoundCells, Relation, Repair


def suggest_repairs(
    national_format: NationalFormat,
    values: Mapping[str, int | None],
    previous: Mapping[str, int] | None = None,
    suspects: Collection[str] = (),
) -> tuple[Repair, ...]:
    """The smallest repairs of every part of a report that needs one, at most three alternatives each.

    Only identities whose breach is an error count: a query may be true and is explained.

    Args:
        national_format: whose identities bind the cells.
        values: `<table>.<row>.<column>` → count; None, or absent, is a blank cell and may become anything.
        previous: the same of last year, for the carry-over; an identity over a cell it does not have is left out.
        suspects: cells that something else speaks against (a register that counts otherwise): named first.

    Returns:
        In the order of the format; nothing for a part that holds, or whose smallest repair cannot be told.
    """
    parts = list(parts_of(national_format, values, previous or {}, suspects))
    parts = [part for part in parts if part.broken or None in part.values]
    parts = [part for part in parts if part.reach <= MAX_REACH]
    if not parts:
        return ()
    from gongkai.submission.repair.programme import repairs_of  # here, because it loads SciPy

    return tuple(repair for part in parts for repair in repairs_of(part))


def parts_of(
    national_format: NationalFormat,
    values: Mapping[str, int | None],
    previous: Mapping[str, int],
    suspects: Collection[str] = (),
) -> Iterator[BoundCells]:
    """The report's cells in groups that no error identity crosses, in the order of the form."""
    errors = {entry.id for entry in national_format.rules.values() if entry.severity == "error"}
    bound = [
        identity
        for identity in national_format.identities
        if identity.rule in errors and all(t.where in previous for t in identity.left + identity.right if t.previous)
    ]
    order = {spec.where: n for n, spec in enumerate(national_format.cells)}
    for members in _connected(bound):
        cells = tuple(sorted({where for identity in members for where in identity.cells}, key=order.__getitem__))
        at = {where: n for n, where in enumerate(cells)}
        yield BoundCells(
            cells,
            tuple(values.get(where) for where in cells),
            tuple(_relation(identity, at, previous) for identity in members),
            frozenset(at[i.where] for i in members if i.operator == "==" and len(i.cells) > 1 and _computed(i)),
            frozenset(at[where] for where in suspects if where in at),
        )


def _computed(identity: Identity) -> bool:
    return (len(identity.left) == 1) != (len(identity.right) == 1)


def _connected(identities: list[Identity]) -> list[list[Identity]]:
    """Identities that share cells, directly or through others, in the order of their first."""
    groups: list[tuple[set[str], list[Identity]]] = []
    for identity in identities:
        cells, members = set(identity.cells), [identity]
        apart = []
        for group in groups:
            if group[0] & cells:
                cells |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (cells, members)]
    place = {id(identity): n for n, identity in enumerate(identities)}
    ordered = [sorted(members, key=lambda identity: place[id(identity)]) for _, members in groups]
    return sorted(ordered, key=lambda members: place[id(members[0])])


def _relation(identity: Identity, at: Mapping[str, int], previous: Mapping[str, int]) -> Relation:
    coefficients: dict[int, int] = {}
    constant = 0
    for side, terms in ((1, identity.left), (-1, identity.right)):
        for term in terms:
            if term.previous:
                constant += side * term.sign * previous[term.where]
            else:
                coefficients[at[term.where]] = coefficients.get(at[term.where], 0) + side * term.sign
    low = None if identity.operator == "<=" else -constant
    high = None if identity.operator == ">=" else -constant
    return Relation(identity.where, tuple(sorted(coefficients.items())), low, high)
