"""What stands beside the indicators: bonus, penalty and veto.

A bonus comes from the unit's evidence by its level, from a rated interpretation, or from an inspector; penalties
and vetoes from inspectors only, but for the one veto that a unit's own publication date proves.
"""

from collections.abc import Iterable
from decimal import Decimal

from gongkai.assessment.measurement import Subject
from gongkai.assessment.measures.inspected import entry_evidence
from gongkai.assessment.scorecard import Award
from gongkai.profile.models import Cycle
from gongkai.profile.scheme import AwardGround, Scheme
from gongkai.submission.fields import lists
from gongkai.submission.form import Submission
from gongkai.submission.inspection.entry import InspectionEntry

_PUBLISHED = "activities.report_published_on"


def bonuses(subject: Subject, scheme: Scheme) -> tuple[Award, ...]:
    """Everything that earns a bonus, before the cap: evidence, rated interpretations, inspectors' entries.

    The same piece of evidence (title, file and level alike) counts once.
    """
    by_level = {rule.level: rule for rule in scheme.bonus if rule.level}
    by_name = {rule.what: rule for rule in scheme.bonus if rule.what}
    level_names = lists()["evidence"].fields["level"].choices
    found: dict[object, Award] = {}
    for record in subject.submission.records("evidence"):
        if (rule := by_level.get(record["level"])) is not None:
            name = level_names.get(record["level"], "") if isinstance(level_names, dict) else ""
            text = f"{name}佐证材料“{record['title']}”"
            where = subject.at_record(record, "level", text)
            found.setdefault((record["title"], record["file"], record["level"]), Award(rule.points, text, (where,)))
    awards = list(found.values())
    rated = lists()["interpretations"].fields["rating"]
    for record in subject.submission.records("interpretations"):
        rating = record["rating"]
        rule = by_name.get(f"{scheme.rated_interpretation}{rated.shown(rating)}") if rating else None
        if rule is not None:
            text = f"{rule.what}（{record.id}）"
            awards.append(Award(rule.points, text, (subject.at_record(record, "rating", text),)))
    return (*awards, *_entered(subject.inspections, "bonus", scheme.bonus))


def penalties(entries: Iterable[InspectionEntry], scheme: Scheme) -> tuple[Award, ...]:
    """Everything that costs a penalty, before the cap: inspectors' entries, by their points or by name."""
    return _entered(entries, "penalty", scheme.penalty)


def capped(awards: Iterable[Award], cap: Decimal) -> Decimal:
    """The sum that counts."""
    return min(cap, sum((award.points for award in awards), Decimal(0)))


def vetoes(
    entries: Iterable[InspectionEntry], submission: Submission | None, scheme: Scheme, cycle: Cycle, year: int
) -> tuple[str, ...]:
    """The reasons for 不合格 whatever the points, each once.

    An annual report whose own date says that it was published after the hard deadline is one by itself. A date
    that is missing proves nothing: then only an inspector's entry does.
    """
    reasons = [entry.reason or "一票否决" for entry in entries if entry.kind == "veto"]
    published = submission.value(_PUBLISHED) if submission is not None else None
    if scheme.late_publication_veto and published is not None and published > cycle.hard_deadline(year):
        reasons.append(scheme.late_publication_veto)
    return tuple(dict.fromkeys(reasons))


def _entered(entries: Iterable[InspectionEntry], kind: str, rules: Iterable[AwardGround]) -> tuple[Award, ...]:
    by_name = {rule.what: rule.points for rule in rules if rule.what}
    awards = []
    for entry in entries:
        if entry.kind == kind:
            named = by_name.get(entry.reason) if entry.reason else None
            points = entry.points if entry.points is not None else named or Decimal(0)
            text = entry.reason or ("加分" if kind == "bonus" else "扣分")
            awards.append(Award(points, text, (entry_evidence(entry, text),)))
    return tuple(awards)
