"""Identities (勾稽关系) as linear terms, read from the `expr` strings of the format files.

One identity holds for one column or row: `left op right`, each side a sum of signed cells, some of them
last year's. Expressions that are no linear relation of table cells (roll-ups, case ledgers, ratios, "all
cells") are rules of another frame and yield nothing here.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_OPERATORS: dict[type[ast.cmpop], str] = {ast.Eq: "==", ast.GtE: ">=", ast.LtE: "<="}


@dataclass(frozen=True, slots=True)
class Term:
    """One cell of an identity: sign (+1 or -1), `<table>.<row>.<column>`, and whether it is last year's."""

    sign: int
    where: str
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """One instance of an identity.

    Attributes:
        rule: the rule's id (`REQ-BALANCE`), shared by all instances.
        where: the cell a finding points at: the side that is a single cell, else the first cell on the right.
        operator: `==`, `>=` or `<=` between the two sums.
    """

    rule: str
    where: str
    left: tuple[Term, ...]
    operator: str
    right: tuple[Term, ...]

    @property
    def cross_year(self) -> bool:
        """Whether last year's report is needed to decide it."""
        return any(term.previous for term in self.left + self.right)

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of this year's report that it names, left to right."""
        return tuple(term.where for term in self.left + self.right if not term.previous)

    @property
    def parts(self) -> tuple[str, ...]:
        """The cells of which `where` is the plain total; none where the identity says anything else."""
        sides = (self.left, self.right)
        alone = any(len(side) == 1 and side[0].where == self.where for side in sides)
        plain = all(term.sign > 0 and not term.previous for side in sides for term in side)
        if not (alone and plain and self.operator == "=="):
            return ()
        return tuple(cell for cell in self.cells if cell != self.where)


def expand(identity: Mapping[str, Any], tables: set[str], rows: list[str], columns: list[str]) -> Iterator[Identity]:
    """Yields every instance of one entry of a format file's `identities`.

    Args:
        identity: the entry (`id`, `scope`, `expr`).
        tables: keys of the format's tables; an expression over anything else yields nothing.
        rows: the row keys of the requests table, for `{row}`.
        columns: its column keys, for `{col}`.
    """
    template: str = identity["expr"]
    fillings: list[dict[str, str]] = [{}]
    if "{col}" in template:
        fillings = [{"col": column} for column in columns]
    elif "{row}" in template:
        fillings = [{"row": row} for row in rows]
    for filling in fillings:
        try:
            parsed = ast.parse(template.format(**filling), mode="eval").body
            found = _relation(identity["id"], parsed, tables)
        except (SyntaxError, KeyError, IndexError):
            return  # prose, not a relation of cells
        if found is not None:
            yield found


def _relation(rule: str, node: ast.expr, tables: set[str]) -> Identity | None:
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in _OPERATORS:
        return None
    left, right = _terms(node.left, 1, tables), _terms(node.comparators[0], 1, tables)
    if not left or not right:
        return None
    anchor = next((side[0] for side in (right, left) if len(side) == 1 and not side[0].previous), None)
    return Identity(rule, (anchor or right[0]).where, left, _OPERATORS[type(node.ops[0])], right)


def _terms(node: ast.expr, sign: int, tables: set[str]) -> tuple[Term, ...] | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        left = _terms(node.left, sign, tables)
        right = _terms(node.right, sign if isinstance(node.op, ast.Add) else -sign, tables)
        return left + right if left and right else None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
        parts = [_terms(argument, sign, tables) for argument in node.args]
        return tuple(term for part in parts if part for term in part) if all(parts) else None
    if isinstance(node, ast.Attribute):
        path = ast.unparse(node)
        previous = path.startswith("prev.")
        path = path.removeprefix("prev.")
        if path.split(".")[0] in tables and path.count(".") == 2:
            return (Term(sign, path, previous),)
    return None
