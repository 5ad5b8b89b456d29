"""hibari: a small American voice, a hundred times faster than it speaks; for drafts.

The package `hibari-tts` carries the voice `heart`. Nothing is downloaded: another voice must be a
model file in audio/voices/, named with its suffix, such as `voice = "emma.onnx"`.
"""

from __future__ import annotations

import importlib.util
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from leafcast.document.errors import VoiceUnavailable
from leafcast.narration.model import Clip, Utterance, VoiceSpec
from leafcast.narration.voices.kokoro.engines import session
from leafcast.narration.voices.outputs import with_output
from leafcast.narration.voices.phoneme_lines import FrameClock, read_line, split_signs, word_marks

VERSION: Final = 4
MOST_SIGNS: Final = 400
DURATIONS: Final = "/Clip_output_0"
"""The tensor that says how many frames each sign lasts."""
SPECTRA: Final = 6
"""How many outputs hibari.dsp.synth makes sound from."""
CLOCK: Final = FrameClock(frame=600, lead=1920)
"""As Kokoro’s, which taught it; the median over 343 words is within 2 ms of a forced alignment."""
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
        told = with_output(Path(self.engine.model_path).read_bytes(), DURATIONS)
        self.engine.sess = session(told)
        self.speed = float(spec.setting("speed", 1.0))

    def speak(self, utterance: Utterance) -> Clip:
        """Say one utterance, with a mark for each word; a very long one clause by clause."""
        import numpy as np

        from leafcast.narration.voices.trim import trim

        line = read_line(self.engine.g2p, utterance.spoken, self.engine.vocab)
        pieces = tuple(split_signs(line.signs, MOST_SIGNS))
        noise = np.random.default_rng(0)
        spoken = [self._say(line.signs[first:last], noise) for first, last in pieces]
        frames = [frames for _, frames in spoken]
        samples = np.concatenate([np.zeros(0, np.float32), *(sound for sound, _ in spoken)])
        rate = int(self.engine.sample_rate)
        return trim(Clip(rate, samples, word_marks(line, pieces, frames, CLOCK)))

    def _say(self, signs: str, noise: Any) -> tuple[Any, tuple[float, ...]]:
        """The sound of a line, and how many frames each of its signs lasts."""
        import numpy as np
        from hibari import dsp

        ids = self.engine.ids(signs)
        spectrum = self.engine.sess.run(
            None, {"ids": np.array([ids], np.int64), "speed": np.array([self.speed], np.float32)}
        )
        sound = dsp.synth(*(part[0] for part in spectrum[:SPECTRA]), noise)
        frames = spectrum[SPECTRA].reshape(-1) if len(spectrum) > SPECTRA else ()
        return sound, tuple(map(float, frames)) if len(frames) == len(ids) else ()
