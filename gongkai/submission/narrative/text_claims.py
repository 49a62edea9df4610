"""What a text says about some cells, as `reading` finds it and `judging` puts it beside the figures."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["figure", "nothing", "share", "change", "rate", "shortening", "parts"]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a text says about some cells.

    Attributes:
        kind: a figure; a statement that there is nothing (均获维持: nothing else); a share, a change or a rate; by how
            much the statutory time was shortened; what the parts of a total add up to (`beside` is the total).
        sentence: the sentence as it was written.
        words: the figure as it was written, or the clause of a statement.
        number: the figure (0 for a statement), `unit` its counter, `decimals` as many as are written.
        at_least: the words say only that it is no less (200余件).
        means: admissible sums of cells, of a share what it may be of; `also`: label → a sum that the words do not say.
        of_all_kinds: disputes of which the text does not say that they are about disclosure: no fewer than those.
        scope: the word by which it speaks of another scope than the unit's tables.
        of: the claim that a share or a change is about.
        beside: figures of the paragraph that a share may be a share of.
        sign: whether a change goes up (1) or down (-1).
        quotients: what a rate may be.
        guessed: words that are not known were passed over: it says nothing where another figure has the cell right.
    """

    kind: Kind
    sentence: str
    words: str
    number: Decimal
    unit: str = ""
    decimals: int = 0
    at_least: bool = False
    of_all_kinds: bool = False
    means: tuple[str, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    scope: str | None = None
    loose: bool = False
    of: "Claim | None" = None
    beside: tuple[Decimal, ...] = ()
    sign: int = 1
    quotients: tuple[tuple[str, str], ...] = ()
    guessed: bool = False


class SaidFigure(NamedTuple):
    """A figure or a statement of a text, and the claim that it makes.

    Attributes:
        sentence, words: as they were written.
        claim: None where it is not understood.
        counted: whether it is a figure of the text: a statement and a sum of parts are not.
    """

    sentence: str
    words: str
    claim: Claim | None
    counted: bool = True
