"""One verdict a file: judged in one batch with others, or alone when the others are known, it is the same.

What a run decides of an inbox is what `check --warehouse` and `preview --file` say of each of its files afterwards;
the three gather what they judge by in one place. tests/flows/test_one_verdict.py shows it on a warehouse.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from expectations.context import Context
from expectations.gathering import gather_context
from expectations.roles import decide_roles, judge_alone
from expectations.validation import validate
from gongkai.profile import Profile
from gongkai.submission.form import Reading
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.verdict import JudgedReading, Status
from gongkai.warehouse.filing import FiledReading, Role
from gongkai.warehouse.records import PublishedReport, RepeatedFile, UnitYear, YearState
from tests.unit.expectations.conftest import ON_TIME, YEAR, change, clean, read, revision
from tests.unit.expectations.edges import LONG_TEXT

TOWNS = tuple(f"B{number:02}" for number in range(1, 11))
LICENCES = "proactive_disclosure.administrative_licences.decisions"
# What a file may say otherwise than the clean one.
SAID: dict[str, dict[str, Any]] = {
    "clean": {},
    "again": {"prepared_by": "另一人"},
    "corrected": {LICENCES: 13, "reason": "漏计一件"},
    "corrected without a reason": {LICENCES: 14},
    "late case": {"register[2].replied_on": "2022-03-31"},
    "late case explained": {
        "register[2].replied_on": "2022-03-31",
        "explanations": [{"finding": "CASE-OVERDUE", "where": "register[案02].replied_on", "reason": "late_rectified"}],
    },
    "long text": {"narrative.overview": LONG_TEXT},
    "many": {"requests.new_requests.total": 1200},
    "another year": {"year": YEAR - 1},
    "another unit": {"unit": TOWNS[9]},
}
FILES = st.lists(
    st.tuples(st.sampled_from(TOWNS[:3]), st.sampled_from(sorted(SAID)), st.booleans()), min_size=1, max_size=7
)
GRANTED = (
    InspectionEntry(id="W1", unit=TOWNS[0], kind="waiver", indicator="CASE-OVERDUE", by="李主任", reason="已核实"),
    InspectionEntry(id="E1", unit=TOWNS[1], kind="extension", until=date(2023, 12, 31), by="李主任", reason="同意"),
)


def sent(folder: str, what: str, is_report: bool, hours: int) -> Reading:
    document = clean(folder)
    for where, value in SAID[what].items():
        change(document, where, value)
    if is_report:  # bytes of its own: the same bytes are never a report here and a form there
        document["prepared_by"] = f"公开的年度报告，{document.get('prepared_by')}"
    reading = read(document, folder, ON_TIME + timedelta(hours=hours))
    return replace(reading, kind="published") if is_report else reading


def year(profile: Profile, *units: UnitYear) -> YearState:
    """The year with its ten towns, some of which have sent something."""
    known = {unit.unit.code: unit for unit in units}
    return YearState(
        year=YEAR,
        as_of=ON_TIME + timedelta(days=400),
        profile=profile,
        profile_sha256="",
        rules_version="",
        units=tuple(known.get(unit.code, UnitYear(unit, ())) for unit in profile.units),
        inspections=GRANTED,
        office_files=(),
        unassigned=(),
        previous={},
    )


def with_what_was_filed(unit: UnitYear, filed: Sequence[FiledReading]) -> UnitYear:
    """The unit as the warehouse knows it afterwards."""
    revisions, repeated, published = list(unit.revisions), list(unit.repeated), list(unit.published)
    for one in filed:
        file, verdict, number = one.reading.file, one.verdict, one.number
        if one.role is Role.REVISION:
            assert number is not None
            revisions.append(revision(one.reading, number, verdict))
        elif one.role is Role.REPETITION:
            assert number is not None
            repeated.append(RepeatedFile(file.name, file.sha256, file.received_at, number, verdict.findings))
        else:
            said = one.reading.submission if verdict.status is not Status.QUARANTINED else None
            known = (file.name, file.sha256, file.received_at, said, verdict.status, verdict.findings, number)
            published.append(PublishedReport(*known))
    return replace(unit, revisions=tuple(revisions), repeated=tuple(repeated), published=tuple(published))


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(files=FILES)
def test_a_file_is_judged_alike_among_others_and_when_the_others_are_known(
    files: list[tuple[str, str, bool]], context: Context
) -> None:
    town = context.profile.units[0]
    towns = [town.model_copy(update={"code": code, "name": code, "authority": f"{code}镇人民政府"}) for code in TOWNS]
    profile = context.profile.model_copy(update={"units": tuple(towns)})
    company = [
        with_what_was_filed(
            UnitYear(unit, ()),
            [FiledReading(sent(unit.code, "clean", False, -1), revision(read(clean())).verdict, Role.REVISION, 1)],
        )
        for unit in towns[3:]
    ]
    before = year(profile, *company)
    readings = [sent(*one, hours) for hours, one in enumerate(files)]
    judged = [JudgedReading(*pair) for pair in zip(readings, validate(readings, gather_context(before)), strict=True)]
    filed = {
        code: decide_roles([one for one in judged if one.reading.file.folder == code], before.unit(code))
        for code in TOWNS[:3]
    }
    after = year(profile, *company, *(with_what_was_filed(before.unit(code), filed[code]) for code in filed))
    for one in (one for listed in filed.values() for one in listed):
        alone = judge_alone(one.reading, gather_context(after), after)
        assert (alone.role, alone.number) == (one.role, one.number)
        assert alone.verdict == one.verdict


def test_what_is_gathered_is_everything_that_is_known_of_the_year(context: Context) -> None:
    unit = context.profile.unit("T01")
    assert unit is not None
    workbook, report = read(clean()), sent("T01", "clean", True, 1)
    known = replace(year(context.profile), previous=context.previous)
    standing = replace(known.unit("T01"), revisions=(revision(workbook), revision(report, 2)))
    known = replace(known, units=(standing,))
    gathered = gather_context(known, set_aside={"INTAKE-CLOSED": "不核对。"})
    assert (gathered.year, gathered.as_of, gathered.profile) == (YEAR, known.as_of, context.profile)
    assert gathered.previous == context.previous
    assert gathered.waivers == GRANTED[:1]
    assert gathered.extensions == {TOWNS[1]: date(2023, 12, 31)}
    assert gathered.published["T01"].sha256 == report.file.sha256, "a report that stands as a revision counts"
    assert [one.number for one in gathered.revisions] == [1, 2]
    assert gathered.set_aside == {"INTAKE-CLOSED": "不核对。"}
    assert gather_context(known, granted=()).waivers == ()
