"""The first half of the year's work: collect → validate → merge."""

from collections.abc import Iterable, Iterator

from prefect import get_run_logger

from expectations.gx_library import load_engine_beside
from flows.final_state import StepFailures
from flows.order import Order
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inbox.assignment import Assigned
from tasks.collect import assign_files, list_inbox, read_files, read_office_files
from tasks.merge import begin_run, keep_first_sights, merge_office_files, merge_unit, store_unplaced
from tasks.report import load_year
from tasks.validate import judge_office_files, keep_evidence, load_context, validate_readings
from tasks.values import Opaque, Received
from tasks.workspace import Workspace


def take_in(workspace: Workspace, order: Order, failures: StepFailures) -> None:
    """Reads the inbox, judges everything in one batch, and merges unit by unit."""
    if "validate" in order.stages:
        load_engine_beside()
    received = list_inbox(workspace, order.inbox, order.units).value
    for trouble in received.troubles:
        failures.alert(trouble)
    read = _read(workspace, order, received, failures)
    office = read_office_files(workspace, Opaque(received.office))
    if "validate" not in order.stages:
        return
    known = load_year(workspace)
    context = load_context(workspace, known, office)
    decisions = Opaque(context.value.decisions)
    everything = [*(reading for listed in read.units.values() for reading in listed), *read.unplaced]
    judged, evidence = validate_readings(Opaque(everything), len(everything), context).release()
    if "draft" in order.stages:
        keep_evidence(workspace, Opaque(evidence))
    if "merge" not in order.stages:
        for one in judged:
            get_run_logger().info("%s：%s", one.reading.file.name, one.verdict.status.word)
        return
    begin_run(workspace, order.parameters(), order.started_at)
    keep_first_sights(workspace, Opaque(list(_taken_in(received, everything))))
    verdicts = {id(one.reading): one for one in judged}
    judged_office = judge_office_files(workspace, office)
    merge_office_files(workspace, judged_office)
    merging = {
        unit: merge_unit.submit(workspace, unit, Opaque([verdicts[id(one)] for one in listed]), known, decisions)
        for unit, listed in read.units.items()
    }
    failures.results(merging, "合并")
    known.release()  # the year is read anew below: what it was before the run is done with
    store_unplaced(workspace, Opaque([verdicts[id(reading)] for reading in read.unplaced]))


def _taken_in(received: Received, readings: Iterable[Reading]) -> Iterator[ReceivedFile]:
    """The files that this run stores: its units', the office's, and what was made of several or is nobody's."""
    yield from (file for files in received.units.values() for file in files)
    yield from received.office
    yield from (reading.file for reading in readings)


def _read(workspace: Workspace, order: Order, received: Received, failures: StepFailures) -> Assigned:
    """Every file read, and whose it is; of a unit whose files cannot be read the failure is kept, others go on."""
    by_folder = {unit: read_files.submit(unit, Opaque(files)) for unit, files in received.units.items() if files}
    apart = {"散件": read_files.submit("散件", Opaque(received.loose))} if received.loose else {}
    loose = [reading for opaque in failures.results(apart, "读取").values() for reading in opaque.release()]
    in_folders = {unit: opaque.release() for unit, opaque in failures.results(by_folder, "读取").items()}
    assigned = assign_files(workspace, Opaque(in_folders), Opaque(loose), order.units).release()
    assigned.unplaced[:0] = received.unplaced
    return assigned
