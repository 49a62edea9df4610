"""Brings the district's average working days to reply to the published figure by changing single cases.

The average is never written anywhere: plain cases become a working day longer or shorter until the sum over
all cases closed in the year gives it. Which cases is drawn from the seed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from gongkai.demonstration.request_cases import CasePlan, Route
from gongkai.law.limits import LIMITS

PUBLISHED_AVERAGE = Decimal("7.29")  # docs/reference_2021.md, fact 9
_SHORTEST = 2


def calibrate(
    plans: Mapping[str, Sequence[CasePlan]], rng: Random, average: Decimal = PUBLISHED_AVERAGE
) -> dict[str, list[CasePlan]]:
    """The same cases with the average number of used working days brought to `average`.

    Args:
        plans: unit code → its cases.
        rng: decides which cases change.
        average: working days, to two places; at least a hundred closed cases make every such figure reachable.

    Raises:
        ValueError: the plain cases cannot give that average (the characteristics ask for something else).
    """
    changed = {code: list(cases) for code, cases in plans.items()}
    closed = [plan.used for cases in plans.values() for plan in cases if plan.used is not None]
    missing = int((average * len(closed)).to_integral_value(ROUND_HALF_UP)) - sum(closed)
    step = 1 if missing > 0 else -1
    plain = [
        (code, position)
        for code, cases in plans.items()
        for position, plan in enumerate(cases)
        if plan.route is Route.PLAIN and plan.used is not None and _SHORTEST <= plan.used + step < LIMITS.reply
    ]
    if abs(missing) > len(plain):
        raise ValueError(f"{missing} working days to distribute over {len(plain)} plain cases")
    for code, position in rng.sample(plain, abs(missing)):
        plan = changed[code][position]
        changed[code][position] = replace(plan, used=(plan.used or 0) + step)
    return changed
