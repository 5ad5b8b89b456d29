"""Sound like speech at its hardest to encode: pulses of a voice through two formants, bursts of
plosives out of silence, hissing, a shout; all made from a seed, in a second or two."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import signal

from leafcast.narration.model import Clip

RATE_HZ = 24_000
Samples = npt.NDArray[np.float64]


def voiced(rng: np.random.Generator, seconds: float) -> Samples:
    """Pulses of a throat, their pitch falling, through formants that differ each time."""
    count = round(seconds * RATE_HZ)
    pitch = np.linspace(rng.uniform(130, 260), rng.uniform(80, 120), count)
    pulses = (np.diff(np.floor(np.cumsum(pitch) / RATE_HZ), prepend=0) > 0).astype(float)
    throat = rng.normal(0, 1, 480) * np.exp(-np.arange(480) / 120)
    told = signal.fftconvolve(pulses - pulses.mean(), throat)[:count]
    for hz, wide in ((rng.uniform(300, 800), 80), (rng.uniform(1000, 2400), 120), (3200, 400)):
        told = told + signal.lfilter(*signal.iirpeak(hz, hz / wide, fs=RATE_HZ), told) * 4
    return told * signal.windows.tukey(count, 0.2)


def plosives(rng: np.random.Generator, seconds: float) -> Samples:
    """Bursts of some milliseconds, out of silence and back."""
    told = np.zeros(round(seconds * RATE_HZ))
    for start in np.arange(0.05, seconds - 0.1, 0.16):
        at, length = round(start * RATE_HZ), rng.integers(40, 400)
        told[at : at + length] = rng.normal(0, 1, length) * np.exp(-np.arange(length) / 60)
    return told


def hissed(rng: np.random.Generator, seconds: float) -> Samples:
    """Noise above 4 kHz."""
    high = signal.butter(4, 4000, "high", fs=RATE_HZ, output="sos")
    return np.asarray(signal.sosfilt(high, rng.normal(0, 1, round(seconds * RATE_HZ))))


def clicked(rng: np.random.Generator, seconds: float) -> Samples:
    """A quiet voice with single samples at full scale."""
    told = 0.1 * voiced(rng, seconds) / 10
    told[rng.integers(0, len(told), 12)] = rng.choice([-1.0, 1.0], 12)
    return told


def shouted(rng: np.random.Generator, seconds: float) -> Samples:
    """A voice that was driven into clipping."""
    told = voiced(rng, seconds)
    return np.clip(6 * told / np.abs(told).max(), -1, 1)


def popping(rng: np.random.Generator, seconds: float) -> Samples:
    """A voice with plosives in it."""
    told = voiced(rng, seconds)
    return told / np.abs(told).max() + 0.9 * plosives(rng, seconds)


def bursting(rng: np.random.Generator, seconds: float, length: int = 200) -> Samples:
    """A quiet voice with short bursts of clipped noise, to which encoders add up to 3 dB."""
    told = voiced(rng, seconds)
    told = 0.3 * told / np.abs(told).max()
    for start in np.arange(0.1, seconds - 0.1, 0.25):
        at = round(start * RATE_HZ)
        told[at : at + length] += np.clip(9 * rng.normal(0, 1, length), -1, 1)
    return told


def roaring(rng: np.random.Generator, seconds: float) -> Samples:
    """The same with long bursts, which are most of its loudness."""
    return bursting(rng, seconds, 480)


KINDS: dict[str, Callable[[np.random.Generator, float], Samples]] = {
    each.__name__: each
    for each in (voiced, plosives, hissed, clicked, shouted, popping, bursting, roaring)
}


def peaky(kind: str, seed: int, seconds: float = 1.5) -> Clip:
    """A clip of one kind, its highest sample at −4 dB of full scale."""
    told = KINDS[kind](np.random.default_rng(seed), seconds)
    return Clip(RATE_HZ, (0.63 * told / np.abs(told).max()).astype(np.float32))


def with_noise(samples: npt.NDArray[np.int16], seed: int) -> npt.NDArray[np.int16]:
    """A master with its sounding samples moved by −1, 0 or 1, as another processor might."""
    moved = np.random.default_rng(seed).integers(-1, 2, len(samples)) * (samples != 0)
    return np.clip(samples.astype(np.int32) + moved, -32_768, 32_767).astype(np.int16)
