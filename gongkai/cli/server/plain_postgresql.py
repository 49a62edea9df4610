"""Prefect's migrations on a PostgreSQL without its contributed extensions, as the embedded one is.

They ask for trigram indexes (`pg_trgm`) over a few names, which only make a search by part of a name quicker. Here
they become ordinary indexes; nothing else of what Prefect says to its database is touched.
"""

from typing import Any

from sqlalchemy import Engine, event

_EXTENSION = ("CREATE EXTENSION IF NOT EXISTS PG_TRGM", "DROP EXTENSION IF EXISTS PG_TRGM")
_NOTHING = "SELECT 1"


def without_trigrams(statement: str) -> str:
    """The statement, with an ordinary index in the place of a trigram index."""
    if statement.strip().upper().startswith(_EXTENSION):
        return _NOTHING
    if "gin_trgm_ops" in statement:
        return statement.replace("USING gin", "USING btree").replace(" gin_trgm_ops", "")
    return statement


def ask_for_no_trigrams() -> None:
    """From here on every engine of this process says it so."""
    event.listen(Engine, "before_cursor_execute", _rewrite, retval=True)


def _rewrite(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
) -> tuple[str, Any]:
    return without_trigrams(statement), parameters
