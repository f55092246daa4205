"""Who may ask the local server: this machine's own browser, under the server's own name, with the token. All others are refused.

Other programs on this machine and pages of the web that a browser has open must learn nothing: so the host's name is checked (against names
that are made to point at this machine), the origin, and a token that only the terminal showed.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD")
WRITING = "POST"  # only from a page of this server, as JSON, to an address that takes it
HEADERS: Mapping[str, str] = {
    "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin", "cross-origin-opener-policy": "same-origin",
}  # fmt: skip
POLICY = "default-src 'none'; frame-ancestors 'none'"  # of every answer that brings none of its own


def guarded(app: ASGIApp, port: int, token: str, writable: Collection[str] = (), home: str = "/") -> ASGIApp:
    """The app behind its door. `/?token=…` opens it: the token becomes a cookie, and the address clean (`home`).

    Only the addresses of `writable` may be written to: by POST, as JSON, with this server's own origin.
    """

    async def door(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = _refused(scope, port, token, writable, home)

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name.lower() for name, _ in message["headers"]}
                wanted = {**HEADERS, "content-security-policy": POLICY}
                message["headers"] = [*message["headers"], *((n.encode(), v.encode()) for n, v in wanted.items() if n.encode() not in own)]
            await send(message)

        await (refusal or app)(scope, receive, closed)

    return door


def cookie_name(port: int) -> str:
    """Cookies of one host are shared by its ports, so the name holds the port."""
    return f"nenner-{port}"


def _refused(scope: Scope, port: int, token: str, writable: Collection[str], home: str) -> Response | None:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    hosts = [value for name, value in scope["headers"] if name.lower() == b"host"]
    names = {f"127.0.0.1:{port}", f"localhost:{port}"}
    if len(hosts) != 1 or headers["host"] not in names:
        return _no(403, "Dieser Name gehört nicht zu diesem Programm.")
    writes = scope["method"] == WRITING and scope["path"] in writable
    if scope["method"] not in METHODS and not writes:
        return _no(405, "Hier wird nur gelesen.")
    if writes and (headers.get("origin") != f"http://{headers['host']}" or headers.get("content-type", "").split(";")[0].strip() != "application/json"):
        return _no(403, "Geschrieben wird nur von den Seiten dieses Programms.")
    if headers.get("origin", f"http://{headers['host']}") != f"http://{headers['host']}":
        return _no(403, "Anfragen anderer Seiten werden nicht beantwortet.")
    site, opened = headers.get("sec-fetch-site", "none"), not writes and headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    if site not in ("same-origin", "none") and not opened:
        return _no(403, "Anfragen anderer Seiten werden nicht beantwortet.")
    given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
    if scope["path"] == "/" and len(given) == 1 and _same(given[0], token):
        answer = RedirectResponse(home, status_code=303)
        answer.set_cookie(cookie_name(port), token, httponly=True, samesite="strict", path="/")
        return answer
    if not _same(_cookie(headers.get("cookie", ""), port), token):
        return _no(403, "Bitte die Adresse benutzen, die »make watch« oder »make review« im Terminal nennt.")
    return None


def _cookie(header: str, port: int) -> str:
    try:
        found = SimpleCookie(header).get(cookie_name(port))
    except CookieError:
        return ""
    return found.value if found else ""


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def _no(status: int, words: str) -> Response:
    return PlainTextResponse(words, status_code=status)
