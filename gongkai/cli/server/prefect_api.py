"""Prefect's own server and UI, on loopback, behind our doors; `python -m gongkai.cli.server.prefect_api`.

What `prefect server start` does, without its command line. Its settings come from the environment
(`gongkai.cli.server.environment`).
"""

from typing import Any

import uvicorn
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings
from starlette.middleware import Middleware

from gongkai.cli.server.doors import Doors, StayAtHome, deploy_key
from gongkai.cli.server.plain_postgresql import ask_for_no_trigrams
from gongkai.settings import ServerSettings


def main() -> None:
    """Serves until it is ended."""
    settings, prefect = ServerSettings(), get_current_settings().server
    if settings.prefect_database is None:  # ours has no extensions
        ask_for_no_trigrams()
    app: Any = create_app(final=True)  # it carries its API, without saying so in its type
    app.api_app.user_middleware.append(Middleware(Doors, key=deploy_key(settings)))  # after the API asked for a login
    app.add_middleware(StayAtHome, address=settings.address)
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=settings.port,
        timeout_keep_alive=prefect.api.keepalive_timeout,
        log_level=prefect.logging_level.lower(),
    )


if __name__ == "__main__":
    main()
