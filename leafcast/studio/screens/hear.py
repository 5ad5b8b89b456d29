"""Every sentence to be heard, a voice chosen by ear, a word's sound corrected."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from leafcast.narration.voices.specs import choose_voice
from leafcast.studio import hearing, reading_voice
from leafcast.studio.rendering import page
from leafcast.studio.screens.answering import Route, values
from leafcast.studio.studio import Studio


def hear(studio: Studio, request: Request) -> Response:
    """Every sentence to be heard, and the voices to choose from."""
    project, entry = studio.project, studio.entry(request.path_params["slug"])
    studio.quick_speaker.warm()
    studio.speaker.warm()
    return page(
        studio,
        "hear",
        entry=entry,
        place="hear",
        heard=hearing.heard(entry.article) if entry.article else (),
        voices=hearing.voices(project),
        chosen=project.practice.sound.voice,
        paces=reading_voice.PACES,
        pace=reading_voice.pace_of(choose_voice(project.practice.sound.voice, project)),
        sample=hearing.SAMPLE,
    )


def say(studio: Studio, request: Request) -> Response:
    """A sentence as sound."""
    given = values(request)
    like = (str(given.get("word", "")), str(given.get("like", "")))
    speaker = studio.quick_speaker if given.get("quick") else studio.speaker
    spoken = speaker.say(str(given.get("voice", "")), str(given.get("words", "")), like)
    said_by = {"X-Voice": "quick" if spoken.quick else "own"}
    return Response(spoken.sound, media_type="audio/wav", headers=said_by)


def say_like(studio: Studio, request: Request) -> Response:
    """Keep how a word is said."""
    given = values(request)
    with studio.writing:
        before = hearing.keep_word(
            studio.project, str(given.get("word", "")), str(given.get("like", ""))
        )
        studio.versions.note("said", "", f"You set how “{given.get('word', '')}” is said")
    return JSONResponse({"words": "Kept. It holds wherever the word stands.", "before": before})


def choose_reader(studio: Studio, request: Request) -> Response:
    """Let another voice read, at the pace of the one before."""
    given = values(request)
    with studio.writing:
        before = choose_voice(studio.project.practice.sound.voice, studio.project)
        reading_voice.choose(studio.project, str(given.get("voice", "")))
        project = studio.project
        own = choose_voice(project.practice.sound.voice, project)
        pace = reading_voice.pace_of(before)
        if pace and reading_voice.pace_of(own) not in ("", pace):
            reading_voice.choose_pace(project, pace)
        studio.versions.note("practice", "", "You chose another voice")
    return JSONResponse({"words": "Chosen. It reads when you make it again."})


def choose_pace(studio: Studio, request: Request) -> Response:
    """Let the voice read slower, or more briskly."""
    given = values(request)
    with studio.writing:
        reading_voice.choose_pace(studio.project, str(given.get("pace", "")))
        studio.versions.note("practice", "", "You chose another pace")
    return JSONResponse({"words": "Chosen. All is read anew when you make it again."})


ROUTES: Final = (
    Route("/article/{slug}/hear", "GET", hear),
    Route("/say", "POST", say),
    Route("/say-like", "POST", say_like),
    Route("/voice", "POST", choose_reader),
    Route("/pace", "POST", choose_pace),
)
