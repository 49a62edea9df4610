"""Verdicts as rows and back. A verdict is written only where it differs from the one in force at its moment."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import InstrumentedAttribute

from gongkai.findings import Coercion, Finding
from gongkai.submission.inspection.entry import READ, InspectionEntry
from gongkai.submission.verdict import ChangedRule, FigureNotCompared, NotApplied, Status, TextCompared, Verdict
from gongkai.warehouse import models
from gongkai.warehouse.rows.submission_rows import among

Subject = InstrumentedAttribute[int | None]
"""What a verdict is about: `models.VerdictRow.revision_id` or `models.VerdictRow.stored_file_id`."""


class VerdictHistory(NamedTuple):
    """What was decided about one subject: its first verdict, the latest one, and the latest one's row.

    `accepted_at` is the moment since which it is accepted; None while it is not.
    """

    first: Verdict
    latest: Verdict
    latest_id: int
    accepted_at: datetime | None = None


class StoredVerdict(NamedTuple):
    """What storing a verdict did: whether a row was written, and the status in force before (None: there was none)."""

    written: bool
    before: Status | None


def store_verdict(
    connection: Connection,
    subject: Subject,
    subject_id: int,
    verdict: Verdict,
    run_id: int,
    recorded_at: datetime,
    entries: Sequence[InspectionEntry] = (),
) -> StoredVerdict:
    """Stores a verdict, with the entries it leaves of an office file, unless the one in force says the same.

    In force is the latest verdict at `recorded_at`.
    """
    said = _said(verdict)
    entry_rows = [{key: getattr(entry, key) for key in READ} for entry in entries]
    sha256 = hashlib.sha256(json.dumps([said, entry_rows], sort_keys=True, default=str).encode()).hexdigest()
    table = models.VerdictRow
    in_force = connection.execute(
        select(table.sha256, table.status)
        .where(subject == subject_id, table.recorded_at <= recorded_at)
        .order_by(table.recorded_at.desc(), table.id.desc())
        .limit(1)
    ).one_or_none()
    before = Status(in_force.status) if in_force else None
    if in_force is not None and in_force.sha256 == sha256:
        return StoredVerdict(False, before)
    findings = said.pop("findings")
    row = {**said, subject.key: subject_id, "run_id": run_id, "recorded_at": recorded_at, "sha256": sha256}
    verdict_id = connection.execute(insert(table).returning(table.id), row).scalar_one()
    if findings:
        rows = [{"verdict_id": verdict_id, "position": n, **finding} for n, finding in enumerate(findings, 1)]
        connection.execute(insert(models.FindingRow), rows)
    if entry_rows:
        rows = [{"verdict_id": verdict_id, "position": n, **entry} for n, entry in enumerate(entry_rows, 1)]
        connection.execute(insert(models.InspectionEntryRow), rows)
    return StoredVerdict(True, before)


def load_verdicts(
    connection: Connection, subject: Subject, ids: Iterable[int], as_of: datetime, last_run: int | None = None
) -> dict[int, VerdictHistory]:
    """What was decided at a moment, by subject; a subject without a verdict was not known then.

    With `last_run` nothing that a later run decided is seen, whatever moment it took for its now.
    """
    table = models.VerdictRow
    statement = (
        select(subject, table.id, table.status, table.on_time, table.rules_version, table.recorded_at)
        .add_columns(table.coercions, table.rules_not_applied, table.profile_rules, table.text)
        .where(subject.in_(among(ids)), table.recorded_at <= as_of, *up_to(table.run_id, last_run))
        .order_by(table.recorded_at, table.id)
    )
    first: dict[int, Any] = {}
    latest: dict[int, Any] = {}
    accepted: dict[int, datetime] = {}
    for row in connection.execute(statement):
        first.setdefault(row[0], row)
        latest[row[0]] = row
        if row.status == Status.ACCEPTED.value:
            accepted.setdefault(row[0], row.recorded_at)
        else:
            accepted.pop(row[0], None)
    findings = _load_findings(connection, {row.id for row in (*first.values(), *latest.values())})
    return {
        key: VerdictHistory(_verdict(first[key], findings), _verdict(row, findings), row.id, accepted.get(key))
        for key, row in latest.items()
    }


def up_to(run_id: Any, last_run: int | None) -> tuple[Any, ...]:
    """The condition that a row was written by a run up to the last one that counts, if there is such a limit."""
    return () if last_run is None else (run_id <= last_run,)


def _said(verdict: Verdict) -> dict[str, Any]:
    return {
        "status": verdict.status.value,
        "on_time": verdict.on_time,
        "rules_version": verdict.rules_version,
        "coercions": [coercion.to_json() for coercion in verdict.coercions],
        "rules_not_applied": [asdict(rule) for rule in verdict.rules_not_applied],
        "profile_rules": [asdict(change) for change in verdict.profile_rules],
        "text": asdict(verdict.text),
        "findings": [finding.to_json() for finding in verdict.findings],
    }


def _verdict(row: Any, findings: Mapping[int, list[Finding]]) -> Verdict:
    return Verdict(
        status=Status(row.status),
        on_time=row.on_time,
        findings=tuple(findings.get(row.id, ())),
        coercions=tuple(Coercion(**entry) for entry in row.coercions),
        rules_not_applied=tuple(NotApplied(**entry) for entry in row.rules_not_applied),
        rules_version=row.rules_version,
        profile_rules=tuple(ChangedRule(**entry) for entry in row.profile_rules),
        text=_text(row.text),
    )


def _text(stored: Mapping[str, Any]) -> TextCompared:
    if not stored:
        return TextCompared()  # a verdict from before the texts were counted
    left = tuple(FigureNotCompared(**one) for one in stored["not_compared"])
    return TextCompared(stored["figures"], stored["compared"], left)


def _load_findings(connection: Connection, verdict_ids: Iterable[int]) -> dict[int, list[Finding]]:
    table = models.FindingRow.__table__
    statement = (
        select(table).where(table.c.verdict_id.in_(among(verdict_ids))).order_by(table.c.verdict_id, table.c.position)
    )
    found: dict[int, list[Finding]] = {}
    for row in connection.execute(statement).mappings():
        said = {key: value for key, value in row.items() if key not in ("verdict_id", "position")}
        found.setdefault(row["verdict_id"], []).append(Finding.from_json(said))
    return found
