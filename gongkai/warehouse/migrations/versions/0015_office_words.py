"""What only the office says of the whole district, and reviews that ended in proactive disclosure."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("opening", "channels", "measures", "next_steps"):
        op.add_column("group_narrative", sa.Column(name, sa.Text()))
    for name in ("portal_items_district", "attribute_reviews_to_public"):
        op.add_column("group_activities", sa.Column(name, sa.Numeric().with_variant(sa.String(60), "sqlite")))
