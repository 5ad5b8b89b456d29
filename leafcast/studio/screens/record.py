"""Recording in her own voice, a sentence at a time, each judged as soon as it is read."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from leafcast.document.article import Article
from leafcast.document.errors import LeafcastError
from leafcast.narration.takes.files import takes_folder
from leafcast.studio import own_voice, writing
from leafcast.studio.rendering import page
from leafcast.studio.screens.answering import Route
from leafcast.studio.studio import Studio


def record(studio: Studio, request: Request) -> Response:
    """One part of the article: its sentences, and the one to be read."""
    project, entry = studio.project, studio.entry(request.path_params["slug"])
    all_ = own_voice.parts(project, _article(studio, request))
    part = next((each for each in all_ if each.id == request.path_params.get("part")), None)
    chosen = part or next((each for each in all_ if each.there < len(each.lines)), all_[0])
    studio.judge.warm()
    return page(
        studio, "record", entry=entry, place="record", parts=all_, part=chosen,
        voice=project.practice.sound.voice.replace("-", " ").capitalize(),
    )  # fmt: skip


def verdicts(studio: Studio, request: Request) -> Response:
    """What is there of a part, and what each reading is like."""
    return JSONResponse(_verdicts(studio, request, ""))


def _verdicts(studio: Studio, request: Request, sentence: str) -> dict[str, object]:
    """What each reading of a part is like, or that of one sentence alone."""
    slug, id_ = request.path_params["slug"], request.path_params["part"]
    part = own_voice.part_of(studio.project, _article(studio, request), id_)
    there = tuple(each.id for each in part.lines if each.read and sentence in ("", each.id))
    found = studio.judge.verdicts(studio.path(slug), id_, there) if there else []
    told = {each: asdict(verdict) for each, verdict in zip(there, found, strict=True)}
    return {"verdicts": told, "there": part.there, "of": len(part.lines)}


def reading(studio: Studio, request: Request) -> Response:
    """One reading as sound."""
    line = _line(studio, request)
    if line.read is None:
        return Response("", 404)
    return FileResponse(line.read, media_type="audio/wav")


def keep_reading(studio: Studio, request: Request) -> Response:
    """Keep a reading, and say what it is like."""
    slug, place = request.path_params["slug"], _place(request)
    article, sound = _article(studio, request), request.state.content
    with studio.writing:
        studio.versions.keep("found", slug, "Changed outside the studio")
        own_voice.keep_reading(studio.project, article, place, sound)
        studio.versions.note("read", slug, "You read a sentence")
    return JSONResponse(_verdicts(studio, request, place[1]))


def keep_anyway(studio: Studio, request: Request) -> Response:
    """Use a reading whatever was heard."""
    slug, place = request.path_params["slug"], _place(request)
    with studio.writing:
        own_voice.choose_use(studio.project, _article(studio, request), place, "retake")
        studio.versions.note("read", slug, "You kept a reading")
    return JSONResponse({"words": "Kept as it is."})


def take_back(studio: Studio, request: Request) -> Response:
    """Make a sentence's reading what it was before: the one before, or none."""
    slug, place, line = request.path_params["slug"], _place(request), _line(studio, request)
    folder = takes_folder(studio.project, slug) / place[0]
    file = line.read or folder / f"{line.stem}.wav"
    with studio.writing:
        studio.versions.take_back(file)
        studio.versions.note("read", slug, "You took a reading back")
    return JSONResponse(_verdicts(studio, request, place[1]))


def _article(studio: Studio, request: Request) -> Article:
    path = studio.path(request.path_params["slug"])
    article = studio.articles.read(studio.project, path).article
    if article is None:
        raise LeafcastError(*writing.UNREADABLE)
    return article


def _place(request: Request) -> tuple[str, str]:
    return request.path_params["part"], request.path_params["sentence"]


def _line(studio: Studio, request: Request) -> own_voice.Line:
    part, sentence = _place(request)
    return own_voice.part_of(studio.project, _article(studio, request), part).line(sentence)


ROUTES: Final = (
    Route("/article/{slug}/record", "GET", record),
    Route("/article/{slug}/record/{part}", "GET", record),
    Route("/article/{slug}/record/{part}/verdicts", "GET", verdicts),
    Route("/article/{slug}/record/{part}/{sentence}", "GET", reading),
    Route("/article/{slug}/record/{part}/{sentence}", "POST", keep_reading, own_voice.MOST_BYTES),
    Route("/article/{slug}/record/{part}/{sentence}/anyway", "POST", keep_anyway),
    Route("/article/{slug}/record/{part}/{sentence}/back", "POST", take_back),
)
