"""The office's own input: faulty entries are said like a unit's mistakes, and the good ones count."""

import json

from expectations.office_files.verdicts import judge_inspection
from gongkai.profile import Profile
from gongkai.submission.inspection.reader import read_inspection
from gongkai.submission.verdict import Status, Verdict

GOOD = {"id": "E1", "unit": "T01", "kind": "excuse", "reason": "机构撤并", "by": "甲", "on": "2023-01-10"}


def judged(profile: Profile, *entries: object, year: int = 2022) -> Verdict:
    document = {"schema": "gongkai/inspection/1", "year": year, "entries": list(entries)}
    return judge_inspection(read_inspection(json.dumps(document).encode(), profile, 2022), 2022)


def test_good_entries_are_accepted(profile: Profile) -> None:
    assert judged(profile, GOOD).status is Status.ACCEPTED


def test_one_faulty_entry_is_returned_and_named(profile: Profile) -> None:
    verdict = judged(profile, GOOD, {**GOOD, "id": "E2", "unit": "T99"})
    assert verdict.status is Status.RETURNED
    assert [finding.message for finding in verdict.findings] == [
        "检查记录 E2 的“单位”现为“T99”，不在 2022 年度的报送单位名录中，这一条没有计入。请核对后重新放入收件目录。"
    ]


def test_a_file_of_another_year_is_quarantined(profile: Profile) -> None:
    verdict = judged(profile, GOOD, year=2021)
    assert verdict.status is Status.QUARANTINED
    assert verdict.findings[0].message.startswith("文件内的年度是 2021，本次收集的是 2022 年度。")
