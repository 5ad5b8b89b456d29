"""Every article, and where another begins; and the studio's own stylesheets and scripts."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from leafcast.document.errors import SettingsError
from leafcast.practice.project import Look
from leafcast.readers.folder import source_files
from leafcast.studio.entries import State, counted, unread
from leafcast.studio.rendering import colours, page
from leafcast.studio.screens.answering import Route
from leafcast.studio.serving import inside
from leafcast.studio.studio import Studio


def home(studio: Studio, request: Request) -> Response:
    """Every article, how it stands, and a place to drop another.

    Before every article was read it shows their titles, and asks for itself `whole`.
    """
    project = studio.project
    name = project.practice.name.split()[0]
    if not studio.read.is_set() and "whole" not in request.query_params:
        entries = unread(source_files(project))
        line = f"leafcast is reading your {'articles' if len(entries) > 1 else 'article'} …"
        if entries:
            return page(studio, "home", name=name, entries=entries, line=line, reading=True)
    entries = studio.entries()
    waiting = sum(each.state is not State.WELL for each in entries)
    due = sorted((each for each in entries if each.due_in is not None), key=lambda e: e.due_in or 0)
    words = counted(waiting).replace("thing", "article")
    line = f"{words} would like a moment of yours." if waiting else "All is well."
    there = {each.slug for each in entries}
    away = [(slug, n, studio.title_in(slug, n)) for slug, n in studio.versions.away(there)]
    return page(
        studio,
        "home",
        name=name,
        entries=entries,
        line=line,
        well=not waiting,
        due=due,
        away=away,
        just=request.query_params.get("away", ""),
        stale=studio.manifest.publications.keys() - there,
        progress=studio.maker.progress,
    )


def asset(studio: Studio, request: Request) -> Response:
    """A stylesheet, script or font of the studio's own."""
    name = request.path_params["name"]
    if name == "practice.css":
        try:
            look = studio.project.practice.look if studio.begun else Look()
        except SettingsError:
            return Response("", media_type="text/css")
        return Response(colours(look), media_type="text/css")
    fonts = name.startswith("fonts/")
    folder = studio.templates.parent / "shared" if fonts else studio.templates
    path = inside(folder, f"/{name}")
    if path is None or path.suffix not in (".css", ".js", ".ttf", ".svg") or not path.is_file():
        return Response("", 404)
    kept = {"Cache-Control": "max-age=86400"} if fonts else {"Cache-Control": "no-cache"}
    return FileResponse(path, headers=kept)


ROUTES: Final = (
    Route("/", "GET", home),
    Route("/assets/{name:path}", "GET", asset, first=True),
)
