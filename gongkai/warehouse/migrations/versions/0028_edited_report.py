"""The district's report as the office edited it, laid into its folder: compared with the data at every run."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("stored_file") as table:
        table.add_column(sa.Column("document", sa.LargeBinary()))
