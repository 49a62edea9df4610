"""The annex as plain tables: decisions, lacks, what to supply, units, explanations, waivers, late cases, sources.

Columns of text and figures, in a fixed order; docx and xlsx print them and compute nothing. A table without rows says
that there is nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gongkai.national_format import for_year
from gongkai.reporting.report.adoption.adopted_text import adopted_text
from gongkai.reporting.report.annex.late_cases import late_cases
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.shared.across_years import across_years_lines
from gongkai.reporting.shared.granted import waived, waiver_words
from gongkai.reporting.shared.standing import excuse_of
from gongkai.reporting.style import MISSING, day
from gongkai.submission.fields import lists
from gongkai.submission.places import place
from gongkai.submission.verdict import Verdict
from gongkai.warehouse.records import UnitYear
from gongkai.warehouse.report_standing import Adoption

Cell = str | int


@dataclass(frozen=True)
class AnnexTable:
    """One table of the annex.

    Attributes:
        key: short, unique: the name of its sheet.
        shares: of the width, a number a column.
        in_word: whether the docx prints it; long ones stand in the xlsx alone.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "没有。"
    in_word: bool = True


def annex_tables(report: DistrictReport) -> tuple[AnnexTable, ...]:
    """All tables, in the order of the annex."""
    make = AnnexTable
    return (
        make("审定", "一、审定和发布", ("版次", "决定", "时间", "经办人", "内容"), (1, 2, 3, 2, 8),
             tuple(_decisions(report)), "尚未审定。"),
        make("缺项", "二、缺项", ("编号", "内容", "放行理由"), (3, 8, 5), tuple(_lacks(report))),
        make("待补充", "三、公开文本待补充的内容", ("内容", "在哪里补充"), (6, 6),
             tuple((one.what, one.where) for one in report.to_do)),
        make("单位", "四、填报单位情况", ("代码", "单位", "状态", "备注"), (2, 5, 2, 7), tuple(_units(report))),
        make("说明", "五、疑点说明", ("单位", "位置", "填写", "核对", "说明"), (4, 5, 3, 3, 6), tuple(_notes(report))),
        make("豁免", "六、豁免核验", ("单位", "内容", "豁免"), (4, 8, 5), tuple(_waived(report))),
        make("逾期", "七、逾期办结的申请（按机关）", ("机关", "单位", "登记编号", "逾期工作日"), (5, 4, 4, 2),
             late_cases(report.state)),
        make("另计", "八、另行统计的依申请公开数据", ("单位", "统计机关", "是否已计入合计"), (5, 6, 4),
             tuple(_elsewhere(report))),
        make("差异", "九、受理后仍未消除的差异", ("单位", "规则", "内容"), (4, 3, 10), tuple(_differences(report))),
        make("检查", "十、检查合格情况", ("指标", "合格", "检查"), (8, 2, 2), tuple(_checks(report))),
        make("沿革", "十一、跨年度核对", ("核对", "按上年应为", "本年填报", "结论"), (7, 2, 2, 5),
             tuple(_across_years(report))),
        make("来源", "数据来源", ("项目", "合计", "单位", "报送次数", "数值"), (8, 2, 4, 2, 2), tuple(_sources(report)),
             in_word=False),
    )  # fmt: skip


def _decisions(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    """Every text that was adopted, every approval, correction and publication, in the order of time."""
    local, standing = report.state.profile.local, report.standing
    told: list[tuple[datetime, tuple[Cell, ...]]] = []
    for earlier, one in zip((None, *standing.adoptions), standing.adoptions, strict=False):
        told.append((one.at, ("—", "采用", f"{local(one.at):%Y-%m-%d %H:%M}", one.by, _adopted_words(one, earlier))))
    for approval in standing.approvals:
        released = (f"放行 {name}：{why}" for name, why in approval.despite.items())
        said = "；".join([approval.reason, *released, *approval.changes])
        kind, at = "更正" if approval.number > 1 else "审定", f"{local(approval.at):%Y-%m-%d %H:%M}"
        told.append((approval.at, (approval.number, kind, at, approval.by, said)))
    told += [(one.recorded_at, (one.number, "发布", day(one.on), one.by, one.url)) for one in standing.publications]
    return (row for _, row in sorted(told, key=lambda one: one[0]))


def _adopted_words(adoption: Adoption, earlier: Adoption | None) -> str:
    """Which text it was, what it replaced, and who confirmed which of its figures."""
    words = [f"第 {adoption.number} 次采用修改稿 {adoption.file}"]
    if earlier is not None:
        gone = len(adopted_text(earlier.text).without(adopted_text(adoption.text)))
        words.append(f"取代第 {earlier.number} 次采用的文字，其中 {gone} 句改写或删去")
    words += [f"{one['confirmed_by']}确认“{one['sentence']}”中的{one['observed']}" for one in adoption.confirmed]
    return "；".join(words)


def _lacks(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    approval = report.view.approval
    despite = approval.despite if approval else {}
    return ((lack.id, lack.what, despite.get(lack.id, "未放行")) for lack in report.lacks)


def _units(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    for unit in report.state.units:
        said = excuse_of(unit, report.state)
        lacking = [] if unit.accepted is None else _not_reported(unit)
        remarks = [f"免报：{said}"] if said else []
        remarks += [f"未报：{'、'.join(lacking)}"] if lacking else []
        yield unit.unit.code, unit.unit.name, unit.state.word, "；".join(remarks) or "—"


def _not_reported(unit: UnitYear) -> list[str]:
    submission = unit.accepted.submission if unit.accepted else None
    return [
        group.label
        for name, group in lists().items()
        if submission is not None and name not in submission.reported and not group.on_demand
    ]


def _notes(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    national_format = for_year(report.state.year)
    for note in report.notes:
        found = note.explained.finding
        where = place(found.where, national_format) or "整体"
        yield note.name, where, _shown(found.observed), _shown(found.expected), note.explained.words


def _waived(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    for unit, verdict in _accepted(report):
        for found, entry in waived(verdict, report.state.inspections):
            yield _named(unit), f"{found.message}（{found.rule}）", waiver_words(entry)


def _elsewhere(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    """Units whose requests another authority counts: told, never summed as zero."""
    authorities = {unit.unit.authority for unit in report.state.units if unit.accepted is not None}
    for unit in report.state.units:
        if (by := unit.unit.requests_counted_by) is not None:
            yield _named(unit), by, "已由该机关计入" if by in authorities else "合计中不含"


def _differences(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    """What speaks against an accepted revision since, and notices that were told."""
    for unit, verdict in _accepted(report):
        for found in verdict.findings:
            if found.kept and found.waived_by is None:
                yield _named(unit), found.rule, found.message


def _checks(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    entries = [e for e in report.state.inspections if e.kind == "checked" and e.checked and e.passed is not None]
    for indicator in report.state.profile.scheme.indicators:
        counted = [e for e in entries if e.indicator == indicator.code]
        if counted:
            passed, checked = sum(e.passed or 0 for e in counted), sum(e.checked or 0 for e in counted)
            yield f"{indicator.code} {indicator.label}", passed, checked


def _across_years(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    """The district's identities across two years, each difference beside the units that explain it."""
    for line in across_years_lines(report.state, report.wording):
        yield line.place, line.brought, line.now, f"相差 {line.difference}" if line.difference else "一致"
        for gap in line.gaps:
            yield f"　其中 {gap.whose}", gap.brought, gap.now, f"相差 {gap.difference}，{gap.why}"


def _sources(report: DistrictReport) -> Iterator[tuple[Cell, ...]]:
    national_format = for_year(report.state.year)
    names = {unit.unit.code: _named(unit) for unit in report.state.units}
    for where, given in report.totals.sources.items():
        total = figure_text(report.totals.district.tables.get(where))
        label = place(where, national_format)
        for one in given:
            if one.value:
                yield label, total, names[one.unit], one.revision, figure_text(one.value)


def _accepted(report: DistrictReport) -> Iterator[tuple[UnitYear, Verdict]]:
    return ((unit, unit.accepted.verdict) for unit in report.state.units if unit.accepted is not None)


def _named(unit: UnitYear) -> str:
    return f"{unit.unit.code} {unit.unit.name}"


def _shown(value: object) -> str:
    return MISSING if value is None else str(value)
