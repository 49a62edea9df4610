"""Measures over what inspectors entered (A2, A5, C2, D1–D3, E3, F4, G1–G3). Nobody looked: not applicable.

Only the unit's entries that name the asking indicator count, except rectifications, which may concern any.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from gongkai.assessment.measurement import Asked, Measurement, Shortfall, count, not_applicable, rate
from gongkai.assessment.rectifying import names_deduction
from gongkai.assessment.scorecard import Evidence, Rectification
from gongkai.assessment.subject import Subject
from gongkai.profile.indicators import Indicator
from gongkai.submission.inspection.entry import InspectionEntry
from gongkai.submission.inspection.second_looks import words_of

_NOTHING = "没有检查记录"


def entry_evidence(entry: InspectionEntry, text: str) -> Evidence:
    """Evidence: one entry of the office, with what was given as evidence."""
    seen = f"，佐证：{entry.evidence}" if entry.evidence else ""
    name = "决定" if entry.kind == "decision" else "检查记录"
    return Evidence(f"{text}（{name} {entry.id}{seen}）", where=f"entries[{entry.id}]")


def looked_at(subject: Subject, indicator: Indicator) -> bool:
    """Whether somebody looked: an entry on this indicator, of a kind that it uses."""
    return any(e.indicator == indicator.code and e.kind in indicator.entry_kinds for e in subject.inspections)


def inspection_passed(subject: Subject, asked: Asked) -> Measurement:
    """Passed of checked, all checks of the indicator taken together."""
    return _passed(_of(subject, asked, "checked"))


def inspection_passed_monthly(subject: Subject, asked: Asked) -> Measurement:
    """A2: the mean of the months' rates, so that a month with many columns weighs no more than another.

    Checks without a date count as one month of their own.
    """
    entries = [entry for entry in _of(subject, asked, "checked") if entry.checked]
    months: dict[str, list[InspectionEntry]] = defaultdict(list)
    for entry in entries:
        months[entry.on.strftime("%Y-%m") if entry.on else ""].append(entry)
    pooled = _passed(entries)
    if len(months) < 2:
        return pooled
    rates = [Fraction(_sum(e.passed for e in month), _sum(e.checked for e in month)) for month in months.values()]
    value = sum(rates, Fraction(0)) / len(rates)
    note = f"按 {len(months)} 个月的合格率平均"
    return Measurement(
        applicable=True,
        numerator=pooled.numerator,
        denominator=pooled.denominator,
        value=value,
        sentence=pooled.sentence,
        cases=pooled.cases,
        note=note,
        counter="项",
        looked_at=pooled.looked_at,
    )


def inspection_problems(subject: Subject, asked: Asked) -> Measurement:
    """D1: every problem found counts one; of a kind that the scheme prices apart, only those of that kind."""
    found, cases = [one for one in _of(subject, asked, "problem") if one.ground == asked.ground], []
    for entry in found:
        text = entry.reason or "巡查发现问题"
        cases.append(Shortfall(text, entry_evidence(entry, text), words_of(entry.item)))
    return count(cases, counter="条", looked_at=found)


def rectifications(entries: Iterable[InspectionEntry]) -> tuple[Rectification, ...]:
    """What the unit was told to mend, in the order of its deadlines."""
    issued = [entry for entry in entries if _notice(entry)]
    return tuple(
        Rectification(one.id, one.indicator, one.reason or one.evidence or "", one.due_on, one.closed_on)
        for one in sorted(issued, key=lambda entry: (entry.due_on or date.max, entry.id))
    )


def rectifications_on_time(subject: Subject, _asked: Asked) -> Measurement:
    """G1: rectifications closed by their due day. An open one whose day has not come yet is not counted."""
    issued = [
        entry
        for entry in subject.inspections
        if _notice(entry)
        and not (entry.closed_on is None and entry.due_on is not None and entry.due_on >= subject.as_of)
    ]
    cases = []
    for entry in issued:
        if entry.closed_on is None:
            text = f"{entry.id} 应于 {entry.due_on} 前整改，尚未办结"
        elif entry.due_on is not None and entry.closed_on > entry.due_on:
            text = f"{entry.id} 应于 {entry.due_on} 前整改，{entry.closed_on} 办结"
        else:
            continue
        cases.append(Shortfall(text, entry_evidence(entry, text)))
    nothing = "没有到期的整改通知"
    return rate(len(issued) - len(cases), len(issued), "未按期整改", cases, nothing, looked_at=issued)


def rectifications_not_recurred(subject: Subject, _asked: Asked) -> Measurement:
    """G2: closed rectifications whose problem did not come back.

    This year's notices, and last year's items as this year finds them. One that nobody ever closed and that still costs
    points has not gone away either: it must not pay to leave it open.
    """
    closed = [e for e in subject.inspections if _notice(e) and e.closed_on is not None]
    own = {entry.item for entry in closed}  # told as this year's
    before = [one for one in subject.look_back if one.item not in own and (one.closed_on or one.persists)]
    cases = []
    for entry in closed:
        if entry.recurred:
            text = f"{entry.id} 整改后问题复发{'：' + entry.reason if entry.reason else ''}"
            cases.append(Shortfall(text, entry_evidence(entry, text)))
    for item in before:
        if item.recurred or item.persists:
            then = (
                f"上年已于 {item.closed_on} 办结，今年同类问题再次扣分" if item.recurred else "上年未办结，今年仍在扣分"
            )
            cases.append(Shortfall(f"{item.item} {then}", Evidence(f"{item.item}（{item.what}）{then}")))
    of = len(closed) + len(before)
    return rate(of - len(cases), of, "复发", cases, "没有已办结的整改", looked_at=closed)


def _notice(entry: InspectionEntry) -> bool:
    """A notice of the year itself; how its card's deductions are mended is no matter of the same card's points."""
    return entry.kind == "rectification" and not names_deduction(entry)


def _of(subject: Subject, asked: Asked, kind: str) -> list[InspectionEntry]:
    return [entry for entry in subject.inspections if entry.kind == kind and entry.indicator == asked.indicator]


def _sum(numbers: Iterable[int | None]) -> int:
    return sum(number or 0 for number in numbers)


def _passed(entries: list[InspectionEntry]) -> Measurement:
    passed, checked = _sum(e.passed for e in entries), _sum(e.checked for e in entries)
    if not checked:
        return not_applicable(_NOTHING)
    short = [entry for entry in entries if (entry.passed or 0) < (entry.checked or 0)]
    cases = []
    for entry in short:
        found = f"{f'{entry.on} ' if entry.on else ''}检查 {entry.checked} 项合格 {entry.passed} 项"
        seen = f"{found}，{entry.reason}" if entry.reason else found
        text = entry.reason if len(short) == 1 and entry.reason else seen  # the sentence has the counts of a single one
        cases.append(Shortfall(text, entry_evidence(entry, seen), words_of(entry.item)))
    return rate(passed, checked, "不合格", cases, _NOTHING, counter="项", looked_at=entries)
