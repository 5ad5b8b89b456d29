"""How every screen answers: all that is sent is read first, and faults are told kindly."""

from __future__ import annotations

import errno
import json
import mimetypes
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from leafcast.document.errors import LeafcastError, SettingsError, UsageError
from leafcast.practice.project import PRACTICE_FILE
from leafcast.studio.rendering import page
from leafcast.studio.serving import inside
from leafcast.studio.studio import Studio

Answer = Callable[[Studio, Request], Response]
MOST_FORM_BYTES: Final = 5_000_000
FULL: Final = (
    "There is no room left on this computer. Nothing is lost; make some room and press Go on."
)
INERT: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A file that is served as it is runs nothing here, whatever stands in it."""


@dataclass(frozen=True, slots=True)
class Route:
    """An address of the studio, and what answers it.

    What is sent to it may have `most_bytes`; `first` answers before the first questions do.
    """

    path: str
    method: str
    answer: Answer
    most_bytes: int = MOST_FORM_BYTES
    first: bool = False


def answering(studio: Studio, route: Route) -> Callable[[Request], Any]:
    """An answer in a thread of its own, once all that is sent was read."""

    async def answer(request: Request) -> Response:
        if not await _read(request, route.most_bytes):
            return JSONResponse({"words": "This is too large for an article."}, 413)
        return await run_in_threadpool(_told, studio, route, request)

    return answer


async def _read(request: Request, most: int) -> bool:
    """Read what is sent; whether it is no more than `most` bytes."""
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > most:
            return False
    request.state.content = bytes(content)
    return True


def _told(studio: Studio, route: Route, request: Request) -> Response:
    slip = False
    try:
        if not studio.begun and not route.first:
            return RedirectResponse("/practice", 303)
        if route.method == "POST":
            studio.begin()
        return route.answer(studio, request)
    except LeafcastError as error:
        words, cure, status = told(error), error.hint, 409
        slip = is_slip(error)
    except OSError as error:
        words, cure, status = told(error), "", 507
    except BrokenExecutor:
        words, cure, status = "The picture could not be made.", "Try it once more.", 503
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"words": words, "cure": cure, "slip": slip}, status)
    return page(studio, "fault", status, words=words, cure=cure, slip=slip)


def is_slip(error: LeafcastError) -> bool:
    """Whether the practice's own settings were changed so that they cannot be used."""
    return isinstance(error, SettingsError) and error.path.endswith(Path(PRACTICE_FILE).name)


def told(error: LeafcastError | OSError) -> str:
    """What is the matter, in a line."""
    if isinstance(error, LeafcastError) and is_slip(error):
        line = f" Line {error.line}:" if error.line else ""
        return f"The settings of your practice were changed outside leafcast.{line} {error.message}"
    if isinstance(error, LeafcastError):
        return error.message
    return FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else str(error.strerror)


def form(request: Request) -> dict[str, str]:
    """The fields of a form that was sent."""
    content = request.state.content.decode("utf-8", "replace")
    return dict(parse_qsl(content, keep_blank_values=True))


def values(request: Request) -> dict[str, Any]:
    """What a script of ours sent as JSON. Raises UsageError where that is nothing of the kind."""
    try:
        given = json.loads(request.state.content)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise UsageError("This could not be understood. Nothing was changed", "Try it once more")
    return given


def inert_file(folder: Path, name: str, kinds: tuple[str, ...] = ()) -> Response:
    """A file within `folder` as it is, of these kinds alone where any are named."""
    path = inside(folder, f"/{name}")
    if path is None or not path.is_file() or (kinds and path.suffix.lower() not in kinds):
        return Response("", 404)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FileResponse(path, media_type=kind, headers={"Content-Security-Policy": INERT})
