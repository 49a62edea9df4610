"""Vetoes: two people speak one, with its ground, a reason and evidence; anything less is a proposal.

The machine proposes what it sees in dates: an annual report that came too late, or not at all. A proposal costs
nothing; it stands on board and ranking until it is spoken or turned down (a `decision` that names the veto as ground).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from gongkai.assessment.points import plain
from gongkai.assessment.scorecard import IndicatorScore, Proposal
from gongkai.profile.models import Cycle
from gongkai.profile.scheme import Scheme
from gongkai.submission.form import Submission
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.entry_checks import same_person
from gongkai.submission.inspection.second_looks import EntryRemark, differs

PUBLISHED = "activities.report_published_on"


def vetoes(entries: Iterable[InspectionEntry], scheme: Scheme) -> tuple[str, ...]:
    """The grounds for 不合格 whatever the points, each once, in the order of the office's files."""
    spoken = [entry.ground for entry in entries if entry.kind == "veto" and is_spoken(entry, scheme)]
    return tuple(dict.fromkeys(ground for ground in spoken if ground))


def is_spoken(entry: InspectionEntry, scheme: Scheme) -> bool:
    """Whether a veto is complete: a ground of the scheme, reason, evidence, and two people."""
    two = bool(entry.by and entry.confirmed_by) and not same_person(entry.by, entry.confirmed_by)
    return entry.ground in scheme.vetoes and bool(entry.reason and entry.evidence) and two


def turned_down_in_vain(entries: Iterable[InspectionEntry], scheme: Scheme) -> Iterator[EntryRemark]:
    """Decisions against a veto that two people have spoken: it stands until its entry is taken back."""
    listed = tuple(entries)
    spoken = {(one.unit, one.ground): one for one in listed if one.kind == "veto" and is_spoken(one, scheme)}
    for entry in listed:
        if entry.kind == "decision" and (veto := spoken.get((entry.unit, entry.ground))) is not None:
            yield differs(entry, veto)


def proposals(
    entries: Iterable[InspectionEntry],
    submission: Submission | None,
    scheme: Scheme,
    cycle: Cycle,
    year: int,
    today: date,
) -> tuple[Proposal, ...]:
    """The vetoes that wait for two people, people's before the machine's; none that is spoken or turned down.

    Args:
        entries: the office's on one unit.
        submission: the accepted one; None where nothing is accepted.
        scheme: says which vetoes there are.
        cycle: the deadlines.
        year: the report year.
        today: the day of the assessment.
    """
    listed = tuple(entries)
    settled = {*vetoes(listed, scheme), *(entry.ground for entry in listed if entry.kind == "decision")}
    proposed = [*_by_people(listed, scheme), *_by_dates(listed, submission, scheme, cycle, year, today)]
    return tuple(one for one in dict.fromkeys(proposed) if one.veto not in settled)


def proposed_by_lines(
    lines: Iterable[IndicatorScore], entries: Iterable[InspectionEntry], scheme: Scheme
) -> tuple[Proposal, ...]:
    """The vetoes of indicators that must be full and are not: proposed like any other, until two people speak."""
    listed = tuple(entries)
    settled = {*vetoes(listed, scheme), *(entry.ground for entry in listed if entry.kind == "decision")}
    needed = {one.code: one.veto for one in scheme.indicators if one.veto is not None}
    return tuple(
        Proposal(veto, f"{line.code} {line.label}得 {line.score} 分，未达满分 {plain(line.max)} 分", line.code)
        for line in lines
        if line.score is not None and line.score < line.max
        if (veto := needed.get(line.code)) is not None and veto not in settled
    )


def _by_people(entries: Iterable[InspectionEntry], scheme: Scheme) -> Iterator[Proposal]:
    for entry in entries:
        if entry.kind == "veto" and not is_spoken(entry, scheme):
            said = f"{entry.by}于 {entry.on} 提出：{entry.reason or '未写理由'}"
            yield Proposal(entry.ground or "未写明事由", said, f"entries[{entry.id}]")


def _by_dates(
    entries: tuple[InspectionEntry, ...],
    submission: Submission | None,
    scheme: Scheme,
    cycle: Cycle,
    year: int,
    today: date,
) -> Iterator[Proposal]:
    veto, hard = scheme.late_publication_veto, cycle.hard_deadline(year)
    if veto is None or _excused(entries, today):
        return
    published = submission.value(PUBLISHED) if submission is not None else None
    if published is not None and published > hard:
        yield Proposal(veto, f"本单位填报的年度报告公布日期 {published} 晚于 {hard}", PUBLISHED)
    elif today > (last := _last_day(entries, hard)):
        if submission is None:
            yield Proposal(veto, f"期限 {last} 已过，没有受理的年度报送", "-")
        elif published is None:
            yield Proposal(veto, f"没有填报年度报告公布日期，期限为 {hard}", PUBLISHED)


def overdue(entries: Iterable[InspectionEntry], cycle: Cycle, year: int, today: date) -> bool:
    """Whether a unit of which nothing is accepted has had its time: past the hard deadline or its extension."""
    listed = tuple(entries)
    return not _excused(listed, today) and today > _last_day(listed, cycle.hard_deadline(year))


def _last_day(entries: Iterable[InspectionEntry], hard: date) -> date:
    return max([hard, *(entry.until for entry in entries if entry.kind == "extension" and entry.until is not None)])


def _excused(entries: Iterable[InspectionEntry], today: date) -> bool:
    return any(e.kind == "excuse" and (e.until is None or e.until >= today) for e in entries)
