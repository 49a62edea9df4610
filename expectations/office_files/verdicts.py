"""The office's own input: what its reader noted of each entry, and what all entries together say, as findings.

An entry that does not count is an error of its file, and the other entries still count. The second kind depends on the
day and on other files, so it is asked anew of every state of a year and not stored.
"""

from collections.abc import Iterable
from dataclasses import replace

from expectations.catalogue import catalogue_in_force, rules_version
from expectations.results import issue_finding, ordered
from expectations.settling import waivers
from gongkai.assessment.claims import stray_decisions
from gongkai.assessment.office.sampling import look_elsewhere
from gongkai.assessment.rectifying import unclear_items
from gongkai.findings import Severity
from gongkai.national_format import for_year
from gongkai.submission.inspection.entry import office_file
from gongkai.submission.inspection.office_row import located
from gongkai.submission.inspection.reader import InspectionReading
from gongkai.submission.places import parts
from gongkai.submission.verdict import Status, Verdict, status_of
from gongkai.warehouse.records import StoredFile, YearLock, YearState


def judge_inspection(reading: InspectionReading, year: int, lock: YearLock | None = None) -> Verdict:
    """The verdict on one file of the office: accepted, returned when entries are faulty, quarantined without any.

    Args:
        reading: the file.
        year: the report year.
        lock: the year's, whose rules are then those of the time.
    """
    catalogue, national_format = catalogue_in_force(lock.rules if lock else None), for_year(year)
    noted = (*reading.issues, *(located(one, reading.form) for one in waivers.issues(reading.entries)))
    findings = ordered((issue_finding(one, national_format, catalogue) for one in noted), national_format, catalogue)
    status = status_of(findings)
    if status is Status.RETURNED and not reading.entries:
        status = Status.QUARANTINED
    return Verdict(
        status=status,
        on_time=True,
        findings=findings,
        coercions=reading.coercions,
        rules_not_applied=(),
        rules_version=lock.rules_version if lock else rules_version(),
    )


def review_office(state: YearState) -> tuple[StoredFile, ...]:
    """The office's files in the order of arrival, the newest of each name with what all entries together say of it.

    Of a locked year they are told in the words of its own rules.
    """
    catalogue, national_format = catalogue_in_force(state.lock.rules if state.lock else None), for_year(state.year)
    newest = {file.name: file for file in state.office_files}
    counted = (*state.office.conflicts, *look_elsewhere(state))
    said = (*state.office.left_out, *counted, *stray_decisions(state), *unclear_items(state))
    reviewed = []
    for file in state.office_files:
        remarks = [
            issue_finding(located(remark.issue, file.form), national_format, catalogue)
            for remark in said
            if remark.entry.file == office_file(file.name) and newest[file.name] is file
        ]
        findings = ordered((*file.verdict.findings, *remarks), national_format, catalogue)
        status = file.verdict.status if not remarks else _worse(file.verdict.status, status_of(findings))
        reviewed.append(replace(file, verdict=replace(file.verdict, findings=findings, status=status)))
    return tuple(reviewed)


def not_counted(files: Iterable[StoredFile]) -> dict[str, int]:
    """File → how many of its entries do not count; a file of which nothing can be read counts as one.

    Args:
        files: as `review_office` gives them; of files of one name the newest speaks.
    """
    counted = {}
    for name, file in {file.name: file for file in files}.items():
        errors = [f for f in file.verdict.findings if f.severity is Severity.ERROR and f.settled_by is None]
        entries = {parts(found.where)[1] for found in errors if parts(found.where)[0] == "entries"}
        many = len(entries) or int(file.verdict.status is Status.QUARANTINED)
        if many:
            counted[name] = many
    return counted


def _worse(stored: Status, today: Status) -> Status:
    return Status.QUARANTINED if stored is Status.QUARANTINED else today
