"""The engine `hum`: each word as half a second of one tone, as high as `pitch` says in hertz."""

from __future__ import annotations

import numpy as np

from leafcast.narration.model import Clip, Utterance, VoiceSpec, WordMark
from leafcast.narration.words import spoken_words

RATE_HZ = 24_000
WORD = RATE_HZ // 2


def ingredients(spec: VoiceSpec) -> tuple[str | float, ...]:
    """The version of what is written here."""
    return ("hum", 1)


def missing(spec: VoiceSpec) -> str:
    """It lacks nothing."""
    return ""


class HumVoice:
    """Says every word alike."""

    def __init__(self, pitch_hz: float) -> None:
        times = np.arange(WORD) / RATE_HZ
        self.word = (0.3 * np.sin(2 * np.pi * pitch_hz * times)).astype(np.float32)

    def speak(self, utterance: Utterance) -> Clip:
        """A tone for each word."""
        words = tuple(spoken_words(utterance.spoken))
        marks = (
            WordMark(n * WORD, (n + 1) * WORD, start, end) for n, (start, end) in enumerate(words)
        )
        return Clip(RATE_HZ, np.tile(self.word, len(words)), tuple(marks))


def open_voice(spec: VoiceSpec) -> HumVoice:
    """The voice."""
    return HumVoice(float(spec.setting("pitch", 200)))
