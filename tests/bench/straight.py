"""The baseline: the same work as `gongkai run` as one straight script without Prefect.

Prints one JSON object: seconds of the imports and of each step.
"""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from tests.bench.year import AS_OF

MARKS: dict[str, float] = {}


def mark(name: str, since: float) -> float:
    now = time.perf_counter()
    MARKS[name] = round(now - since, 3)
    return now


def main(inbox_folder: Path, out: Path, profile_folder: Path | None = None, as_of: datetime = AS_OF) -> None:
    at = time.perf_counter()
    import great_expectations  # noqa: F401  # its import is most of the imports' time

    from expectations.district_rollup import check_rollup
    from expectations.office_files.verdicts import judge_inspection
    from expectations.validation import Context, rules_version, validate
    from expectations.wording import rule_wording
    from gongkai.assessment.assess import assess_year
    from gongkai.profile import load_profile
    from gongkai.reporting import ranking
    from gongkai.reporting.board import writer as board
    from gongkai.reporting.findings import writer as findings_page
    from gongkai.reporting.receipt import writer as receipt
    from gongkai.reporting.report import writer as report
    from gongkai.reporting.scorecard import writer as scorecard
    from gongkai.reporting.shared import manifest
    from gongkai.submission.inbox import received_files
    from gongkai.submission.inspection.reader import read_inspection
    from gongkai.warehouse import merge, queries, runs, totals
    from gongkai.warehouse.engine import open_warehouse
    from gongkai.warehouse.rows import scores

    at = mark("imports", at)
    year, profile = 2021, load_profile(profile_folder)
    engine = open_warehouse(f"sqlite:///{out / 'warehouse.sqlite'}")
    found = received_files.scan(inbox_folder, profile, as_of)
    readings = [received_files.read(file) for files in found.units.values() for file in files]
    office = [(file, read_inspection(file.path.read_bytes(), profile, year)) for file in found.office]
    at = mark("parse", at)
    verdicts = validate(readings, Context(year, profile, as_of))
    at = mark("validate", at)
    run_id = runs.start_run(engine, year, as_of, profile, rules_version(), {})
    for file, said in office:
        merge.merge_inspection(engine, file, said.entries, judge_inspection(said, year), year, run_id)
    for reading, verdict in zip(readings, verdicts, strict=True):
        merge.merge_submission(engine, reading, verdict, str(reading.file.folder), year, run_id)
    at = mark("load", at)
    state = queries.load_year(engine, year, as_of, profile)
    figures = totals.compute_totals(state)
    check_rollup(figures, state.accepted)
    basis = manifest.basis_sha256(state)
    at = mark("total", at)
    folder = out / "2021"
    report.write_report(report.DistrictReport(state, figures, basis), folder / "report")
    at = mark("report", at)
    assessment = assess_year(state)
    scores.store_scores(engine, assessment, run_id, as_of)
    for card in assessment.scorecards:
        scorecard.write_scorecard(card, state, folder)
    at = mark("scores", at)
    for unit in state.units:
        receipt.write_receipt(unit, state, folder)
    board.write_board(state, folder, figures)
    findings_page.write_findings(state, basis, rule_wording(), folder)
    ranking.write_ranking(assessment, state, basis, folder)
    manifest.write_manifest(state, basis, folder)
    mark("drafts", at)
    sys.stdout.write(json.dumps({**MARKS, "accepted": len(state.accepted)}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
