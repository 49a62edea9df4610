"""Puts a published report together: which file it is, which year it speaks of, its figures and its narrative.

The unit is not printed in a report: it comes from the folder or from the caller. What is not certain is an issue.
"""

import re
from collections.abc import Iterator

from gongkai.errors import FormatError
from gongkai.findings import ReadingIssue
from gongkai.national_format import for_year
from gongkai.national_format.tables import BlockTable, MatrixTable, NationalTable
from gongkai.submission.fields import groups
from gongkai.submission.form import PUBLISHED, UNIT_CODE, Origin, Reading, ReceivedFile, Submission
from gongkai.submission.plain_text import folded, visible
from gongkai.submission.privacy.personal_data import RULES, identity_number_in, kinds_in, never_printed
from gongkai.submission.published.blocks_table import read_blocks
from gongkai.submission.published.docx_source import is_docx, printed_docx
from gongkai.submission.published.html_source import is_html, printed_html
from gongkai.submission.published.matrix_table import read_matrix
from gongkai.submission.published.printed import PrintedReport, Unreadable
from gongkai.submission.published.single_row_table import read_single_row
from gongkai.submission.published.sorting import TableLines, sort_report
from gongkai.submission.published.tables_read import TablesRead, short
from gongkai.submission.values.collector import Collector

KIND = PUBLISHED
_NEWEST = 2021  # the format by which a report that names no year is recognised as one
_PLAIN = re.compile(r"\d{1,15}", re.ASCII)  # a figure as printed; every table prints text
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR_IN_WORDS = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_PERIOD = re.compile(r"(20\d\d)年1月1日(?:起)?(?:至|到|—|-|~)(?:20\d\d年)?12月31日")
_REPORT = r"政府信息公开(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?报告"
_TITLES = (  # whose report it is stands between, else before: `_whose`
    re.compile(rf"(?P<year>20\d\d)年?度?{_REPORT}"),
    re.compile(rf"^(?:关于)?(?P<year>20\d\d)年度?(?P<whose>[^\d，。；]{{2,40}}?){_REPORT}$", re.M),
    re.compile(r"政府信息公开(?:工作)?(?:情况)?(?P<year>20\d\d)年度?(?:工作)?报告"),
)
_NO_NAME = re.compile(r"[\d，。；]")
_OF_THE_FORM = re.compile(
    r"\W*(?:本列数据的勾稽关系|第?二十条第|单位[：:]|表[一二三四]|注[：:])"
)  # printed in the form itself
_NARRATIVE = ("overview", "problems", "other_matters")  # keys of the sections and of the fields alike


def looks_published(data: bytes) -> bool:
    """Whether the bytes are a Word file, a web page or a PDF."""
    return data.startswith(b"%PDF") or is_docx(data) or is_html(data)


def read_published(
    file: ReceivedFile,
    data: bytes,
    unit: str | None = None,
    year: int | None = None,
    otherwise: int | None = None,
) -> Reading:
    """Reads the bytes of a published report.

    Args:
        file: as received; its folder says whose it is unless `unit` does.
        data: .docx, HTML or PDF.
        unit: the unit's code.
        year: the report year; None: what the report says.
        otherwise: the year of a report that says none.

    Returns:
        A reading without submission when file, unit or year cannot be told; never raises for what the file says.
    """
    try:
        report = _source(data)
    except Unreadable as refusal:
        return _quarantined(file, "SHAPE", *refusal.args)
    year = year or report_year(report) or otherwise
    try:
        out = TablesRead(for_year(year or _NEWEST))
    except FormatError:
        return _quarantined(file, "WRONG-YEAR", str(year))
    found = sort_report(report, out.format)
    if not any(found.tables.values()):
        return _quarantined(file, "WRONG-TEMPLATE", "没有年度报告三张表的 Word、网页或 PDF 文件")
    if year is None:
        return _quarantined(file, "WRONG-YEAR")
    unit = unit or file.folder
    if unit is None or not UNIT_CODE.fullmatch(unit):
        return _quarantined(file, "SHAPE", "没有单位代码的年度报告文件", "放在本单位文件夹中的文件")
    for key, table in out.format.tables.items():
        _read_table(found.tables[key], table, out)
    collector = Collector(out.format)
    for spec in out.format.cells:
        if spec.where in out.figures:
            raw, origin = out.figures[spec.where]
            collector.national(
                spec, int(raw) if _PLAIN.fullmatch(raw) and spec.value_type == "integer" else raw, origin
            )
    for key, line in found.asides:
        out.notice(key, out.format.tables[key].label, f"“{short(line.cells[0].text)}”一行不是数据，没有读作表格的一行")
    _narrative(found.sections, collector, out)
    _look_through(report, collector)
    submission = Submission(unit, year, tuple(collector.cells), has_tables=bool(out.figures))
    issues = (*out.issues, *collector.issues)
    return Reading(file, submission, issues, (*out.coercions, *collector.coercions), KIND, out.format.format_id)


def tables_printed(report: PrintedReport, year: int) -> TablesRead:
    """The three tables of a report of that year: every figure with its text and place, and what could not be read."""
    out = TablesRead(for_year(year))
    found = sort_report(report, out.format)
    for key, table in out.format.tables.items():
        _read_table(found.tables[key], table, out)
    return out


def _read_table(parts: list[TableLines], table: NationalTable, out: TablesRead) -> None:
    if isinstance(table, BlockTable):
        read_blocks(parts, table, out)
    elif isinstance(table, MatrixTable):
        read_matrix(parts, table, out)
    else:
        read_single_row(parts, table, out)


def report_year(report: PrintedReport) -> int | None:
    """The year a report speaks of: its period (1 月 1 日至 12 月 31 日), else its title; None when these disagree."""
    text = "\n".join(_one_line(part) for part in report.parts if isinstance(part, str))
    text = _YEAR_IN_WORDS.sub(lambda found: found[0].translate(_DIGITS), text)
    periods, titles = set(_PERIOD.findall(text)), [found["year"] for found in _titles(text)]
    if len(periods) == 1 and (not titles or periods <= set(titles)):
        return int(periods.pop())
    return int(titles[0]) if not periods and len(set(titles)) == 1 else None


def report_title(report: PrintedReport) -> str:
    """Whose report it is by its title: what stands beside the year, or on the line above; empty without one."""
    above = ""
    for part in report.parts:
        if isinstance(part, str):
            text = _one_line(part)
            if found := next(_titles(text), None):
                return _whose(found) or above
            above = text
    return ""


def _whose(title: re.Match[str]) -> str:
    """Whose report a title names: the words in it, else all before it that may be a name."""
    if "whose" in title.groupdict():
        return title["whose"]
    return _NO_NAME.split(title.string[: title.start()])[-1].removesuffix("关于")


def _one_line(text: str) -> str:
    return re.sub(r"\s", "", folded(visible(text)))


def _titles(text: str) -> Iterator[re.Match[str]]:
    """A report's titles: the year before its kind, before whose it is, or behind."""
    return (found for title in _TITLES for found in title.finditer(text))


def printed_report(data: bytes) -> PrintedReport | None:
    """The report as printed; None when the file cannot be opened (`read_published` says why)."""
    try:
        return _source(data)
    except Unreadable:
        return None


def _narrative(sections: dict[str, list[str]], collector: Collector, out: TablesRead) -> None:
    group = groups()["narrative"]
    headings = {section.key: section.heading for section in out.format.sections}
    for key in _NARRATIVE:
        if sections.get(key):
            collector.group_field("narrative", group.fields[key], "\n".join(sections[key]), Origin(headings[key]))
        else:
            out.notice(f"narrative.{key}", headings[key], "没有找到这一部分的文字")
    for number, section in enumerate(out.format.sections, 1):
        said = [text for text in sections.get(section.key, ()) if not _OF_THE_FORM.match(text)]
        if section.table is not None and said:
            field = group.fields[f"section_{number}"]
            collector.group_field("narrative", field, "\n".join(said), Origin(section.heading))


def _look_through(report: PrintedReport, collector: Collector) -> None:
    """What is printed and not read: only what is nobody's to publish, for an office prints its own telephone there."""
    printed = [part if isinstance(part, str) else [cell.text for cell in part.cells] for part in report.parts]
    if not any(issue.rule in RULES for issue in collector.issues):
        collector.personal("-", never_printed(kinds_in(printed)), place="年度报告正文")
    if identity_number_in(report.unseen):
        collector.personal(
            "-", ("身份证号码",), place="年度报告不显示的部分（批注、修订、页眉页脚、文档属性、网页源代码等）"
        )


def _source(data: bytes) -> PrintedReport:
    if data.startswith(b"%PDF"):
        from gongkai.submission.published.pdf_source import printed_pdf  # only PDFs pay for their library

        return printed_pdf(data)
    return printed_html(data) if is_html(data) else printed_docx(data)


def _quarantined(file: ReceivedFile, rule: str, observed: str | None = None, expected: str | None = None) -> Reading:
    return Reading(file, None, (ReadingIssue(rule=rule, observed=observed, expected=expected),), kind=KIND)
