"""The texts of sections two to four of a report: `group_narrative.section_2` to `section_4`."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("section_2", "section_3", "section_4"):
        op.add_column("group_narrative", sa.Column(name, sa.Text()))
