"""Which areas the standard catalogues of the towns cover: a square an area and town, its number of items inside."""

from collections import Counter

from gongkai.reporting.report.charts.chart import WIDTH, Chart, ChartColumn, Rect, Text
from gongkai.warehouse.records import UnitYear, YearState

_LEFT, _TOP, _ROW = 190, 48, 20
_GREYS = 9
_DARK = 5


def coverage_chart(state: YearState) -> Chart | None:
    """Items of the catalogues, areas by towns; None where a district has no areas, no towns or no such list."""
    areas = state.profile.areas
    towns = [unit for unit in state.units if unit.unit.level == "town" and unit.unit.kind != "office"]
    counted = {unit.unit.code: _items(unit) for unit in towns}
    if not areas or not any(counted.values()):
        return None
    most = max(number for found in counted.values() if found for number in found.values())
    step = (WIDTH - _LEFT - 4) / len(towns)
    rects, texts = [], []
    for n, unit in enumerate(towns):
        raised = 18 * (n % 2)  # names of four characters and more would run into each other on one line
        texts.append(Text(_LEFT + (n + 0.5) * step, _TOP - 8 - raised, unit.unit.name[:7], "middle"))
    for row, (area, name) in enumerate(areas.items()):
        y = _TOP + row * _ROW
        texts.append(Text(_LEFT - 8, y + 14, f"{area} {name[:12]}", "end"))
        for n, unit in enumerate(towns):
            found = counted[unit.unit.code]
            many = None if found is None else found[area]
            grey = "white" if not many else f"grey{max(1, _GREYS * many // most)}"
            rects.append(Rect(_LEFT + n * step + 1, y + 1, step - 2, _ROW - 2, grey))
            dark = bool(many) and _GREYS * (many or 0) // most > _DARK
            texts.append(Text(_LEFT + (n + 0.5) * step, y + 14, "—" if many is None else str(many), "middle", dark))
    rows = [
        (area, name, *(None if (of := counted[u.unit.code]) is None else of[area] for u in towns))
        for area, name in areas.items()
    ]
    covered = sum(any(row[2:]) for row in rows)
    return Chart(
        key="coverage",
        title="镇街标准目录覆盖的试点领域（公开事项数）",
        says=f"{len(areas)}个试点领域中，{covered}个至少有一个镇街列有公开事项；— 为未报目录的镇街",
        columns=(
            ChartColumn("area", "领域", "string"),
            ChartColumn("name", "名称", "string"),
            *(ChartColumn(u.unit.code, u.unit.name) for u in towns),
        ),
        rows=tuple(rows),
        height=_TOP + _ROW * len(areas) + 6,
        rects=rects,
        texts=texts,
    )


def _items(unit: UnitYear) -> Counter[str] | None:
    """Area → items of a town's catalogue that still stand; None where it reported no catalogue."""
    submission = unit.accepted.submission if unit.accepted else None
    if submission is None or "catalogue" not in submission.reported:
        return None
    return Counter(item["area"] for item in submission.records("catalogue") if item["change"] != "removed")
