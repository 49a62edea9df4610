"""Locked years: the lock, the rules that every run went by, and what a profile changed about those of a verdict."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rules_snapshot",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_rules_snapshot"),
    )
    op.create_table(
        "year_lock",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_year_lock_run_id_run"),
        sa.PrimaryKeyConstraint("year", name="pk_year_lock"),
    )
    op.add_column("verdict", sa.Column("profile_rules", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
