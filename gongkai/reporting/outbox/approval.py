"""A person approves the district's report, or records where it was published; both are on record before any file is.

`gongkai approve` and `publish`, and the two forms in the Prefect UI, come here. The report alone is written anew then,
in its new state, with a new manifest; everything else in `OUT/<year>` stays as the run made it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, Engine

from gongkai.errors import CallError, Refused
from gongkai.reporting.outbox.drafts import Drafts, current_drafts, refuse_without_drafts
from gongkai.reporting.outbox.report_act import (
    Act,
    decision,
    drafted_report,
    refuse_another_text,
    with_standing,
    write_anew,
)
from gongkai.reporting.report.district_report import DistrictReport
from gongkai.reporting.report.earlier import packed, unpacked
from gongkai.reporting.report.lacks import released
from gongkai.reporting.report.what_changed import what_changed
from gongkai.reporting.report.writer import public_files
from gongkai.settings import Settings
from gongkai.warehouse.audit import Kind, record
from gongkai.warehouse.claim import claimed
from gongkai.warehouse.engine import opened, write
from gongkai.warehouse.report_standing import Approval, Publication
from gongkai.warehouse.rows.known import LATEST
from gongkai.warehouse.rows.report_decisions import (
    approved_documents,
    store_approval,
    store_publication,
)


def approve(act: Act, reason: str, despite: Mapping[str, str] | None = None) -> str:
    """Approves the draft that stands in `OUT/<year>`, bound to the hash of its manifest.

    Returns:
        What was approved, as a sentence.

    Raises:
        CallError: nobody or no reason is named, there are no drafts or they are not the warehouse's, an id of
            `despite` is no lack, or this very content is approved already.
        Refused: the report lacks something, and nobody said to approve it all the same; or figures of an adopted text
            have moved.
        BusyError: another run holds the year and does not end.
    """
    reason = " ".join(reason.split())
    if not act.by or not reason:
        raise CallError("审定须写明审定人（--by）和理由（--reason）。")
    refuse_without_drafts(act.out, act.year, "审定")
    with claimed(act.url, act.out, act.year, f"审定 {act.by}", Settings().wait, act.say), opened(act.url) as engine:
        drafts = current_drafts(engine, act.year, act.out, "审定", act.moment)
        report = drafted_report(engine, act, drafts)
        if report.view.approval is not None:
            raise CallError(f"{act.year} 年度报告的现有内容已由{report.view.approval.by}审定，没有改动，不必再次审定。")
        refuse_another_text(drafts, report)
        _refuse_moved_figures(report)
        given = released(report.lacks, despite or {}, "审定")
        approval = _approval(engine, act, drafts, report, reason, given)
        approvals = (*report.standing.approvals, approval)
        approved = with_standing(report, replace(report.standing, approvals=approvals))
        documents = packed(public_files(approved))
        write(engine, lambda connection: _record_approval(connection, act, approval, documents))
        write_anew(engine, act, drafts, approved)
    kind = "更正已审定" if approval.number > 1 else "已审定"
    place = drafts.folder / "report"
    return f"{act.year} 年度报告{kind}（第 {approval.number} 版），印发日期为 {act.moment:%Y-%m-%d}：{place}"


def publish(act: Act, on: date, url: str) -> str:
    """Records where and when the approved report was published.

    Raises:
        CallError: nobody or no address is named, nothing is approved, what stands in `OUT/<year>` is not what was
            approved, or the day lies before the approval or in the future.
        BusyError: another run holds the year and does not end.
    """
    url = url.strip()
    if not act.by or not url:
        raise CallError("发布须写明网址（--url）和经办人（--by）。")
    refuse_without_drafts(act.out, act.year, "发布")
    with claimed(act.url, act.out, act.year, f"发布 {act.by}", Settings().wait, act.say), opened(act.url) as engine:
        drafts = current_drafts(engine, act.year, act.out, "发布", act.moment)
        report = drafted_report(engine, act, drafts)
        approval = report.view.approval
        if approval is None:
            raise CallError(f"{act.year} 年度报告的现有内容尚未审定，不能记为已发布。请先审定（gongkai approve）。")
        approved_on = report.state.profile.local(approval.at).date()
        if not approved_on <= on <= act.moment.date():
            raise CallError(f"发布日期 {on} 应在审定日期 {approved_on} 与今天 {act.moment.date()} 之间。")
        publication = Publication(number=approval.number, on=on, url=url, by=act.by, recorded_at=act.moment)
        write(engine, lambda connection: _record_publication(connection, act, publication))
        published = (*report.standing.publications, publication)
        write_anew(engine, act, drafts, with_standing(report, replace(report.standing, publications=published)))
    return f"{act.year} 年度报告（第 {publication.number} 版）已记为 {on} 发布于 {url}"


def _refuse_moved_figures(report: DistrictReport) -> None:
    """An adopted text whose figures moved is a draft again: somebody must read those sentences first."""
    if report.moved:
        listed = "\n".join(f"  {one.words}" for one in report.moved)
        raise Refused(
            f"采用的修改稿中有 {len(report.moved)} 处数字已变，没有审定：\n{listed}\n"
            "送审稿已换上现在的数字。请核对这些语句，修改后重新采用（gongkai adopt），再审定。"
        )


def _approval(
    engine: Engine, act: Act, drafts: Drafts, report: DistrictReport, reason: str, despite: Mapping[str, str]
) -> Approval:
    before = report.standing.approved
    if before is not None and act.moment <= before.at:
        raise CallError(f"审定的时刻应晚于上一次审定（{before.at:%Y-%m-%d %H:%M}）。请核对 --as-of 或本机时钟。")
    changes: Sequence[str] = ()
    if before is not None:
        kept = unpacked(approved_documents(engine, act.year, LATEST)[before.number])
        changes = what_changed(kept["report.json"], report)
    return Approval(
        number=before.number + 1 if before else 1,
        at=act.moment,
        by=act.by,
        reason=reason,
        content_sha256=report.view.content_sha256,
        manifest_sha256=drafts.manifest_sha256,
        basis_sha256=report.basis,
        as_of=report.state.as_of,
        despite=despite,
        changes=changes,
    )


def _record_approval(connection: Connection, act: Act, approval: Approval, documents: bytes) -> None:
    store_approval(connection, act.year, approval, documents)
    after = {"number": approval.number, "manifest_sha256": approval.manifest_sha256}
    released_lacks = (decision(act, Kind.RELEASED, key, why, after) for key, why in approval.despite.items())
    record(connection, *released_lacks, decision(act, Kind.APPROVED, act.subject, approval.reason, after))


def _record_publication(connection: Connection, act: Act, publication: Publication) -> None:
    store_publication(connection, act.year, publication)
    after = {"number": publication.number, "on": publication.on.isoformat(), "url": publication.url}
    record(connection, decision(act, Kind.PUBLISHED, act.subject, "", after))
