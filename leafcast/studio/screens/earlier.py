"""Earlier versions of an article, and taking one away."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from leafcast.locale.days import today
from leafcast.practice.project import Withdrawn
from leafcast.studio import withdrawing, writing
from leafcast.studio.rendering import page
from leafcast.studio.screens.answering import Route, form
from leafcast.studio.studio import NotThere, Studio
from leafcast.studio.versions import Version, differences, sentences, slugs_in, together


def versions(studio: Studio, request: Request) -> Response:
    """The article's earlier versions, and what differs from one of them."""
    slug = request.path_params["slug"]
    entry = studio.entry(slug)
    all_ = [each for each in studio.versions.all() if slug in slugs_in(each)]
    steps = together([each for each in all_ if each.slug in ("", slug)])[::-1]
    number = request.path_params.get("number")
    chosen = next((each for each in steps if each.number == number), steps[0] if steps else None)
    now = entry.path.read_text("utf-8") if entry.path.suffix == ".md" else None
    differs = _differences(studio, chosen, slug, now) if chosen else ()
    return page(
        studio,
        "versions",
        entry=entry,
        place="versions",
        steps=steps,
        chosen=chosen,
        differs=differs,
    )


def _differences(studio: Studio, chosen: Version, slug: str, now: str | None) -> tuple[Any, ...]:
    project = studio.project
    then = sentences(project, studio.versions.text(chosen, slug), slug)
    return tuple(differences(then, sentences(project, now, slug)))


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
        studio.versions.keep("back", slug, "You went back to an earlier version")
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
        entry.path.unlink()
        if entry.made:  # a leaflet may lie somewhere whose code leads there
            withdrawing.withdraw(studio.folder, slug, entry.title, instead)
        studio.versions.keep("away", slug, "Taken away")
    return RedirectResponse(f"/?away={quote(slug)}", 303)


MOST_INSTEAD: Final = 12
ROUTES: Final = (
    Route("/article/{slug}/versions", "GET", versions),
    Route("/article/{slug}/versions/{number:int}", "GET", versions),
    Route("/article/{slug}/versions/{number:int}", "POST", go_back),
    Route("/article/{slug}/take-away", "GET", take_away),
    Route("/article/{slug}/farewell", "GET", farewell),
    Route("/article/{slug}/take-away", "POST", taken_away),
)
