"""Who may ask the studio: the browser that was given its key, on this machine, from its own pages.

A page from elsewhere that is open in the same browser can send requests here. It is refused by
each of four things: the Host (DNS rebinding), Sec-Fetch-Site and Origin (Fetch Metadata; RFC 6454),
and a cookie that is SameSite=Strict (RFC 6265bis), which it can neither read nor cause to be sent.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leafcast.studio.serving import is_here

SAFE: Final = ("GET", "HEAD")
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob: data:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    )
)
"""What a page of the studio may do (CSP 3): its own files alone, and no script or style within."""
HEADERS: Final[Mapping[str, str]] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
CLOSED: Final = """<!doctype html><html lang="en-GB"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>leafcast</title>
<h1>This page opens from leafcast itself</h1>
<p>Please start leafcast again, or use the address that it shows, and the page will open.</p>"""
WELCOME: Final = """<!doctype html><html lang="en-GB"><meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=/"><link rel="icon" href="data:,">
<title>leafcast</title><a href="/">Go on</a>"""
"""The first page leads on by itself, so that the key leaves the address and the history."""


class Access:
    """Lets through what the owner's own browser asks; refuses all else before it is looked at."""

    def __init__(self, app: ASGIApp, key: str, port: int) -> None:
        self.app = app
        self.key = key
        self.port = port

    @property
    def cookie(self) -> str:
        """The cookie's name; cookies know no ports, so it is told by its name."""
        return f"leafcast-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI 3.0."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        refused = self.refusal(scope["method"], headers)
        if refused is None and self._brings_key(scope):
            welcome = HTMLResponse(WELCOME)
            welcome.set_cookie(self.cookie, self.key, httponly=True, samesite="strict")
            await welcome(scope, receive, _with_headers(send))
            return
        if refused is None and not self._has_cookie(headers):
            refused = HTTPStatus.FORBIDDEN
        answer = HTMLResponse(CLOSED, refused) if refused else self.app
        await answer(scope, receive, _with_headers(send))

    def refusal(self, method: str, headers: Headers) -> HTTPStatus | None:
        """Why a request is refused whoever sends it; None where it comes from here."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not is_here(hosts[0], self.port):
            return HTTPStatus.MISDIRECTED_REQUEST
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return HTTPStatus.FORBIDDEN
        origin = headers.get("origin")
        own = f"http://{hosts[0].lower()}"
        if origin is None:
            return None if method in SAFE else HTTPStatus.FORBIDDEN
        return None if origin.lower() == own else HTTPStatus.FORBIDDEN

    def _brings_key(self, scope: Scope) -> bool:
        given = QueryParams(scope["query_string"]).get("key", "")
        return scope["method"] == "GET" and scope["path"] == "/" and self._is_key(given)

    def _has_cookie(self, headers: Headers) -> bool:
        pairs = (part.strip().partition("=") for part in headers.get("cookie", "").split(";"))
        return any(name == self.cookie and self._is_key(value) for name, _, value in pairs)

    def _is_key(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.key.encode())


def _with_headers(send: Send) -> Send:
    """`send`, each answer with what a browser must know of it."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", POLICY)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
