"""The file server itself: a login at the door, then one file or one page of links.

Basic authentication over loopback, or behind nginx with TLS. What is not a visitor's to see does not exist for them.
"""

import base64
import binascii
import logging
import time
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from gongkai.cli.server.site import addresses
from gongkai.cli.server.site.access import ISSUED, UNITS, Visitor
from gongkai.cli.server.site.link_pages import home_page, unit_page, year_page
from gongkai.cli.server.site.logins import Logins

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}
_SHOWN = {".html": "text/html", ".json": "application/json", ".pdf": "application/pdf", ".txt": "text/plain"}
_log = logging.getLogger("gongkai.site")


def site(out: Path, logins: Logins) -> Starlette:
    """The application over one output folder."""

    def page(request: Request) -> Response:
        visitor = _visitor(request, logins)
        if visitor is None:
            return PlainTextResponse(
                "请先登录。", 401, {"WWW-Authenticate": 'Basic realm="gongkai", charset="UTF-8"', **HEADERS}
            )
        parts = tuple(part for part in request.path_params["path"].split("/") if part)
        answer = _answer(out, visitor, parts)
        _log.info("%s %s %s %d", time.strftime("%Y-%m-%dT%H:%M:%S%z"), visitor.name, request.url.path, _code(answer))
        return answer or PlainTextResponse("没有这一页，或者不属于您的单位。", 404, HEADERS)

    def health(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/health", health), Route("/{path:path}", page, methods=["GET", "HEAD"])])


def _code(answer: Response | None) -> int:
    return answer.status_code if answer else 404


def _visitor(request: Request, logins: Logins) -> Visitor | None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return logins.visitor(name, password)


def _answer(out: Path, visitor: Visitor, parts: tuple[str, ...]) -> Response | None:
    """What stands at an address for this visitor; None for nothing."""
    if not parts:
        return HTMLResponse(home_page(out, visitor), headers=HEADERS)
    if not visitor.may_see(parts):
        return None
    if parts[0] == ISSUED:
        folder = addresses.issued_folder(out, *parts[1:3]) if len(parts) > 3 else None
        return _file(folder, parts[3:])
    folder = addresses.year_folder(out, parts[0])
    if folder is None:
        return None
    match parts[1:]:
        case ():
            return HTMLResponse(year_page(folder, parts[0]), headers=HEADERS)
        case (place, unit) if place == UNITS:
            shown = unit_page(out, folder, parts[0], unit, visitor)
            return HTMLResponse(shown, headers=HEADERS) if shown else None
        case inside:
            return _file(folder, inside)


def _file(folder: Path | None, parts: tuple[str, ...]) -> Response | None:
    """A file: shown where a browser shows it, else offered under its own name."""
    found = addresses.file_in(folder, parts) if folder else None
    if found is None:
        return None
    shown = _SHOWN.get(found.suffix)
    return FileResponse(
        found,
        headers=HEADERS,
        media_type=shown or "application/octet-stream",
        filename=found.name,
        content_disposition_type="inline" if shown else "attachment",
    )
