"""A file of the office's own: how it is told from a unit's, and what it enters, as a workbook or as JSON.

A Word file is the district's report as somebody edited it: it enters nothing, and is compared with the data by the run.
"""

import re
from dataclasses import replace

from gongkai.findings import ReadingIssue
from gongkai.national_format import known_formats
from gongkai.profile import Profile
from gongkai.submission.form import Reading, ReceivedFile
from gongkai.submission.inbox import received_files
from gongkai.submission.inbox.formats import is_workbook
from gongkai.submission.inspection.entry import SCHEMA
from gongkai.submission.inspection.reader import InspectionReading, nothing, read_inspection
from gongkai.submission.inspection.workbook.rows import inspection_of
from gongkai.submission.privacy.personal_data import RULES as PERSONAL
from gongkai.submission.published.docx_source import is_docx
from gongkai.submission.published.edited_docx import edited_text
from gongkai.submission.published.printed import Unreadable
from gongkai.submission.references import known_references
from gongkai.submission.template.names import office_version_of

_ANYBODY = "OFFICE"  # a report is read as some unit's; whose, says nothing here


def read_office_file(file: ReceivedFile, profile: Profile, year: int) -> InspectionReading:
    """What a file in the office's folder enters.

    A workbook is read like a submission, in the reading process, and so is an edited report, which must prove harmless
    before anything is compared; anything else is JSON or is told what it is.
    """
    data = received_files.contents(file)
    if isinstance(data, ReadingIssue):
        return InspectionReading((), (data,))
    if is_docx(data):
        return _edited_report(received_files.read(replace(file, folder=_ANYBODY), year), data, year)
    if is_workbook(data):
        return inspection_of(received_files.read(file, year), profile, year)
    return read_inspection(data, profile, year)


def _edited_report(reading: Reading, data: bytes, year: int) -> InspectionReading:
    """A Word file that has the tables of a report; of its reading only what forbids to keep it is taken over.

    Cells that cannot be read as figures are differences, which the comparison tells.
    """
    if reading.submission is None:
        return InspectionReading((), reading.issues, reading.coercions)
    if forbidden := tuple(issue for issue in reading.issues if issue.rule in PERSONAL):
        return InspectionReading((), forbidden)
    if reading.submission.year != year:
        return nothing("WRONG-YEAR", str(reading.submission.year), year, "year")
    return InspectionReading((), document=data)


def is_office_input(reading: Reading) -> bool:
    """Whether a file that is no submission is the office's own input, in whichever folder it lies."""
    if reading.submission is not None or not reading.issues:
        return False
    wrong = reading.issues[0]
    return office_version_of(reading.template) is not None or (wrong.rule, wrong.observed) == ("WRONG-TEMPLATE", SCHEMA)


def is_district_report(data: bytes, profile: Profile) -> bool:
    """Whether a file is the district's own report in Word: by its title, or by the controls of our draft's figures.

    Args:
        data: of a file that was read in the reading process, and proved harmless.
        profile: the district.
    """
    try:
        paragraphs = edited_text(data).paragraphs if is_docx(data) else ()
    except Unreadable:
        return False
    known = known_references(known_formats()[-1].first_year)
    return any(
        any(one.tag in known for one in line) or _titled("".join(one.text for one in line), profile)
        for line in paragraphs
    )


def _titled(text: str, profile: Profile) -> bool:
    """Whether a line is the title of the district's report of some year."""
    text, government = "".join(text.split()), profile.district.government_name
    year = re.search("20[0-9]{2}(?=年)", text)
    titles = {one.title_pattern.format(unit_name=government, year=year[0]) for one in known_formats()} if year else ()
    return text in titles


def year_inside(said: InspectionReading) -> int | None:
    """The report year that a file is of which was read for another one."""
    wrong = next((issue for issue in said.issues if issue.rule == "WRONG-YEAR"), None)
    text = str(wrong.observed) if wrong is not None else ""
    return int(text) if text.isascii() and text.isdigit() else None
