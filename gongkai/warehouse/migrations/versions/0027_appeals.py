"""Appeals (申诉) of the units, cards as they were issued, and scores as they were decided on."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_NUMBER = sa.Numeric().with_variant(sa.String(60), "sqlite")


def upgrade() -> None:
    op.create_table(
        "list_appeals",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("indicator", sa.Text()),
        sa.Column("ground", sa.Text()),
        sa.Column("evidence", sa.Text()),
        sa.Column("sheet", sa.Text()),
        sa.Column("first_cell", sa.String(length=16)),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_list_appeals_revision_id_revision"),
        sa.PrimaryKeyConstraint("revision_id", "position", name="pk_list_appeals"),
    )
    op.create_table(
        "appeal_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text()),
        sa.Column("appeals", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="ck_appeal_file_sha256"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_appeal_file_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_appeal_file"),
        sa.UniqueConstraint("unit", "year", "sha256", name="uq_appeal_file_unit_year_sha256"),
    )
    op.create_index("ix_appeal_file_sha256", "appeal_file", ["sha256"])
    op.create_table(
        "issued_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appeal_until", sa.Date()),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('preliminary', 'final')", name="ck_issued_card_state"),
        sa.PrimaryKeyConstraint("id", name="pk_issued_card"),
    )
    op.create_index("ix_issued_card_year_issued_at", "issued_card", ["year", "issued_at"])
    op.create_table(
        "decided_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("measured", _NUMBER),
        sa.Column("before", _NUMBER),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_decided_score_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_decided_score"),
        sa.UniqueConstraint("year", "decision", name="uq_decided_score_year_decision"),
    )
