"""Which signing key is the district's: taken into use once, changed only by name and reason, never forgotten.

Only public halves are kept. Where the private one lies and how it is made is `reporting.receipt.signing_key`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, insert, select

from gongkai.errors import CallError
from gongkai.warehouse import models
from gongkai.warehouse.audit import Decision, Kind, record
from gongkai.warehouse.engine import reading, write


@dataclass(frozen=True, slots=True)
class DistrictKey:
    """One public key: since when it signs, who took it into use and why."""

    fingerprint: str
    public_pem: str
    since: datetime
    by: str
    reason: str


def district_keys(engine: Engine) -> Sequence[DistrictKey]:
    """All keys of the district, the one in use last; empty before the first."""
    with reading(engine) as connection:
        return _keys(connection)


def take_into_use(engine: Engine, key: DistrictKey, *, replaces: str | None) -> None:
    """Records a key as the one in use from now on.

    Args:
        engine: the warehouse.
        key: the new key.
        replaces: the fingerprint of the key that was in use until now; None for the first.

    Raises:
        CallError: another key is in use, or the new one was used before.
    """

    def work(connection: Connection) -> None:
        known = _keys(connection)
        in_use = known[-1].fingerprint if known else None
        if in_use == key.fingerprint:
            return
        if in_use != replaces or key.fingerprint in {one.fingerprint for one in known}:
            raise CallError(f"数据仓库登记的现用公钥是 {in_use or '（尚无）'}，不能登记 {key.fingerprint}。")
        row = {name: getattr(key, name) for name in ("fingerprint", "public_pem", "since", "by", "reason")}
        connection.execute(insert(models.DistrictKeyRow), row)
        changed = Decision(
            kind=Kind.KEY_CHANGED,
            at=key.since,
            by=key.by,
            typed_in="command",
            reason=key.reason,
            before={"fingerprint": in_use} if in_use else None,
            after={"fingerprint": key.fingerprint},
        )
        record(connection, changed)

    write(engine, work)


def _keys(connection: Connection) -> list[DistrictKey]:
    table = models.DistrictKeyRow
    columns = (table.fingerprint, table.public_pem, table.since, table.by, table.reason)
    return [DistrictKey(*row) for row in connection.execute(select(*columns).order_by(table.id))]
