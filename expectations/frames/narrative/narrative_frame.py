"""The `narrative` frame: one row a figure or statement in the texts that speaks of certain cells.

The words are read and compared in `gongkai.submission.narrative`; here a comparison becomes the row of one rule: a
contradiction of the unit's own figure, another scope or way of counting, or a percentage that does not come out.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache, partial

from expectations.frames.narrative import required_sections
from expectations.frames.narrative.narrative_figures import figures, last_figures
from expectations.frames.narrative.narrative_figures import named as counted_in
from expectations.frames.shapes import (
    Checked,
    ComparedValues,
    Facts,
    Frame,
    Number,
    SubmissionUnderCheck,
    apart,
    describe_measured,
)
from expectations.ruleset import RuleSet
from gongkai.law.limits import Limits
from gongkai.national_format import NationalFormat
from gongkai.profile import WorkingDays
from gongkai.submission.fields import groups
from gongkai.submission.narrative import (
    Claim,
    JudgedClaim,
    Names,
    SaidFigure,
    StatedCells,
    judge,
    own_names,
    read_figures,
)
from gongkai.submission.places import cell_label, label, place

_QUOTED = 120
_NAMED = 3  # cells of a sum that are named one by one


def build(entries: Sequence[SubmissionUnderCheck], days: WorkingDays, rules: RuleSet) -> Frame:
    """The rows of all entries, text by text; what is late is decided by the limits of `rules`.

    What a text says of the time limits is not compared where a case needs a year whose working days are unknown.
    """
    texts = {entry.key: said_in(entry) for entry in entries}
    rows = [row for entry in entries for row in _rows(entry, texts[entry.key], days, rules.clock)]
    rows += [required_sections.row(entry, _of(texts[entry.key], required_sections.OTHER)) for entry in entries]
    claims = sum(one.claim is not None for said in texts.values() for _, one in said)
    return Frame("narrative", rows, claims + len(entries), describe_measured)


def said_in(entry: SubmissionUnderCheck) -> list[tuple[str, SaidFigure]]:
    """The figures and statements of every text of a submission, by field.

    The office writes for the whole district: what it says of all units (全区) is no figure of its own tables.
    """
    own = own_names(entry.unit)
    for_all = entry.unit.kind == "office"
    texts = {field: entry.submission.value(f"narrative.{field}") for field in groups()["narrative"].fields}
    return [
        (field, one._replace(claim=None) if for_all and one.claim is not None and one.claim.scope else one)
        for field, text in texts.items()
        if isinstance(text, str)
        for one in _read(text, entry.submission.year, own)
    ]


def stated_cells(
    entry: SubmissionUnderCheck, said: Sequence[tuple[str, SaidFigure]], days: WorkingDays, limits: Limits
) -> StatedCells:
    """What the texts of a submission are compared with."""
    claims = [one.claim for _, one in said if one.claim is not None]
    return StatedCells(entry.format, figures(entry, claims, days, limits), last_figures(entry), limits)


@lru_cache(512)
def _read(text: str, year: int, own: tuple[str, ...]) -> tuple[SaidFigure, ...]:
    """A text is read once for the rules and for the count of what was compared."""
    return tuple(read_figures(text, Names(year, own)))


def _of(said: Sequence[tuple[str, SaidFigure]], field: str) -> list[Claim]:
    return [one.claim for where, one in said if where == field and one.claim is not None]


def _rows(
    entry: SubmissionUnderCheck, said: Sequence[tuple[str, SaidFigure]], days: WorkingDays, limits: Limits
) -> Iterator[Checked]:
    stated = stated_cells(entry, said, days, limits)
    claims = [(field, one.claim, judge(one.claim, stated)) for field, one in said if one.claim is not None]
    right_somewhere = {cell for _, _, judged in claims if judged and judged.fits for cell in judged.cells}
    for field, claim, judged in claims:
        if judged is None or (claim.guessed and not judged.fits and not right_somewhere.isdisjoint(judged.cells)):
            yield Checked(entry.key, {})
            continue
        right = claim.number if judged.fits and claim.kind != "parts" else judged.expected
        described = partial(_facts, entry, field, claim, judged)
        yield Checked(entry.key, {_rule(claim, judged): ComparedValues(claim.number, right, described)})


def _rule(claim: Claim, judged: JudgedClaim) -> str:
    if claim.kind == "parts":
        return "TEXT-SUM"
    if claim.kind in ("share", "change", "rate", "shortening"):
        return "TEXT-RATE"
    return "TEXT-SCOPE" if claim.scope or claim.loose or judged.counted else "TEXT-TABLE"


def _facts(entry: SubmissionUnderCheck, field: str, claim: Claim, judged: JudgedClaim) -> Facts:
    where = f"narrative.{field}"
    expected, observed = _plain(judged.expected), _plain(claim.number)
    money = claim.unit if claim.unit in ("元", "万元") else ""  # the cell may be in another unit than the words
    quote = claim.sentence if len(claim.sentence) <= _QUOTED else f"{claim.sentence[:_QUOTED]}……"
    values: dict[str, object] = {
        "statement" if claim.kind == "nothing" else "words": claim.words,
        "quote": label(quote),
        "right": f"{'至少 ' if judged.at_least else ''}{expected}{money}" if money or judged.at_least else expected,
        "named": _named(judged.counted_in if judged.count is not None else judged.cells, entry.format),
        "scope": claim.scope,
        "counted": judged.counted,
        "count": None if judged.count is None else _plain(judged.count),
        "base": None if judged.base is None else _plain(judged.base),
    }
    if claim.kind == "change":
        up = (judged.expected >= 0) == (claim.sign > 0)
        values |= {
            "turn": "增加" if up else "减少",
            "right": abs(expected),
            "mark": "%" if claim.unit == "%" else money,
        }
        values["last_report"] = entry.last_report
    cell = entry.submission.by_where[where]
    return Facts(
        where=where,
        observed=observed,
        expected=expected,
        difference=apart(observed, expected),
        cells=(where, *judged.cells),
        origin=cell.origin,
        values={key: value for key, value in values.items() if value is not None},
    )


def _plain(number: Decimal) -> Number:
    return int(number) if number == number.to_integral_value() else number


def _named(cells: Sequence[str], national_format: NationalFormat) -> str | None:
    """The cells as a clerk knows them: one, the rows of one group, or several with 之和."""
    if not cells:
        return None
    table = national_format.requests
    for one in table.subtotals:
        if list(cells) == list(table.totals(one)):
            return f"{table.label}“{label(one.label)}”各行“总计”列之和"
    said = [
        cell_label(national_format.spec(where))
        if national_format.has(where)
        else counted_in(where) or place(where, national_format)
        for where in cells
    ]
    if len(said) == 1:
        return said[0]
    return f"{'、'.join(said[:_NAMED])}{f'等 {len(said)} 格' if len(said) > _NAMED else ''}之和"
