"""Where there is speech in a recording and where there is none, in steps of 10 ms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.narration.takes.filters import band_pass, closed, filtered, runs, without_short

STEP_SECONDS: Final = 0.01
SPEECH_HZ: Final = (100.0, 7000.0)
"""Where speech is; what hums below and hisses above does not hide a pause."""
LOUD_DB: Final = 15.0
"""What lies less than this above the noise is no speech, nor what lies 40 dB below the voice."""
FAINT_DB: Final = 40.0
SHORTEST_SPEECH: Final = 4
SHORTEST_PAUSE: Final = 15
"""Steps: a click is no speech, and a stop consonant's closure no pause."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """The level of a recording every 10 ms, in dB of full scale, and whether that is speech.

    `full` is the level of all there is, `level` that of the band of speech.
    """

    rate: int
    full: Floats
    level: Floats
    speech: npt.NDArray[np.bool_]

    @property
    def step(self) -> int:
        """Samples a frame."""
        return round(self.rate * STEP_SECONDS)

    def stretches(self, *, speech: bool, least_seconds: float = 0.0) -> list[tuple[int, int]]:
        """Stretches of speech, or of none, as samples from and to."""
        found = runs(self.speech if speech else ~self.speech)
        ends = [(a * self.step, b * self.step) for a, b in found]
        return [(a, b) for a, b in ends if b - a >= least_seconds * self.rate]


def frames_of(samples: npt.NDArray[np.float32], rate: int) -> Frames:
    """The frames of mono sound at `rate` Hz."""
    centred = samples.astype(np.float64) - float(samples.mean(dtype=np.float64))
    band = band_pass(SPEECH_HZ[0], min(SPEECH_HZ[1], 0.45 * rate), 2)
    full, level = _levels(centred, rate), _levels(filtered(centred, rate, band), rate)
    return Frames(rate, full, level, _speech(level))


def _levels(samples: Floats, rate: int) -> Floats:
    step = round(rate * STEP_SECONDS)
    count = max(1, len(samples) // step)
    padded = np.pad(samples, (0, max(0, count * step - len(samples))))[: count * step]
    power = np.square(padded).reshape(count, step).mean(axis=1)
    smooth = (power + np.append(power[:1], power[:-1])) / 2
    return np.asarray(10 * np.log10(np.maximum(smooth, 1e-12)))


def _speech(level: Floats) -> npt.NDArray[np.bool_]:
    """What is well above the noise, with its short gaps; single bursts are left out."""
    loud = float(np.percentile(level, 95))
    quiet = float(np.percentile(level, 5))
    least = max(min(quiet + LOUD_DB, loud - 12.0), loud - FAINT_DB)
    return without_short(closed(level > least, SHORTEST_PAUSE), SHORTEST_SPEECH)
