"""What the papers of a year say, and since when: a row is written when a paper's own content has become another.

So a paper's moment follows from the warehouse alone, a rebuild gives the bytes of then, and a run knows which of the
files that stand it need not make again. What the content of a paper is, is `gongkai.reporting.shared.own_basis`'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, insert, select

from gongkai.warehouse import models
from gongkai.warehouse.engine import reading, write
from gongkai.warehouse.runs import moment_of


@dataclass(frozen=True)
class Paper:
    """One paper as it was last written.

    Attributes:
        basis: the hash of its own content.
        since: the as-of of the run by which that content came about.
        files: path below `OUT/<year>` → SHA-256 of the files that it consists of.
    """

    basis: str
    since: datetime
    files: Mapping[str, str]


def papers_in_force(engine: Engine, year: int, as_of: datetime) -> dict[str, Paper]:
    """The papers of a year as they were known at a moment, by name (`receipts/T01`)."""
    table = models.PaperRow
    statement = (
        select(table.name, table.basis_sha256, table.since, table.files)
        .where(table.year == year, table.recorded_at <= as_of)
        .order_by(table.recorded_at, table.id)
    )
    with reading(engine) as connection:
        return {name: Paper(basis, since, files) for name, basis, since, files in connection.execute(statement)}


def standing_since(connection: Connection, year: int, before: datetime) -> dict[str, tuple[str, datetime]]:
    """Paper → its basis and since when it says that, as papers were known before a moment: it prints that moment."""
    table = models.PaperRow
    known = select(table.name, table.basis_sha256, table.since).where(table.year == year, table.recorded_at < before)
    rows = connection.execute(known.order_by(table.recorded_at, table.id))
    return {name: (basis, since.astimezone(UTC)) for name, basis, since in rows}


def keep_papers(engine: Engine, papers: Mapping[str, Paper], year: int, run_id: int) -> None:
    """Stores papers that have become others in a run.

    Raises:
        WarehouseError: the database refuses; nothing is stored.
    """

    def work(connection: Connection) -> None:
        _store(connection, papers, year, moment_of(connection, run_id), run_id)

    if papers:
        write(engine, work)


def keep_issued_papers(connection: Connection, papers: Mapping[str, Paper], year: int, at: datetime) -> None:
    """Stores papers whose files an issue has written anew; the run that drafted them is the year's last."""
    table = models.Run
    run_id = connection.execute(select(table.id).where(table.year == year).order_by(table.id.desc()).limit(1)).scalar()
    if papers and run_id is not None:
        _store(connection, papers, year, at, run_id)


def _store(connection: Connection, papers: Mapping[str, Paper], year: int, at: datetime, run_id: int) -> None:
    rows = [
        {
            "year": year,
            "name": name,
            "basis_sha256": paper.basis,
            "since": paper.since,
            "files": dict(paper.files),
            "recorded_at": at,
            "run_id": run_id,
        }
        for name, paper in sorted(papers.items())
    ]
    connection.execute(insert(models.PaperRow), rows)
