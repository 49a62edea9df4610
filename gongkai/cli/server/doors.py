"""What stands before Prefect's API: only the server itself says what there is to run, and its pages call nobody else.

Whoever has the login starts runs, reads them and pauses schedules. Prefect would let the same login rewrite a
deployment (`pull_steps` are shell commands, an `entrypoint` is any program) or the pool's template, and the worker
would run it with the signing key at hand. What may do so here brings a key that is kept beside the login.
"""

import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gongkai.cli.server.login import kept_secret
from gongkai.settings import ServerSettings

KEY_HEADER = "X-Gongkai-Deploy"
_KEY = "deploy-key"
_HOW = re.compile(r"/api/(deployments|work_pools)(/|/[^/]+/?|/bulk_delete/?)?|/api/admin(/.*)?")
_ASKING = re.compile(r"/api/\w+/(filter|count|paginate|get_scheduled_flow_runs)/?")
_REFUSED = "部署和工作池只由服务器自己登记（gongkai server deploy），界面和接口不能改。"


def deploy_key(settings: ServerSettings) -> str:
    """The key, made on first use; whoever reads it is our own account."""
    return kept_secret(settings.state / _KEY, lambda: secrets.token_urlsafe(32))


def says_how(method: str, path: str) -> bool:
    """Whether a request changes what is run and how, or the server's own settings."""
    return method not in {"GET", "HEAD", "OPTIONS"} and bool(_HOW.fullmatch(path)) and not _ASKING.fullmatch(path)


def policy(address: str) -> str:
    """The Content-Security-Policy of Prefect's UI at that address: it calls an analytics host from every page."""
    speaks_with = f"'self' {address} {address.replace('http', 'ws', 1)}"
    return (
        f"default-src 'self'; connect-src {speaks_with}; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


class Doors:
    """Lets a request through, or refuses it: the innermost middleware of the API, whose login was asked for before."""

    def __init__(self, app: ASGIApp, key: str) -> None:
        self._app = app
        self._key = key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and says_how(scope["method"], scope["path"]):
            brought = Headers(scope=scope).get(KEY_HEADER, "").encode()
            if not secrets.compare_digest(brought, self._key):
                await JSONResponse({"detail": _REFUSED}, 403)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class StayAtHome:
    """Every answer tells the browser to speak with nobody but us: the outermost middleware, around API and UI."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        self._app = app
        self._policy = policy(address)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = self._policy
            await send(message)

        await self._app(scope, receive, tell)
