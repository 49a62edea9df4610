"""Files beside a submission: attachments, and forms that cannot be read. Known and answered, but no revision."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_beside",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('attachment', 'unreadable')", name="ck_file_beside_kind"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_file_beside_sha256"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_file_beside_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_file_beside"),
        sa.UniqueConstraint("unit", "year", "sha256", name="uq_file_beside_unit_year_sha256"),
    )
    op.create_index("ix_file_beside_sha256", "file_beside", ["sha256"])
