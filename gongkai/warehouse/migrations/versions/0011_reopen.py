"""An entry of the office may reopen an accepted revision: the kind `reopen`."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NAME = "ck_inspection_entry_kind"
KINDS = (
    "kind IN ('checked', 'score', 'problem', 'penalty', 'bonus', 'veto', 'rectification', 'appeal', "
    "'decision', 'waiver', 'extension', 'excuse', 'reopen')"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(NAME, "inspection_entry", type_="check")
        op.create_check_constraint(NAME, "inspection_entry", KINDS)
        return
    # SQLite changes no constraint: the table is made anew, which leaves its old checks behind.
    with op.batch_alter_table(
        "inspection_entry", recreate="always", table_args=(sa.CheckConstraint(KINDS, name=NAME),)
    ):
        pass
