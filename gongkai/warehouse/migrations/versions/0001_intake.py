"""Runs, revisions, stored files, verdicts and findings: what came in and what was decided."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile_snapshot",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_profile_snapshot"),
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("profile_sha256", sa.String(length=64), nullable=False),
        sa.Column("rules_version", sa.String(length=64), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('running', 'complete', 'incomplete', 'failed')", name="ck_run_state"),
        sa.ForeignKeyConstraint(
            ["profile_sha256"], ["profile_snapshot.sha256"], name="fk_run_profile_sha256_profile_snapshot"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_year_as_of", "run", ["year", "as_of"])
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16)),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("readable", sa.Boolean(), nullable=False),
        sa.Column("authority", sa.Text()),
        sa.Column("prepared_by", sa.Text()),
        sa.Column("prepared_on", sa.Date()),
        sa.Column("reason", sa.Text()),
        sa.Column("has_tables", sa.Boolean(), nullable=False),
        sa.Column("reported", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name="ck_revision_sha256"),
        sa.CheckConstraint("number >= 1", name="ck_revision_number"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_revision_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("unit", "year", "number", name="uq_revision_unit_year_number"),
        sa.UniqueConstraint("unit", "year", "sha256", name="uq_revision_unit_year_sha256"),
    )
    op.create_index("ix_revision_sha256", "revision", ["sha256"])
    op.create_index("ix_revision_year", "revision", ["year"])
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("role IN ('office', 'unassigned')", name="ck_stored_file_role"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_stored_file_sha256"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_stored_file_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_stored_file"),
        sa.UniqueConstraint("year", "role", "sha256", name="uq_stored_file_year_role_sha256"),
    )
    op.create_index("ix_stored_file_sha256", "stored_file", ["sha256"])
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer()),
        sa.Column("stored_file_id", sa.Integer()),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("on_time", sa.Boolean(), nullable=False),
        sa.Column("rules_version", sa.String(length=64), nullable=False),
        sa.Column("coercions", sa.JSON(), nullable=False),
        sa.Column("rules_not_applied", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.CheckConstraint("status IN ('accepted', 'returned', 'quarantined')", name="ck_verdict_status"),
        sa.CheckConstraint("(revision_id IS NULL) <> (stored_file_id IS NULL)", name="ck_verdict_subject"),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_verdict_revision_id_revision"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_verdict_run_id_run"),
        sa.ForeignKeyConstraint(["stored_file_id"], ["stored_file.id"], name="fk_verdict_stored_file_id_stored_file"),
        sa.PrimaryKeyConstraint("id", name="pk_verdict"),
    )
    op.create_index("ix_verdict_revision_id_recorded_at", "verdict", ["revision_id", "recorded_at"])
    op.create_index("ix_verdict_stored_file_id_recorded_at", "verdict", ["stored_file_id", "recorded_at"])
    op.create_table(
        "finding",
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("where", sa.Text(), nullable=False),
        sa.Column("table", sa.Text()),
        sa.Column("row", sa.Text()),
        sa.Column("column", sa.Text()),
        sa.Column("sheet", sa.Text()),
        sa.Column("cell", sa.Text()),
        sa.Column("observed", sa.JSON()),
        sa.Column("expected", sa.JSON()),
        sa.Column("difference", sa.JSON()),
        sa.Column("hint", sa.Text()),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("settled_by", sa.Text()),
        sa.CheckConstraint("severity IN ('error', 'query', 'notice')", name="ck_finding_severity"),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdict.id"], name="fk_finding_verdict_id_verdict"),
        sa.PrimaryKeyConstraint("verdict_id", "position", name="pk_finding"),
    )
    op.create_index("ix_finding_rule", "finding", ["rule"])
