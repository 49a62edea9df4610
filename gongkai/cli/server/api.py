"""Prefect's API as the server's own programs use it: with the login, and with the token that every change needs.

A small face over httpx. Who wants Prefect's own client is a flow, and that is not what runs here.
"""

import time
import uuid
from typing import Any

import httpx

from gongkai.cli.server.doors import KEY_HEADER, deploy_key
from gongkai.cli.server.login import api_login
from gongkai.settings import ServerSettings

_BUSY = 503
_TRIES = 5


class Api:
    """The API of the configured server."""

    def __init__(self, settings: ServerSettings) -> None:
        user, _, password = api_login(settings).partition(":")
        self._client = httpx.Client(
            base_url=f"http://127.0.0.1:{settings.port}/api/",
            auth=(user, password),
            timeout=60,
            trust_env=False,
            headers={KEY_HEADER: deploy_key(settings)},
        )
        self._name = f"gongkai-{uuid.uuid4()}"
        self._token: dict[str, str] = {}

    def ready(self) -> bool:
        """Whether it answers, database included."""
        try:
            return self._client.get("ready").is_success
        except httpx.HTTPError:
            return False

    def get(self, path: str) -> Any:
        """What stands there.

        Raises:
            httpx.HTTPError: the server does not answer, or refuses.
        """
        return self._ask("GET", path, None)

    def post(self, path: str, body: Any) -> Any:
        """Makes or asks for something; raises like `get`."""
        return self._ask("POST", path, body)

    def put(self, path: str, body: Any) -> Any:
        """Replaces something; raises like `get`."""
        return self._ask("PUT", path, body)

    def patch(self, path: str, body: Any) -> Any:
        """Changes something; raises like `get`."""
        return self._ask("PATCH", path, body)

    def delete(self, path: str) -> Any:
        """Removes something; raises like `get`."""
        return self._ask("DELETE", path, None)

    def _ask(self, method: str, path: str, body: Any, tries: int = _TRIES) -> Any:
        if method != "GET" and not self._token:
            self._token = self._new_token()
        answer = self._client.request(method, path, json=body, headers=self._token)
        if answer.status_code == httpx.codes.FORBIDDEN and tries == _TRIES:
            self._token = {}  # it ran out: a new one, once
            return self._ask(method, path, body, tries - 1)
        if answer.status_code == _BUSY and tries > 1:
            time.sleep(1)
            return self._ask(method, path, body, tries - 1)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def _new_token(self) -> dict[str, str]:
        token = self._client.get("csrf-token", params={"client": self._name})
        token.raise_for_status()
        return {"Prefect-Csrf-Token": token.json()["token"], "Prefect-Csrf-Client": self._name}
