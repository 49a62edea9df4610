"""Where fetched files came from, when, and whether their sender is certain."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fetched_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="ck_fetched_file_sha256"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_fetched_file_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_fetched_file"),
        sa.UniqueConstraint("source", "key", "sha256", name="uq_fetched_file_source_key_sha256"),
    )
    op.create_index("ix_fetched_file_sha256", "fetched_file", ["sha256"])
