"""A text cut into paragraphs, sentences and clauses, each said in one way (`rewriting`).

A remark in brackets is set apart: it becomes clauses of its own when it has figures, else it is left out. Nothing
is understood here; a clause knows where in its sentence it stands.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongkai.submission.narrative.quantities import Quantity, quantities
from gongkai.submission.narrative.rewriting import STRANGE, Names

GAP = "\x01"  # what a remark in brackets leaves in its sentence: nothing to read, but the places stay
_END = re.compile(r"[。！？!?]+|(?<=[一-龥）)])[.．](?=\s|[一-龥]|$)")
_BRACKETS = re.compile(r"[（(〔\[]([^（）()〔〕\[\]]{0,300})[）)〕\]]")
_SEPARATOR = re.compile(r"[，；;：:、]|(?<!\d),|,(?!\d{3})", re.ASCII)
_CHANGES_THE_COUNT = re.compile("含|包括|包含|不含|不包括|未含|未包含|除")
_CHANGES_NOTHING = re.compile("结转|撤回|自然人|企业|法人")


class Clause(NamedTuple):
    """A clause and the quantities in it.

    Attributes:
        text: what it is cut from; the places of the quantities and of its ends are places in there.
        before: the separator before it; empty at the start of a sentence or of a remark.
        remarks: the clauses of each remark in brackets that stands in it.
    """

    text: str
    start: int
    end: int
    before: str
    quantities: tuple[Quantity, ...]
    remarks: tuple[tuple["Clause", ...], ...] = ()

    def part(self, start: int, end: int) -> str:
        """A stretch of the text without what brackets left."""
        return self.text[start:end].replace(GAP, "")

    @property
    def whole(self) -> str:
        return self.part(self.start, self.end)


class Sentence(NamedTuple):
    """One sentence: as it was written (for quoting), with names and years said in one way, and its clauses."""

    said: str
    plain: str
    clauses: tuple[Clause, ...]


def paragraphs(text: str, names: Names) -> Iterator[Sequence[Sentence]]:
    """The sentences of each paragraph."""
    for paragraph in text.split("\n"):
        found = [_sentence(said.strip(), names) for said in _END.split(paragraph) if said.strip()]
        if found:
            yield found


def _sentence(said: str, names: Names) -> Sentence:
    plain = names.plain(said)
    flat = _BRACKETS.sub(_set_apart, plain)
    remarks = [
        (found.start(), tuple(_clauses(plain, found.start(1), found.end(1))))
        for found in _BRACKETS.finditer(plain)
        if _counts(found[1])
    ]
    clauses = []
    for clause in _clauses(flat, 0, len(flat)):
        inside = tuple(within for at, within in remarks if clause.start <= at < clause.end)
        clauses.append(clause._replace(remarks=inside))
    return Sentence(said, plain, tuple(clauses))


def _set_apart(remark: re.Match[str]) -> str:
    changes = _CHANGES_THE_COUNT.match(remark[1]) and not _CHANGES_NOTHING.search(remark[1])
    return (STRANGE if changes else GAP) * len(remark[0])


def _counts(text: str) -> bool:
    return next(quantities(text), None) is not None


def _clauses(text: str, start: int, end: int) -> Iterator[Clause]:
    """The clauses of a stretch; 、 ends one only after a figure, so that `复议、诉讼3件` stays together."""
    found = [q._replace(start=q.start + start, end=q.end + start) for q in quantities(text[start:end])]
    begun, before, taken = start, "", 0
    for mark in (*_SEPARATOR.finditer(text, start, end), None):
        until = mark.start() if mark else end
        inside = taken
        while inside < len(found) and found[inside].start < until:
            inside += 1
        if mark and mark[0] == "、" and inside == taken:
            continue
        if until > begun:
            yield Clause(text, begun, until, before, tuple(found[taken:inside]))
        if mark:
            begun, before, taken = mark.end(), mark[0], inside
