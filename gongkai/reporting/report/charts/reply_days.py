"""How many working days replies took, against the twenty of the law: a bar a day."""

from collections import Counter
from collections.abc import Sequence

from gongkai.reporting.report.charts.chart import WIDTH, Chart, ChartColumn, ChartLine, Rect, Text

_LEFT, _RIGHT, _TOP, _FLOOR = 40, 20, 36, 230
_LAST = 40  # days beyond stand together


def reply_days_chart(used: Sequence[int], limit: int) -> Chart | None:
    """Cases by working days used; None without a case.

    Args:
        used: of every case that the average counts.
        limit: the law's days, without extension.
    """
    if not used:
        return None
    counts = Counter(min(days, _LAST + 1) for days in used)
    last = max(limit + 5, *counts)
    step = (WIDTH - _LEFT - _RIGHT) / (last + 1)
    scale = (_FLOOR - _TOP - 24) / max(counts.values())
    rects, texts = [], []
    for days, many in sorted(counts.items()):
        x, height = _LEFT + days * step, many * scale
        rects.append(Rect(x + 1, _FLOOR - height, step - 2, height, "solid" if days <= limit else "upright"))
        texts.append(Text(x + step / 2, _FLOOR - height - 4, str(many), "middle"))
    texts += [Text(_LEFT + (d + 0.5) * step, _FLOOR + 16, str(d), "middle") for d in range(0, last + 1, 5)]
    line = _LEFT + (limit + 1) * step
    texts += [
        Text(line + 5, _TOP - 8, f"法定 {limit} 个工作日"),
        Text(WIDTH / 2, _FLOOR + 36, "用时（工作日）", "middle"),
    ]
    within = sum(many for days, many in counts.items() if days <= limit)
    return Chart(
        key="reply_days",
        title="申请的答复用时（件）",
        says=f"{len(used)}件中{within}件在{limit}个工作日以内，最长{max(used)}个工作日；"
        "超过的包括依法延期的，不等于逾期",
        columns=(ChartColumn("working_days", "用时（工作日）", "string"), ChartColumn("cases", "件数")),
        rows=tuple((f"{_LAST} 以上" if d > _LAST else str(d), many) for d, many in sorted(counts.items())),
        height=_FLOOR + 44,
        rects=rects,
        lines=(ChartLine(_LEFT, _FLOOR, WIDTH - _RIGHT, _FLOOR), ChartLine(line, _TOP - 18, line, _FLOOR, True)),
        texts=texts,
    )
