"""An article's words, and what deserves a look."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from leafcast.studio import mending, writing
from leafcast.studio.rendering import LANGUAGES, page
from leafcast.studio.screens.answering import Route, inert_file, values
from leafcast.studio.studio import Studio


def write(studio: Studio, request: Request) -> Response:
    """The article's words, and the leaflet beside them."""
    slug = request.path_params["slug"]
    with studio.writing:
        writing.own_words(studio, slug)
    entry = studio.entry(slug)
    shown = writing.editor(studio, slug)
    return page(studio, "write", entry=entry, place="write", **shown, languages=LANGUAGES)


def save_words(studio: Studio, request: Request) -> Response:
    """Keep what was written; where it was changed elsewhere meanwhile, nothing is lost."""
    given = values(request)
    with studio.writing:
        answer, status = writing.save_words(studio, request.path_params["slug"], given)
    return JSONResponse(answer, status)


def looks(studio: Studio, request: Request) -> Response:
    """What deserves a look."""
    return JSONResponse(writing.notices(studio, request.path_params["slug"]))


def leave(studio: Studio, request: Request) -> Response:
    """Say no more of a piece of advice, or say it again."""
    given = values(request)
    again = bool(given.get("again"))
    mending.leave(studio.project, str(given.get("key", "")), again=again)
    return looks(studio, request)


def add_picture(studio: Studio, request: Request) -> Response:
    """Put a picture beside the article; gives the name it has there."""
    name = unquote(request.headers.get("x-name", ""))
    slug = request.path_params["slug"]
    studio.path(slug)
    with studio.writing:
        path = writing.add_picture(studio, f"{slug}-picture", name, request.state.content)
    return JSONResponse({"path": path})


def source_picture(studio: Studio, request: Request) -> Response:
    """A picture that lies beside the article, and nothing else that lies there."""
    return inert_file(studio.project.source, request.path_params["path"], writing.PICTURES)


ROUTES: Final = (
    Route("/article/{slug}", "GET", write),
    Route("/article/{slug}/words", "POST", save_words),
    Route("/article/{slug}/looks", "GET", looks),
    Route("/article/{slug}/leave", "POST", leave),
    Route("/article/{slug}/picture", "POST", add_picture),
    Route("/picture/{slug}/{path:path}", "GET", source_picture),
)
