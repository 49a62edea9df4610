"""How requests ended, by kind of applicant: a bar an outcome, its parts told apart by pattern."""

from collections.abc import Mapping

from gongkai.national_format import NationalFormat
from gongkai.national_format.figures import REQUESTS
from gongkai.reporting.report.charts.chart import PATTERNS, WIDTH, Chart, ChartColumn, ChartLine, Rect, Text
from gongkai.submission.places import label
from gongkai.warehouse.totals import Number

_LEFT, _RIGHT, _BAR, _STEP, _TOP = 120, 60, 22, 34, 44
_ROOM_FOR_A_NUMBER = 20


def outcomes_chart(national_format: NationalFormat, figures: Mapping[str, Number | None]) -> Chart | None:
    """Outcomes by applicant; None while table three is not reported or all zero."""
    applicants = national_format.applicant_types
    rows: list[tuple[str, list[int]]] = []
    for name, members in _groups(national_format).items():
        cells = [[figures.get(f"{REQUESTS}.{row}.{key}") for row in members] for key in applicants]
        if any(number is None for found in cells for number in found):
            return None
        counts = [sum(int(number or 0) for number in found) for found in cells]
        rows.append((name, counts))
    most = max(sum(row[1]) for row in rows)
    if not most:
        return None
    columns = [
        ChartColumn("outcome", "办理结果", "string"),
        *(ChartColumn(key, word) for key, word in applicants.items()),
    ]
    rects, texts = _bars(rows, (WIDTH - _LEFT - _RIGHT) / most)
    legend_rects, legend_texts = _legend(list(applicants.values()))
    height = _TOP + _STEP * len(rows) + 6
    return Chart(
        key="outcomes",
        title="申请的办理结果和申请人类型（件）",
        says="；".join(f"{name}{sum(counts)}件" for name, counts in rows),
        columns=(*columns, ChartColumn("total", "总计")),
        rows=tuple((name, *counts, sum(counts)) for name, counts in rows),
        height=height,
        rects=(*legend_rects, *rects),
        lines=(ChartLine(_LEFT, _TOP - 8, _LEFT, height - 4),),
        texts=(*legend_texts, *texts),
    )


def _groups(national_format: NationalFormat) -> dict[str, list[str]]:
    """Printed name → the rows of table three that it adds up."""
    table = national_format.requests
    of = {member: one.label for one in table.subtotals for member in one.members}
    found: dict[str, list[str]] = {}
    for key, word in national_format.outcomes.items():
        found.setdefault(label(of.get(key, word)).partition("）")[2] or label(word), []).append(key)
    return found


def _bars(rows: list[tuple[str, list[int]]], scale: float) -> tuple[list[Rect], list[Text]]:
    rects, texts = [], []
    for number, (name, counts) in enumerate(rows):
        y, x = _TOP + _STEP * number, float(_LEFT)
        texts.append(Text(_LEFT - 8, y + 16, name, "end"))
        for count, fill in zip(counts, PATTERNS, strict=False):
            width = count * scale
            if width:
                rects.append(Rect(x, y, width, _BAR, fill))
            if width > _ROOM_FOR_A_NUMBER and fill in ("solid", "light", "white"):
                texts.append(Text(x + width / 2, y + 16, str(count), "middle", fill == "solid"))
            x += width
        texts.append(Text(x + 6, y + 16, str(sum(counts))))
    return rects, texts


def _legend(words: list[str]) -> tuple[list[Rect], list[Text]]:
    rects, texts, x = [], [], 8.0
    for word, fill in zip(words, PATTERNS, strict=False):
        rects.append(Rect(x, 8, 16, 14, fill))
        texts.append(Text(x + 21, 20, word))
        x += 36 + 13.5 * len(word)
    return rects, texts
