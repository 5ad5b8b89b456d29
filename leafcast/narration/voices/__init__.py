"""The table of engines, which say one utterance and give a Clip; a row says all there is of one.

An engine is a row here, or of another package (`execution.extensions`), and a module with three
functions:

    ingredients(spec) -> tuple     what decides its sound, cheap to say, nothing opened
    missing(spec) -> str           what it lacks on this machine, or ""
    open_voice(spec) -> Voice      ready to speak; called in a worker process

and may have three more, for an engine that takes a form of its own on each machine:

    prepare(spec, told) -> bool    decides on the form, once a machine; told() before it takes long
    form(spec) -> str              the form it takes here, in words, cheap to say
    variant(spec) -> str           its name, as `forms` may tell another machine to take it

voices.toml may also name a module of the owner's own, such as `engine = "my.engine"`; of it is held
what a row says that says nothing.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, cast

from leafcast.execution.extensions import Table
from leafcast.narration.model import Voice, VoiceSpec
from leafcast.state.cache import digest


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: its module, what may be set in voices.toml, and how it speaks.

    `settings` of None are checked by nobody. `speed` is the setting that says how fast, and what it
    is unless given. `words_a_minute` are those while it speaks, pauses apart, at that speed, and
    `stretch` is how far it follows the setting: of what a sentence should be longer, so much is
    heard. One that `takes_sounds` reads British sounds written into the text, as [Klein](/klˈIn/).
    """

    module: str
    settings: frozenset[str] | None = None
    words_a_minute: float = 150.0
    stretch: float = 1.0
    speed: tuple[str, float] = ("speed", 1.0)
    takes_sounds: bool = False

    def rate(self, spec: VoiceSpec) -> float:
        """How many words a minute the voice says between its pauses."""
        setting, usual = self.speed
        longer = usual / float(spec.setting(setting, usual)) - 1
        return self.words_a_minute / (1 + self.stretch * longer)


OWN: Final[dict[str, Engine]] = {
    # bf_emma over the first article: 1,156 words in 391 s of clips. Stretched at 0.82 and 0.86.
    "kokoro": Engine(
        "leafcast.narration.voices.kokoro",
        frozenset({"voice", "speed", "model", "variant"}),
        words_a_minute=177.0,
        stretch=0.74,
        takes_sounds=True,
    ),
    "hibari": Engine(
        "leafcast.narration.voices.hibari",
        frozenset({"voice", "speed"}),
        words_a_minute=177.0,
        stretch=0.54,
    ),
    "system": Engine(
        "leafcast.narration.voices.system",
        frozenset({"voice", "words_per_minute"}),
        speed=("words_per_minute", 150),
    ),
    "tone": Engine("leafcast.narration.voices.tone", frozenset({"speed"})),
}
"""Those of leafcast's own."""

VOICES: Final = Table("voices", Engine, OWN)


class EngineModule(Protocol):
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


def engine_of(spec: VoiceSpec) -> Engine:
    """The engine that `spec` names; of a module of the owner's own no more is known."""
    return VOICES.get(spec.engine) or Engine(spec.engine)


def engine(spec: VoiceSpec) -> EngineModule:
    """The module of the engine that `spec` names."""
    return cast("EngineModule", importlib.import_module(engine_of(spec).module))


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


def variant(spec: VoiceSpec) -> str:
    """The name of the form the voice takes on this machine, where there are several."""
    say = getattr(engine(spec), "variant", None)
    return str(say(spec)) if say else ""
