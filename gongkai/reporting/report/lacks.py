"""What a report or the cards of a year lack (缺项): whoever approves or issues all the same says why, by name.

A unit that is neither accepted nor excused; a list or an inspection that nobody gave though text or scheme speak of it;
a year whose working days nobody has supplied; a reference without a value. What a unit did wrong is no lack.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.errors import CallError, Refused
from gongkai.national_format.figures import OUTCOME_TOTAL
from gongkai.profile.indicators import Indicator
from gongkai.reporting.report.words.office_words import OfficeWords
from gongkai.reporting.shared.standing import excuse_of
from gongkai.submission.fields import lists
from gongkai.warehouse.records import YearState
from gongkai.warehouse.totals import Totals

_MEASURED_IN = {
    "documents": {"documents_on_time", "normative_documents_complete", "documents_interpreted"},
    "interpretations": {"documents_interpreted", "interpretations_in_step", "interpretations_multi_form"},
    "responses": {"responses_on_time"},
    "catalogue": {"areas_in_catalogue", "catalogue_adjusted_on_time"},
}
UNIT = "UNIT-"  # before the code of a unit
ALL = "all"
"""What releases every lack with one reason."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is not there.

    Attributes:
        id: what `--despite` names: `UNIT-T03`, `LIST-register`, `INSPECTION`, `CALENDAR-2027`, `REFERENCE-…`.
        what: Chinese, complete: what is missing, and who can supply it.
    """

    id: str
    what: str


def find_lacks(state: YearState, totals: Totals, words: OfficeWords) -> tuple[Lack, ...]:
    """Everything that the report of a year lacks, units first, in registry order."""
    return (*card_lacks(state, totals), *_calendar(state, totals), *_unfilled(state, words))


def card_lacks(state: YearState, totals: Totals) -> tuple[Lack, ...]:
    """What receipts and cards lack; a year whose working days are unknown stops only what is final."""
    return (*_units(state), *_unsettled(state), *_lists(state, totals), *_inspection(state))


def final_lacks(state: YearState, totals: Totals) -> tuple[Lack, ...]:
    """What final cards lack: what cards lack, and the working days that a time to appeal or to answer needs."""
    return (*card_lacks(state, totals), *_calendar(state, totals))


def closing_lacks(state: YearState) -> tuple[Lack, ...]:
    """What a year lacks that is to be locked: who would be out of its totals for good, what may still change."""
    return (*_units(state), *_unsettled(state))


def read_despite(given: Iterable[str]) -> dict[str, str]:
    """`ID=TEXT` of a command or a form as id → why.

    Raises:
        CallError: an id or its reason is missing.
    """
    pairs = [one.partition("=") for one in given]
    if wrong := ["".join(pair) for pair in pairs if not pair[0].strip() or not pair[2].strip()]:
        raise CallError(f"放行的缺项应写成“编号=理由”，现为：{'、'.join(wrong)}。")
    return {name.strip(): why.strip() for name, _, why in pairs}


def released(lacks: Sequence[Lack], despite: Mapping[str, str], doing: str) -> dict[str, str]:
    """The reasons by which lacks are released: id → why, one for each of them.

    Args:
        lacks: what is missing.
        despite: id (or `all`) → why.
        doing: what is refused, for the message (审定).

    Raises:
        Refused: a lack that nobody released.
        CallError: an id that is no lack.
    """
    known = {lack.id for lack in lacks}
    if stray := [key for key in despite if key not in known and key != ALL]:
        there = f"现有的编号为：{'、'.join(sorted(known))}" if known else "现在没有缺项"
        raise CallError(f"所放行的 {'、'.join(stray)} 不是缺项的编号。{there}。")
    open_ones = [lack for lack in lacks if not (despite.get(lack.id) or despite.get(ALL) or "").strip()]
    if open_ones:
        listed = "\n".join(f"  {lack.id}：{lack.what}" for lack in open_ones)
        raise Refused(
            f"尚有 {len(open_ones)} 项缺项，不能{doing}：\n{listed}\n"
            f"补齐后重新运行；确需{doing}的，每一项写明“编号=理由”（命令写作 --despite 编号=理由，"
            "表单填在“放行的缺项”；全部同一理由写 all=理由），理由印在签发单或核查附表，并记入决定记录。"
        )
    return {lack.id: (despite.get(lack.id) or despite[ALL]).strip() for lack in lacks}


def _units(state: YearState) -> Iterator[Lack]:
    for unit in state.units:
        if unit.accepted is None and not excuse_of(unit, state):
            named = f"{unit.unit.code} {unit.unit.name}"
            yield Lack(
                f"{UNIT}{unit.unit.code}", f"{named}（{unit.state.word}）：没有受理的报送，也没有免报记录（excuse）"
            )


def _unsettled(state: YearState) -> Iterator[Lack]:
    """A district's report that counts and may still change, or that gives no integers to compute averages from."""
    for one in state.accepted:
        below = one.submission.below if one.submission else None
        if below is None:
            continue
        named = f"{one.unit} {state.unit(one.unit).unit.name}"
        if not below.final:
            why = "数据未齐" if below.provisional else "尚未审定"
            yield Lack(f"DISTRICT-{one.unit}", f"{named}的全区报告（第 {one.number} 次报送）{why}，数字可能变动")
        if below.counts is None:
            yield Lack(
                f"COUNTS-{one.unit}", f"{named}的全区报告没有列出办件数（counts），全市的平均用时和按期率无从计算"
            )


def _lists(state: YearState, totals: Totals) -> Iterator[Lack]:
    """A list that no accepted unit gave, although the tables or the scheme need it."""
    reports = [r.submission for r in state.accepted if r.submission is not None]
    own = [one for one in reports if one.below is None]
    given = {name for submission in own for name in submission.reported}
    assessed = {unit.code for unit in state.profile.assessed(state.year)}
    if not reports or (len(own) < len(reports) and not assessed & {one.unit for one in own}):
        return  # nobody who could have given one: a district's report has none
    for name, group in lists().items():
        if name not in given and (why := _spoken_of(name, state, totals)):
            yield Lack(f"LIST-{name}", f"没有任何单位报送“{group.label}”，{why}")


def _spoken_of(name: str, state: YearState, totals: Totals) -> str | None:
    cells = totals.district.tables
    if name == "register":
        return "而表三有办结的申请：办理时限无从说起" if cells.get(OUTCOME_TOTAL) else None
    if name not in _MEASURED_IN:
        return None
    asking = [one.label for one in state.profile.scheme.indicators if _asks(one, name)]
    return f"考核指标“{'”“'.join(asking)}”需要它" if asking and state.profile.assessed(state.year) else None


def _asks(indicator: Indicator, name: str) -> bool:
    return any(part.measure in _MEASURED_IN[name] for part in (*indicator.parts, *indicator.deductions))


def _inspection(state: YearState) -> Iterator[Lack]:
    """The scheme has inspectors look, and nobody entered that they did."""
    asking = [one for one in state.profile.scheme.indicators if one.needs_inspection]
    looked = any(entry.kind in ("checked", "score", "problem") for entry in state.inspections)
    if asking and not looked and state.profile.assessed(state.year):
        labels = "、".join(one.label for one in asking[:5])
        more = f"等 {len(asking)} 项" if len(asking) > len(asking[:5]) else ""
        yield Lack("INSPECTION", f"没有任何检查记录，而考核指标“{labels}”{more}要由检查人员核验")


def _calendar(state: YearState, totals: Totals) -> Iterator[Lack]:
    days = state.profile.working_days()
    years = {year for year in (state.year, state.year + 1) if not days.knows(year)}
    years |= {one.unknown_year for one in (totals.indicators, totals.office_indicators) if one.unknown_year}
    for year in sorted(years):
        yield Lack(
            f"CALENDAR-{year}",
            f"没有 {year} 年的放假安排，需要该年工作日的期限无法确定；请按国务院办公厅的通知填写配置目录的 "
            f"calendar/{year}.csv 后重新运行，写法见经办手册“下一年的放假安排”",
        )


def _unfilled(state: YearState, words: OfficeWords) -> Iterator[Lack]:
    by_name: dict[str, list[str]] = {}
    for name, sentence in words.unfilled:
        by_name.setdefault(name, []).append(f"“{sentence}”")
    office = state.profile.district.says("区政府办公室")
    for name, sentences in by_name.items():
        left_out = f"没有写入公开文本：{'、'.join(sentences)}"
        yield Lack(f"REFERENCE-{name}", f"{office}的文字引用了 {name}，今年没有这个数据，这一句{left_out}")
