"""`gongkai check` of the office's own input: what a run would take of it and what not; nothing is stored."""

from dataclasses import replace

from expectations.office_files.verdicts import judge_inspection
from gongkai.profile import Profile
from gongkai.submission.form import ReceivedFile
from gongkai.submission.inbox.formats import OFFICE_FOLDER
from gongkai.submission.inbox.office_files import read_office_file, year_inside
from gongkai.submission.verdict import Verdict


def judge_office_file(file: ReceivedFile, profile: Profile, year: int | None, last: int) -> tuple[Verdict, int]:
    """The verdict on the file as if it lay in the office's folder, and the year that it was judged for.

    Args:
        file: the file.
        profile: the district.
        year: the report year; None takes the one that the file names.
        last: the year that is tried first then.
    """
    own = replace(file, folder=OFFICE_FOLDER)
    said = read_office_file(own, profile, year or last)
    if year is None and (inside := year_inside(said)) is not None:
        return judge_inspection(read_office_file(own, profile, inside), inside), inside
    return judge_inspection(said, year or last), year or last
