"""Adopted texts, approvals and publications of the district's report as rows, and back; with what was approved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from gongkai.warehouse import models
from gongkai.warehouse.engine import reading
from gongkai.warehouse.report_standing import Adoption, Approval, Publication, ReportStanding

_APPROVAL = (
    "changes",
    "number",
    "by",
    "reason",
    "content_sha256",
    "manifest_sha256",
    "basis_sha256",
    "as_of",
    "despite",
)


_ADOPTION = ("number", "at", "by", "file", "sha256", "text", "confirmed")


def report_standing(connection: Connection, year: int, before: datetime, as_of: datetime) -> ReportStanding:
    """All decisions about a year's report before a moment, and how many units had a card issued when it was drafted.

    Args:
        connection: of the warehouse.
        year: the report year.
        before: decisions of that moment and later do not count.
        as_of: of the run that drafts; of an approved report it is that of its own draft.
    """
    approval, publication = models.ReportApprovalRow, models.ReportPublicationRow
    columns = [approval.at, *(getattr(approval, key) for key in _APPROVAL)]
    approved = connection.execute(
        select(*columns).where(approval.year == year, approval.at < before).order_by(approval.number)
    )
    published = connection.execute(
        select(approval.number, publication.on, publication.url, publication.by, publication.recorded_at)
        .join(approval, approval.id == publication.approval_id)
        .where(approval.year == year, publication.recorded_at < before)
        .order_by(publication.id)
    )
    approvals = tuple(Approval(**row._mapping) for row in approved)
    told = _units_told(connection, year, approvals[-1].as_of if approvals else as_of)
    publications = tuple(Publication(**row._mapping) for row in published)
    return ReportStanding(approvals, publications, told, _adoptions(connection, year, before))


def _adoptions(connection: Connection, year: int, before: datetime) -> tuple[Adoption, ...]:
    """The texts that were adopted, in their order."""
    table = models.ReportAdoptionRow
    columns = [getattr(table, key) for key in _ADOPTION]
    found = connection.execute(select(*columns).where(table.year == year, table.at < before).order_by(table.number))
    return tuple(Adoption(**row._mapping) for row in found)


def store_adoption(connection: Connection, year: int, adoption: Adoption) -> None:
    """Stores a newly adopted text."""
    row = {key: getattr(adoption, key) for key in _ADOPTION}
    row["confirmed"] = [dict(one) for one in adoption.confirmed]
    connection.execute(insert(models.ReportAdoptionRow), {**row, "year": year})


def store_approval(connection: Connection, year: int, approval: Approval, documents: bytes) -> None:
    """Stores a new approval with a zip of what was approved."""
    row = {key: getattr(approval, key) for key in ("at", *_APPROVAL)}
    row |= {"despite": dict(approval.despite), "changes": list(approval.changes)}
    connection.execute(insert(models.ReportApprovalRow), {**row, "year": year, "documents": documents})


def store_publication(connection: Connection, year: int, publication: Publication) -> None:
    """Stores where and when the approved report of that number was published."""
    approval = models.ReportApprovalRow
    which = select(approval.id).where(approval.year == year, approval.number == publication.number)
    row: dict[str, Any] = {key: getattr(publication, key) for key in ("on", "url", "by", "recorded_at")}
    connection.execute(
        insert(models.ReportPublicationRow), {**row, "approval_id": connection.execute(which).scalar_one()}
    )


def approved_documents(engine: Engine, year: int, before: datetime) -> Mapping[int, bytes]:
    """Number of an approval → the zip of what was approved, for all before a moment."""
    table = models.ReportApprovalRow
    with reading(engine) as connection:
        found = connection.execute(
            select(table.number, table.documents).where(table.year == year, table.at < before).order_by(table.number)
        )
        return {row.number: row.documents for row in found}


def _units_told(connection: Connection, year: int, before: datetime) -> int | None:
    """Units that had a card issued; None where nobody had one."""
    table = models.IssuedParcelRow
    rows = connection.execute(select(table.unit, table.note).where(table.year == year, table.issued_at < before))
    told = {row.unit for row in rows if any(f["name"].startswith("scorecard.") for f in row.note["files"])}
    return len(told) or None
