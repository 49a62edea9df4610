"""A person adopts an edited report: compared figure by figure first, kept in the warehouse, shown from then on.

`gongkai adopt` comes here. A difference refuses it, and so does a figure that nobody confirmed; then nothing is kept.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from gongkai.errors import CallError
from gongkai.reporting.outbox.drafts import current_drafts, refuse_without_drafts
from gongkai.reporting.outbox.report_act import (
    Act,
    decision,
    drafted_report,
    refuse_another_text,
    with_standing,
    write_anew,
)
from gongkai.reporting.report.adoption.adopted_text import AdoptedText
from gongkai.reporting.report.adoption.compare import compare_report
from gongkai.reporting.report.adoption.comparison import ReportComparison
from gongkai.reporting.style import day
from gongkai.settings import Settings
from gongkai.submission.published.printed import Unreadable
from gongkai.warehouse.audit import Kind, record
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.engine import opened, write
from gongkai.warehouse.report_standing import Adoption
from gongkai.warehouse.rows.report_decisions import store_adoption
from gongkai.warehouse.runs import run_moments

Confirmed = Mapping[tuple[str, int, str], str]


@dataclass(frozen=True)
class AdoptionOutcome:
    """What came of an edited report: the comparison, and its adoption where nothing stood against it.

    Attributes:
        gone: sentences of the draft that do not stand in it: left out, reworded, or written by somebody else since.
    """

    comparison: ReportComparison
    adoption: Adoption | None = None
    gone: tuple[str, ...] = ()


def adopt(act: Act, name: str, data: bytes, confirmed: Confirmed | None = None) -> AdoptionOutcome:
    """Compares an edited report with the draft in `OUT/<year>`, and adopts it where every figure is the computed one.

    Args:
        act: who adopts, where.
        name: the file's name.
        data: its bytes.
        confirmed: figure → who confirmed it.

    Raises:
        CallError: nobody is named, the file is no Word file, or there are no drafts or they are not the warehouse's.
        BusyError: another run holds the year and does not end.
    """
    if not act.by:
        raise CallError("采用修改稿须写明经办人（--by）。")
    refuse_without_drafts(act.out, act.year, "采用")
    with claimed(act.url, act.out, act.year, f"采用 {act.by}", Settings().wait, act.say), opened(act.url) as engine:
        drafts = current_drafts(engine, act.year, act.out, "采用", act.moment)
        report = drafted_report(engine, act, drafts)
        refuse_another_text(drafts, report)
        try:
            dated = [day(report.state.profile.local(at)) for at in run_moments(engine, act.year)]
            comparison = compare_report(data, report, confirmed, dated)
        except Unreadable as refusal:
            raise CallError(f"{name} 是{refusal.args[0]}，应为{refusal.args[1]}。") from refusal
        if comparison.differences or comparison.unconfirmed:
            return AdoptionOutcome(comparison)
        before = report.standing.adoption
        if before is not None and act.moment <= before.at:
            raise CallError(f"采用的时刻应晚于上一次采用（{before.at:%Y-%m-%d %H:%M}）。请核对 --as-of 或本机时钟。")
        adoption = Adoption(
            number=before.number + 1 if before else 1,
            at=act.moment,
            by=act.by,
            file=name,
            sha256=hashlib.sha256(data).hexdigest(),
            text=comparison.text.to_json(),
            confirmed=[one.to_json() for one in comparison.open],
        )
        write(engine, lambda connection: _record(connection, act, adoption))
        write_anew(
            engine,
            act,
            drafts,
            with_standing(report, replace(report.standing, adoptions=(*report.standing.adoptions, adoption))),
        )
    gone = AdoptedText(report.texts).without(comparison.text)
    return AdoptionOutcome(comparison, adoption, gone)


def _record(connection: Connection, act: Act, adoption: Adoption) -> None:
    store_adoption(connection, act.year, adoption)
    after = {"number": adoption.number, "file": adoption.file, "sha256": adoption.sha256}
    confirmed = (
        replace(
            decision(act, Kind.CONFIRMED, act.subject, f"“{one['sentence']}”中的{one['observed']}", after),
            by=one["confirmed_by"],
        )
        for one in adoption.confirmed
    )
    record(connection, *confirmed, decision(act, Kind.ADOPTED, act.subject, "", after))
