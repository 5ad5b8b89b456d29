"""The table of voices: engines that say one utterance and give a Clip.

An engine is a module with three functions:

    ingredients(spec) -> tuple     what decides its sound, cheap to say, nothing opened
    missing(spec) -> str           what it lacks on this machine, or ""
    open_voice(spec) -> Voice      ready to speak; called in a worker process

voices.toml may also name a module of the owner's own, such as `engine = "my.engine"`.
"""

from __future__ import annotations

import importlib
from typing import Protocol, cast

from leafcast.cache import digest
from leafcast.narration.model import Voice, VoiceSpec

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


def open_voice(spec: VoiceSpec) -> Voice:
    """The voice, ready to speak. Raises VoiceUnavailable."""
    return engine(spec).open_voice(spec)
