"""voices.toml: the voices by name. The project's own file adds to and wins over leafcast's."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from leafcast.document.errors import UsageError
from leafcast.narration.model import VoiceSpec
from leafcast.narration.voices import VOICES
from leafcast.practice.project import Project
from leafcast.practice.settings import SettingsFile, check_keys, nearest, read_settings
from leafcast.state.hashes import FileState, state_of

FILE = "audio/voices.toml"


def read_voices(project: Project) -> dict[str, VoiceSpec]:
    """Every voice by its name. Raises SettingsError for a slip, with file, line and fix."""
    folders = tuple(str(folder / "audio" / "voices") for folder in project.data)
    voices: dict[str, VoiceSpec] = {}
    for folder in reversed(project.data):
        path = folder / FILE
        if path.exists():
            voices |= _read(path, folders, state_of(path))
    return voices


def choose_voice(name: str, project: Project) -> VoiceSpec:
    """The voice called `name`. Raises UsageError, with the names there are."""
    voices = read_voices(project)
    if name not in voices:
        raise UsageError(f"There is no voice called “{name}”", nearest(name, voices))
    return voices[name]


@lru_cache(8)
def _read(path: Path, folders: tuple[str, ...], _state: FileState) -> dict[str, VoiceSpec]:
    """The voices of one file, read once in a run, though each article asks."""
    file = read_settings(path, FILE)
    check_keys(file, file.values, {"voices"}, "")
    return {
        name: _read_voice(file, name, values, folders)
        for name, values in file.values.get("voices", {}).items()
    }


def _read_voice(
    file: SettingsFile, name: str, values: dict[str, Any], folders: tuple[str, ...]
) -> VoiceSpec:
    table = f"voices.{name}"
    engine = values.get("engine", "")
    if engine not in VOICES and "." not in str(engine):
        raise file.error(
            f"“{engine}” is not an engine", nearest(str(engine), VOICES), "engine", table
        )
    known = VOICES[engine].settings if engine in VOICES else None
    if known is not None:
        check_keys(file, values, {*known, "engine", "accent"}, table)
    settings = {key: value for key, value in values.items() if key not in ("engine", "accent")}
    for key, value in {**settings, "accent": values.get("accent", "")}.items():
        if not isinstance(value, str | int | float | bool):
            raise file.error(f"“{key}” must be words or a number", f"Change {key}", key, table)
    accent = str(values.get("accent", ""))
    return VoiceSpec(name, engine, tuple(sorted(settings.items())), folders, accent=accent)
