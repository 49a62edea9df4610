"""Collecting: what lies in the inbox, and what each file says. One task a unit; nothing is stored or judged here."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from gongkai.delivery.incoming.journal import origins
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inbox import received_files
from gongkai.submission.inbox.assignment import Assigned, assign_readings
from gongkai.submission.inbox.office_files import read_office_file
from gongkai.warehouse.merge import holds_bytes_for_other_year, placed_in_other_years
from gongkai.warehouse.rows.fetched import doubtful, known_fetched
from gongkai.warehouse.rows.sights import as_first_seen, known_sights
from tasks.step import run_logger, step
from tasks.values import OfficeFile, Opaque, Received
from tasks.workspace import Workspace


@step("清点收件")
def list_inbox(workspace: Workspace, inbox: Path, units: Collection[str]) -> Opaque[Received]:
    """Lists the inbox; files whose bytes the warehouse holds for another year are passed over.

    Bytes that the warehouse has seen keep the moment of then, whatever a copy made of their modification time. What
    was fetched by mail and whose sender nobody vouches for is marked.

    Args:
        workspace: the run's workspace.
        inbox: the inbox's folder.
        units: codes of the units whose files are wanted.
    """
    found = received_files.scan(inbox, workspace.profile, workspace.as_of, workspace.year)
    sights = known_sights(workspace.engine, workspace.year)
    unproven = doubtful([*known_fetched(workspace.engine), *origins(inbox)])

    everything = [*found.loose, *found.office, *(file for files in found.units.values() for file in files)]
    everything += [one.file for one in found.unplaced]
    held = placed_in_other_years(workspace.engine, (file.sha256 for file in everything), workspace.year)

    def fresh(files: Collection[ReceivedFile]) -> list[ReceivedFile]:
        mine = (file for file in files if file.sha256 not in held)
        seen = (as_first_seen(file, sights, workspace.year) for file in mine)
        return [replace(file, proven=False) if (file.folder, file.sha256) in unproven else file for file in seen]

    mine = {code: fresh(files) for code, files in found.units.items() if code in units}
    received = Received(
        units=mine,
        loose=fresh(found.loose),
        office=fresh(found.office),
        unplaced=[replace(one, file=file) for one in found.unplaced for file in fresh([one.file])],
        troubles=[f"{folder}：{why}" for folder, why in found.troubles.items()],
        elsewhere={code: [*found.units[code]] for code, files in mine.items() if found.units[code] and not files},
    )
    counted = sum(map(len, received.units.values())) + len(received.loose) + len(received.office)
    run_logger().info("收件目录中与本年度有关的文件 %d 个，无法归属 %d 个", counted, len(received.unplaced))
    return Opaque(received)


@step("读取材料", "读取 {unit}")
def read_files(
    unit: str,  # noqa: ARG001  # names the task run
    files: Opaque[list[ReceivedFile]],
) -> Opaque[list[Reading]]:
    """Reads one unit's files in the order of arrival (`unit` names the task run)."""
    return Opaque([received_files.read(file) for file in files.value])


@step("归集材料")
def assign_files(
    workspace: Workspace,
    in_folders: Opaque[dict[str, list[Reading]]],
    loose: Opaque[list[Reading]],
    units: Sequence[str],
) -> Opaque[Assigned]:
    """Says whose every file is, and makes one submission of CSV files that belong together.

    Args:
        workspace: the run's workspace.
        in_folders: what the files of each unit's folder say.
        loose: what the files directly in the inbox say.
        units: codes of the units whose files are wanted, in registry order.
    """
    expected = workspace.profile.expected(workspace.year)

    def elsewhere(reading: Reading) -> bool:
        return holds_bytes_for_other_year(workspace.engine, reading.file.sha256, workspace.year)

    assigned = assign_readings(in_folders.release(), loose.release(), units, expected, elsewhere)
    sights = known_sights(workspace.engine, workspace.year)
    for listed in assigned.units.values():  # several CSV files as one submission are bytes of their own
        listed[:] = [replace(one, file=as_first_seen(one.file, sights, workspace.year)) for one in listed]
    return Opaque(assigned)


@step("读取检查材料")
def read_office_files(workspace: Workspace, files: Opaque[list[ReceivedFile]]) -> Opaque[list[OfficeFile]]:
    """Reads the office's own input: what inspectors found, decided and granted."""
    profile, year = workspace.profile, workspace.year
    return Opaque([OfficeFile(file, read_office_file(file, profile, year)) for file in files.value])
