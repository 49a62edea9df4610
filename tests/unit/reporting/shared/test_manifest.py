"""The basis and the manifest: the same grounds give the same hash, and every listed output can be checked."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from types import SimpleNamespace

from gongkai.reporting.shared.manifest import basis_sha256, write_manifest
from gongkai.submission.verdict import Status


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
