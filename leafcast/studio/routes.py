"""Every address of the studio, and the screen that answers it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route as Address

from leafcast.studio.screens import (
    bring,
    earlier,
    hand_out,
    hear,
    home,
    practice,
    record,
    see,
    write,
)
from leafcast.studio.screens.answering import answering
from leafcast.studio.studio import Studio

ALIVE_SECONDS: Final = 15.0
"""How often a connection is heard of on which nothing happens."""
LOOK_EVERY_SECONDS: Final = 0.2
"""A connection holds no thread while it waits, however many windows are open."""
SCREENS: Final = (home, practice, bring, write, see, hear, record, hand_out, earlier)


def application(studio: Studio) -> Starlette:
    """The studio's addresses."""
    return Starlette(
        routes=[
            *(
                Address(route.path, answering(studio, route), methods=[route.method])
                for screen in SCREENS
                for route in screen.ROUTES
            ),
            Address("/making", _making(studio)),
        ]
    )


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
