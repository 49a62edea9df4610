"""Totals broken down by names (分解数字): the list `parts`."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_parts",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("figure", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("value", sa.Numeric().with_variant(sa.String(60), "sqlite")),
        sa.Column("sheet", sa.Text()),
        sa.Column("first_cell", sa.String(length=16)),
        sa.Column("layout", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name="fk_list_parts_revision_id_revision"),
        sa.PrimaryKeyConstraint("revision_id", "position", name="pk_list_parts"),
    )
