"""What leaves by mail: messages, the alarms that hold them back, and whether a run has queued its own.

Runs of before are taken to have told the units: nobody is written to about what was answered long ago.
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run", sa.Column("letters_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE run SET letters_at = as_of")
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("rules_run_id", sa.Integer(), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=True),
        sa.Column("tells", sa.String(length=64), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('verdict', 'cleared', 'reminder', 'issued')", name="ck_message_kind"),
        sa.CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'failed', 'uncertain', 'superseded')", name="ck_message_state"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_message_run_id_run"),
        sa.ForeignKeyConstraint(["rules_run_id"], ["run.id"], name="fk_message_rules_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        sa.UniqueConstraint("year", "unit", "number", name="uq_message_year_unit_number"),
    )
    op.create_index("ix_message_year_state", "message", ["year", "state"])
    op.create_table(
        "rule_alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("basis", sa.String(length=64), nullable=False),
        sa.Column("hit", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("over_by", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_rule_alarm_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_rule_alarm"),
        sa.UniqueConstraint("run_id", "rule", name="uq_rule_alarm_run_id_rule"),
    )
