"""Published reports that came beside a submission: known, compared and answered, but no revision."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="ck_published_report_sha256"),
        sa.CheckConstraint("status IN ('accepted', 'returned', 'quarantined')", name="ck_published_report_status"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_published_report_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_published_report"),
        sa.UniqueConstraint("unit", "year", "sha256", name="uq_published_report_unit_year_sha256"),
    )
    op.create_index("ix_published_report_sha256", "published_report", ["sha256"])
