"""When some run first stored a file's bytes, and since when its year counts them as received."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_HOLDERS = ("revision", "stored_file", "repeated_file", "published_report", "file_beside")


def upgrade() -> None:
    op.create_table(
        "first_sight",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="ck_first_sight_sha256"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_first_sight_run_id_run"),
        sa.PrimaryKeyConstraint("year", "sha256", name="pk_first_sight"),
    )
    names = ("year", "sha256", "recorded_at", "received_at", "run_id")
    known = sa.union_all(*(sa.select(*_columns(*names)).select_from(sa.table(one)) for one in _HOLDERS)).subquery()
    earliest = [sa.func.min(known.c[name]) for name in names[2:]]
    held = sa.select(known.c.year, known.c.sha256, *earliest).group_by(known.c.year, known.c.sha256)
    into = sa.table("first_sight", *_columns("year", "sha256", "first_seen_at", "received_at", "run_id"))
    op.execute(sa.insert(into).from_select(list(into.c), held))


def _columns(*names: str) -> list[sa.ColumnClause[object]]:
    return [sa.column(name) for name in names]
