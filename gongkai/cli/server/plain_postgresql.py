"""Prefect's command line on a PostgreSQL without its contributed extensions, as the embedded one is.

Prefect's migrations ask for trigram indexes (`pg_trgm`) over a few names, which only make a search by part of a name
quicker. Here they become ordinary indexes; nothing else of what Prefect says to its database is touched.
Started as `python -m gongkai.cli.server.plain_postgresql prefect-arguments…`.
"""

import runpy
import sys
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


def _rewrite(
    _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
) -> tuple[str, Any]:
    return without_trigrams(statement), parameters


def main() -> None:
    """Runs Prefect's command line in this process."""
    event.listen(Engine, "before_cursor_execute", _rewrite, retval=True)
    sys.argv[0] = "prefect"
    runpy.run_module("prefect", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
