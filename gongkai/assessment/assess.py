"""Assesses a year: from the warehouse's state to the scorecards of all assessed units, ranked.

Only accepted revisions are scored. A unit without one gets a card that says so: no total, 未评定, no rank. Once it has
had its time it is scored with what is known, which is what inspectors saw, and ranked last.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from gongkai.assessment.authorities.rolling_up import compared
from gongkai.assessment.awards import bonuses, counted, penalties
from gongkai.assessment.claims import claims_of
from gongkai.assessment.grades import gated, grade_of, way_up
from gongkai.assessment.hearing.appeals import standing_appeals
from gongkai.assessment.hearing.decisions import Decided, decide
from gongkai.assessment.hearing.issuing import beside_issued
from gongkai.assessment.measures.inspected import rectifications
from gongkai.assessment.past_years.rescoring import LastPoints, last_points
from gongkai.assessment.points import rounded
from gongkai.assessment.rectifying import look_back, mend
from gongkai.assessment.scorecard import Assessment, IndicatorScore, LookBack, Scorecard
from gongkai.assessment.scoring import score_lines, unscored_lines
from gongkai.assessment.subject import subject_of
from gongkai.assessment.vetoes import overdue, proposals, proposed_by_lines, turned_down_in_vain, vetoes
from gongkai.assessment.way_up import in_points_of_the_total
from gongkai.profile import WorkingDays
from gongkai.submission.verdict import UnitState
from gongkai.warehouse.records import UnitYear, YearState
from gongkai.warehouse.rows.scores import TOTAL

_UNSCORED = {
    UnitState.MISSING: "尚未收到本单位的报送，暂不计分",
    UnitState.RETURNED: "本单位的报送已退回，待重新报送并受理后计分",
    UnitState.QUARANTINED: "本单位的报送无法读取，待重新报送并受理后计分",
    UnitState.WAITING: "本单位的报送待主管部门确认，确认并受理后计分",
}


def assess_year(state: YearState, last_year: Mapping[str, Mapping[str, Decimal]] | None = None) -> Assessment:
    """Scores and ranks every assessed unit of a year.

    Args:
        state: the year as the warehouse knew it.
        last_year: unit code → indicator code → score of last year's assessment by the same rule; `total` is the total.

    Returns:
        One scorecard per assessed unit in registry order. Line scores are rounded half up, and the total is
        computed from the rounded lines: whoever adds up the printed scores and the printed maxima of the
        applicable lines gets the printed total. What needs a day of a year whose working days nobody has supplied is
        not applicable until somebody does, and its line says so.
    """
    scheme, days = state.profile.scheme, state.profile.working_days()
    before = last_points(state, last_year or {}, assess_year)
    made = [
        _card(unit_year, state, days, before.get(unit_year.unit.code, LastPoints()))
        for unit_year in state.units
        if unit_year.unit.kind != "office"
    ]
    authorities = {one.unit.code: one.unit.authority for one in state.units}
    cards = compared([card for card, _ in made], authorities, scheme)
    return Assessment(
        state.year,
        scheme.scheme_id,
        tuple(beside_issued(card, state) for card in cards),
        decided={(card.unit, key): then for card, on_it in made for key, then in on_it.scores.items()},
        conflicts=(
            *(conflict for _, on_it in made for conflict in on_it.conflicts.values()),
            *turned_down_in_vain(state.inspections, scheme),
        ),
    )


def total_of(lines: tuple[IndicatorScore, ...], bonus: Decimal, penalty: Decimal, places: int) -> Decimal | None:
    """100 × Σ earned / Σ applicable + bonus − penalty over the printed lines; None without an applicable line."""
    scored = [(line.score, line.max) for line in lines if line.score is not None]
    applicable = sum((Fraction(most) for _, most in scored), Fraction(0))
    if not applicable:
        return None
    earned = sum((Fraction(score) for score, _ in scored), Fraction(0))
    return rounded(100 * earned / applicable + Fraction(bonus) - Fraction(penalty), places)


def _card(unit_year: UnitYear, state: YearState, days: WorkingDays, before: LastPoints) -> tuple[Scorecard, Decided]:
    profile, unit = state.profile, unit_year.unit
    scheme, today = profile.scheme, profile.local(state.as_of).date()
    entries = tuple(entry for entry in state.inspections if entry.unit == unit.code)
    revision = unit_year.accepted
    submission = revision.submission if revision is not None else None
    reasons = vetoes(entries, scheme)
    claims = claims_of(unit_year, entries, scheme)
    taken = penalties(entries, scheme)
    scored = submission is not None or overdue(entries, profile.cycle, state.year, today)
    given = bonuses(claims, entries, scheme) if submission is not None else ()
    appeals = standing_appeals(unit_year, entries, state.issued.get(unit.code), scheme)

    def decided_on(back: tuple[LookBack, ...] = ()) -> Decided:
        if scored:
            lines = score_lines(replace(subject_of(unit_year, state, days), look_back=back), scheme)
        else:
            lines = unscored_lines(unit.kind, scheme, _UNSCORED[unit_year.state])
        return decide(lines, entries, scheme, state.decided, appeals, scored=scored)

    decided, cards = decided_on(), state.issued_before.get(unit.code, ())
    if back := look_back(cards, decided.lines.values(), entries, state.mended_before):
        decided = decided_on(back)  # what came back is a matter of points, too
    due_on = profile.cycle.rectification_deadline(state.year)
    mended = mend(tuple(decided.lines.values()), entries, due_on, scheme)
    lines = mended.lines
    earned = total_of(lines, Decimal(0), Decimal(0), scheme.decimal_places)
    bonus, penalty = counted(earned, given, taken, scheme)
    total = total_of(lines, bonus, penalty, scheme.decimal_places)
    converted = None if total is None else total - bonus + penalty
    grade, grade_note = gated(grade_of(total, bool(reasons), scheme.bands), lines, scheme)
    lines = in_points_of_the_total(lines, converted, scheme.decimal_places)
    card = Scorecard(
        unit=unit.code,
        name=unit.name,
        group=unit.kind,
        year=state.year,
        version=1,
        scheme=scheme.scheme_id,
        total=total,
        grade=grade,
        grade_note=grade_note,
        rank=None,
        group_size=0,
        vetoes=reasons,
        bonus=bonus,
        penalty=penalty,
        bonuses=given,
        penalties=taken,
        indicators=tuple(_with_last_year(line, before) for line in lines),
        peer_median_total=None,
        last_year_total=before.points.get(TOTAL),
        last_year_note=before.notes.get(TOTAL),
        appeals=appeals,
        decisions=tuple(decided.decisions),
        handed_in=submission is not None,
        bands=scheme.bands,
        next_grade=None if reasons else way_up(lines, total, scheme),
        rectification=(*rectifications(entries), *mended.items),
        look_back=back,
        claims=claims,
        proposals=(
            *proposals(entries, submission, scheme, profile.cycle, state.year, today),
            *proposed_by_lines(lines, entries, scheme),
        ),
    )
    return card, decided


def _with_last_year(line: IndicatorScore, before: LastPoints) -> IndicatorScore:
    return replace(line, last_year=before.points.get(line.code), last_year_note=before.notes.get(line.code))
