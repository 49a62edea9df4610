"""A file that its unit handed in for another year already: none of this year's, and the unit is told which it is."""

from expectations.catalogue import load_catalogue, rules_version
from expectations.frames import Facts
from expectations.results import finding
from gongkai.findings import Finding
from gongkai.national_format import for_year
from gongkai.profile import Profile
from gongkai.submission.form import ReceivedFile
from gongkai.submission.verdict import Status, Verdict
from gongkai.warehouse.merge import HeldElsewhere

RULE = "WRONG-YEAR"


def judge_earlier(file: ReceivedFile, held: HeldElsewhere, year: int, profile: Profile) -> Verdict:
    """What is said of such a file; it changes nothing of where the unit stands."""
    values = {
        "kept": held.year,
        "number": held.number,
        "day": profile.local(held.received_at).date(),
        "wanted": year,
        "named": file.name.rpartition("/")[2],
    }
    facts = Facts(where="year", observed=held.year, expected=year, values=values)
    said: Finding = finding(load_catalogue().rule(RULE), facts, for_year(year))
    return Verdict(Status.QUARANTINED, True, (said,), (), (), rules_version())
