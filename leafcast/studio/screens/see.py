"""What an article will be, while it is written."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from leafcast.studio import writing
from leafcast.studio.screens.answering import Route
from leafcast.studio.studio import Studio


def see(studio: Studio, request: Request) -> Response:
    """How a form of the leaflet looks: its pictures' addresses, and whether its words fit."""
    slug, form = request.path_params["slug"], request.path_params["form"]
    seen, version = writing.seen(studio, slug, form)
    count = range(len(seen.pictures))
    answer = {
        "pictures": [f"/see/{slug}/{form}/{at}?v={version}" for at in count],
        "over": seen.over,
        "spare": seen.spare,
        "leftOut": seen.left_out,
        "words": seen.words,
    }
    return JSONResponse(answer)


def see_picture(studio: Studio, request: Request) -> Response:
    """One picture."""
    params = request.path_params
    seen, _ = writing.seen(studio, params["slug"], params["form"])
    if params["at"] >= len(seen.pictures):
        return Response("", 404)
    return Response(seen.pictures[params["at"]], media_type="image/png")


def page_as_it_is(studio: Studio, request: Request) -> Response:
    """The article's page as it is now, or what lies beside it."""
    return writing.page_of(studio, request.path_params["slug"], request.path_params["path"])


ROUTES: Final = (
    Route("/see/{slug}/{form}", "GET", see),
    Route("/see/{slug}/{form}/{at:int}", "GET", see_picture),
    Route("/page/{slug}/{path:path}", "GET", page_as_it_is),
)
