"""The basis and the manifest: the same grounds give the same hash, and every listed output can be checked."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from gongkai.reporting.shared.manifest import basis_sha256, write_manifest
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import FileBeside, PublishedReport, RepeatedFile, Revision, YearState


def test_basis_is_the_same_for_the_same_moment_in_another_zone(make: SimpleNamespace) -> None:
    state = make.state()

    assert basis_sha256(replace(state, as_of=state.as_of.astimezone(UTC))) == basis_sha256(state)


def test_basis_changes_with_moment_profile_rules_and_every_input(make: SimpleNamespace) -> None:
    state = make.state()
    stray = make.stored("散件.doc", make.verdict())
    others = [
        replace(state, as_of=state.as_of + timedelta(seconds=1)),
        replace(state, profile_sha256="0" * 64),
        replace(state, rules_version="0" * 64),
        make.state({"A01": (make.revision("A01", make.verdict(), 2),)}),
        replace(state, office_files=(stray,)),
        replace(state, unassigned=(stray,)),
    ]

    assert len({basis_sha256(one) for one in [state, *others]}) == 1 + len(others)


def test_basis_changes_with_each_thing_that_an_output_tells(make: SimpleNamespace) -> None:
    """Two runs with equal basis have equal outputs: whatever is changed alone gives another basis."""
    accepted = make.verdict()
    first = make.revision("A01", accepted)
    later = first.received_at + timedelta(days=1)
    found = make.verdict(make.finding("REQ-ROWSUM"))
    beside = FileBeside("照片.jpg", "a" * 64, first.received_at, "attachment", ())
    entry = InspectionEntry(id="k", unit="A01", kind="penalty", points=Decimal(1), reason="迟报")

    def year(*revisions: Revision, **further: Any) -> YearState:
        state = make.state({"A01": revisions or (first,)})
        units = tuple(replace(one, **further) if one.unit.code == "A01" else one for one in state.units)
        return replace(state, units=units)

    plain = year()
    changed = {
        "the file's name": year(replace(first, file="A01/又一份.xlsx")),
        "when it came": year(replace(first, received_at=later)),
        "the verdict": year(replace(first, verdict=found)),
        "the first verdict": year(replace(first, first_verdict=found)),
        "since when it is accepted": year(replace(first, accepted_at=later)),
        "what was masked later": year(replace(first, masked=1)),
        "another revision": year(first, replace(first, number=2, sha256="b" * 64)),
        "a repetition": year(repeated=(RepeatedFile("A01/同上.xlsx", "c" * 64, later, 1, ()),)),
        "an attachment": year(beside=(beside,)),
        "another attachment": year(beside=(replace(beside, file="图.jpg"),)),
        "what is said of it": year(beside=(replace(beside, findings=found.findings),)),
        "a published report": year(published=(PublishedReport("报告.docx", "d" * 64, later, None, accepted.status),)),
        "an office file": replace(plain, office_files=(make.stored("_office/巡查.json", accepted),)),
        "the verdict on it": replace(plain, office_files=(make.stored("_office/巡查.json", found),)),
        "an entry": replace(plain, inspections=(entry,)),
        "an entry's points": replace(plain, inspections=(replace(entry, points=Decimal(2)),)),
        "last year's score": replace(plain, previous_scores={"A01": {"total": Decimal(90)}}),
    }
    bases = {what: basis_sha256(state) for what, state in changed.items()}
    assert {what for what, basis in bases.items() if basis == basis_sha256(plain)} == set()
    assert len(set(bases.values())) == len(bases)
    assert basis_sha256(year()) == basis_sha256(plain)


def test_inputs_name_every_revision_the_quarantined_ones_and_the_offices_files(
    make: SimpleNamespace, tmp_path: Path
) -> None:
    unreadable = make.verdict(make.finding("SHAPE", where="-"), status=Status.QUARANTINED)
    office = make.stored("_office/巡查.json", make.verdict())
    state = make.state(
        {"A01": (make.revision("A01", unreadable), make.revision("A01", make.verdict(), 2))}, office_files=(office,)
    )

    [place] = write_manifest(state, basis_sha256(state), tmp_path)

    manifest = json.loads(place.read_text(encoding="utf-8"))
    assert {"as_of", "basis_sha256", "profile_sha256", "rules_version", "inputs", "outputs"} <= set(manifest)
    assert manifest["basis_sha256"] == basis_sha256(state)
    assert [one["revision"] for one in manifest["inputs"] if one["unit"] == "A01"] == [1, 2]
    assert manifest["inputs"][-1] == {"unit": "_office", "revision": 1, "sha256": office.sha256}
    assert all(set(one) == {"unit", "revision", "sha256"} for one in manifest["inputs"])


def test_outputs_are_sorted_and_hashed_without_signatures_logs_or_itself(make: SimpleNamespace, tmp_path: Path) -> None:
    listed = [
        "board.html",
        "board.json",
        "notes.txt",
        "ranking.json",
        "receipts/A01.json",
        "report/report.pdf",
        "scorecards/A01/scorecard.pdf",
    ]
    unlisted = [
        "receipts/A01.sig",
        "receipts/district.pub",
        "report/run.log",
        "validation/great_expectations.json",
        "manifest.json",
    ]
    for name in [*listed, *unlisted]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")

    [place] = write_manifest(make.state(), "b" * 64, tmp_path)

    outputs = json.loads(place.read_text(encoding="utf-8"))["outputs"]
    assert [output["path"] for output in outputs] == listed
    assert outputs[0]["sha256"] == hashlib.sha256(b"board.html").hexdigest()
