"""The table of voices: engines that say one utterance and give a Clip.

An engine is a module with three functions:

    ingredients(spec) -> tuple     what decides its sound, cheap to say, nothing opened
    missing(spec) -> str           what it lacks on this machine, or ""
    open_voice(spec) -> Voice      ready to speak; called in a worker process

and may have two more, for an engine that takes a form of its own on each machine:

    prepare(spec, told) -> bool    decides on the form, once a machine; told() before it takes long
    form(spec) -> str              the form it takes here, in words, cheap to say

voices.toml may also name a module of the owner's own, such as `engine = "my.engine"`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Protocol, cast

from leafcast.narration.model import Voice, VoiceSpec
from leafcast.state.cache import digest

VOICES: dict[str, str] = {
    "kokoro": "leafcast.narration.voices.kokoro",
    "hibari": "leafcast.narration.voices.hibari",
    "system": "leafcast.narration.voices.system",
    "tone": "leafcast.narration.voices.tone",
}


class Engine(Protocol):
    """What an engine's module offers; see above."""

    def ingredients(self, spec: VoiceSpec) -> tuple[str | float, ...]:
        """What decides the sound besides the settings: versions, hashes of voice data."""
        ...

    def missing(self, spec: VoiceSpec) -> str:
        """What this machine lacks, in words, or an empty string."""
        ...

    def open_voice(self, spec: VoiceSpec) -> Voice:
        """The voice, ready to speak. Raises VoiceUnavailable."""
        ...


def engine(spec: VoiceSpec) -> Engine:
    """The engine that `spec` names."""
    return cast("Engine", importlib.import_module(VOICES.get(spec.engine, spec.engine)))


def fingerprint(spec: VoiceSpec) -> str:
    """A hash of all that decides how this voice sounds; the same text then sounds the same."""
    return digest(
        spec.engine, [list(pair) for pair in spec.settings], list(engine(spec).ingredients(spec))
    )


def unavailable(spec: VoiceSpec) -> str:
    """What this machine lacks for the voice, in words, or an empty string."""
    return engine(spec).missing(spec)


def prepare(spec: VoiceSpec, told: Callable[[], None] = lambda: None) -> bool:
    """Let the voice decide on its form before its fingerprint counts; whether that may differ now.

    `told` is called before work of some seconds.
    """
    decide = getattr(engine(spec), "prepare", None)
    return bool(decide and not unavailable(spec) and decide(spec, told))


def form(spec: VoiceSpec) -> str:
    """The form the voice takes on this machine, in words, where there are several."""
    say = getattr(engine(spec), "form", None)
    return str(say(spec)) if say else ""


def open_voice(spec: VoiceSpec) -> Voice:
    """The voice, ready to speak. Raises VoiceUnavailable."""
    return engine(spec).open_voice(spec)
