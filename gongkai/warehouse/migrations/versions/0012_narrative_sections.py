"""Texts of sections two to four (第二至四部分表格以外的文字): columns of the group `narrative`."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("section_2", "section_3", "section_4"):
        op.add_column("group_narrative", sa.Column(name, sa.Text()))
