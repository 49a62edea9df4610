"""Which figures of a submission's texts were compared: `verdict.text`."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("verdict", sa.Column("text", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
