"""The rows of the office's workbook, as they stand there: so that it can be given back marked."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("stored_file") as table:
        table.add_column(sa.Column("form", sa.JSON(none_as_null=True)))
