"""Plans of request cases: what happens in a case and how many working days each step takes.

A plan holds no date that could contradict another: `registers` turns it into a row of the register by adding
working days, `calibration` lengthens or shortens it before that. Nothing here knows a table.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from random import Random

from gongkai.demonstration.characteristics import Characteristics, drawn, stream
from gongkai.law.limits import LIMITS
from gongkai.profile import WorkingDays

SPARE = 4
CHANNELS = {"internet": 52, "post": 26, "in_person": 16, "fax": 3, "other": 3}
APPLICANTS = {
    "natural_person": 76,
    "commercial_enterprise": 11,
    "research_institution": 2,
    "public_welfare_org": 2,
    "legal_service_org": 6,
    "other_org": 3,
}
# Fees are charged nowhere in the demonstration year, so closed_fee_unpaid never happens.
OUTCOMES = {
    "granted": 46,
    "partly_granted": 12,
    "refused_third_party_rights": 2,
    "refused_internal_affairs": 3,
    "refused_process_info": 3,
    "refused_enforcement_file": 2,
    "refused_admin_query": 3,
    "unavailable_not_held": 14,
    "unavailable_must_create": 3,
    "unavailable_still_unclear": 1,
    "unprocessed_petition": 4,
    "unprocessed_repeat": 2,
    "unprocessed_publication": 1,
    "closed_no_correction": 2,
    "closed_other": 2,
}


class Route(StrEnum):
    """What happens between receipt and reply."""

    PLAIN = "plain"
    CORRECTED = "corrected"
    UNCORRECTED = "uncorrected"
    THIRD_PARTY = "third_party"
    CONSULTED = "consulted"
    EXTENDED = "extended"
    OVERDUE = "overdue"


ROUTES = {Route.PLAIN: 88, Route.CORRECTED: 5, Route.THIRD_PARTY: 2, Route.CONSULTED: 3, Route.EXTENDED: 2}
FORCED_ROUTES = {
    "refused_third_party_rights": Route.THIRD_PARTY,
    "unavailable_still_unclear": Route.CORRECTED,
    "closed_no_correction": Route.UNCORRECTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlan:
    """One case as working days between its steps.

    Attributes:
        received_on: a working day; the clock starts `confirming` working days later.
        used: counted working days until the reply; None while the case is open at the end of the year.
        asking: from the start until a correction, third party, authority or extension is asked or notified.
        answering: from the asking until the answer (or, uncorrected, until the case is closed).
        extension: days of the extension, 0 without one.
        archiving: from the reply until archived; None when nobody wrote the date down.
        matter: position of the unit's matter that it is about.
    """

    received_on: date
    channel: str
    applicant: str
    outcome: str
    route: Route
    used: int | None
    confirming: int = 0
    reviewing: int = 0
    assigning: int = 0
    asking: int = 0
    answering: int = 0
    extension: int = 0
    archiving: int | None = None
    matter: int = 0

    @property
    def span(self) -> int:
        """Working days from receipt to reply, those that do not count included."""
        before_restart = self.asking if self.route is Route.CORRECTED else 0
        return self.confirming + before_restart + self.answering + (self.used or 0)


def plan_cases(seed: int, code: str, year: int, unit: Characteristics, days: WorkingDays) -> list[CasePlan]:
    """The cases of a unit's year in the order of receipt: carried in, closed in the year, still open."""
    rng = stream(seed, code, year, "cases")
    carried_in, carried_out = unit.carried
    late_december = _working(days, date(year - 1, 12, 21), date(year - 1, 12, 31))
    plans = []
    for _ in range(carried_in):
        plan = _closed(rng, unit, Route.PLAIN)
        # Long enough that a case of late December is closed in the new year.
        plan = replace(plan, used=max(plan.used or 0, len(late_december) + 1 + rng.randint(0, 5)))
        plans.append(_dated(rng, plan, late_december, year, days))
    whole_year = _working(days, date(year, 1, 4), date(year, 12, 24))
    for number in range(unit.requests - carried_out):
        plan = _closed(rng, unit, Route.OVERDUE if number < unit.overdue else None)
        plans.append(_dated(rng, plan, whole_year, year, days))
    last_days = _working(days, date(year, 12, 24), date(year, 12, 31))
    plans += [_open(rng, unit, rng.choice(last_days)) for _ in range(carried_out)]
    return sorted(plans, key=lambda plan: plan.received_on)


def _closed(rng: Random, unit: Characteristics, route: Route | None) -> CasePlan:
    outcome = "granted" if route else drawn(rng, OUTCOMES)
    if route is None:
        route = FORCED_ROUTES.get(outcome) or Route(drawn(rng, {k.value: n for k, n in ROUTES.items()}))
    used = max(1, min(LIMITS.reply - 1, round(rng.triangular(1, 2 * unit.pace, unit.pace - 1))))
    asking = answering = extension = 0
    match route:
        case Route.CORRECTED:
            asking, answering = rng.randint(1, 4), rng.randint(2, 9)
        case Route.UNCORRECTED:
            asking, answering = rng.randint(1, 5), rng.randint(10, 15)
            used = asking
        case Route.THIRD_PARTY | Route.CONSULTED:
            asking, answering = rng.randint(1, 3), rng.randint(4, 13)
            used = max(used, asking + 2)
        case Route.EXTENDED:
            asking, extension = rng.randint(15, 18), rng.choice((10, 15, 20))
            used = LIMITS.reply + rng.randint(2, extension)
        case Route.OVERDUE:
            used = LIMITS.reply + rng.randint(1, 6)
    channel = drawn(rng, CHANNELS)
    return CasePlan(
        received_on=date.min,
        channel=channel,
        applicant=drawn(rng, APPLICANTS),
        outcome=outcome,
        route=route,
        used=used,
        confirming=rng.randint(0, 1) if channel in ("internet", "fax") else 0,
        reviewing=rng.randint(0, 1),
        assigning=rng.randint(0, 1),
        asking=asking,
        answering=answering,
        extension=extension,
        archiving=rng.randint(2, 8) if rng.random() < unit.care + 0.06 else None,
        matter=rng.randrange(len(unit.matters)),
    )


def _dated(rng: Random, plan: CasePlan, received: list[date], year: int, days: WorkingDays) -> CasePlan:
    """Received on a day from which the reply, with a few days to spare for calibration, stays in the year."""
    year_end = date(year, 12, 31)
    fitting = [day for day in received if days.add(day, plan.span + SPARE) <= year_end]
    return replace(plan, received_on=rng.choice(fitting))


def _open(rng: Random, unit: Characteristics, received_on: date) -> CasePlan:
    return CasePlan(
        received_on=received_on,
        channel=drawn(rng, CHANNELS),
        applicant=drawn(rng, APPLICANTS),
        outcome="",
        route=Route.PLAIN,
        used=None,
        reviewing=0,
        assigning=1,
        matter=rng.randrange(len(unit.matters)),
    )


def _working(days: WorkingDays, first: date, last: date) -> list[date]:
    span = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    return [day for day in span if days.is_working(day)]
