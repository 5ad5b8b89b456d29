"""What the studio answers: each address, and the room that does it."""

from __future__ import annotations

import errno
import json
import mimetypes
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from leafcast.build.manifest import read_manifest
from leafcast.document.errors import LeafcastError, SettingsError
from leafcast.studio import handing, hearing, incoming, writing
from leafcast.studio.articles import State, counted
from leafcast.studio.editor import document_of
from leafcast.studio.pages import colours, page
from leafcast.studio.practice_file import (
    COLOURS,
    answers_of,
    read_answers,
    why_not,
    write_answers,
)
from leafcast.studio.serving import inside
from leafcast.studio.studio import NotThere, Studio
from leafcast.studio.versions import Version, differences, sentences, slugs_in

ALIVE_SECONDS: Final = 15.0
"""How often a connection is heard of on which nothing happens."""
Answer = Callable[[Studio, Request], Response]
MOST_FORM_BYTES: Final = 5_000_000
FULL: Final = (
    "There is no room left on this computer. Nothing is lost; make some room and press Go on."
)
INERT: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A file that is served as it is runs nothing here, whatever stands in it."""
LANGUAGES: Final = {
    "en-GB": "English (UK)",
    "en-IE": "English (Ireland)",
    "en-US": "English (US)",
    "cy": "Welsh",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "pl": "Polish",
}


def application(studio: Studio) -> Starlette:
    """The studio's addresses."""
    routes = [
        ("/", "GET", home),
        ("/assets/{name:path}", "GET", asset),
        ("/practice", "GET", practice),
        ("/bring", "POST", bring),
        ("/incoming/{id}", "GET", guessed),
        ("/article/{slug}", "GET", write),
        ("/see/{slug}/{form}", "GET", see),
        ("/see/{slug}/{form}/{at:int}", "GET", see_picture),
        ("/page/{slug}/{path:path}", "GET", page_as_it_is),
        ("/picture/{slug}/{path:path}", "GET", source_picture),
        ("/article/{slug}/looks", "GET", looks),
        ("/article/{slug}/hand-out", "GET", hand_out),
        ("/article/{slug}/hear", "GET", hear),
        ("/article/{slug}/versions", "GET", versions),
        ("/article/{slug}/versions/{number:int}", "GET", versions),
        ("/article/{slug}/take-away", "GET", take_away),
        ("/website.zip", "GET", website),
        ("/dist/{path:path}", "GET", published),
    ]
    forms = [
        ("/practice", save_practice),
        ("/incoming/{id}", keep),
        ("/incoming/{id}/newer", keep_newer),
        ("/incoming/{id}/leave", leave),
        ("/article/{slug}/words", save_words),
        ("/article/{slug}/picture", add_picture),
        ("/article/{slug}/make", make),
        ("/article/{slug}/versions/{number:int}", go_back),
        ("/article/{slug}/take-away", taken_away),
        ("/stop", stop),
        ("/say", say),
        ("/say-like", say_like),
        ("/voice", choose_voice),
        ("/printer", printer),
    ]
    return Starlette(
        routes=[
            *(Route(path, _answer(studio, do), methods=[method]) for path, method, do in routes),
            *(Route(path, _answer(studio, do), methods=["POST"]) for path, do in forms),
            Route("/making", _making(studio)),
        ]
    )


def _answer(studio: Studio, do: Answer) -> Callable[[Request], Any]:
    """An answer in a thread of its own, once all that is sent was read; faults are told kindly."""
    from starlette.concurrency import run_in_threadpool

    async def answer(request: Request) -> Response:
        most = incoming.MOST_BYTES if request.url.path == "/bring" else MOST_FORM_BYTES
        if not await _read(request, most):
            return JSONResponse({"words": "This is too large for an article."}, 413)
        return await run_in_threadpool(_told, studio, do, request)

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


def _told(studio: Studio, do: Answer, request: Request) -> Response:
    try:
        if not studio.begun and do not in (asset, practice, save_practice):
            return RedirectResponse("/practice", 303)
        return do(studio, request)
    except LeafcastError as error:
        words, cure, status = error.message, error.hint, 409
    except OSError as error:
        words, cure, status = (
            FULL if error.errno in (errno.ENOSPC, errno.EDQUOT) else str(error.strerror),
            "",
            507,
        )
    except BrokenExecutor:
        words, cure, status = "The picture could not be made.", "Try it once more.", 503
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"words": words, "cure": cure}, status)
    return page(studio, "fault", status, words=words, cure=cure)


def _making(studio: Studio) -> Callable[[Request], Any]:
    """How the making goes, as it goes: server-sent events (HTML, 9.2)."""

    async def events(request: Request) -> Response:
        def told() -> Iterator[str]:
            seen = -1
            while not studio.maker.closed:
                progress = studio.maker.wait(seen, ALIVE_SECONDS)
                again = progress.count == seen
                seen = progress.count
                yield ": here\n\n" if again else f"data: {json.dumps(progress.shown())}\n\n"

        return StreamingResponse(told(), media_type="text/event-stream")

    return events


def _form(request: Request) -> dict[str, str]:
    content = request.state.content.decode("utf-8", "replace")
    return dict(parse_qsl(content, keep_blank_values=True))


# ---------------------------------------------------------------- home


def home(studio: Studio, request: Request) -> Response:
    """Every article, how it stands, and a place to drop another."""
    project = studio.project
    entries = studio.articles.entries(project)
    waiting = sum(each.state is not State.WELL for each in entries)
    due = sorted((each for each in entries if each.due_in is not None), key=lambda e: e.due_in or 0)
    words = counted(waiting).replace("thing", "article")
    line = f"{words} would like a moment of yours." if waiting else "All is well."
    name = project.practice.name.split()[0]
    away = studio.versions.away({each.slug for each in entries})
    return page(
        studio, "home", entries=entries, line=line, well=not waiting, due=due, name=name, away=away
    )


def asset(studio: Studio, request: Request) -> Response:
    """A stylesheet, script or font of the studio's own."""
    name = request.path_params["name"]
    if name == "practice.css":
        try:
            return Response(colours(read_answers(studio.folder)), media_type="text/css")
        except SettingsError:
            return Response("", media_type="text/css")
    fonts = name.startswith("fonts/")
    folder = studio.templates.parent / "shared" if fonts else studio.templates
    path = inside(folder, f"/{name}")
    if path is None or path.suffix not in (".css", ".js", ".ttf", ".svg") or not path.is_file():
        return Response("", 404)
    kept = {"Cache-Control": "max-age=86400"} if fonts else {"Cache-Control": "no-cache"}
    return FileResponse(path, headers=kept)


# ---------------------------------------------------------------- the practice


def practice(studio: Studio, request: Request) -> Response:
    """Four questions, with the leaflet beside them."""
    answers = read_answers(studio.folder)
    return page(
        studio, "practice", answers=answers, colours=COLOURS, begun=studio.begun, fault="", at=""
    )


def save_practice(studio: Studio, request: Request) -> Response:
    """Write the answers."""
    answers = answers_of(_form(request))
    fault, at = ("", "") if answers.name else ("Please say what your practice is called.", "name")
    if not fault:
        try:
            with studio.writing:
                write_answers(studio.folder, answers)
                studio.versions.keep("practice", "", "You changed My practice")
        except SettingsError as error:
            fault, at = why_not(error), "website" if "web address" in error.message else "name"
    if fault:
        values = {"answers": answers, "colours": COLOURS, "begun": studio.begun}
        return page(studio, "practice", 422, fault=fault, at=at, **values)
    return RedirectResponse("/", 303)


# ---------------------------------------------------------------- an article in


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
    given = _form(request)
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


# ---------------------------------------------------------------- writing and seeing


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
    given = json.loads(request.state.content)
    with studio.writing:
        answer, status = writing.save_words(studio, request.path_params["slug"], given)
    return JSONResponse(answer, status)


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


def looks(studio: Studio, request: Request) -> Response:
    """What deserves a look."""
    return JSONResponse(writing.notices(studio, request.path_params["slug"]))


def add_picture(studio: Studio, request: Request) -> Response:
    """Put a picture beside the article; gives the name it has there."""
    name = unquote(request.headers.get("x-name", ""))
    with studio.writing:
        path = writing.add_picture(studio, request.path_params["slug"], name, request.state.content)
    return JSONResponse({"path": path})


def source_picture(studio: Studio, request: Request) -> Response:
    """A picture that lies beside the article, and nothing else that lies there."""
    return _file(studio.project.source, request.path_params["path"], writing.PICTURES)


def _file(folder: Path, name: str, kinds: tuple[str, ...] = ()) -> Response:
    path = inside(folder, f"/{name}")
    if path is None or not path.is_file() or (kinds and path.suffix.lower() not in kinds):
        return Response("", 404)
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FileResponse(path, media_type=kind, headers={"Content-Security-Policy": INERT})


def published(studio: Studio, request: Request) -> Response:
    """A file of dist/ as it is."""
    return _file(studio.project.dist, request.path_params["path"])


# ---------------------------------------------------------------- handing out


def hand_out(studio: Studio, request: Request) -> Response:
    """Print, listen, save for the website, put the player on another page."""
    slug = request.path_params["slug"]
    project, entry = studio.project, studio.entry(slug)
    manifest = read_manifest(project.dist)
    records = dict(manifest.publications.get(slug, {}))
    chosen = handing.printer_of(project)
    return page(
        studio,
        "hand-out",
        entry=entry,
        place="print",
        printed=tuple(handing.printed(records, chosen)),
        printer=chosen,
        printers=handing.PRINTERS,
        sound=handing.sound(records),
        player=handing.player(project, manifest, slug, entry.title),
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


def stop(studio: Studio, request: Request) -> Response:
    """End what is being made."""
    studio.maker.stop()
    return JSONResponse(studio.maker.progress.shown())


def printer(studio: Studio, request: Request) -> Response:
    """Remember on which edge her printer turns the paper."""
    given = _form(request)
    handing.remember_printer(studio.project, given.get("printer", ""))
    return RedirectResponse(f"/article/{given.get('slug', '')}/hand-out", 303)


def website(studio: Studio, request: Request) -> Response:
    """All that is published, as one file to unpack on a website."""
    project = studio.project
    handle = tempfile.NamedTemporaryFile(suffix=".zip", delete=False)  # noqa: SIM115
    handle.close()
    packed = Path(handle.name)
    handing.write_zip(project, read_manifest(project.dist), packed)
    return FileResponse(
        packed,
        filename="website.zip",
        media_type="application/zip",
        background=BackgroundTask(packed.unlink),
    )


# ---------------------------------------------------------------- earlier versions


def versions(studio: Studio, request: Request) -> Response:
    """The article's earlier versions, and what differs from one of them."""
    slug = request.path_params["slug"]
    entry = studio.entry(slug)
    all_ = [each for each in studio.versions.all() if slug in slugs_in(each)]
    steps = [each for each in all_ if each.slug in ("", slug)][::-1]
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
        studio.versions.keep("back", slug, "You went back to an earlier version")
    return RedirectResponse(f"/article/{slug}", 303)


def take_away(studio: Studio, request: Request) -> Response:
    """Ask before an article is taken away."""
    return page(studio, "take-away", entry=studio.entry(request.path_params["slug"]), place="")


def taken_away(studio: Studio, request: Request) -> Response:
    """Take an article out of the list; its words and recordings are kept."""
    slug = request.path_params["slug"]
    path = studio.path(slug)
    with studio.writing:
        studio.versions.keep("found", slug, "Before it was taken away")
        path.unlink()
        studio.versions.keep("away", slug, "Taken away")
    return RedirectResponse("/", 303)


# ---------------------------------------------------------------- hearing


def hear(studio: Studio, request: Request) -> Response:
    """Every sentence to be heard, and the voices to choose from."""
    project, entry = studio.project, studio.entry(request.path_params["slug"])
    return page(
        studio,
        "hear",
        entry=entry,
        place="hear",
        heard=hearing.heard(entry.article) if entry.article else (),
        voices=hearing.voices(project),
        chosen=project.practice.sound.voice,
        sample=hearing.SAMPLE,
    )


def say(studio: Studio, request: Request) -> Response:
    """A sentence as sound."""
    given = json.loads(request.state.content)
    like = (str(given.get("word", "")), str(given.get("like", "")))
    sound = studio.speaker.say(str(given.get("voice", "")), str(given.get("words", "")), like)
    return Response(sound, media_type="audio/wav")


def say_like(studio: Studio, request: Request) -> Response:
    """Keep how a word is said."""
    given = json.loads(request.state.content)
    with studio.writing:
        hearing.keep_word(studio.project, str(given.get("word", "")), str(given.get("like", "")))
        studio.versions.keep("said", "", f"You set how “{given.get('word', '')}” is said")
    return JSONResponse({"words": "Kept. It holds wherever the word stands."})


def choose_voice(studio: Studio, request: Request) -> Response:
    """Let another voice read."""
    given = json.loads(request.state.content)
    with studio.writing:
        hearing.choose(studio.project, str(given.get("voice", "")))
        studio.versions.keep("practice", "", "You chose another voice")
    return JSONResponse({"words": "Chosen. It reads when you make it again."})
