"""Four questions about the practice."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from leafcast.document.errors import SettingsError
from leafcast.studio.pages import page
from leafcast.studio.practice_file import (
    COLOURS,
    answers_of,
    read_answers,
    why_not,
    write_answers,
)
from leafcast.studio.screens.answering import Route, form
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


def save_phone(studio: Studio, request: Request) -> Response:
    """Let another telephone number hold everywhere."""
    phone = str(json.loads(request.state.content).get("phone", ""))
    with studio.writing:
        write_answers(studio.folder, replace(read_answers(studio.folder), phone=phone))
        studio.versions.keep("practice", "", "You changed the telephone number")
    return JSONResponse({"words": "Changed in My practice, and so on every leaflet."})


ROUTES: Final = (
    Route("/practice", "GET", practice, first=True),
    Route("/practice", "POST", save_practice, first=True),
    Route("/phone", "POST", save_phone),
)
