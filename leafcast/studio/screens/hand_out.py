"""Making an article, and handing out what was made."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from leafcast.build.journal import manifest_of
from leafcast.studio import handing
from leafcast.studio.rendering import page
from leafcast.studio.screens.answering import Route, form, inert_file
from leafcast.studio.studio import Studio


def hand_out(studio: Studio, request: Request) -> Response:
    """Print, listen, save for the website, put the player on another page."""
    slug = request.path_params["slug"]
    project, entry = studio.project, studio.entry(slug)
    manifest = manifest_of(project)
    records = dict(manifest.publications.get(slug, {}))
    answers = handing.answers_of(project)
    changed = handing.changed_since_saved(project, manifest)
    return page(
        studio,
        "hand-out",
        entry=entry,
        place="print",
        printed=tuple(handing.printed(slug, records, project.practice, answers["printer"])),
        answers=answers,
        printers=handing.PRINTERS,
        builders=handing.BUILDERS,
        changed=None if changed is None else [(studio.title(each), how) for each, how in changed],
        feed=handing.feed(project, manifest),
        email=project.practice.contact.email,
        website=project.practice.published,
        sound=handing.sound(records),
        player=handing.player(project, manifest, entry.article) if entry.article else "",
        progress=studio.maker.progress,
    )


def make(studio: Studio, request: Request) -> Response:
    """Begin to make all forms of an article."""
    slug = request.path_params["slug"]
    studio.path(slug)
    with studio.writing:
        studio.versions.keep("made", slug, "Made")
    studio.maker.start(slug)
    return JSONResponse(studio.maker.progress.shown())


def make_and_see(studio: Studio, request: Request) -> Response:
    """Begin to make it, and go where it can be handed out."""
    make(studio, request)
    return RedirectResponse(f"/article/{request.path_params['slug']}/hand-out", 303)


def make_all(studio: Studio, request: Request) -> Response:
    """Begin to make whatever is not as it should be, of all articles."""
    with studio.writing:
        studio.versions.keep("made", "", "Made")
    studio.maker.start("")
    return RedirectResponse("/", 303)


def stop(studio: Studio, request: Request) -> Response:
    """End what is being made."""
    studio.maker.stop()
    return JSONResponse(studio.maker.progress.shown())


def answer(studio: Studio, request: Request) -> Response:
    """Remember on which edge her printer turns the paper, or what her website is made with."""
    given = form(request)
    handing.remember(
        studio.project, {key: given[key] for key in ("printer", "builder") if key in given}
    )
    return RedirectResponse(f"/article/{given.get('slug', '')}/hand-out", 303)


def website(studio: Studio, request: Request) -> Response:
    """All that is published, as one file to unpack on a website."""
    project = studio.project
    handle = tempfile.NamedTemporaryFile(suffix=".zip", delete=False)  # noqa: SIM115
    handle.close()
    packed, manifest = Path(handle.name), manifest_of(project)
    handing.write_zip(project, manifest, packed)
    handing.saved(project, manifest)
    return FileResponse(
        packed,
        filename="website.zip",
        media_type="application/zip",
        background=BackgroundTask(packed.unlink),
    )


def website_folder(studio: Studio, request: Request) -> Response:
    """All that is published, as the folder that it is."""
    project = studio.project
    opened = handing.show_folder(project.dist)
    handing.saved(project, manifest_of(project))
    name, practice = project.dist.name, project.folder.name
    where = f"It is the folder “{name}” in “{practice}”."
    return JSONResponse({"words": f"{IS_OPEN} {where}" if opened else where})


def published(studio: Studio, request: Request) -> Response:
    """A file of dist/ as it is."""
    return inert_file(studio.project.dist, request.path_params["path"])


IS_OPEN: Final = "It is open in another window: put what is in it on your website."
ROUTES: Final = (
    Route("/article/{slug}/hand-out", "GET", hand_out),
    Route("/article/{slug}/make", "POST", make),
    Route("/article/{slug}/make-it", "POST", make_and_see),
    Route("/make-all", "POST", make_all),
    Route("/stop", "POST", stop),
    Route("/answers", "POST", answer),
    Route("/website.zip", "GET", website),
    Route("/website-folder", "POST", website_folder),
    Route("/dist/{path:path}", "GET", published),
)
