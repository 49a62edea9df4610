"""How a figure is made, in a sentence, with the figures and the office's entries that it is made of."""

from collections.abc import Mapping

from gongkai.national_format import for_year
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.grid import figure_text
from gongkai.reporting.report.provenance.labels import label_of
from gongkai.reporting.report.provenance.traced import Entered, TracedPart
from gongkai.reporting.report.words.figure_paths import CELLS, DIFFERENCE, PERCENT
from gongkai.reporting.report.words.inspection_facts import entries_by_fact
from gongkai.submission.references import OFFICE
from gongkai.warehouse.closed_year import limits_of

Made = tuple[str, tuple[TracedPart, ...], tuple[Entered, ...]]
_SUM = "各单位已受理报送中的数值相加"
_OF_OFFICE = "办公室已受理报送中的数值"


def how_made(path: str, report: DistrictReport, figures: Mapping[str, str]) -> Made:
    """The sentence, the parts and the entries.

    Args:
        path: of the figure.
        report: whose figure it is.
        figures: all figures by path, as printed.
    """
    own, bare = path.startswith(OFFICE), path.removeprefix(OFFICE)
    scope = OFFICE if own else ""
    for ending, word in ((DIFFERENCE, "本年数减上年数"), (PERCENT, "增减数除以上年数，四舍五入到两位小数")):
        if path.endswith(ending):
            base = path.removesuffix(ending)
            parts = (*_parts([base], report, figures), *_last_year(base, report))
            return f"{word}；两年都由相同单位填报才比较", parts, ()
    if bare.startswith("indicators."):
        said, rates = _rate(bare.removeprefix("indicators."), own, report)
        return said, _parts([f"{scope}indicators.{one}" for one in rates], report, figures), ()
    if for_year(report.state.year).has(bare) or bare.startswith("activities."):
        return (_OF_OFFICE if own else _SUM), (), ()
    if cells := _cells(bare.removeprefix("facts."), report.state.year):
        return "以下各项相加", _parts([scope + cell for cell in cells], report, figures), ()
    if (entries := entries_by_fact(report.state).get(bare.removeprefix("facts."))) is not None:
        return "办公室录入的检查记录合计", (), tuple(Entered.of(entry) for entry in entries)
    return "按各单位已受理报送中的清单和台账逐条计数", (), ()


def _rate(key: str, own: bool, report: DistrictReport) -> tuple[str, tuple[str, ...]]:
    """How a rate is computed, with its counts, and the rates that it is computed from."""
    found = report.totals.office_indicators if own else report.totals.indicators
    limit = limits_of(report.state.lock).reply
    match key:
        case "average_reply_working_days":
            return f"{found.judged} 件共用 {found.reply_working_days} 个工作日，相除后四舍五入到两位小数", ()
        case "reply_shortening_percent":
            average = found.average_reply_working_days
            return f"（{limit} − {average}）÷ {limit}，四舍五入到两位小数", ("average_reply_working_days",)
        case "requests_closed_on_time_percent":
            counted = found.requests_closed + found.requests_open_late
            late = f"（办结 {found.requests_closed} 件，到期未办结 {found.requests_open_late} 件）"
            return f"{found.requests_closed_on_time} ÷ {counted}{late}，四舍五入到两位小数", (
                "requests_closed_on_time",
            )
        case "requests_closed_on_time":
            return "台账中当年办结且未逾期的申请逐件计数", ()
        case _:
            return "台账中当年办结的申请逐件计数", ()


def _cells(fact: str, year: int) -> tuple[str, ...]:
    """The figures that a fact of the sentences adds up; none of one that counts by itself."""
    if fact == "portal_items_of_all":
        return ("activities.portal_items",)
    table = for_year(year).requests
    groups = {f"requests_{one.key}": tuple(table.totals(one)) for one in table.subtotals}
    return groups.get(fact, CELLS.get(fact, ()))


def _parts(paths: list[str], report: DistrictReport, figures: Mapping[str, str]) -> tuple[TracedPart, ...]:
    return tuple(
        TracedPart(path, label_of(path, report.state.year), figures[path]) for path in paths if path in figures
    )


def _last_year(base: str, report: DistrictReport) -> tuple[TracedPart, ...]:
    """What last year's accepted revisions gave for the same figure."""
    before, year = report.totals.previous, report.state.year
    cells = _cells(base.removeprefix("facts."), year) or (base,)
    given = [before.tables.get(cell) for cell in cells] if before else [None]
    known = [number for number in given if number is not None]
    if len(known) < len(given):
        return ()
    return (TracedPart(base, f"{year - 1}年度{label_of(base, year)}", figure_text(sum(known[1:], known[0]))),)
