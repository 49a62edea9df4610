"""What came in beside submissions is found by its year: with many years a report does not look through all of them."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_TABLES = ("repeated_file", "published_report", "file_beside", "appeal_file")


def upgrade() -> None:
    for table in _TABLES:
        op.create_index(f"ix_{table}_year", table, ["year"])
    op.create_index("ix_report_publication_approval_id", "report_publication", ["approval_id"])
