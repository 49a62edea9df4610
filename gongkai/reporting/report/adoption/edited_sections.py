"""Puts the paragraphs of an edited report back into its sections, and sets aside what is never adopted.

Title, headings of the sections, table captions, footnotes, signature and day are computed: they must stand as in the
draft, and are told apart by their words, since programs rename styles. Everything else is the office's text.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from gongkai.reporting.report.adoption.adopted_text import PREFACE
from gongkai.reporting.report.view import NOT_INCLUDED, ReportView
from gongkai.submission.published.edited_docx import Stretch

_SUBHEADING = re.compile("（[一二三四五六七八九十]{1,3}）[^。；，]{1,30}")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NOTE = re.compile(r"注\d+")

Line = tuple[Stretch, ...]


@dataclass
class PlacedReport:
    """An edited report in its places.

    Attributes:
        lines: place → its paragraphs, headings of the second level among them.
        headings: how many of the draft's sections stand in it.
        wrong: what must stand as in the draft and does not: place, what stands there, what should (Chinese).
    """

    lines: dict[str, list[Line]] = field(default_factory=dict)
    headings: int = 0
    wrong: list[tuple[str, str, str]] = field(default_factory=list)


def place_paragraphs(paragraphs: Sequence[Line], view: ReportView, days: Collection[str] = ()) -> PlacedReport:
    """Sorts the paragraphs of an edited report by the headings of the draft.

    Args:
        paragraphs: of the edited report.
        view: the draft as it is now.
        days: those that earlier drafts bore: an edit takes days, and every run dates the draft anew.
    """
    placed = PlacedReport({PREFACE: []})
    headings = {bare(section.heading + section.mark): section for section in view.sections}
    fixed = {bare(text) for text in (*_fixed(view), *days)}
    missing, here = ["".join(view.title)], PREFACE
    missing += [section.heading for section in view.sections]
    for stretches in paragraphs:
        text = bare("".join(one.text for one in stretches))
        if text == bare(NOT_INCLUDED):  # of the draft that was edited, whether or not today's has it
            break
        if text in headings:
            here = headings[text].key
            placed.lines.setdefault(here, [])
            missing = [one for one in missing if bare(one) != bare(headings[text].heading)]
        elif text == bare("".join(view.title)):
            missing = [one for one in missing if bare(one) != text]
        elif text not in fixed:
            _file(placed, here, stretches, text, view)
    placed.headings = sum(section.key in placed.lines for section in view.sections)
    placed.wrong += [("标题", "没有找到", one) for one in missing]
    return placed


def is_subheading(text: str, view: ReportView) -> bool:
    """Whether a paragraph is a heading of the second level: one of the draft's, or numbered like one."""
    known = {bare(part.heading) for section in view.sections for part in section.parts if part.heading}
    return bare(text) in known or _SUBHEADING.fullmatch(bare(text)) is not None


def bare(text: str) -> str:
    """The text without white space: what programs change when they save."""
    return "".join(text.split())


def _fixed(view: ReportView) -> list[str]:
    lines = [*view.signature, *view.notices]
    for section in view.sections:
        lines += [section.grid.unit_note] if section.grid else []
        lines += [f"{note.label}{note.text}" for note in section.notes]
    return [line for line in lines if line]


def _file(placed: PlacedReport, here: str, stretches: Line, text: str, view: ReportView) -> None:
    if here == view.sections[-1].key and _DAY.fullmatch(text):
        placed.wrong.append(("落款日期", text, view.signature[1]))
    elif _NOTE.match(text):
        placed.wrong.append(("脚注", text, "与送审稿相同的脚注"))
    else:
        placed.lines[here].append(stretches)
