"""A mail may say to its sender that no file was taken from it: the kind `no_file`."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

NAME = "ck_message_kind"
KINDS = "kind IN ('verdict', 'cleared', 'reminder', 'issued', 'no_file')"


def upgrade() -> None:
    with op.batch_alter_table("message") as table:  # SQLite changes no constraint: the table is made anew
        table.drop_constraint(NAME, type_="check")
        table.create_check_constraint(NAME, KINDS)
