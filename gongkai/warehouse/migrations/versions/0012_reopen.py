"""An entry of the office may reopen an accepted revision: the kind `reopen`."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NAME = "ck_inspection_entry_kind"
KINDS = (
    "kind IN ('checked', 'score', 'problem', 'penalty', 'bonus', 'veto', 'rectification', 'appeal', "
    "'decision', 'waiver', 'extension', 'excuse', 'reopen')"
)


def upgrade() -> None:
    with op.batch_alter_table("inspection_entry") as table:  # SQLite changes no constraint: the table is made anew
        table.drop_constraint(NAME, type_="check")
        table.create_check_constraint(NAME, KINDS)
