"""How fast an article is told: the usual pace, and a slower one for those who like more time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from leafcast.narration.model import Pause, Script, VoiceSpec
from leafcast.narration.voices import engine_of


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast it is told, as a share of the usual; the engine itself speaks so fast."""

    name: str
    speed: float


USUAL: Final = Pace("usual", 1.0)
SLOWER: Final = Pace("slower", 0.83)
"""About 120 words a minute with its pauses, where the usual pace has about 140: kokoro then takes
1.15 times as long to speak (see `Engine.stretch`), and pauses are 1.2 times as long."""
PACES: Final = {pace.name: pace for pace in (USUAL, SLOWER)}


def at_pace(spec: VoiceSpec, pace: Pace) -> VoiceSpec:
    """The voice `spec`, speaking at `pace`; itself at the usual one."""
    if pace.speed == 1:
        return spec
    key, default = engine_of(spec).speed
    settings = dict(spec.settings)
    told = float(settings.get(key, default)) * pace.speed
    settings[key] = round(told) if isinstance(default, int) else round(told, 3)
    return replace(spec, settings=tuple(sorted(settings.items())))


def paced(script: Script, pace: Pace) -> Script:
    """`script` with pauses as long as the pace asks for."""
    passages = tuple(
        replace(
            passage,
            parts=tuple(
                replace(part, ms=round(part.ms / pace.speed)) if isinstance(part, Pause) else part
                for part in passage.parts
            ),
        )
        for passage in script.passages
    )
    return replace(script, passages=passages)
