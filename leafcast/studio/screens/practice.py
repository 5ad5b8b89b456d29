"""Four questions about the practice."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from leafcast.document.errors import SettingsError, UsageError
from leafcast.studio import writing
from leafcast.studio.practice_file import (
    COLOURS,
    NO_ADDRESS,
    answers_of,
    is_address,
    read_answers,
    restored,
    why_not,
    write_answers,
)
from leafcast.studio.rendering import page
from leafcast.studio.screens.answering import Route, form, inert_file, told, values
from leafcast.studio.studio import Studio


def practice(studio: Studio, request: Request) -> Response:
    """Four questions, with the leaflet beside them."""
    answers = read_answers(studio.folder)
    return page(
        studio, "practice", answers=answers, colours=COLOURS, begun=studio.begun, fault="", at=""
    )


def save_practice(studio: Studio, request: Request) -> Response:
    """Write the answers."""
    answers = answers_of(form(request))
    fault, at = ("", "") if answers.name else ("Please say what your practice is called.", "name")
    if answers.website and not is_address(answers.website):
        fault, at = NO_ADDRESS, "website"
    if not fault:
        try:
            with studio.writing:
                write_answers(studio.folder, answers)
                studio.versions.note("practice", "", "You changed My practice")
        except SettingsError as error:
            fault, at = why_not(error), _asked(error)
        except OSError as error:
            fault = told(error)
    if fault:
        values = {"answers": answers, "colours": COLOURS, "begun": studio.begun}
        return page(studio, "practice", 422, fault=fault, at=at, **values)
    return RedirectResponse("/", 303)


def take_back(studio: Studio, request: Request) -> Response:
    """Make the practice's settings what they were when they could last be used."""
    with studio.writing:
        studio.versions.keep("found", "", "Changed outside the studio")
        if not restored(studio.folder, studio.versions):
            raise UsageError("No earlier settings are kept", "Put them right where you wrote them")
        studio.versions.note("practice", "", "You took back a change of My practice")
    return RedirectResponse("/", 303)


def _asked(error: SettingsError) -> str:
    """The question whose answer cannot be used."""
    words = {"web address": "website", "logo has no": "logo_alt", "portrait has no": "portrait_alt"}
    return next((at for said, at in words.items() if said in error.message), "name")


def add_face(studio: Studio, request: Request) -> Response:
    """Put a logo or a portrait beside the practice; it counts once the answers are kept."""
    name = unquote(request.headers.get("x-name", ""))
    with studio.writing:
        path = writing.add_picture(studio, request.path_params["face"], name, request.state.content)
    return JSONResponse({"path": path})


def face(studio: Studio, request: Request) -> Response:
    """A logo or a portrait that lies beside the practice."""
    return inert_file(studio.folder / "source", request.path_params["path"], writing.PICTURES)


def save_phone(studio: Studio, request: Request) -> Response:
    """Let another telephone number hold everywhere."""
    phone = str(values(request).get("phone", "")).strip()
    if not phone:
        raise UsageError("Which number?", "Write it in My practice")
    with studio.writing:
        write_answers(studio.folder, replace(read_answers(studio.folder), phone=phone))
        studio.versions.note("practice", "", "You changed the telephone number")
    return JSONResponse({"words": "Changed in My practice, and so on every leaflet."})


MOST_PICTURE_BYTES: Final = 60_000_000
ROUTES: Final = (
    Route("/practice", "GET", practice, first=True),
    Route("/practice", "POST", save_practice, first=True),
    Route("/practice/before", "POST", take_back, first=True),
    Route("/phone", "POST", save_phone),
    Route("/face/{face}", "POST", add_face, MOST_PICTURE_BYTES, first=True),
    Route("/face/{path:path}", "GET", face, first=True),
)
