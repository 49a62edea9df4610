"""Whether the warehouse has moved on: a few numbers that grow with everything that the outputs of a year follow from.

Scores and papers, which a run stores while it writes, are not among them.
"""

from sqlalchemy import Engine, func, select

from gongkai.warehouse import models
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
    models.AuditEntryRow.sequence,
)

Pulse = tuple[int, ...]


def pulse(engine: Engine) -> Pulse:
    """Equal numbers: nothing has been stored between the two looks."""
    looks = [select(func.coalesce(func.max(column), 0)) for column in _GROWING]
    locked = select(func.count()).select_from(models.YearLockRow)
    with reading(engine) as connection:
        return tuple(int(connection.execute(look).scalar_one()) for look in (*looks, locked))
