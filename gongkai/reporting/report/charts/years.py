"""Requests received and closed, disputes: up to seven years, a group of bars a year."""

from collections.abc import Mapping

from gongkai.national_format.figures import LITIGATIONS, NEW_REQUESTS, OUTCOME_TOTAL, RECONSIDERATIONS
from gongkai.reporting.report.charts.chart import PATTERNS, WIDTH, Chart, ChartColumn, ChartLine, Rect, Text
from gongkai.warehouse.totals import Number

MOST = 7
SERIES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "received": ("新收申请", (NEW_REQUESTS,)),
    "closed": ("办结申请", (OUTCOME_TOTAL,)),
    "reconsiderations": ("行政复议", (RECONSIDERATIONS,)),
    "litigations": ("行政诉讼", LITIGATIONS),
}
"""Key → what it is called, and the cells that it adds up."""
_LEFT, _TOP, _FLOOR = 20, 56, 240


def years_chart(years: Mapping[int, Mapping[str, Number | None]]) -> Chart | None:
    """The series year by year; None where only one year is known.

    Args:
        years: report year → the district's figures; a figure that nobody reported is missing or None.
    """
    rows = [(year, *(_sum(years[year], cells) for _, cells in SERIES.values())) for year in sorted(years)[-MOST:]]
    known = [number for _, *numbers in rows for number in numbers if number is not None]
    if len(rows) < 2 or not any(known):
        return None
    step, scale = (WIDTH - 2 * _LEFT) / len(rows), (_FLOOR - _TOP - 18) / max(known)
    bar = min(34.0, (step - 16) / len(SERIES))
    rects, texts = [], []
    for n, (year, *numbers) in enumerate(rows):
        middle = _LEFT + (n + 0.5) * step
        texts.append(Text(middle, _FLOOR + 18, f"{year}", "middle"))
        for i, (number, fill) in enumerate(zip(numbers, PATTERNS, strict=False)):
            x, height = middle + (i - len(SERIES) / 2) * bar, (number or 0) * scale
            rects.append(Rect(x + 1, _FLOOR - height, bar - 2, height, fill))
            texts.append(Text(x + bar / 2, _FLOOR - height - 4, "—" if number is None else str(number), "middle"))
    for i, ((word, _), fill) in enumerate(zip(SERIES.values(), PATTERNS, strict=False)):
        rects.append(Rect(_LEFT + i * 120, 8, 16, 14, fill))
        texts.append(Text(_LEFT + i * 120 + 21, 20, word))
    first, last = rows[0], rows[-1]
    return Chart(
        key="years",
        title=f"{first[0]}—{last[0]}年申请和复议诉讼（件）",
        says=f"新收申请{first[0]}年{first[1]}件，{last[0]}年{last[1]}件；各年单位可能不同",
        columns=(ChartColumn("year", "年度"), *(ChartColumn(key, word) for key, (word, _) in SERIES.items())),
        rows=tuple(rows),
        height=_FLOOR + 28,
        rects=rects,
        lines=(ChartLine(_LEFT, _FLOOR, WIDTH - _LEFT, _FLOOR),),
        texts=texts,
    )


def _sum(figures: Mapping[str, Number | None], cells: tuple[str, ...]) -> int | None:
    given = [figures.get(cell) for cell in cells]
    return None if None in given else sum(int(number or 0) for number in given)
