"""Clips without an engine's own silence around them; the script decides the pauses."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from leafcast.narration.model import Clip, WordMark

FLOOR_DB: Final = -45.0
"""Quieter than this below the clip's own peak counts as silence."""
BEFORE_MS: Final = 30
AFTER_MS: Final = 60
"""What is kept, so that a soft first or last sound is not cut."""
FADE_MS: Final = 5


def trim(clip: Clip) -> Clip:
    """`clip` without silence at its ends, faded over a few milliseconds so that no seam clicks."""
    loud = np.abs(clip.samples)
    if not len(loud) or not np.isfinite(loud).all() or loud.max() == 0:
        return clip
    heard = np.flatnonzero(loud > loud.max() * 10 ** (FLOOR_DB / 20))
    start = max(0, int(heard[0]) - BEFORE_MS * clip.rate // 1000)
    end = min(len(loud), int(heard[-1]) + 1 + AFTER_MS * clip.rate // 1000)
    samples = clip.samples[start:end].copy()
    fade = min(FADE_MS * clip.rate // 1000, len(samples) // 2)
    slope = np.linspace(0, 1, fade, endpoint=False, dtype=np.float32)
    samples[:fade] *= slope
    samples[len(samples) - fade :] *= slope[::-1]
    return Clip(clip.rate, samples, tuple(_moved(mark, start, end) for mark in clip.words))


def _moved(mark: WordMark, start: int, end: int) -> WordMark:
    """A word's mark in the sound from `start` to `end` alone."""
    at, until = (min(max(each, start), end) - start for each in (mark.start, mark.end))
    return replace(mark, start=at, end=until)
