"""What each file of a unit is, beside those before it: a revision, a repetition, an appeal, attached, or no form.

Decided on plain values: the readings with their verdicts, and where the unit stands. `gongkai.warehouse.filing`
stores what is decided. What a revision takes over from earlier ones is in `revisions`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from expectations.acceptance import UNDECIDED, Decisions, await_admission, keep_acceptance
from expectations.catalogue import Catalogue
from expectations.context import Context
from expectations.published import attached_to_accepted, is_attached_report
from expectations.revisions import accepted_of, appeal_verdict, judge_revision, only_appeals, repeats_accepted
from expectations.settling.carrying import Earlier, earlier_of
from expectations.validation import validate
from gongkai.submission.counted_elsewhere import as_counted
from gongkai.submission.form import Reading
from gongkai.submission.inbox.attachments import beside
from gongkai.submission.verdict import JudgedReading, Status, status_of
from gongkai.warehouse.filing import FiledReading, Role
from gongkai.warehouse.records import RepeatedFile, Revision, UnitYear, YearState


def judge_alone(reading: Reading, context: Context, known: YearState | None = None) -> FiledReading:
    """One file as a run would judge it that finds it in its unit's folder, and nothing else in the inbox.

    Args:
        reading: the file.
        context: the circumstances, gathered from `known` where there is a warehouse.
        known: the year as the warehouse knows it; None: the file is judged by itself.
    """
    (verdict,) = validate([reading], context)
    standing = known.find(reading.addressee) if known else None
    if standing is None:
        return FiledReading(reading, verdict, Role.REVISION, None)
    at_home = replace(reading, file=replace(reading.file, folder=standing.unit.code))  # as if it lay in its folder
    judged = [JudgedReading(at_home, verdict)]
    (filed,) = decide_roles(judged, standing, context.decisions, context.rules.catalogue)
    return replace(filed, reading=reading)


def decide_roles(
    files: Sequence[JudgedReading],
    standing: UnitYear,
    decisions: Decisions = UNDECIDED,
    catalogue: Catalogue | None = None,
) -> list[FiledReading]:
    """What the files of one unit are; the same bytes are named once.

    Known files come first in their old order, because a corrected clock of one of them must not renumber the others;
    attached reports come last, because they are held against what is accepted by then.

    Args:
        files: the unit's files with the verdicts of the rules, in the order of arrival.
        standing: the unit as the warehouse knows it before them.
        decisions: the office's entries that may end an acceptance.
        catalogue: the one in force for the year; None: today's.
    """
    files = [_as_counted(one, standing) for one in files]
    aside = _beside(files, standing) | _appealed(files, standing)
    submitted, attached = _parted([one for one in files if one.reading.file.sha256 not in aside], standing)
    earlier = {one.number: one for one in earlier_of(standing)}
    filed = _submissions(submitted, standing, earlier, decisions, catalogue)
    return [*filed, *(_attached(one, standing, earlier, catalogue) for one in attached), *aside.values()]


def _as_counted(one: JudgedReading, standing: UnitYear) -> JudgedReading:
    """The file as it is kept: what another authority counts is no figure of the unit's."""
    submission = one.reading.submission
    if submission is None or standing.unit.requests_counted_by is None:
        return one
    return one._replace(reading=replace(one.reading, submission=as_counted(submission, standing.unit)))


def _beside(files: Sequence[JudgedReading], standing: UnitYear) -> dict[str, FiledReading]:
    """The attachments, and the forms that cannot be read, by hash; what was a revision before stays one."""
    revisions = {revision.sha256 for revision in standing.revisions}
    before = [revision.submission for revision in standing.revisions if revision.submission is not None]
    kinds = beside([one.reading for one in files if one.reading.file.sha256 not in revisions], before)
    known = {one.sha256 for one in standing.beside}
    return {
        sha256: FiledReading(one.reading, one.verdict, Role(kinds[sha256]), None, answered=sha256 in known)
        for one in reversed(files)
        if (sha256 := one.reading.file.sha256) in kinds
    }


def _appealed(files: Sequence[JudgedReading], standing: UnitYear) -> dict[str, FiledReading]:
    """The files that only appealed when they came in: answered once, whatever has been accepted since."""
    known = {one.sha256: one for one in standing.appealing}
    return {
        sha256: FiledReading(one.reading, one.verdict, Role.APPEAL, None, answered=True)
        for one in files
        if (sha256 := one.reading.file.sha256) in known
    }


def _parted(files: Sequence[JudgedReading], standing: UnitYear) -> tuple[list[JudgedReading], list[JudgedReading]]:
    """The files that are submissions, and the reports that only came beside one."""
    taken = [one.reading for one in files if one.verdict.status is not Status.QUARANTINED]
    once = list({one.reading.file.sha256: one for one in reversed(files)}.values())[::-1]
    attached = {one.reading.file.sha256 for one in once if is_attached_report(one.reading, taken, standing.revisions)}
    return (
        [one for one in once if one.reading.file.sha256 not in attached],
        [one for one in once if one.reading.file.sha256 in attached],
    )


def _submissions(
    files: Sequence[JudgedReading],
    standing: UnitYear,
    earlier: dict[int, Earlier],
    decisions: Decisions,
    catalogue: Catalogue | None,
) -> list[FiledReading]:
    """Revisions and repetitions; `earlier` gains what each revision leaves for those after it."""
    stored = {revision.sha256: revision for revision in standing.revisions}
    repeated = {one.sha256: one for one in standing.repeated}
    place = {sha256: number for number, sha256 in enumerate(stored)}
    filed = []
    for one in sorted(files, key=lambda one: place.get(one.reading.file.sha256, len(place))):
        sha256 = one.reading.file.sha256
        before = stored.get(sha256)
        decided = _submission(one, before, repeated.get(sha256), earlier, decisions, catalogue)
        if decided.role is Role.REVISION and decided.number is not None:
            content = decided.reading.submission or (before.submission if before else None)
            earlier[decided.number] = Earlier(decided.number, content, decided.verdict)
        filed.append(decided)
    return filed


def _submission(
    one: JudgedReading,
    before: Revision | None,
    repeated: RepeatedFile | None,
    earlier: Mapping[int, Earlier],
    decisions: Decisions,
    catalogue: Catalogue | None,
) -> FiledReading:
    """A file that is no attached report: the revision that it was or becomes, or a repetition."""
    reading, verdict = one
    if before is not None and before.settled:  # in a locked year, what was decided then stands
        return FiledReading(reading, before.verdict, Role.REVISION, before.number, answered=True)
    if before is None and repeated is not None:  # answered once, whatever has been accepted since
        verdict = replace(verdict, findings=repeated.findings, status=status_of(repeated.findings))
        return FiledReading(reading, verdict, Role.REPETITION, repeated.number, answered=True)
    sooner = [past for number, past in sorted(earlier.items()) if before is None or number < before.number]
    verdict = judge_revision(reading, verdict, sooner, catalogue)
    same = accepted_of(sooner)
    if before is not None:
        if before.verdict.status is not Status.ACCEPTED:
            verdict = await_admission(reading, verdict, same, decisions, catalogue)
        return FiledReading(reading, keep_acceptance(verdict, before, decisions), Role.REVISION, before.number)
    if only_appeals(reading, verdict, same.submission if same else None):
        issued = decisions.issued.get(reading.submission.unit) if reading.submission else None
        said = appeal_verdict(reading, verdict, issued, catalogue)
        return FiledReading(reading, said, Role.APPEAL, same.number if same else None)
    if repeats_accepted(verdict) and same is not None:
        return FiledReading(reading, verdict, Role.REPETITION, same.number)
    verdict = await_admission(reading, verdict, same, decisions, catalogue)
    return FiledReading(reading, verdict, Role.REVISION, max(earlier, default=0) + 1)


def _attached(
    one: JudgedReading, standing: UnitYear, revisions: Mapping[int, Earlier], catalogue: Catalogue | None
) -> FiledReading:
    """A report beside a submission, held against the revision that was accepted before it and still is."""
    reading, verdict = one
    known = next((report for report in standing.published if report.sha256 == reading.file.sha256), None)
    if known is not None:
        verdict = replace(verdict, findings=known.findings, status=known.status)
        return FiledReading(reading, verdict, Role.ATTACHED_REPORT, known.number, answered=True)
    last = accepted_of([revision for _, revision in sorted(revisions.items())])
    if last is None or last.submission is None or standing.accepted is None or last.number != standing.accepted.number:
        return FiledReading(reading, verdict, Role.ATTACHED_REPORT, max(revisions, default=None))
    verdict = attached_to_accepted(reading, verdict, last.submission, catalogue)
    return FiledReading(reading, verdict, Role.ATTACHED_REPORT, last.number)
