"""Gain and limiter: a passage at its loudness, with no peak above the ceiling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.narration.joining import RATE_HZ, Floats
from leafcast.narration.loudness import true_peaks

GAIN_STEP_DB: Final = 0.5
"""Gains are whole steps, so that an edited sentence seldom moves one."""
MOST_APART_DB: Final = 3.0
"""How far a passage's gain may be from the programme's: what is meant to be quiet stays so."""
LOOK_AHEAD_MS: Final = 5
FULL_SCALE: Final = 32_767

Samples = npt.NDArray[np.int16]


def stepped(gain_db: float) -> float:
    """The gain as a whole number of steps."""
    return round(gain_db / GAIN_STEP_DB) * GAIN_STEP_DB


def passage_gain_db(missing_lu: float, programme_db: float) -> float:
    """The gain of a passage that lacks `missing_lu`, near the programme's."""
    low, high = programme_db - MOST_APART_DB, programme_db + MOST_APART_DB
    return min(max(stepped(missing_lu), low), high)


def finish(samples: Floats, gain: float, ceiling: float) -> Samples:
    """Sound with its gain, limited, as 16-bit samples."""
    limited = limit(samples * gain, ceiling)
    return np.round(np.clip(limited, -1, 1) * FULL_SCALE).astype(np.int16)


def limit(samples: Floats, ceiling: float) -> Floats:
    """`samples` with no true peak above `ceiling`, turned down smoothly before each peak."""
    needed = np.minimum(1.0, ceiling / np.maximum(true_peaks(samples, ceiling), 1e-9))
    if needed.min(initial=1.0) >= 1.0:
        return samples
    limited = samples.copy()
    width = 2 * (LOOK_AHEAD_MS * RATE_HZ // 1000) + 1
    for start, end in _stretches(needed, 4 * width):
        held = _lowest_around(needed[start:end], width)
        limited[start:end] *= _mean_around(_mean_around(held, width // 2), width // 2)
    return limited


def _stretches(needed: Floats, reach: int) -> Iterator[tuple[int, int]]:
    """Where the limiter is at work, with `reach` samples around it; they do not overlap."""
    peaks = np.flatnonzero(needed < 1)
    for run in np.split(peaks, np.flatnonzero(np.diff(peaks) > 2 * reach) + 1):
        yield max(0, int(run[0]) - reach), min(len(needed), int(run[-1]) + reach + 1)


def _lowest_around(values: Floats, reach: int) -> Floats:
    """The lowest value within `reach` of each: the lowest of what is left of a block and of what
    has come of the next (van Herk's way)."""
    width = 2 * reach + 1
    rest = -(len(values) + 2 * reach) % width
    blocks = np.pad(values, (reach, reach + rest), mode="edge").reshape(-1, width)
    come = np.minimum.accumulate(blocks, axis=1).ravel()
    left = np.minimum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.asarray(np.minimum(left[: len(values)], come[width - 1 :][: len(values)]))


def _mean_around(values: Floats, reach: int) -> Floats:
    """The mean of the values within `reach` of each."""
    sums = np.cumsum(np.pad(values, (reach + 1, reach), mode="edge"))
    width = 2 * reach + 1
    return np.asarray((sums[width:] - sums[:-width]) / width)
