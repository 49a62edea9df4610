"""The sampling plan as its readers get it: JSON, and the office's workbook with a row for each thing to look at.

The seed stands in both, so that anybody can draw the same plan again. Filled in, the workbook is an inspection's input.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from xlsxwriter.worksheet import Worksheet

from gongkai.assessment.office.sampling import Look, Sample, SampleReason
from gongkai.reporting.style import repack
from gongkai.submission.inspection.office_row import OfficeRow
from gongkai.submission.inspection.workbook.office_sheets import SAMPLE_SHEET, TOLD, numbered, office_sheets
from gongkai.submission.inspection.workbook.writer import office_workbook
from gongkai.submission.template.canvas import FirstSheet, Form
from gongkai.warehouse.records import YearState

SCHEMA = "gongkai/sample/1"
_WIDTHS = [18.0, 16.0, 16.0, 70.0]
_SHEET = "checks"
_HOW = (
    "要看的各项已列在“检查评分”表：逐行填写合格数、检查数（或分值）、日期、经办人，没有满分的写理由或佐证，"
    "然后放入收件目录的 _office 文件夹。",
    "第二次检查须由原检查人以外的人独立进行；原来的结果不在这里。两次结果不同的，回执列为疑点，不改变计分。",
    "用同样的种子在同一数据上再抽一次，得到的完全相同：种子在抽样之前定好，抽出以后不再更换。抽中的已记录在案：看了多少、没有抽中而再查的有多少，印在汇报材料上。",
)


def drawn_before(state: YearState) -> str:
    """Which samples of the year were drawn before, in a sentence; empty where none was."""
    if not state.draws:
        return ""
    told = "、".join(
        f"种子 {one.seed}（{state.profile.local(one.at):%Y-%m-%d %H:%M}，{one.by}）" for one in state.draws
    )
    return f"此前已抽样 {len(state.draws)} 次：{told}。历次抽中的都要看，汇报材料上合并计算。"


def sample_json(sample: Sample, state: YearState, basis: str) -> dict[str, Any]:
    """The plan; `basis_sha256` says of which state of the year it was drawn."""
    return {
        "schema": SCHEMA,
        "year": sample.year,
        "seed": sample.seed,
        "share": f"{sample.share:f}",
        "as_of": state.as_of.isoformat(),
        "basis_sha256": basis,
        "drawn_before": [
            {"seed": one.seed, "share": one.share, "at": state.profile.local(one.at).isoformat(), "by": one.by}
            for one in state.draws
        ],
        "counts": {
            part.value: {"of": sample.drawn_from[part], "drawn": sample.count(part)} for part in sample.drawn_from
        },
        "looks": [
            {
                "part": look.part.value,
                "unit": look.unit,
                "name": look.name,
                "indicator": look.indicator,
                "label": look.label,
                "item": look.item,
                "second_of": look.second_of,
                "not_by": look.not_by,
                "note": look.note,
            }
            for look in sample.looks
        ],
    }


def sample_workbook(sample: Sample, state: YearState, basis: str) -> bytes:
    """The workbook that inspectors fill in."""
    first = FirstSheet(SAMPLE_SHEET, _WIDTHS, {}, partial(_draw, sample, state, basis))
    return repack(office_workbook(_rows(sample), state.profile, sample.year, first=first))


def _rows(sample: Sample) -> Iterator[OfficeRow]:
    sheet = office_sheets()[_SHEET]
    looks = [look for look in sample.looks if look.part is not SampleReason.DECLARED_NONE]
    for number, look in enumerate(looks, 1):
        name = numbered(sheet, number)
        said = {"indicator": look.indicator, "kind": look.kind, "item": look.item, "second_of": look.second_of}
        known = {key: value for key, value in said.items() if value is not None}
        yield OfficeRow(_SHEET, name, {"id": name, "unit": look.unit, **known, TOLD: _told(look)})


def _told(look: Look) -> str:
    return f"{look.part.word}：{look.note}，由“{look.not_by}”以外的人再查" if look.not_by else look.part.word


def _draw(sample: Sample, state: YearState, basis: str, form: Form, sheet: Worksheet) -> None:
    """The first sheet: how was drawn, from how many, and what is to be done."""
    style, last = form.style, len(_WIDTHS) - 1
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, last, f"{form.letterhead.district} {sample.year} 年度抽样方案", style["title"])
    drawn = (
        f"种子 {sample.seed} · 抽取比例 {sample.share:f} · 数据截至 {state.as_of:%Y-%m-%d %H:%M} · 依据 {basis[:12]}"
    )
    sheet.merge_range(1, 0, 1, last, drawn, style["note"])
    for column, text in enumerate(("类别", "共有", "抽出", "怎样抽")):
        sheet.write_string(3, column, text, style["header"])
    drawn_how = {
        SampleReason.FIRST: "各单位、各项由检查认定而尚未检查的指标，从报送清单中分别抽取，每项至少一件",
        SampleReason.DECLARED_NONE: "申明“没有”的清单，全部核实",
        SampleReason.SECOND: "各检查人所作的检查中分别抽取，每人至少一次，由另一人再查",
    }
    for row, part in enumerate(SampleReason, 4):
        sheet.set_row(row, 22)
        sheet.write_string(row, 0, part.word, style["label"])
        sheet.write_number(row, 1, sample.drawn_from[part], style["figure"])
        sheet.write_number(row, 2, sample.count(part), style["figure"])
        sheet.write_string(row, 3, drawn_how[part], style["label"])
    how = (*_HOW, *filter(None, [drawn_before(state)]))
    for row, text in enumerate(how, 8):
        sheet.merge_range(row, 0, row, last, text, style["line"])
        sheet.set_row(row, 34)
    row = _declared(sample, form, sheet, 9 + len(how))
    sheet.print_area(0, 0, row - 1, last)
    sheet.activate()


def _declared(sample: Sample, form: Form, sheet: Worksheet, row: int) -> int:
    """What units declared not to have: a false declaration is a problem or worse, no count; returns the next row."""
    style, declared = form.style, [look for look in sample.looks if look.part is SampleReason.DECLARED_NONE]
    if not declared:
        return row
    told = "核实“没有”：不属实的，在“发现问题”或“加分扣分否决”表录入"
    sheet.merge_range(row, 0, row, len(_WIDTHS) - 1, told, style["section"])
    for at, look in enumerate(declared, row + 1):
        sheet.merge_range(at, 0, at, 1, f"{look.unit} {look.name}", style["label"])
        sheet.merge_range(at, 2, at, 3, look.note, style["label"])
    return row + 1 + len(declared)
