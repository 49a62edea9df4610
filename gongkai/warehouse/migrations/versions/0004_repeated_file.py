"""Files that repeat an accepted revision's content: known and answered, but no revision."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "repeated_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="ck_repeated_file_sha256"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_repeated_file_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_repeated_file"),
        sa.UniqueConstraint("unit", "year", "sha256", name="uq_repeated_file_unit_year_sha256"),
    )
    op.create_index("ix_repeated_file_sha256", "repeated_file", ["sha256"])
