"""Whether the warehouse has moved on: a few numbers that grow with everything that the outputs of a year follow from.

Scores and papers, which a run stores while it writes, are not among them.
"""

from typing import Any

from sqlalchemy import Engine, Select, func, select

from gongkai.warehouse import models
from gongkai.warehouse.audit.decision import Kind
from gongkai.warehouse.engine import reading

_GROWING = (
    models.Run.id,
    models.VerdictRow.id,
    models.RevisionRow.id,
    models.StoredFileRow.id,
    models.RepeatedFileRow.id,
    models.PublishedReportRow.id,
    models.FileBesideRow.id,
    models.AppealFileRow.id,
)

Pulse = tuple[int, ...]


def pulse(engine: Engine) -> Pulse:
    """Of a year's content. Equal numbers: nothing that it follows from has been stored between the two looks.

    Which key signs the receipts is no part of it: a first run takes one into use while it writes.
    """
    return _numbers(engine, _looks())


def signed_pulse(engine: Engine) -> Pulse:
    """Of the outputs as they lie there, signatures and all."""
    return _numbers(engine, [*_looks(), select(func.count()).select_from(models.DistrictKeyRow)])


def _looks() -> list[Select[Any]]:
    entry = models.AuditEntryRow
    decided = select(entry.sequence).where(entry.kind != Kind.KEY_CHANGED.value).order_by(entry.sequence.desc())
    return [
        *(select(func.max(column)) for column in _GROWING),
        decided.limit(1),
        select(func.count()).select_from(models.YearLockRow),
    ]


def _numbers(engine: Engine, looks: list[Select[Any]]) -> Pulse:
    with reading(engine) as connection:
        return tuple(int(connection.scalar(look) or 0) for look in looks)
