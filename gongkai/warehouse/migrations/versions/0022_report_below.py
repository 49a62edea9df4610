"""What a district's report says to the city above it: how far it is, its sources, integers and last year."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_below",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_report_below_revision_id_revision"),
        sa.PrimaryKeyConstraint("revision_id", name="pk_report_below"),
    )
