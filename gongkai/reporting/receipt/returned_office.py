"""The office's own workbook, given back with every entry marked that was not taken, or that another contradicts.

Drawn anew from the rows that the warehouse keeps of it; the first sheet lists what is to be done (`fix_list`), as in a
unit's returned workbook. Corrected there and laid back under its own name it takes the place of what was there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from gongkai.findings import Finding
from gongkai.profile import Profile
from gongkai.reporting.receipt.fix_list import LIST_WIDTHS, FixList
from gongkai.reporting.receipt.returned_workbook import write_comments
from gongkai.reporting.shared.wording import Wordings
from gongkai.reporting.style import repack
from gongkai.submission.inspection.entry import office_file
from gongkai.submission.inspection.workbook.writer import office_workbook
from gongkai.submission.template.canvas import FirstSheet, Form
from gongkai.submission.template.names import FIX_LIST_SHEET
from gongkai.submission.verdict import Status
from gongkai.warehouse.records import StoredFile

_ENTRY = re.compile(r"entries\[.*\]", re.DOTALL)
_HOW = (
    "点“位置”可跳到该格；标色的格子有批注。没有标色的录入已经计入。请直接在本工作簿中改正，用原文件名“{name}”保存，"
    "放回收件目录的 _office 文件夹；本表不必删除。"
)


def returned_names(files: Sequence[StoredFile], receipt: str) -> Mapping[str, str]:
    """SHA-256 of the newest workbook of each name of which something was not taken → the name under which it goes back.

    Args:
        files: the office's, as they are reviewed today, in the order of arrival.
        receipt: the name of their receipt.
    """
    newest = {file.name: file for file in files}
    marked = [one for one in newest.values() if one.form is not None and one.verdict.status is not Status.ACCEPTED]
    return {
        one.sha256: f"{receipt}-returned{'' if number == 1 else f'-{number}'}.xlsx"
        for number, one in enumerate(marked, 1)
    }


def returned_office(
    file: StoredFile, profile: Profile, year: int, rules: Mapping[str, str], wording: Wordings, stamp: str
) -> bytes:
    """The bytes of a workbook that goes back; equal for equal input.

    Args:
        file: the workbook, with its verdict of today.
        profile: the district.
        year: the report year.
        rules: id → title of the rules that a waiver may let pass.
        wording: rule → its title.
        stamp: when it was judged, in words.
    """
    findings = [_at_a_cell(finding) for finding in file.verdict.findings if finding.settled_by is None]
    marks: dict[str, str] = {}
    for finding in sorted(findings, key=lambda finding: -finding.severity.rank):
        marks[finding.where] = finding.severity.value
    name = office_file(file.name)

    def draw(form: Form, sheet: Worksheet) -> None:
        heading = f"{year} 年度办公室录入修改清单（{name}）"
        listed = FixList(form, sheet, findings, (), wording, how=_HOW.format(name=name))
        listed.draw(heading, f"没有计入的录入改正后才计入（{stamp}）。")
        write_comments(form, findings)

    first = FirstSheet(FIX_LIST_SHEET, LIST_WIDTHS, marks, draw)
    return repack(office_workbook(file.form or (), profile, year, rules, first))


def _at_a_cell(finding: Finding) -> Finding:
    """A finding on an entry as a whole stands at its number."""
    if not _ENTRY.fullmatch(finding.where):
        return finding
    where = f"{finding.where}.id"
    return replace(finding, where=where, cells=(where,))
