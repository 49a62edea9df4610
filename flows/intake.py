"""The first half of the year's work: collect → validate → merge."""

from prefect import get_run_logger

from expectations.gx_library import load_engine_beside
from flows.final_state import StepFailures
from flows.order import Order
from gongkai.submission.form import CSV, Reading
from tasks.collect import join_parts, list_inbox, read_files, read_office_files
from tasks.merge import begin_run, merge_office_files, merge_unit, store_unplaced
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
    readings, unplaced = _read(workspace, order, received, failures)
    office = read_office_files(workspace, Opaque(received.office))
    if "validate" not in order.stages:
        return
    context = load_context(workspace, list(readings), office)
    everything = [*(reading for listed in readings.values() for reading in listed), *unplaced]
    judged, evidence = validate_readings(Opaque(everything), len(everything), context).release()
    if "draft" in order.stages:
        keep_evidence(workspace, Opaque(evidence))
    if "merge" not in order.stages:
        for one in judged:
            get_run_logger().info("%s：%s", one.reading.file.name, one.verdict.status.value)
        return
    begin_run(workspace, order.parameters(), order.started_at)
    known = load_year(workspace)
    verdicts = {id(one.reading): one for one in judged}
    judged_office = judge_office_files(workspace, office)
    merge_office_files(workspace, judged_office)
    merging = {
        unit: merge_unit.submit(workspace, unit, Opaque([verdicts[id(reading)] for reading in listed]), known)
        for unit, listed in readings.items()
    }
    failures.results(merging, "合并")
    store_unplaced(workspace, Opaque([verdicts[id(reading)] for reading in unplaced]))


def _read(
    workspace: Workspace, order: Order, received: Received, failures: StepFailures
) -> tuple[dict[str, list[Reading]], list[Reading]]:
    """Every file read: by unit in registry order, and those that are no unit's."""
    by_folder = {unit: read_files.submit(unit, Opaque(files)) for unit, files in received.units.items() if files}
    apart = {"散件": read_files.submit("散件", Opaque(received.loose))} if received.loose else {}
    loose = [reading for opaque in failures.results(apart, "读取").values() for reading in opaque.release()]
    readings: dict[str, list[Reading]] = {}
    for unit, opaque in failures.results(by_folder, "读取").items():
        readings[unit] = opaque.release()
    unplaced = list(received.unplaced)
    known = {unit.code for unit in order.profile.expected(order.year)}
    for reading in loose:
        named = reading.submission.unit if reading.submission else None
        if named in order.units:
            readings.setdefault(str(named), []).append(reading)
        elif named not in known:
            unplaced.append(reading)
    for unit, listed in readings.items():
        if sum(reading.kind == CSV for reading in listed) > 1:
            listed = readings[unit] = join_parts(workspace, Opaque(listed)).release()
        listed.sort(key=lambda reading: reading.file.received_at)  # those alike stay as the inbox was listed
    return {unit: readings[unit] for unit in order.units if unit in readings}, unplaced
