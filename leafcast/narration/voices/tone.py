"""A voice that speaks no language: one soft tone a word, always the same for the same words.

It takes its time as a reader would (about 145 words a minute) and is as loud as speech, so that
layouts, timings and levels can be tried in a moment and tests need no engine.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from leafcast.narration.model import Clip, Utterance, VoiceSpec, WordMark

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RATE_HZ: Final = 24_000
LEVEL: Final = 0.2
WORD_SECONDS: Final = 0.12
LETTER_SECONDS: Final = 0.045
GAP_SECONDS: Final = 0.05


def ingredients(spec: VoiceSpec) -> tuple[str | float, ...]:
    """The version of what is written here."""
    return ("tone", 2)


def missing(spec: VoiceSpec) -> str:
    """It lacks nothing anywhere."""
    return ""


def open_voice(spec: VoiceSpec) -> ToneVoice:
    """The voice; `speed` 2.0 is twice as fast."""
    return ToneVoice(float(spec.setting("speed", 1.0)))


class ToneVoice:
    """Says each word as a tone whose pitch comes from its letters."""

    def __init__(self, speed: float) -> None:
        self.speed = speed

    def speak(self, utterance: Utterance) -> Clip:
        """One tone a word, with word marks exact to the sample."""
        import numpy as np

        pieces: list[npt.NDArray[np.float32]] = []
        marks = []
        at = 0
        for word in re.finditer(r"\S+", utterance.spoken):
            tone = self._tone(word[0])
            marks.append(WordMark(at, at + len(tone), word.start(), word.end()))
            gap = np.zeros(round(GAP_SECONDS / self.speed * RATE_HZ), np.float32)
            pieces += [tone, gap]
            at += len(tone) + len(gap)
        samples = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
        return Clip(RATE_HZ, samples, tuple(marks))

    def _tone(self, word: str) -> npt.NDArray[np.float32]:
        import numpy as np

        seconds = (WORD_SECONDS + LETTER_SECONDS * len(word)) / self.speed
        times = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
        pitch_hz = 140 + hashlib.sha256(word.casefold().encode()).digest()[0] / 255 * 160
        partials = sum(np.sin(2 * np.pi * pitch_hz * n * times) / n for n in (1, 2, 3))
        rise = np.sin(np.pi * np.arange(len(times)) / max(1, len(times) - 1))
        shape = np.maximum(rise, 0) ** 0.5  # π is rounded, and may lie beyond its zero
        tone: npt.NDArray[np.float32] = (LEVEL * partials * shape).astype(np.float32)
        return tone
