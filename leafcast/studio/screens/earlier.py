"""Earlier versions of an article, and taking one away."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from leafcast.document.article import Article
from leafcast.locale.days import today
from leafcast.practice.project import Withdrawn
from leafcast.studio import withdrawing, writing
from leafcast.studio.bringing_back import brought_back
from leafcast.studio.differing import Difference, article_in, differences, lines
from leafcast.studio.edited import article_of
from leafcast.studio.rendering import page
from leafcast.studio.saving import save
from leafcast.studio.screens.answering import Route, form
from leafcast.studio.studio import NotThere, Studio
from leafcast.studio.versions import Version, slugs_in, together


def versions(studio: Studio, request: Request) -> Response:
    """The article's earlier versions, and what differs from one of them."""
    slug = request.path_params["slug"]
    entry = studio.entry(slug)
    all_ = [each for each in studio.versions.all() if slug in slugs_in(each)]
    steps = together([each for each in all_ if each.slug in ("", slug)])[::-1]
    number = request.path_params.get("number")
    chosen = next((each for each in steps if each.number == number), steps[0] if steps else None)
    then = _then(studio, chosen, slug) if chosen else None
    return page(
        studio,
        "versions",
        entry=entry,
        place="versions",
        steps=steps,
        chosen=chosen,
        differs=tuple(differences(lines(then), lines(_own(entry.path, entry.article)))),
        version=studio.articles.read(studio.project, entry.path).hash,
        leaflet=studio.viewer.then(chosen, slug, studio.versions)
        if chosen and then and "leaflet" in request.query_params
        else None,
        there=then is not None,
    )


def leaflet_then(studio: Studio, request: Request) -> Response:
    """A picture of the leaflet as it was in a version."""
    slug, number, at = (request.path_params[name] for name in ("slug", "number", "at"))
    version = studio.versions.find(number)
    if version is None or studio.versions.text(version, slug) is None:
        return Response("", 404)
    pictures = studio.viewer.then(version, slug, studio.versions).pictures
    if at >= len(pictures):
        return Response("", 404)
    return Response(pictures[at], media_type="image/png")


def _then(studio: Studio, version: Version, slug: str) -> Article | None:
    """The article as it was in a version."""
    return article_in(studio.project, studio.versions.text(version, slug), slug)


def _own(path: Path, article: Article | None) -> Article | None:
    """The article where it is written here, and not another program's file."""
    return article if path.suffix.lower() == ".md" else None


def bring_back(studio: Studio, request: Request) -> Response:
    """Make one sentence what it was, if the article is still the one that she saw."""
    slug, number, at = (request.path_params[name] for name in ("slug", "number", "at"))
    with studio.writing:
        project, path, version = studio.project, studio.path(slug), studio.versions.find(number)
        kept = studio.articles.read(project, path)
        then, now = _then(studio, version, slug) if version else None, _own(path, kept.article)
        differs = _chosen(then, now, at)
        if not (then and now and differs) or form(request).get("version") != kept.hash:
            raise NotThere(*CHANGED)
        studio.versions.keep("found", slug, "Changed outside the studio")
        save(project, path, now, article_of(brought_back(then, now, differs), now))
        studio.versions.note("back", slug, "You brought back a sentence")
    return RedirectResponse(f"/article/{slug}/versions/{number}", 303)


def _chosen(then: Article | None, now: Article | None, at: int) -> Difference | None:
    found = tuple(differences(lines(then), lines(now)))
    return found[at] if at < len(found) else None


def go_back(studio: Studio, request: Request) -> Response:
    """Make the article what it was; that too is a step one can go back from."""
    slug, number = request.path_params["slug"], request.path_params["number"]
    version = studio.versions.find(number)
    if version is None:
        raise NotThere("This version is not there any more", "Choose another")
    with studio.writing:
        studio.versions.keep("found", slug, "Before you went back")
        studio.versions.go_back(version, slug)
        withdrawing.bring_back(studio.folder, slug)
        studio.versions.note("back", slug, "You went back to an earlier version")
    return RedirectResponse(f"/article/{slug}", 303)


def take_away(studio: Studio, request: Request) -> Response:
    """Ask before an article is taken away."""
    entry = studio.entry(request.path_params["slug"])
    others = [each for each in studio.articles.entries(studio.project) if each.slug != entry.slug]
    return page(studio, "take-away", entry=entry, place="", others=others[:MOST_INSTEAD])


def farewell(studio: Studio, request: Request) -> Response:
    """What whoever scans the code on an old leaflet will see."""
    from leafcast.site import hosting

    entry = studio.entry(request.path_params["slug"])
    seen = hosting.farewell_page(studio.project, Withdrawn(entry.slug, entry.title, today()))
    return HTMLResponse(seen, headers={"Content-Security-Policy": writing.PAGE_POLICY})


def taken_away(studio: Studio, request: Request) -> Response:
    """Take an article out of the list; its words and recordings are kept."""
    slug = request.path_params["slug"]
    entry, given = studio.entry(slug), form(request)
    instead = [key.removeprefix("instead:") for key in given if key.startswith("instead:")]
    with studio.writing:
        studio.versions.keep("found", slug, "Before it was taken away")
        if entry.made:  # a leaflet may lie somewhere whose code leads there
            withdrawing.withdraw(studio.folder, slug, entry.title, instead)
        entry.path.unlink()
        studio.versions.note("away", slug, "Taken away")
    return RedirectResponse(f"/?away={quote(slug)}", 303)


CHANGED: Final = (
    "The article has changed since you looked at this version",
    "Look at it again, and choose once more",
)
MOST_INSTEAD: Final = 12
ROUTES: Final = (
    Route("/article/{slug}/versions", "GET", versions),
    Route("/article/{slug}/versions/{number:int}", "GET", versions),
    Route("/article/{slug}/versions/{number:int}", "POST", go_back),
    Route("/article/{slug}/versions/{number:int}/{at:int}", "POST", bring_back),
    Route("/article/{slug}/versions/{number:int}/leaflet/{at:int}", "GET", leaflet_then),
    Route("/article/{slug}/take-away", "GET", take_away),
    Route("/article/{slug}/farewell", "GET", farewell),
    Route("/article/{slug}/take-away", "POST", taken_away),
)
