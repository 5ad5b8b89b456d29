"""A file is brought in: read, its guesses confirmed, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from leafcast.document.errors import LeafcastError, UsageError
from leafcast.studio import incoming
from leafcast.studio.differing import Difference
from leafcast.studio.editor import document_of
from leafcast.studio.rendering import LANGUAGES, page
from leafcast.studio.screens.answering import Route, form, told
from leafcast.studio.studio import Studio


def bring(studio: Studio, request: Request) -> Response:
    """Read a dropped file; the page goes on to what was guessed."""
    name = unquote(request.headers.get("x-name", "")) or "pasted.txt"
    id_ = incoming.take(studio.project, name, request.state.content)
    return JSONResponse({"next": f"/incoming/{id_}"})


def guessed(studio: Studio, request: Request) -> Response:
    """What was guessed, as a short form."""
    return _guessed(studio, request.path_params["id"], {}, "")


def _guessed(studio: Studio, id_: str, given: Mapping[str, str], fault: str) -> Response:
    """The form, as it was filled in."""
    project = studio.project
    entries = studio.articles.entries(project)
    written = [each.article for each in entries if each.article and each.path.suffix == ".md"]
    found = incoming.guesses(project, id_, written)
    shown = document_of(found.article)
    language = {found.article.language: found.article.language}
    return page(
        studio, "guesses", 422 if fault else 200, found=found, facts={**shown["facts"], **given},
        shown=shown, languages={**language, **LANGUAGES}, fault=fault, bold=_bold(given),
        differs=_newer(studio, id_, found.like) if found.like else None,
        like=studio.title(found.like) if found.like else "",
    )  # fmt: skip


def _newer(studio: Studio, id_: str, slug: str) -> tuple[Difference, ...] | None:
    """What would change; None where the article was not begun from such a file."""
    try:
        return incoming.newer(studio.project, id_, slug)
    except LeafcastError:
        return None


def _bold(given: Mapping[str, str]) -> frozenset[str]:
    return frozenset(key.removeprefix("bold:") for key, value in given.items() if value == "bold")


def keep(studio: Studio, request: Request) -> Response:
    """Yes, it is right: the article is kept."""
    given, id_ = form(request), request.path_params["id"]
    try:
        with studio.writing:
            _check_title(studio, given.get("title", ""))
            slug = incoming.keep(studio.project, id_, given, _bold(given))
            studio.versions.note("brought", slug, "You brought in a file")
    except (LeafcastError, OSError) as error:
        return _guessed(studio, id_, given, told(error))
    return RedirectResponse(f"/article/{slug}", 303)


def _check_title(studio: Studio, title: str) -> None:
    """Raise UsageError where an article is called so: nobody could tell one from the other."""
    titles = {each.title.casefold() for each in studio.articles.entries(studio.project)}
    if " ".join(title.split()).casefold() in titles:
        raise UsageError(
            f"There is an article called “{title}” already", "Give this one another title"
        )


def keep_newer(studio: Studio, request: Request) -> Response:
    """It is a newer form of an article that is there: what changed is taken over."""
    slug = form(request).get("of", "")
    studio.path(slug)
    with studio.writing:
        studio.versions.keep("found", "", "Changed outside the studio")
        slug, _ = incoming.keep_as_newer(studio.project, request.path_params["id"], slug)
        studio.versions.note("brought", slug, "You brought in a newer file")
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
