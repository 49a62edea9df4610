"""Compares an edited report with the computed one: every cell, every figure of the text, every heading.

What stands as in the draft needs nothing. Nothing is decided here about who confirms or whether it is adopted.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from gongkai.national_format import for_year
from gongkai.reporting.report.adoption.adopted_text import PREFACE, AdoptedText
from gongkai.reporting.report.adoption.comparison import Open, ReportComparison, ReportDifference
from gongkai.reporting.report.adoption.edited_sections import Line, PlacedReport, bare, is_subheading, place_paragraphs
from gongkai.reporting.report.adoption.sentence import ComputedSentences, Found, compare_sentence
from gongkai.reporting.report.adoption.text_numbers import same_number
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.view import DRAFT, INCOMPLETE, NOT_INCLUDED, ReportView
from gongkai.reporting.report.words.sections import NOTHING, Paragraph, Subsection
from gongkai.reporting.report.words.traced_text import plain, sentences_of, traced, unmarked
from gongkai.submission.narrative import SaidFigure
from gongkai.submission.places import place
from gongkai.submission.privacy.personal_data import kinds_in, mask, never_printed
from gongkai.submission.published import printed_report, tables_printed
from gongkai.submission.published.edited_docx import EditedText, edited_text
from gongkai.submission.published.printed import PrintedReport, PrintedTable

_PREFACE_WORD = "卷首语"
_WORDS = re.compile(r"[^\W\d]")
_PAGE_NUMBER = re.compile("[—–-]?(?:第?[0-9]*页?)?[，共0-9页]*[—–-]?")


def compare_report(
    data: bytes,
    report: DistrictReport,
    confirmed: Mapping[tuple[str, int, str], str] | None = None,
    days: Collection[str] = (),
) -> ReportComparison:
    """Compares the bytes of an edited .docx with the report as it is computed now.

    Args:
        data: of the file.
        report: the year's report; where a text was adopted before, that text counts as the draft too.
        confirmed: figure → who confirmed it.
        days: as printed, those that earlier drafts of the year bore.

    Raises:
        Unreadable: the file is damaged or no Word file.
    """
    text = edited_text(data)
    if personal := list(_personal(text)):  # nothing more is said of it, for that would repeat it
        return ReportComparison(AdoptedText({}), personal, [], 0)
    placed = place_paragraphs(text.paragraphs, report.view, days)
    differences = [ReportDifference(place="文件", observed=there, expected=out) for there, out in text.unsettled]
    differences += _margins(text, report.view)
    differences += [ReportDifference(place=where, observed=there, expected=out) for where, there, out in placed.wrong]
    cells = list(_cells(data, report))
    differences += [one for one in cells if one is not None]
    adopted, found = _texts(placed, report)
    differences += [_difference(where, sentence, one) for where, sentence, _, one in found if one.expected is not None]
    names = confirmed or {}
    open_ones = [_open(where, sentence, at, one) for where, sentence, at, one in found if one.open]
    return ReportComparison(
        text=adopted,
        differences=differences,
        open=[replace(one, confirmed_by=names.get(one.key)) for one in open_ones],
        compared=len(cells) + sum(not one.open for *_, one in found),
        is_no_report=placed.headings == 0,
    )


def _personal(text: EditedText) -> Iterator[ReportDifference]:
    """What no report may print, told without its value."""
    for stretches in text.paragraphs:
        line = "".join(one.text for one in stretches)
        if kinds := never_printed(kinds_in(line)):
            yield ReportDifference(
                place="文字", observed="、".join(kinds), expected="不含个人信息的文字", sentence=mask(line)[0]
            )


def _margins(text: EditedText, view: ReportView) -> Iterator[ReportDifference]:
    """What heads and feet say beside the draft's own words and the number of the page: none of it would be adopted."""
    own = [bare(one) for one in (*view.notices, INCOMPLETE, DRAFT)]
    for said in dict.fromkeys(text.margins):
        left = bare(said)
        for one in own:
            left = left.replace(one, "")
        if not _PAGE_NUMBER.fullmatch(left):
            yield ReportDifference(place="页眉页脚", observed=f"“{said.strip()}”", expected="与送审稿相同的页眉页脚")


def _cells(data: bytes, report: DistrictReport) -> Iterator[ReportDifference | None]:
    """Every cell of the tables: None where it is the computed one."""
    printed = printed_report(data)
    if printed is None:
        return
    tables, national_format = tables_printed(printed, report.state.year), for_year(report.state.year)
    for section in report.view.sections:
        for row in section.grid.rows if section.grid else ():
            for cell in row:
                if cell.where is None:
                    continue
                there, _ = tables.figures.get(cell.where, ("没有找到这一格", None))
                shown = there.removesuffix("〔上标或下标〕").removesuffix(cell.mark) if cell.mark else there
                wrong = not same_number(shown, cell.text)
                named = place(cell.where, national_format)
                yield (
                    ReportDifference(place=named, observed=shown, expected=cell.text, figure=cell.where)
                    if wrong
                    else None
                )
    yield from _labels(printed, report.view)


def _labels(printed: PrintedReport, view: ReportView) -> Iterator[ReportDifference]:
    """Headings and row labels of the tables that do not stand in the file as they do in the draft, and what is more.

    Tables are computed: a row or a table that somebody added would not be adopted.
    """
    there = Counter(_table_texts(printed))
    drawn = [cell for section in view.sections for row in (section.grid.rows if section.grid else ()) for cell in row]
    wanted = Counter(bare(cell.text) for cell in drawn if cell.where is None)
    left = [one for one in (there - wanted).elements() if _WORDS.search(one)]
    for label in (wanted - there).elements():
        near = get_close_matches(label, left, 1)
        left = [one for one in left if one not in near]
        yield ReportDifference(place="表格标题", observed=f"“{near[0]}”" if near else "没有找到", expected=f"“{label}”")
    figures = {bare(cell.text + cell.mark) for cell in drawn if cell.where is not None}
    for label in left:
        if label not in figures:
            yield ReportDifference(
                place="表格", observed=f"“{label}”", expected="只有送审稿中的表格和行（多出的不能采用）"
            )
    many, known = sum(bool(one) for one in _table_texts(printed)), sum(bool(bare(cell.text)) for cell in drawn)
    if many > known and not left:
        yield ReportDifference(place="表格", observed=f"{many} 格", expected=f"{known} 格")


def _table_texts(printed: PrintedReport) -> Iterator[str]:
    """What stands in the cells, up to the list of units that only a draft has."""
    for part in printed.parts:
        if isinstance(part, PrintedTable):
            yield from (bare(cell.text) for cell in part.cells)
        elif bare(part) == bare(NOT_INCLUDED):
            return


Numbered = tuple[str, str, int, Found]  # place, sentence, which number of it, what it is


def _texts(placed: PlacedReport, report: DistrictReport) -> tuple[AdoptedText, list[Numbered]]:
    draft = _draft(report)
    labels = {PREFACE: _PREFACE_WORD, **{section.key: section.heading for section in report.view.sections}}
    tables = {section.key for section in report.view.sections if section.grid}
    places, found = {}, []
    for key, label in labels.items():
        lines = placed.lines.get(key, [])
        parts, numbers = _place(lines, draft, report.view)
        places[key] = parts if parts or key in tables else (Subsection("", (Paragraph(NOTHING),)),)
        found += [(label, *one) for one in numbers]
    return AdoptedText(places), found


def _draft(report: DistrictReport) -> ComputedSentences:
    """What the draft says: as it stands, and as it is computed."""
    draft = ComputedSentences(report.figures, report.scopes, report.state.year)
    for texts in (report.texts, report.computed_texts):
        for parts in texts.values():
            for part in parts:
                draft.add(part.heading)
                for paragraph in part.paragraphs:
                    draft.add(paragraph.marked)
    return draft


def _place(
    lines: Sequence[Line], draft: ComputedSentences, view: ReportView
) -> tuple[tuple[Subsection, ...], list[tuple[str, int, Found]]]:
    """The parts of one place, and what its numbers are: sentence, which number, what it is."""
    texts = [_marked(line) for line in lines]
    said: dict[str, list[SaidFigure]] = defaultdict(list)
    for one in draft.scopes.read("\n".join(plain(text) for text in texts)):
        said[bare(one.sentence)].append(one)
    parts: list[tuple[str, list[Paragraph]]] = []
    found: list[tuple[str, int, Found]] = []
    for text in texts:
        heading = is_subheading(plain(text), view)
        written = ""
        for sentence in sentences_of(text):
            shown = plain(sentence).strip()
            kept, numbers = compare_sentence(sentence, said.get(bare(shown.rstrip("。！？!?")), ()), draft)
            written += kept
            found += [(shown, at, one) for at, one in enumerate(numbers, 1)]
        if heading or not parts:
            parts.append((plain(written).strip() if heading else "", []))
        if not heading:
            parts[-1][1].append(Paragraph(written.strip()))
    return tuple(Subsection(heading, tuple(lines)) for heading, lines in parts), found


def _marked(line: Line) -> str:
    return "".join(traced(unmarked(one.text), one.tag) if one.tag else unmarked(one.text) for one in line)


def _difference(where: str, sentence: str, found: Found) -> ReportDifference:
    return ReportDifference(
        place=where, observed=found.number.text, expected=str(found.expected), sentence=sentence, figure=found.path
    )


def _open(where: str, sentence: str, at: int, found: Found) -> Open:
    return Open(place=where, sentence=sentence, observed=found.number.text, number=at, hint=found.hint)
