"""A voice like `tone` that takes another form once it was got ready: named as `tests.changing`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from leafcast.narration.model import Voice, VoiceSpec
from leafcast.narration.voices import tone


def ingredients(spec: VoiceSpec) -> tuple[str | float, ...]:
    return (*tone.ingredients(spec), form(spec))


def missing(spec: VoiceSpec) -> str:
    return ""


def prepare(spec: VoiceSpec, told: Callable[[], None]) -> bool:
    verdict = Path(str(spec.setting("verdict", "")))
    if verdict.exists():
        return False
    told()
    verdict.write_text("quick")
    return True


def form(spec: VoiceSpec) -> str:
    verdict = Path(str(spec.setting("verdict", "")))
    return verdict.read_text() if verdict.exists() else "plain"


def open_voice(spec: VoiceSpec) -> Voice:
    return tone.open_voice(spec)
