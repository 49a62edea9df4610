"""The district's identities across two years: last year's open cases and stock of documents against this year's.

For the district as a whole, with every difference laid at the units that explain it: whoever reports anew, has merged,
ended or is still missing. Only accepted revisions count, as in the totals. What a unit alone must answer for is a rule.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.findings import Finding
from gongkai.national_format import Identity, Term, for_year
from gongkai.submission.form import Submission
from gongkai.warehouse.records import UnitYear, YearState
from gongkai.warehouse.totals import Number, number_of
from gongkai.warehouse.years.last_year import Previous, following_together
from gongkai.worded import Worded


class Cause(Worded):
    """Why a unit's two years do not meet."""

    NOT_YET = "not_yet", "本年度尚未受理"
    NO_SUCCESSOR = "no_successor", "本年度没有承接单位，请在 units.yaml 的 succeeds 中写明由谁承接"
    NO_LAST_YEAR = "no_last_year", "没有上年度报告"
    LAST_YEAR_OPEN = "last_year_open", "上年度报告未受理，不计入上年汇总"
    ELSEWHERE = "elsewhere", "本年度改由其他机关统计"
    SETTLED = "settled", "已作说明"
    ARISEN = "arisen", "受理后上年数据有更正"
    UNEXPLAINED = "unexplained", "尚无说明"


@dataclass(frozen=True)
class Gap:
    """What units that follow one another (mostly one and itself) leave between the two years.

    Attributes:
        units: this year's codes; `before` last year's; either may be empty.
        brought, now: what should be there by last year's figures, and what is reported.
        found: the findings of the accepted revisions that speak of it.
    """

    units: tuple[str, ...]
    before: tuple[str, ...]
    brought: Number
    now: Number
    cause: Cause
    found: tuple[Finding, ...] = ()

    @property
    def difference(self) -> Number:
        return self.now - self.brought


@dataclass(frozen=True)
class AcrossYears:
    """One identity of the whole district.

    Attributes:
        where: this year's cell.
        brought: last year's figure, with what the year added and took away.
        gaps: the units that explain the difference; of no difference in sum they may still cancel out.
    """

    rule: str
    where: str
    brought: Number
    now: Number
    gaps: tuple[Gap, ...]

    @property
    def difference(self) -> Number:
        return self.now - self.brought


class _Followers(NamedTuple):
    """Units of this year and reports of last year that belong together."""

    units: tuple[UnitYear, ...]
    before: tuple[Previous, ...]


def across_years(state: YearState) -> tuple[AcrossYears, ...]:
    """Every identity across the years that the formats of both years can decide, in the order of the format.

    Nothing without an accepted report of last year. The differences of `gaps` add up to the district's.
    """
    accepted = [last.submission for last in state.last_reports if last.accepted]
    together = list(_followers(state))
    return tuple(
        _identity(identity, together)
        for identity in for_year(state.year).identities
        if identity.cross_year and identity.operator == "==" and _known(identity, accepted)
    )


def _known(identity: Identity, last: Sequence[Submission]) -> bool:
    """Whether last year's format has the figure at all."""
    terms = [term for term in identity.left + identity.right if term.previous]
    return all(any(number_of(one, term.where) is not None for one in last) for term in terms)


def _followers(state: YearState) -> Iterator[_Followers]:
    """Each unit with its last year, those that follow the same together; then the reports that nobody follows."""
    reports = {
        unit.unit.code: last.reports if (last := state.previous.get(unit.unit.code)) else () for unit in state.units
    }
    together = following_together({code: [last.unit for last in found] for code, found in reports.items()})
    seen: set[str] = set()
    for code, group in together.items():
        if code not in seen:
            seen.update(group)
            before = {last.unit: last for one in group for last in reports[one]}
            yield _Followers(tuple(state.unit(one) for one in group), tuple(before.values()))
    yield from (_Followers((), (one,)) for one in state.unclaimed)


def _identity(identity: Identity, together: Sequence[_Followers]) -> AcrossYears:
    sums = [(one, *_both(identity, one)) for one in together]
    return AcrossYears(
        identity.rule,
        identity.where,
        sum((brought for _, brought, _ in sums), 0),
        sum((now for _, _, now in sums), 0),
        tuple(_gap(identity, one, brought, now) for one, brought, now in sums if brought != now),
    )


def _both(identity: Identity, together: _Followers) -> tuple[Number, Number]:
    """What last year brings to the place, and what stands there; a figure that nobody gives adds nothing."""
    now = [one.accepted.submission for one in together.units if one.accepted and one.accepted.submission]
    then = [last.submission for last in together.before if last.accepted]

    def total(terms: Sequence[Term]) -> Number:
        return sum((t.sign * (number_of(one, t.where) or 0) for t in terms for one in (then if t.previous else now)), 0)

    left, right = total(identity.left), total(identity.right)
    return (right, left) if any(term.where == identity.where for term in identity.left) else (left, right)


def _gap(identity: Identity, together: _Followers, brought: Number, now: Number) -> Gap:
    found = tuple(
        finding
        for unit in together.units
        if unit.accepted is not None
        for finding in unit.accepted.verdict.findings
        if (finding.rule, finding.where) == (identity.rule, identity.where)
    )
    return Gap(
        tuple(unit.unit.code for unit in together.units),
        tuple(last.unit for last in together.before),
        brought,
        now,
        _cause(together, found),
        found,
    )


def _cause(together: _Followers, found: Sequence[Finding]) -> Cause:
    if not together.units:
        return Cause.NO_SUCCESSOR
    if any(unit.accepted is None for unit in together.units):
        return Cause.NOT_YET
    if not together.before:
        return Cause.NO_LAST_YEAR
    if not all(last.accepted for last in together.before):
        return Cause.LAST_YEAR_OPEN
    if any(finding.settled_by is not None and not finding.kept for finding in found):
        return Cause.SETTLED
    if found:
        return Cause.ARISEN
    return Cause.UNEXPLAINED
