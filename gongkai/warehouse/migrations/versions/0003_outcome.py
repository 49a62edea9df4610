"""Inspection entries, scores and outputs: what the office said and what was made."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# exact on both: SQLite's NUMERIC would be a float
NUMBER = sa.Numeric().with_variant(sa.String(60), "sqlite")
KINDS = (
    "kind IN ('checked', 'score', 'problem', 'penalty', 'bonus', 'veto', 'rectification', 'appeal', "
    "'decision', 'waiver', 'extension', 'excuse')"
)


def upgrade() -> None:
    op.create_table(
        "inspection_entry",
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("indicator", sa.Text()),
        sa.Column("passed", sa.BigInteger()),
        sa.Column("checked", sa.BigInteger()),
        sa.Column("points", NUMBER),
        sa.Column("issued_on", sa.Date()),
        sa.Column("due_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("recurred", sa.Boolean()),
        sa.Column("on", sa.Date()),
        sa.Column("by", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("evidence", sa.Text()),
        sa.Column("until", sa.Date()),
        sa.CheckConstraint(KINDS, name="ck_inspection_entry_kind"),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdict.id"], name="fk_inspection_entry_verdict_id_verdict"),
        sa.PrimaryKeyConstraint("verdict_id", "position", name="pk_inspection_entry"),
    )
    op.create_table(
        "score",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", NUMBER),
        sa.Column("max", NUMBER),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_score_run_id_run"),
        sa.PrimaryKeyConstraint("run_id", "unit", "code", name="pk_score"),
    )
    op.create_index("ix_score_year_recorded_at", "score", ["year", "recorded_at"])
    op.create_table(
        "output",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_output_run_id_run"),
        sa.PrimaryKeyConstraint("run_id", "path", name="pk_output"),
    )
