"""`gongkai explain`: how a unit's score, or one indicator of it, comes about; from the warehouse, nothing is stored."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from gongkai.assessment.explaining import explain_unit
from gongkai.cli.known_year import known_unit, known_year
from gongkai.errors import CallError
from gongkai.profile.unit import OFFICE
from gongkai.reporting.style import NOT_APPLICABLE

_MARKS = {True: "✓", False: "✗", None: "·"}


def show_explanation(
    code: str,
    indicator: str | None,
    year: int,
    warehouse: str | None,
    out: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> int:
    """Prints the derivation down to cases and entries.

    Raises:
        CallError: the unit is not assessed, or its group does not have the indicator.
    """
    state = known_year(year, warehouse, out, as_of)
    if known_unit(state, code).unit.kind == OFFICE:
        raise CallError(f"{code} 是政务公开主管部门自己，不参加考核，没有得分可以说明。")
    said = explain_unit(state, code)
    if indicator is not None:
        codes = [line["code"] for line in said["indicators"]]
        if indicator not in codes:
            raise CallError(f"{code} 没有指标 {indicator}，可用的代码为：{'、'.join(codes)}。")
        said["indicators"] = [line for line in said["indicators"] if line["code"] == indicator]
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 0
    if indicator is None:
        click.echo("\n".join(_total(said)))
    for line in said["indicators"]:
        click.echo("\n".join(_line(line)))
    return 0


def _total(said: dict[str, Any]) -> Iterator[str]:
    rank = (
        f"，第 {said['rank']} 名（同组 {said['group_size']} 个{'机关' if 'authority' in said else '单位'}）"
        if said["rank"]
        else ""
    )
    yield f"{said['unit']} {said['name']} {said['year']} 年度：总分 {said['total'] or '未评分'}，{said['grade']}{rank}"
    if one := said.get("authority"):
        units = "、".join(f"{unit['unit']} {unit['total'] or '未评分'}" for unit in one["units"])
        yield f"  {one['name']}合并评定（等次、名次）：各单位总分（{units}）的平均 ＝ {one['total'] or '暂无'}"
    if said["sum"]["formula"]:
        yield f"  总分 ＝ 100 × 得分之和 ÷ 适用满分之和 ＋ 加分 － 扣分 ＝ {said['sum']['formula']}"
    for key, word in (("bonuses", "加分"), ("penalties", "通报扣分")):
        yield from (f"  {word} {award['points']}：{award['reason']}" for award in said[key])
    yield from (f"  一票否决：{veto}" for veto in said["vetoes"])


def _line(line: dict[str, Any]) -> Iterator[str]:
    score = NOT_APPLICABLE if line["score"] is None else f"{line['score']} / {line['max']}"
    yield ""
    yield f"{line['code']} {line['label']}  {score}"
    yield f"  怎样计分：{line['basis']}"
    if line["formula"]:
        yield f"  计算：{line['formula']}，四舍五入 {line['score'] if not line['decisions'] else '后见决定'}"
    if line["note"]:
        yield f"  说明：{line['note']}"
    for part in (*line["parts"], *line["cases"]):
        yield f"  {_measured(part)}"
        yield from (f"    {_seen(one)}" for one in part["looked_at"])
    if not line["parts"] and not line["cases"]:
        yield from (f"  {entry['word']} {entry['id']}：{entry.get('reason', '')}" for entry in line["entries"])
    for lost in line["deductions"]:
        cost = f"（折合总分 {lost['in_total']}）" if lost["in_total"] else ""
        yield f"  扣 {lost['points']}{cost}：{lost['reason']}"
    for made in line["decisions"]:
        yield f"  决定 {made['entry']}：由 {made['before']} 改为 {made['after']}，{made['reason']}"


def _measured(part: dict[str, Any]) -> str:
    """A part's rate and points, or how many cases cost how much."""
    if "points_each" in part:
        limited = f"，以{part['limited_by']}为限" if part["limited_by"] else ""
        return f"{part['reason']}：{part['count']} × {part['points_each']} 分，实扣 {part['taken']} 分{limited}"
    name = part["label"] or "测得"
    if not part["applicable"]:
        return f"{name}：不计，{part['said']}"
    counts = f"{part['numerator']} / {part['denominator']}，" if part["denominator"] is not None else ""
    return f"{name}：{counts}值 {part['value']}，{part['worth']} 分中得 {part['points']} 分"


def _seen(one: dict[str, Any]) -> str:
    cell = " ".join(text for text in (one["sheet"], one["cell"]) if text)
    named = {one["name"], *one["name"].split(" ", 1)}
    values = "，".join(f"{label} {value}" for label, value in one["values"].items() if str(value) not in named)
    clock = one.get("clock")
    counted = ""
    if clock:
        used = "尚未答复" if clock["used"] is None else f"用 {clock['used']} 个工作日"
        counted = f"；自 {clock['started_on']} 起算，最迟 {clock['due_on']}，{used}"
    text = f"{_MARKS[one['met']]} {one['name']}{f' [{cell}]' if cell else ''}：{values}{counted}"
    return f"{text} → {one['why']}" if one["why"] else text
