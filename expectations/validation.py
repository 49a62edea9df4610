"""The one validate step: all readings of a year at once, a handful of Great Expectations batches.

readings → intake → frames → suites → findings → explanations → one verdict a reading, in the same order. Whether the
files that one is compared with lie in the batch or are known from before makes no difference. Nothing is stored here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from expectations.admission import Admission, admit
from expectations.catalogue import EVALUATED, Rule, rule_in_force, rules_version
from expectations.context import Context
from expectations.frames import (
    Frame,
    SubmissionUnderCheck,
    cases_frame,
    cells_frame,
    figures_frame,
    identities_frame,
    register_frame,
    reports_frame,
)
from expectations.frames.lists import list_records_frame
from expectations.frames.narrative import narrative_frame
from expectations.frames.narrative.text_compared import text_compared
from expectations.frames.register_frame import TABLE_RULES
from expectations.last_year.heirs import beside_what_counts_now, heirs_of
from expectations.published import is_attached_report, published_findings, published_reports
from expectations.results import finding, issue_finding, ordered
from expectations.revisions import revision_findings
from expectations.settling.explanations import settle
from expectations.settling.lists_alone import said_once
from expectations.settling.waivers import waive
from gongkai.findings import Finding
from gongkai.loading import collector_paused
from gongkai.national_format import NationalFormat, for_year
from gongkai.national_format.figures import REQUESTS
from gongkai.submission.form import Reading
from gongkai.submission.verdict import NotApplied, Status, TextCompared, Verdict, status_of
from gongkai.warehouse.records import Revision
from gongkai.warehouse.years.last_year import as_told

__all__ = ["Context", "judge", "revision_findings", "rules_version", "validate"]

_QUARANTINED = "文件未能作为本单位本年度的报送读取。"
_COUNTED_ELSEWHERE = "本单位的依申请公开由{authority}统计，表三和台账另行统计。"
_OTHER_CARRIER = "本单位的表格由同一机关的其他单位报送。"


class Judgement(NamedTuple):
    """All verdicts of one validation, and what Great Expectations itself said.

    Attributes:
        verdicts: one a reading, in the order of the readings.
        evidence: one mapping a batch, plain JSON values: its name, Great Expectations' result, and which unit, rule
            and place each of its unexpected rows is.
    """

    verdicts: list[Verdict]
    evidence: list[Mapping[str, Any]]


class _Evaluated(NamedTuple):
    """What the frames say: findings, rules not applied and figures of the texts, by the key of an entry."""

    findings: Mapping[int, list[Finding]]
    not_applied: Mapping[int, list[NotApplied]]
    texts: Mapping[int, TextCompared]
    evidence: list[Mapping[str, Any]]


def validate(readings: Sequence[Reading], context: Context) -> list[Verdict]:
    """Judges every reading: the verdicts of `judge`."""
    return judge(readings, context).verdicts


@collector_paused()
def judge(readings: Sequence[Reading], context: Context) -> Judgement:
    """Judges every reading: one verdict each, in the order of the readings, and the evidence.

    Raises:
        RuleCrashed: a rule could not be evaluated. That is a fault of the run, so no verdict is given at all.
        FormatError: no national format is known for the year.
    """
    national_format = for_year(context.year)
    context = replace(context, published=published_reports(readings, context.year, context.published))
    admissions = [admit(reading, context) for reading in readings]
    entries = [
        SubmissionUnderCheck(
            key,
            reading.submission,
            admission.unit,
            context.profile.local(reading.file.received_at),
            context.previous.get(admission.unit.code) or as_told(reading.submission),
            reading.unread,
            heirs_of(context.previous.get(admission.unit.code), readings, context),
        )
        for key, (reading, admission) in enumerate(zip(readings, admissions, strict=True))
        if admission.unit is not None and reading.submission is not None
    ]
    company = _company(readings, entries, context)
    evaluated = _evaluate(entries, company, national_format, context)
    pairs = list(zip(readings, admissions, strict=True))
    verdicts = [_verdict(key, *pair, evaluated, national_format, context) for key, pair in enumerate(pairs)]
    evidence = evaluated.evidence
    if again := beside_what_counts_now(entries, readings, verdicts, context):
        evaluated = _evaluate(again, company, national_format, context)
        for key in (entry.key for entry in again):
            verdicts[key] = _verdict(key, *pairs[key], evaluated, national_format, context)
        evidence = [*evidence, *evaluated.evidence]
    return Judgement(verdicts, evidence)


def _evaluate(
    entries: Sequence[SubmissionUnderCheck],
    company: Sequence[SubmissionUnderCheck],
    national_format: NationalFormat,
    context: Context,
) -> _Evaluated:
    from expectations import suites  # here, because it loads pandas and Great Expectations (5 s)

    findings: dict[int, list[Finding]] = {entry.key: [] for entry in entries}
    not_applied: dict[int, list[NotApplied]] = {entry.key: [] for entry in entries}
    units = {entry.key: entry.unit.code for entry in entries}
    evidence: list[Mapping[str, Any]] = []
    frames = _frames(entries, company, context) if entries else []
    rules = context.rules.in_force(context.year, *EVALUATED)
    for outcome in suites.evaluate(frames, rules):
        unexpected = []
        for rule, row, frame in outcome.failures:
            found = finding(rule, frame.describe(row, rule.id), national_format)
            findings[row.key].append(found)
            unexpected.append({"unit": units[row.key], "rule": rule.id, "where": found.where})
        evidence.append({"batch": outcome.batch, "great_expectations": outcome.result, "unexpected": unexpected})
    applied = {rule.id for rule in rules}
    for not_evaluated in (one for frame in frames for one in frame.not_evaluated if one.rule in applied):
        not_applied[not_evaluated.key].append(NotApplied(not_evaluated.rule, not_evaluated.reason))
    days = context.profile.working_days()
    texts = {entry.key: text_compared(entry, days, context.rules) for entry in entries}
    return _Evaluated(findings, not_applied, texts, evidence)


def _frames(
    entries: Sequence[SubmissionUnderCheck], company: Sequence[SubmissionUnderCheck], context: Context
) -> list[Frame]:
    identities = frozenset(rule.id for rule in context.rules.in_force(context.year, "identities"))
    days = context.profile.working_days()
    return [
        cells_frame.build(entries),
        identities_frame.build(entries, identities),
        register_frame.build(entries),
        cases_frame.build(entries, days, context.rules),
        list_records_frame.build(entries, days, context.profile.areas, context.rules),
        figures_frame.build(entries, context.rules, company),
        narrative_frame.build(entries, days, context.rules),
        reports_frame.build(entries, context.rules),
    ]


def _company(
    readings: Sequence[Reading], entries: Sequence[SubmissionUnderCheck], context: Context
) -> list[SubmissionUnderCheck]:
    """What the units are compared with: the revisions that are known, and those that this batch would make.

    A report that stands beside its unit's submission is none. Known revisions that are judged again here count once;
    the keys of the others lie below those of the batch.
    """
    here = {(reading.addressee, reading.file.sha256) for reading in readings}
    known: dict[str, list[Revision]] = {}
    for revision in context.revisions:
        known.setdefault(revision.unit, []).append(revision)
    taken: dict[str, list[Reading]] = {}
    for entry in entries:
        taken.setdefault(entry.unit.code, []).append(readings[entry.key])
    before = [
        (revision, revision.submission, unit)
        for revision in context.revisions
        if revision.submission is not None
        and (revision.unit, revision.sha256) not in here
        and (unit := context.profile.unit(revision.unit)) is not None
    ]
    return [
        SubmissionUnderCheck(at - len(before), submission, unit, revision.received_at)
        for at, (revision, submission, unit) in enumerate(before)
    ] + [
        entry
        for entry in entries
        if not is_attached_report(readings[entry.key], taken[entry.unit.code], known.get(entry.unit.code, ()))
    ]


def _verdict(
    key: int,
    reading: Reading,
    admission: Admission,
    evaluated: _Evaluated,
    national_format: NationalFormat,
    context: Context,
) -> Verdict:
    catalogue = context.rules.catalogue
    found = [finding(rule_in_force(rule, catalogue), facts, national_format) for rule, facts in admission.raised]
    found += [issue_finding(issue, national_format, catalogue) for issue in reading.issues]
    found += evaluated.findings.get(key, ())
    if admission.unit is not None:  # a file of another unit is not compared with that unit's report
        found += published_findings(reading, context, national_format)
    found = [one for one in found if one.rule not in context.rules.off and one.rule not in context.set_aside]
    if admission.unit is not None and reading.submission is not None:
        found = said_once(found, reading.submission)
        found = settle(found, reading.submission, catalogue)
        found = waive(found, admission.unit.code, context.waivers)
    findings = ordered(found, national_format, catalogue)
    return Verdict(
        status=status_of(findings) if admission.unit is not None else Status.QUARANTINED,
        on_time=admission.on_time,
        findings=findings,
        coercions=reading.coercions,
        rules_not_applied=_not_applied(key, admission, evaluated, context),
        rules_version=context.rules_version,
        profile_rules=tuple(context.rules.changed),
        text=evaluated.texts.get(key, TextCompared()),
    )


def _on_requests(rules: Sequence[Rule], year: int) -> list[str]:
    """The rules that say nothing of a unit whose requests another authority counts, or nothing of its table three."""
    identities = {one.rule for one in for_year(year).identities if one.where.startswith(f"{REQUESTS}.")}
    return [
        rule.id
        for rule in rules
        if rule.frame in ("cases", "register") or rule.id in {*identities, "BLANK", "YOY-JUMP", "PEER-OUTLIER"}
    ]


def _not_applied(key: int, admission: Admission, evaluated: _Evaluated, context: Context) -> tuple[NotApplied, ...]:
    catalogue, rules = context.rules.catalogue, context.rules.in_force(context.year, *EVALUATED)
    if admission.unit is None:
        left_out = [NotApplied(rule.id, _QUARANTINED) for rule in rules]
    else:
        left_out = list(evaluated.not_applied[key])
        if not admission.unit.carries_tables:
            left_out += [
                NotApplied(r.id, _OTHER_CARRIER) for r in rules if r.frame == "identities" or r.id in TABLE_RULES
            ]
        elif (by := admission.unit.requests_counted_by) is not None:
            reason = _COUNTED_ELSEWHERE.format(authority=by)
            left_out += [NotApplied(rule, reason) for rule in _on_requests(rules, context.year)]
    left_out += [NotApplied(rule, why) for rule, why in context.set_aside.items()]
    left_out = [n for n in left_out if n.rule not in context.rules.off] + context.rules.left_out(context.year)
    return tuple(sorted(left_out, key=lambda n: (catalogue.order(n.rule), n.rule, n.reason)))
