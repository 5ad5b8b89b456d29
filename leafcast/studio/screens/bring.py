"""A file is brought in: read, its guesses confirmed, and kept."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from leafcast.document.errors import LeafcastError
from leafcast.studio import incoming
from leafcast.studio.editor import document_of
from leafcast.studio.pages import LANGUAGES, page
from leafcast.studio.screens.answering import Route, form
from leafcast.studio.studio import Studio


def bring(studio: Studio, request: Request) -> Response:
    """Read a dropped file; the page goes on to what was guessed."""
    name = unquote(request.headers.get("x-name", "")) or "pasted.txt"
    id_ = incoming.take(studio.project, name, request.state.content)
    return JSONResponse({"next": f"/incoming/{id_}"})


def guessed(studio: Studio, request: Request) -> Response:
    """What was guessed, as a short form."""
    return _guessed(studio, request.path_params["id"], "")


def _guessed(studio: Studio, id_: str, fault: str) -> Response:
    project = studio.project
    found = incoming.guesses(project, id_)
    shown = document_of(found.article)
    language = {found.article.language: found.article.language}
    return page(
        studio, "guesses", 422 if fault else 200, found=found, article=found.article, shown=shown,
        languages={**language, **LANGUAGES}, fault=fault,
    )  # fmt: skip


def keep(studio: Studio, request: Request) -> Response:
    """Yes, it is right: the article is kept."""
    given = form(request)
    bold = frozenset(key.removeprefix("bold:") for key, value in given.items() if value == "bold")
    id_ = request.path_params["id"]
    try:
        with studio.writing:
            slug = incoming.keep(studio.project, id_, given, bold)
            studio.versions.keep("brought", slug, "You brought in a file")
    except LeafcastError as error:
        return _guessed(studio, id_, error.message)
    return RedirectResponse(f"/article/{slug}", 303)


def keep_newer(studio: Studio, request: Request) -> Response:
    """It is a newer form of an article that is there: what changed is taken over."""
    with studio.writing:
        studio.versions.keep("found", "", "Changed outside the studio")
        slug, _ = incoming.keep_as_newer(studio.project, request.path_params["id"])
        studio.versions.keep("brought", slug, "You brought in a newer file")
    return RedirectResponse(f"/article/{slug}", 303)


def leave(studio: Studio, request: Request) -> Response:
    """Not this file."""
    incoming.leave(studio.project, request.path_params["id"])
    return RedirectResponse("/", 303)


ROUTES: Final = (
    Route("/bring", "POST", bring, incoming.MOST_BYTES),
    Route("/incoming/{id}", "GET", guessed),
    Route("/incoming/{id}", "POST", keep),
    Route("/incoming/{id}/newer", "POST", keep_newer),
    Route("/incoming/{id}/leave", "POST", leave),
)
