"""Every address of the studio, and the screen that answers it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable
from functools import cache
from typing import Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Router
from starlette.routing import Route as Address
from starlette.types import Receive, Scope, Send

from leafcast.studio.screens import home
from leafcast.studio.screens.answering import Route, answering
from leafcast.studio.studio import Studio

ALIVE_SECONDS: Final = 15.0
"""How often a connection is heard of on which nothing happens."""
LOOK_EVERY_SECONDS: Final = 0.2
"""A connection holds no thread while it waits, however many windows are open."""


def application(studio: Studio) -> Starlette:
    """The studio's addresses: those of the first page, and all others once one is asked for."""

    @cache
    def router() -> Router:
        return Router(later(studio))

    async def others(scope: Scope, receive: Receive, send: Send) -> None:
        await (await run_in_threadpool(router))(scope, receive, send)

    first = [*_addresses(studio, home.ROUTES), Address("/making", _making(studio))]
    return Starlette(routes=[*first, Mount("/", others)])


def later(studio: Studio) -> list[Address]:
    """The addresses that the first page does not need; what they do is imported here."""
    from leafcast.studio.screens import (
        bring,
        earlier,
        hand_out,
        hear,
        practice,
        record,
        see,
        write,
    )

    screens = (practice, bring, write, see, hear, record, hand_out, earlier)
    return [each for screen in screens for each in _addresses(studio, screen.ROUTES)]


def _addresses(studio: Studio, routes: Iterable[Route]) -> list[Address]:
    return [Address(each.path, answering(studio, each), methods=[each.method]) for each in routes]


def _making(studio: Studio) -> Callable[[Request], Any]:
    """How the making goes, as it goes: server-sent events (HTML, 9.2)."""

    async def events(request: Request) -> Response:
        async def told() -> AsyncIterator[str]:
            seen, silent = -1, 0.0
            while not studio.maker.closed:
                progress = studio.maker.progress
                if progress.count != seen:
                    seen, silent = progress.count, 0.0
                    yield f"data: {json.dumps(progress.shown())}\n\n"
                elif silent >= ALIVE_SECONDS:
                    silent = 0.0
                    yield ": here\n\n"
                await asyncio.sleep(LOOK_EVERY_SECONDS)
                silent += LOOK_EVERY_SECONDS

        return StreamingResponse(told(), media_type="text/event-stream")

    return events
