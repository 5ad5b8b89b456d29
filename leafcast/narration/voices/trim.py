"""Clips without an engine's own silence and noise around them; the script decides the pauses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from leafcast.narration.model import Clip, WordMark

if TYPE_CHECKING:
    import numpy.typing as npt

FLOOR_DB: Final = -45.0
"""Quieter than this below the clip's own peak counts as silence."""
BEFORE_MS: Final = 30
AFTER_MS: Final = 60
"""What is kept, so that a soft first or last sound is not cut."""
FADE_MS: Final = 5
STEP_MS: Final = 5
RELEASE_MS: Final = 110
"""How long a last sound may ring on after its time. In the envelopes of 41 clips of Kokoro the
breath of a last p was over within 70 ms, and the model's own noise seemed to begin at about 120 ms;
both were judged by their shape, not by ear."""
QUIET_MS: Final = 20
"""So much silence after the last word's time ends the clip."""
RISE_DB: Final = 6.0
"""Louder than the quietest moment behind the last word by so much, a sound is one of its own."""
BURST_MS: Final = 60
BURST_GAP_MS: Final = 120
BURST_DB: Final = -24.0
"""A last sound so short, so long after the one before and so far below the peak is taken for no
speech. That the release of a last t comes sooner and louder is assumed, not measured."""


def trim(clip: Clip, said_until: int | None = None) -> Clip:
    """`clip` without silence and noise at its ends, faded so that no seam clicks.

    `said_until` is the sample at which the engine says the last word's time is over, where it does;
    without it only a burst that stands alone is noise.
    """
    loud = np.abs(clip.samples)
    if not len(loud) or not np.isfinite(loud).all() or loud.max() == 0:
        return clip
    start, end = _speech(loud, clip.rate, said_until)
    start = max(0, start - BEFORE_MS * clip.rate // 1000)
    end = min(len(loud), end)
    samples = clip.samples[start:end].copy()
    fade = min(FADE_MS * clip.rate // 1000, len(samples) // 2)
    slope = np.linspace(0, 1, fade, endpoint=False, dtype=np.float32)
    samples[:fade] *= slope
    samples[len(samples) - fade :] *= slope[::-1]
    words = tuple(_moved(mark, start, len(samples)) for mark in clip.words)
    return Clip(clip.rate, samples, words)


def _speech(loud: npt.NDArray[np.float32], rate: int, said_until: int | None) -> tuple[int, int]:
    """The first sample of speech, and where to cut behind its last."""
    step = max(1, STEP_MS * rate // 1000)
    known = len(loud) if said_until is None else said_until + RELEASE_MS * rate // 1000
    spoken = loud[: max(step, known)]
    floor = spoken.max() * 10 ** (FLOOR_DB / 20)
    heard = np.flatnonzero(spoken > floor)
    if not len(heard):
        return 0, len(loud)
    levels = np.pad(spoken, (0, -len(spoken) % step)).reshape(-1, step).max(axis=1)
    if said_until is not None:
        cut = _after_word(levels, floor, max(0, said_until) // step)
        if cut is not None:
            return int(heard[0]), min(cut * step, len(spoken))
    end = _without_burst(levels, floor)
    return int(heard[0]), min(end * step, int(heard[-1]) + 1) + AFTER_MS * rate // 1000


def _after_word(levels: npt.NDArray[np.float32], floor: float, at: int) -> int | None:
    """The step to cut at, behind a word whose time is over at step `at`; None for a sound that is
    over before.

    It is the first silence; where a noise follows the word without any, its quietest moment.
    """
    if at >= len(levels):
        return None
    long = QUIET_MS // STEP_MS
    for step in range(at, len(levels) - long + 1):
        if (levels[step : step + long] <= floor).all():
            said, later = np.flatnonzero(levels[:step] > floor), levels[step:] > floor
            if not len(said):
                return None
            noise = step + int(np.argmax(later)) if later.any() else len(levels)
            return min(int(said[-1]) + 1 + AFTER_MS // STEP_MS, noise)
    valley = at + int(np.argmin(levels[at:]))
    rises = levels[valley:].max() > levels[valley] * 10 ** (RISE_DB / 20)
    return valley if rises else len(levels)


def _without_burst(levels: npt.NDArray[np.float32], floor: float) -> int:
    """One past the last step of speech, where a burst that stands alone is none."""
    heard = np.flatnonzero(levels > floor)
    gaps = np.flatnonzero(np.diff(heard) > BURST_GAP_MS // STEP_MS)
    if not len(gaps):
        return int(heard[-1]) + 1
    last = heard[gaps[-1] + 1 :]
    short = last[-1] - last[0] < BURST_MS // STEP_MS
    soft = levels[last].max() < levels.max() * 10 ** (BURST_DB / 20)
    return int(heard[gaps[-1] if short and soft else -1]) + 1


def _moved(mark: WordMark, by: int, length: int) -> WordMark:
    """A mark in a clip that lost `by` samples at its start and has `length` left."""
    start, end = (min(max(0, at - by), length) for at in (mark.start, mark.end))
    return replace(mark, start=start, end=end)
