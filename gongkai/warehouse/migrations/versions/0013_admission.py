"""An entry of the office may let a file in whose source was not certain: the kind `admission`, with its hash."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NAME = "ck_inspection_entry_kind"
KINDS = (
    "kind IN ('checked', 'score', 'problem', 'penalty', 'bonus', 'veto', 'rectification', 'appeal', "
    "'decision', 'waiver', 'extension', 'excuse', 'reopen', 'admission')"
)


def upgrade() -> None:
    with op.batch_alter_table("inspection_entry") as table:
        table.add_column(sa.Column("sha256", sa.String(length=64)))
        table.drop_constraint(NAME, type_="check")
        table.create_check_constraint(NAME, KINDS)
