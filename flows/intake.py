"""The first half of the year's work: collect → validate → merge."""

from collections.abc import Iterable

from prefect.futures import PrefectFuture

from expectations.context import Context
from expectations.gx_library import load_engine_beside
from flows.final_state import StepFailures
from flows.order import Order
from gongkai.findings import ReadingIssue
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inbox.assignment import Assigned
from gongkai.submission.inbox.received_files import not_to_be_had
from gongkai.warehouse.records import YearState
from tasks.collect import assign_files, list_inbox, read_files, read_office_files
from tasks.fetch import fetch_files, keep_origins
from tasks.merge import (
    begin_run,
    keep_first_sights,
    merge_office_files,
    merge_unit,
    store_files_of_other_years,
    store_unplaced,
)
from tasks.report import load_year
from tasks.show import Screen
from tasks.step import run_logger
from tasks.validate import find_concerned, judge_office_files, keep_evidence, load_context, validate_readings
from tasks.values import OfficeFile, Opaque, Received
from tasks.workspace import Workspace


def take_in(workspace: Workspace, order: Order, failures: StepFailures, screen: Screen) -> None:
    """Reads the inbox, judges everything in one batch, and merges unit by unit."""
    if "validate" in order.stages:
        load_engine_beside()
    if order.sources:
        _fetch(workspace, order, failures, screen)
    received = list_inbox(workspace, order.inbox, order.units).value
    for trouble in received.troubles:
        failures.alert(trouble)
    read, files = _read(workspace, order, received, failures)
    office = Opaque(_office(workspace, received, failures))
    if "validate" not in order.stages:
        return
    known = load_year(workspace)
    context = load_context(workspace, known, office)
    if order.asked:
        read.units |= _concerned(workspace, order, read, known, context, failures)
    decisions = Opaque(context.value.decisions)
    everything = [*(reading for listed in read.units.values() for reading in listed), *read.unplaced]
    judged, evidence = validate_readings(Opaque(everything), len(everything), context).release()
    if "draft" in order.stages:
        keep_evidence(workspace, Opaque(evidence))
    if "merge" not in order.stages:
        for one in judged:
            run_logger().info("%s：%s", one.reading.file.name, one.verdict.status.word)
        return
    begin_run(workspace, order.parameters(), order.started_at)
    seen = [*files, *(one.file for one in office.value), *(reading.file for reading in everything)]
    keep_first_sights(workspace, Opaque(seen))
    keep_origins(workspace, order.inbox, Opaque(seen))
    verdicts = {id(one.reading): one for one in judged}
    judged_office = judge_office_files(workspace, office)
    merge_office_files(workspace, judged_office)
    merging = {
        unit: merge_unit.submit(workspace, unit, Opaque([verdicts[id(one)] for one in listed]), known, decisions)
        for unit, listed in read.units.items()
    }
    failures.results(merging, "合并")
    silent = {unit: files for unit, files in received.elsewhere.items() if known.value.unit(unit).latest is None}
    store_files_of_other_years(workspace, silent)
    known.release()  # the year is read anew below: what it was before the run is done with
    store_unplaced(workspace, Opaque([verdicts[id(reading)] for reading in read.unplaced]))


def _fetch(workspace: Workspace, order: Order, failures: StepFailures, screen: Screen) -> None:
    """Brings in what was sent since the last run; a source that is down is told and costs nobody else anything."""
    fetched = fetch_files(Opaque(order.sources), order.inbox, Opaque(order.profile), order.started_at).value
    for trouble in fetched.down.values():
        failures.alert(trouble.rstrip("。"))
    workspace.remarks += [f"自动收件：{alert}" for alert in fetched.alerts]
    screen.arrivals(order.inbox)


def _read(
    workspace: Workspace, order: Order, received: Received, failures: StepFailures
) -> tuple[Assigned, list[ReceivedFile]]:
    """Every file read, and whose it is; of a unit whose files cannot be read the failure is kept, others go on.

    The files of the units' folders stand beside: what was read may be one submission made of several.
    """
    by_folder = _reading(received)
    apart = {"散件": read_files.submit("散件", Opaque(received.loose))} if received.loose else {}
    loose = [one for opaque in failures.results(apart, "读取").values() for one in _had(opaque.release(), failures)]
    read = failures.results(by_folder, "读取")
    in_folders = {unit: _had(opaque.release(), failures) for unit, opaque in read.items()}
    files = [reading.file for readings in in_folders.values() for reading in readings]
    assigned = assign_files(workspace, Opaque(in_folders), Opaque(loose), order.units).release()
    assigned.unplaced[:0] = received.unplaced
    return assigned, files


def _concerned(
    workspace: Workspace,
    order: Order,
    read: Assigned,
    known: Opaque[YearState],
    context: Opaque[Context],
    failures: StepFailures,
) -> dict[str, list[Reading]]:
    """The known files of units that were not asked for and that the new ones concern; nothing new of theirs."""
    codes = find_concerned(Opaque(read.units), known, context)
    if not codes:
        return {}
    by_folder = _reading(list_inbox(workspace, order.inbox, codes).value)
    found = {unit: _had(opaque.release(), failures) for unit, opaque in failures.results(by_folder, "读取").items()}
    assigned = assign_files(workspace, Opaque(found), Opaque([]), codes).release()
    hashes = {unit: {one.sha256 for one in known.value.unit(unit).revisions} for unit in codes}
    return {unit: [one for one in listed if one.file.sha256 in hashes[unit]] for unit, listed in assigned.units.items()}


def _reading(received: Received) -> dict[str, PrefectFuture[Opaque[list[Reading]]]]:
    return {unit: read_files.submit(unit, Opaque(files)) for unit, files in received.units.items() if files}


def _had(readings: Iterable[Reading], failures: StepFailures) -> list[Reading]:
    """The readings of files that lay still while they were read; the others are told, and left to the next run."""
    return [one for one in readings if not _fleeting(one.file, one.issues, failures)]


def _office(workspace: Workspace, received: Received, failures: StepFailures) -> list[OfficeFile]:
    """The office's own files, likewise."""
    read = read_office_files(workspace, Opaque(received.office)).value
    return [one for one in read if not _fleeting(one.file, one.said.issues, failures)]


def _fleeting(file: ReceivedFile, issues: Iterable[ReadingIssue], failures: StepFailures) -> bool:
    why = not_to_be_had(issues)
    if why:
        failures.alert(f"{file.name}：{why}，本次没有收取，下次运行会重新读取")
    return why is not None
