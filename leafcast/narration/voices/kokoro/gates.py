"""Whether a quicker form of the model sounds like the exact one: numbers, and what is wrong.

Distance is the mean difference of mel spectra in dB; the model as shipped, computed in whole
numbers of 8 bits, is about 1 dB from the exact one. What is below that cannot be heard beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]

RATE_HZ: Final = 24_000
WINDOW: Final = 1024
HOP: Final = 256
BANDS: Final = 80
TOP_HZ: Final = 12_000
FLOOR: Final = 1e-7
"""Power beneath which a band counts as silent: 80 dB below a loud one."""
MOST_LEVEL_DB: Final = 0.3


@dataclass(frozen=True, slots=True)
class Gate:
    """What a form of the model must keep: ratio of sound to error, mel distance, both in dB."""

    least_snr_db: float
    most_mel_db: float


GATES: Final = {"f32k": Gate(90.0, 0.01), "ovbf16": Gate(18.0, 0.8)}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like one sound is to another, in dB."""

    snr_db: float
    mel_db: float
    level_db: float


def likeness(exact: Sound, sound: Sound) -> Likeness:
    """How like `sound` is to the `exact` one of the same length."""
    error = float(np.square(exact - sound, dtype=np.float64).sum())
    power, other = (float(np.square(each, dtype=np.float64).sum()) for each in (exact, sound))
    return Likeness(
        10 * np.log10(power / error) if error else np.inf,
        float(np.abs(mel_spectrum(exact) - mel_spectrum(sound)).mean()),
        10 * np.log10(max(other, 1e-12) / power),
    )


def fault(gate: Gate, exact: Sound, sound: Sound) -> str:
    """Why `sound` may not stand for the `exact` one, in words, or ""."""
    if sound.shape != exact.shape:
        return f"its sound has another length ({len(sound)} samples for {len(exact)})"
    if not np.isfinite(sound).all():
        return "its sound is not sound"
    alike = likeness(exact, sound)
    if abs(alike.level_db) > MOST_LEVEL_DB:
        return f"its level is off by {alike.level_db:+.1f} dB"
    if alike.mel_db > gate.most_mel_db:
        return f"its sound differs by {alike.mel_db:.2f} dB"
    if alike.snr_db < gate.least_snr_db:
        return f"its error is only {alike.snr_db:.0f} dB below the sound"
    return ""


def mel_spectrum(sound: Sound) -> npt.NDArray[np.float64]:
    """Power in mel bands, in dB: bands by moments."""
    padded = np.pad(sound, (0, max(0, WINDOW - len(sound))))
    moments = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    power = np.abs(np.fft.rfft(moments * np.hanning(WINDOW), axis=1)) ** 2 / WINDOW
    decibels: npt.NDArray[np.float64] = 10 * np.log10(_mel_bands() @ power.T + FLOOR)
    return decibels


def _mel_bands() -> npt.NDArray[np.float64]:
    """Triangles evenly apart on O'Shaughnessy's mel scale, 0 to TOP_HZ."""
    mels = np.linspace(0, 2595 * np.log10(1 + TOP_HZ / 700), BANDS + 2)
    edges = 700 * (10 ** (mels / 2595) - 1)
    heard = np.fft.rfftfreq(WINDOW, 1 / RATE_HZ)
    low, middle, high = (edges[at : at + BANDS, np.newaxis] for at in (0, 1, 2))
    bands: npt.NDArray[np.float64] = np.maximum(
        0, np.minimum((heard - low) / (middle - low), (high - heard) / (high - middle))
    )
    return bands
