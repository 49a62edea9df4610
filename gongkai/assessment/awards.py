"""What stands beside the indicators in points: bonus and penalty, before and after their caps.

A bonus comes from a claim that the office has confirmed, or from its own entry; a penalty from its entry only. What an
entry must say to count is judged where it is read; vetoes are in `vetoes`.
"""

from collections.abc import Iterable
from decimal import Decimal

from gongkai.assessment.measures.inspected import entry_evidence
from gongkai.assessment.scorecard import Award, ClaimedPoints
from gongkai.profile.scheme import AwardGround, Scheme
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.grounds import grounds


def bonuses(claims: Iterable[ClaimedPoints], entries: Iterable[InspectionEntry], scheme: Scheme) -> tuple[Award, ...]:
    """Everything that earns a bonus, before the cap: confirmed claims, then the office's entries."""
    confirmed = [
        Award(claim.points, claim.text, (claim.evidence, entry_evidence(claim.decided, "经确认")))
        for claim in claims
        if claim.counts and claim.decided is not None
    ]
    return (*confirmed, *_entered(entries, "bonus", scheme.bonus))


def penalties(entries: Iterable[InspectionEntry], scheme: Scheme) -> tuple[Award, ...]:
    """Everything that costs a penalty, before the cap."""
    return _entered(entries, "penalty", scheme.penalty)


def counted(
    earned: Decimal | None, given: Iterable[Award], taken: Iterable[Award], scheme: Scheme
) -> tuple[Decimal, Decimal]:
    """Bonus and penalty as they count: within their caps, the bonus only from enough points, the total never below 0.

    Args:
        earned: the points of a hundred without either; None where nothing is scored.
        given: everything that earns a bonus.
        taken: everything that costs a penalty.
        scheme: its caps.
    """
    bonus = min(scheme.bonus_cap, _sum(given))
    if scheme.bonus_from is not None and earned is not None and earned < scheme.bonus_from:
        bonus = Decimal(0)
    penalty = _sum(taken)
    if scheme.penalty_cap is not None:
        penalty = min(scheme.penalty_cap, penalty)
    return bonus, penalty if earned is None else min(penalty, earned + bonus)


def _sum(awards: Iterable[Award]) -> Decimal:
    return sum((award.points for award in awards), Decimal(0))


def _entered(entries: Iterable[InspectionEntry], kind: str, rules: Iterable[AwardGround]) -> tuple[Award, ...]:
    """The entries of one kind: worth what the scheme gives for their ground."""
    worth, awards = grounds(rules), []
    for entry in entries:
        if entry.kind == kind and entry.ground is not None and entry.ground in worth:
            text = f"{entry.ground}：{entry.reason}" if entry.reason and entry.reason != entry.ground else entry.ground
            awards.append(Award(worth[entry.ground], text, (entry_evidence(entry, text),)))
    return tuple(awards)
