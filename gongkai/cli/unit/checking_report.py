"""`gongkai check` of the district's report as the office edited it: compared with the data as `gongkai adopt` does.

Nothing is stored and nothing is adopted. Without a warehouse there are no data to compare it with.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from gongkai.cli.unit.checking_office import judge_office_file
from gongkai.errors import CallError
from gongkai.findings import ReadingIssue
from gongkai.profile import Profile
from gongkai.submission.form import ReceivedFile
from gongkai.submission.inbox import received_files
from gongkai.submission.inbox.office_files import is_district_report
from gongkai.submission.verdict import Verdict


def edited_by_the_office(file: ReceivedFile, profile: Profile) -> bool:
    """Whether a file that was read is the district's report, and no unit's."""
    data = received_files.contents(file)
    return not isinstance(data, ReadingIssue) and is_district_report(data, profile)


def judge_edited_report(
    file: ReceivedFile, profile: Profile, year: int | None, moment: datetime, engine: Engine | None, html: Path | None
) -> tuple[Verdict, int]:
    """What a run would say of the file if it lay in the office's folder, and the year that it is of.

    Args:
        file: the edited report.
        profile: the district.
        year: the report year that is asked for; None takes the one that the file names.
        moment: of the check: decisions up to then count.
        engine: the warehouse.
        html: a page that was asked for, which there is none of.

    Raises:
        CallError: no warehouse is named, or it knows nothing of the year; or a page was asked for.
    """
    whole = profile.district.says("全区报告")
    if html:
        raise CallError(f"{whole}的修改稿没有自查网页；去掉 --html，在终端查看，或用 --json。")
    if engine is None:
        raise CallError(
            f"{file.name} 是{whole}的修改稿，不是单位的报送，须与数据逐项核对。"
            "请加 --out 目录（或 --warehouse）指明数据，再运行 gongkai check；"
            f"要核对并采用，运行 gongkai adopt {file.name}（写明 --year、--out、--by）。"
        )
    verdict, of = judge_office_file(file, profile, year, moment.year - 1)
    if verdict.findings:  # it cannot be taken at all: unreadable, of another year, or with personal data
        return verdict, of
    return _compared(file, of, verdict, moment, engine), of


def _compared(file: ReceivedFile, year: int, verdict: Verdict, moment: datetime, engine: Engine) -> Verdict:
    from expectations.office_files.edited_report import judged_report
    from expectations.wording import rule_wording
    from gongkai.reporting.report.district_report import DistrictReport
    from gongkai.reporting.shared.manifest import basis_sha256
    from gongkai.reporting.style import day
    from gongkai.warehouse.queries import load_year
    from gongkai.warehouse.records import StoredFile
    from gongkai.warehouse.runs import run_moments
    from gongkai.warehouse.totals import compute_totals

    state = load_year(engine, year, moment)
    wording = rule_wording(state.lock.rules if state.lock else None)
    report = DistrictReport(state, compute_totals(state), basis_sha256(state), wording, state.report)
    data = received_files.contents(file)
    document = None if isinstance(data, ReadingIssue) else data
    stored = StoredFile(file.name, file.sha256, file.received_at, verdict, document=document)
    dated = [day(state.profile.local(at)) for at in run_moments(engine, year)]
    return judged_report(stored, report, dated).verdict
