"""The studio asked without a socket: what a request does, in this very process."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from leafcast.studio.routes import application, later
from leafcast.studio.studio import Studio


def post(
    studio: Studio, path: str, body: bytes | str | dict[str, Any] = b"", **head: str
) -> Response:
    """The answer to a POST, JSON where `body` is a value."""
    content = json.dumps(body) if isinstance(body, dict) else body
    sent = content.encode() if isinstance(content, str) else content
    headers = {"accept": "application/json", **{k.replace("_", "-"): v for k, v in head.items()}}
    scope = {
        "type": "http", "method": "POST", "path": unquote(path), "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": sent, "more_body": False}

    for route in (*application(studio).routes[:-1], *later(studio)):
        match, more = route.matches(scope)
        if match is Match.FULL:
            endpoint = more.pop("endpoint")
            request = Request({**scope, **more}, receive)
            answer: Response = asyncio.run(endpoint(request))
            return answer
    raise LookupError(path)
