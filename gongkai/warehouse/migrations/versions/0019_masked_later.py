"""How many values of a revision were masked after it was stored: what is made of it is made again."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("revision", sa.Column("masked", sa.Integer(), nullable=False, server_default=sa.text("0")))
