"""Puts a claim beside the figures: whether it is right in any of its admissible readings, and what it should be.

All arithmetic is exact. A cell that is not known makes a sum a lower bound: a figure below it is wrong whatever the
blanks are, any other is left alone. A written percentage is right when it is the exact one rounded or cut off.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from gongkai.submission.narrative.amounts import TEN_THOUSAND, Amount, StatedCells, terms_of
from gongkai.submission.narrative.lexicon_file import lexicon
from gongkai.submission.narrative.text_claims import Claim

_SHOWN_DECIMALS = 2


@dataclass(frozen=True)
class JudgedClaim:
    """A claim that could be decided.

    Attributes:
        fits: whether it is right in one of its readings.
        expected: what the cells make in the first reading, in the claim's own unit; `at_least` if some are blank.
        cells: the cells of that reading.
        counted: what the figure seems to count instead, in Chinese.
        count, base: the two figures that a percentage was computed from; `counted_in`: the cells that make the count,
            none when it is the text's alone.
    """

    fits: bool
    expected: Decimal
    at_least: bool = False
    cells: tuple[str, ...] = ()
    counted: str | None = None
    count: Decimal | None = None
    base: Decimal | None = None
    counted_in: tuple[str, ...] = ()


def judge(claim: Claim, figures: StatedCells) -> JudgedClaim | None:
    """Compares; None when the figures do not decide it."""
    if claim.scope is not None and all(terms.startswith("register.") for terms in claim.means):
        return None  # 全区平均…: the register is the unit's own
    if claim.kind in ("figure", "nothing"):
        return _count(claim, figures)
    if claim.kind == "parts":
        (total,) = claim.beside
        return JudgedClaim(claim.number <= total, total)
    if claim.scope is not None:
        return None
    counted = _count(claim.of, figures) if claim.of else None
    if claim.of and counted and counted.fits:
        claim = replace(claim, of=_read_as(claim.of, counted.cells, figures))
    by_kind = {"share": _share, "change": _change, "rate": _rate, "shortening": _shortening}
    judged = by_kind[claim.kind](claim, figures)
    return replace(judged, counted_in=counted.cells) if judged and counted and counted.fits else judged


def _read_as(count: Claim, cells: tuple[str, ...], figures: StatedCells) -> Claim:
    """A count with its reading as these cells first: what is named is what last year is compared with."""
    return replace(count, means=tuple(sorted(count.means, key=lambda terms: _where(terms, figures) != cells)))


def _count(claim: Claim, figures: StatedCells) -> JudgedClaim | None:
    readings = []
    for terms in claim.means:
        if not terms_of(terms, figures.format):
            continue  # not in this year's format
        amount = figures.amount(terms, figures.this, claim.unit)
        if amount is None:
            return None
        readings.append(amount)
        if _near(amount.number, claim) or _rounded_in_table(amount, claim):
            return JudgedClaim(True, claim.number, cells=amount.cells)
        if not amount.exact and amount.number < claim.number:
            return None
    if not readings or (claim.of_all_kinds and min(amount.number for amount in readings) <= claim.number):
        return None
    first = readings[0]
    return JudgedClaim(False, first.number, not first.exact, first.cells, _counted(claim, figures))


def _counted(claim: Claim, figures: StatedCells) -> str | None:
    """The label of the first other reading in which the claim would be right; for a statement, could be right."""
    for label, terms in claim.also:
        other = figures.amount(terms, figures.this, claim.unit)
        if claim.kind == "nothing":
            if other is None or other.number == 0:
                return label
        elif other is not None and other.exact and claim.number == other.number != 0 and not claim.at_least:
            return label
    return None


def _share(claim: Claim, figures: StatedCells) -> JudgedClaim | None:
    assert claim.of is not None  # noqa: S101 - a share is always of something
    wholes = [figures.amount(terms, figures.this) for terms in claim.means]
    if not all(whole is not None and whole.exact for whole in wholes):
        return None
    bases = [whole.number for whole in wholes if whole] + list(claim.beside)
    pairs = [(count, base) for count in _counts(claim.of, figures) for base in bases]
    return _percentage(claim, pairs, _cells(claim.of, figures))


def _rate(claim: Claim, figures: StatedCells) -> JudgedClaim | None:
    pairs, cells = [], []
    for quotient in claim.quotients:
        part, whole = (figures.amount(terms, figures.this) for terms in quotient)
        if part is None or whole is None or not (part.exact and whole.exact):
            return None
        pairs.append((part.number, whole.number))
        cells.append((*part.cells, *whole.cells))
    return _percentage(claim, pairs, cells[0])


def _shortening(claim: Claim, figures: StatedCells) -> JudgedClaim | None:
    """Against the average that the text states itself, and against the register's; right by either."""
    stated = [claim.of.number] if claim.of is not None else []
    known = figures.amount("register.average", figures.this)
    averages = [*stated, *([known.number] if known is not None else [])]
    statutory = Decimal(figures.limits.reply)
    pairs = [(statutory - average, statutory) for average in averages]
    return _percentage(claim, pairs, ("register.average",))


def _change(claim: Claim, figures: StatedCells) -> JudgedClaim | None:
    of = claim.of
    assert of is not None  # noqa: S101 - a change is always of something
    if of.loose and not ((counted := _count(of, figures)) and counted.fits):
        return None  # who counts otherwise this year did so last year
    known = [figures.amount(terms, figures.last, of.unit) for terms in of.means if terms_of(terms, figures.format)]
    if not known or not all(amount is not None and amount.exact for amount in known):
        return None
    others = [figures.amount(terms, figures.last, of.unit) for _, terms in of.also]
    bases = [amount.number for amount in (*known, *others) if amount is not None and amount.exact]
    pairs = [(count - base, base) for count in _counts(of, figures) for base in bases]
    if claim.unit in lexicon().counters["percent"]:
        return _percentage(claim, [(claim.sign * more, base) for more, base in pairs], _cells(of, figures))
    if not pairs:
        return None  # 200余件 of a count that the table does not know
    if any(_near(claim.sign * more, claim) for more, _ in pairs):
        return JudgedClaim(True, claim.number)
    more, base = pairs[0]
    return JudgedClaim(False, claim.sign * more, cells=_cells(of, figures), count=base + more, base=base)


def _percentage(claim: Claim, pairs: Sequence[tuple[Decimal, Decimal]], cells: tuple[str, ...]) -> JudgedClaim | None:
    """A written percentage against every quotient that it may be; the first one is named."""
    usable = [(part, base) for part, base in pairs if base]
    if not usable:
        return None
    if any(_near(100 * part / base, claim) for part, base in usable):
        return JudgedClaim(True, claim.number, cells=cells)
    part, base = usable[0]
    exact = (100 * part / base).quantize(Decimal(1).scaleb(-max(claim.decimals, _SHOWN_DECIMALS)), ROUND_HALF_UP)
    count = part if claim.kind != "change" else claim.sign * part + base
    return JudgedClaim(False, exact, cells=cells, count=count, base=base)


def _cells(of: Claim, figures: StatedCells) -> tuple[str, ...]:
    """The cells that the count of a percentage speaks of."""
    return next(filter(None, (_where(terms, figures) for terms in of.means)), ())


def _counts(of: Claim, figures: StatedCells) -> Iterator[Decimal]:
    """The count as written, and as the table has it."""
    if not of.at_least:
        yield of.number
    for terms in of.means:
        amount = figures.amount(terms, figures.this, of.unit) if terms_of(terms, figures.format) else None
        if amount is not None and amount.exact:
            yield amount.number


def _near(number: Decimal, claim: Claim) -> bool:
    """Whether the claim writes this number, rounded or cut off at the decimals it shows, or no more than it.

    A statement that nothing is left is right where more was dealt with than came in.
    """
    if claim.kind == "nothing":
        return number <= 0
    if claim.at_least:
        return number >= claim.number
    step = Decimal(1).scaleb(-claim.decimals)
    return claim.number in (number.quantize(step, ROUND_HALF_UP), number.quantize(step, ROUND_DOWN))


def _rounded_in_table(amount: Amount, claim: Claim) -> bool:
    """Whether the claim is in 元 what a cell in 万元 was rounded from, at two decimals or as many as the cell has."""
    if claim.unit != "元" or not amount.cells[0].endswith("_wan_yuan"):
        return False
    kept = (amount.number / TEN_THOUSAND).normalize()
    step = Decimal(1).scaleb(min(-_SHOWN_DECIMALS, int(kept.as_tuple().exponent)))
    return (claim.number / TEN_THOUSAND).quantize(step, ROUND_HALF_UP) == kept


def _where(terms: str, figures: StatedCells) -> tuple[str, ...]:
    """The cells of a sum."""
    return tuple(where for _, where in terms_of(terms, figures.format))
