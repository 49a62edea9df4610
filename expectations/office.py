"""The office's own input: what its reader noted, as a verdict like any other. There is nothing to cross-check.

An entry that cannot be used is an error of the file, and the other entries still count.
"""

from expectations.catalogue import catalogue_in_force, rules_version
from expectations.results import issue_finding, ordered
from expectations.settling import waivers
from gongkai.national_format import for_year
from gongkai.submission.inspection.reader import InspectionReading
from gongkai.submission.verdict import Status, Verdict, status_of
from gongkai.warehouse.records import YearLock


def judge_inspection(reading: InspectionReading, year: int, lock: YearLock | None = None) -> Verdict:
    """The verdict on one file of the office: accepted, returned when entries are faulty, quarantined without any.

    Args:
        reading: the file.
        year: the report year.
        lock: the year's, whose rules are then those of the time.
    """
    catalogue, national_format = catalogue_in_force(lock.rules if lock else None), for_year(year)
    noted = (*reading.issues, *waivers.issues(reading.entries))
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
