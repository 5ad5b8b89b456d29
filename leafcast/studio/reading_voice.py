"""Who reads, and how fast: written into the files that the command line reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import tomlkit

from leafcast.document.errors import UsageError
from leafcast.narration.model import VoiceSpec
from leafcast.narration.voices import VOICES
from leafcast.narration.voices.specs import FILE, choose_voice
from leafcast.practice.project import PRACTICE_FILE, Project
from leafcast.state.cache import write_beside

PACES: Final[Mapping[str, float]] = {"slower": 0.88, "unhurried": 1.0, "brisk": 1.12}
"""Each as a share of the speed at which a voice speaks unless it is told otherwise."""
USUAL: Final = "unhurried"


def choose(project: Project, voice: str) -> None:
    """Let a voice read from now on. Raises UsageError where there is none of that name."""
    choose_voice(voice, project)
    path = project.folder / PRACTICE_FILE
    document = tomlkit.parse(path.read_text("utf-8"))
    _table(document, "sound")["voice"] = voice
    write_beside(path, tomlkit.dumps(document).encode())


def pace_of(spec: VoiceSpec) -> str:
    """How fast a voice reads, as the nearest of `PACES`; "" where that cannot be set."""
    share = _share(spec)
    return min(PACES, key=lambda each: abs(PACES[each] - share)) if share else ""


def at_pace_of(spec: VoiceSpec, other: VoiceSpec) -> VoiceSpec:
    """A voice that reads as fast as another one, so far as it can."""
    share = _share(other)
    if not share or not _share(spec):
        return spec
    setting, speed = _speed(spec, share)
    return replace(spec, settings=tuple(sorted({**dict(spec.settings), setting: speed}.items())))


def choose_pace(project: Project, pace: str) -> None:
    """Let the practice's voice read so fast, in her own voices beside the lexicon.

    Raises UsageError where there is no such pace, or where the voice has but one.
    """
    spec = choose_voice(project.practice.sound.voice, project)
    if pace not in PACES or not _share(spec):
        raise UsageError("This voice reads at its own pace", "Choose another voice")
    path = project.folder / FILE
    document = tomlkit.parse(path.read_text("utf-8")) if path.is_file() else tomlkit.document()
    own = _table(_table(document, "voices"), spec.name)
    for key, value in {"engine": spec.engine, "accent": spec.accent, **dict(spec.settings)}.items():
        if key not in own and value != "":
            own[key] = value
    setting, speed = _speed(spec, PACES[pace])
    own[setting] = speed
    write_beside(path, tomlkit.dumps(document).encode())


def _share(spec: VoiceSpec) -> float:
    """How fast a voice reads, beside how fast it does unless it is told; 0 where it cannot be."""
    engine = VOICES.get(spec.engine)
    if engine is None or (engine.settings is not None and engine.speed[0] not in engine.settings):
        return 0.0
    setting, usual = engine.speed
    return float(spec.setting(setting, usual)) / usual


def _speed(spec: VoiceSpec, share: float) -> tuple[str, float]:
    """A voice's setting and its value for a pace, whole where it counts words."""
    setting, usual = VOICES[spec.engine].speed
    speed = round(share * usual, 2)
    return setting, round(speed) if isinstance(usual, int) else speed


def _table(document: Any, name: str) -> Any:
    if name not in document:
        document.add(name, tomlkit.table())
    return document[name]
