"""When the warehouse is looked through for personal data: once, by the first run after the search has changed.

Every run says which edition of the search it read with. How what is found is masked is `rows.masking`'s.
"""

from datetime import datetime

from sqlalchemy import Connection, Engine, select

from gongkai.submission.privacy.edition import edition
from gongkai.warehouse import models
from gongkai.warehouse.audit import BY_RULE, Decision, Kind, record
from gongkai.warehouse.engine import write
from gongkai.warehouse.rows.masking import Masked, mask_later_found


def mask_found_later(engine: Engine, at: datetime) -> Masked:
    """Masks personal data in what is stored, if the last run of any year searched by another edition; else nothing.

    Returns:
        What was masked, by report year and unit; each is on the audit log.
    """
    table = models.Run

    def work(connection: Connection) -> Masked:
        last = connection.execute(select(table.parameters).order_by(table.id.desc()).limit(1)).scalar()
        if last is None or last.get("privacy") == edition():
            return {}
        masked = mask_later_found(connection)
        said = [
            Decision(
                kind=Kind.MASKED,
                at=at,
                by=BY_RULE,
                typed_in="run",
                year=year,
                subject=unit,
                after={"values": count, "edition": edition()},
            )
            for (year, unit), count in masked.items()
        ]
        record(connection, *said)
        return masked

    return write(engine, work)
