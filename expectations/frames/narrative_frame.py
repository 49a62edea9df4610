"""The `narrative` frame: one row a figure or statement in the texts that speaks of certain cells.

The words are read and compared in `gongkai.submission.narrative`; here a comparison becomes the row of one rule: a
contradiction of the unit's own figure, another scope or way of counting, or a percentage that does not come out.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial

from expectations.frames import required_sections
from expectations.frames.narrative_figures import figures, last_figures
from expectations.frames.narrative_figures import named as counted_in
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
from expectations.frames.texts import FIELDS
from expectations.ruleset import RuleSet
from gongkai.law.limits import Limits
from gongkai.national_format import NationalFormat
from gongkai.profile import WorkingDays
from gongkai.submission.narrative import Claim, JudgedClaim, Names, StatedCells, judge, own_names, read
from gongkai.submission.places import cell_label, label, place

_QUOTED = 120
_NAMED = 3  # cells of a sum that are named one by one


def build(entries: Sequence[SubmissionUnderCheck], days: WorkingDays, rules: RuleSet) -> Frame:
    """The rows of all entries, text by text; what is late is decided by the limits of `rules`.

    What a text says of the time limits is not compared where a case needs a year whose working days are unknown.
    """
    claims = {(entry.key, field): _claims(entry, field) for entry in entries for field in FIELDS}
    rows = [row for entry in entries for row in _rows(entry, claims, days, rules.clock)]
    rows += [required_sections.row(entry, claims) for entry in entries]
    return Frame("narrative", rows, sum(map(len, claims.values())) + len(entries), describe_measured)


def _claims(entry: SubmissionUnderCheck, field: str) -> list[Claim]:
    text = entry.submission.value(f"narrative.{field}")
    return read(text, Names(entry.submission.year, own_names(entry.unit))) if isinstance(text, str) else []


def _rows(
    entry: SubmissionUnderCheck, claims: Mapping[tuple[int, str], Sequence[Claim]], days: WorkingDays, limits: Limits
) -> Iterator[Checked]:
    said = [(field, claim) for field in FIELDS for claim in claims[entry.key, field]]
    stated = StatedCells(entry.format, figures(entry, [claim for _, claim in said], days, limits), last_figures(entry))
    for field, claim in said:
        judged = judge(claim, stated)
        if judged is None:
            yield Checked(entry.key, {})
            continue
        right = claim.number if judged.fits else judged.expected
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
