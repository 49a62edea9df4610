"""Runs the file pages: on loopback, under our own account, until it is ended."""

import logging
import sys

import uvicorn

from gongkai.cli.server.site.app import site
from gongkai.cli.server.site.logins import Logins
from gongkai.settings import ServerSettings, Settings


def serve_site() -> None:
    """Serves `OUT` on the configured port."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    settings = ServerSettings()
    uvicorn.run(
        site(Settings().out, Logins(settings)),
        host="127.0.0.1",
        port=settings.pages_port,
        log_level="warning",
        access_log=False,
        server_header=False,
    )
