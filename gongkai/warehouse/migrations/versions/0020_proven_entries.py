"""The office's entries say on what they rest: ground, second person, claim, item; claims are confirmed or rejected."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NAME = "ck_inspection_entry_kind"
KINDS = (
    "kind IN ('checked', 'score', 'problem', 'penalty', 'bonus', 'veto', 'rectification', 'appeal', "
    "'decision', 'waiver', 'extension', 'excuse', 'reopen', 'admission', 'confirmation', 'rejection', 'release_note')"
)


def upgrade() -> None:
    with op.batch_alter_table("inspection_entry") as table:
        for column in ("ground", "confirmed_by", "claim", "where", "item", "second_of"):
            table.add_column(sa.Column(column, sa.Text()))
        table.drop_constraint(NAME, type_="check")
        table.create_check_constraint(NAME, KINDS)
