"""Loudness and true peak as broadcasters measure them (ITU-R BS.1770-5, EBU R 128)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import signal

Samples = npt.NDArray[np.float64] | npt.NDArray[np.float32]

ABSOLUTE_GATE_LUFS: Final = -70.0
RELATIVE_GATE_LU: Final = -10.0
BLOCK_SECONDS: Final = 0.4
STEPS_A_BLOCK: Final = 4
STEPS_A_MINUTE: Final = 600
OVERSAMPLING: Final = 4
HIGHEST_RISE: Final = 2.25
"""The sum of the interpolator's taps: no peak rises further above the samples around it."""
BLOCK: Final = 256
MARGIN: Final = 16
MINUTE: Final = 60 * 44_100


def integrated_lufs(samples: Samples, rate: int) -> float:
    """The gated loudness of mono sound (BS.1770-5, annex 1); −inf for silence.

    Blocks of 400 ms overlap by 75 %. Sound shorter than a block is measured as one.
    """
    return gated_lufs(block_power(samples, rate))


def gated_lufs(power: npt.NDArray[np.float64]) -> float:
    """The loudness of blocks of this power, the silent and the very quiet left out."""
    gated = power[_lufs(power) > ABSOLUTE_GATE_LUFS]
    if not gated.size:
        return float("-inf")
    threshold = _lufs(gated.mean()) + RELATIVE_GATE_LU
    return float(_lufs(gated[_lufs(gated) > threshold].mean()))


def block_power(samples: Samples, rate: int) -> npt.NDArray[np.float64]:
    """The mean square of each 400 ms block of K-weighted sound, in steps of 100 ms."""
    step = round(BLOCK_SECONDS * rate / STEPS_A_BLOCK)
    if (short := STEPS_A_BLOCK * step - len(samples)) > 0:
        samples = np.append(np.asarray(samples, np.float64), np.zeros(short))
    minutes = _weighted(samples[: len(samples) // step * step], rate, step * STEPS_A_MINUTE)
    steps = np.concatenate([np.square(part).reshape(-1, step).mean(axis=1) for part in minutes])
    return np.convolve(steps, np.full(STEPS_A_BLOCK, 1 / STEPS_A_BLOCK), "valid")


def _weighted(samples: Samples, rate: int, length: int) -> Iterator[npt.NDArray[np.float64]]:
    """K-weighted sound, `length` samples at a time: an hour needs no more memory than a minute."""
    filters = k_weighting(rate)
    state = np.zeros((len(filters), 2))
    for start in range(0, len(samples), length):
        part = np.asarray(samples[start : start + length], np.float64)
        weighted, state = signal.sosfilt(filters, part, zi=state)
        yield weighted


def _lufs(power: npt.NDArray[np.float64] | np.float64) -> npt.NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(-0.691 + 10 * np.log10(power))


@cache
def k_weighting(rate: int) -> npt.NDArray[np.float64]:
    """The K-weighting filter at any rate, as second-order sections.

    The constants are the analogue prototype's that gives BS.1770-5's coefficients at 48 kHz.
    """
    return np.array([_high_shelf(rate), _high_pass(rate)])


def _high_shelf(rate: int) -> list[float]:
    gain_db, q, corner_hz = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = np.tan(np.pi * corner_hz / rate)
    high = 10 ** (gain_db / 20)
    band = high**0.4996667741545416
    scale = 1 + k / q + k * k
    return [
        (high + band * k / q + k * k) / scale,
        2 * (k * k - high) / scale,
        (high - band * k / q + k * k) / scale,
        1.0,
        2 * (k * k - 1) / scale,
        (1 - k / q + k * k) / scale,
    ]


def _high_pass(rate: int) -> list[float]:
    q, corner_hz = 0.5003270373238773, 38.13547087602444
    k = np.tan(np.pi * corner_hz / rate)
    scale = 1 + k / q + k * k
    return [1.0, -2.0, 1.0, 1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale]


def true_peaks(samples: Samples, at_least: float) -> Samples:
    """Each sample's peak between its neighbours, oversampled four times (BS.1770-5, annex 2).

    Only stretches that could reach `at_least` are oversampled; elsewhere it is the sample itself.
    """
    found = np.abs(samples)
    blocks = found[: len(found) // BLOCK * BLOCK].reshape(-1, BLOCK)
    near = np.flatnonzero(blocks.max(axis=1, initial=0) * HIGHEST_RISE >= at_least)
    starts = [*(near * BLOCK), *([len(found) - BLOCK] if len(found) % BLOCK else [])]
    padded = np.concatenate([np.zeros(MARGIN), samples, np.zeros(MARGIN + BLOCK)])
    for some in _batches(np.maximum(np.array(starts, np.int64), 0)):
        stretches = padded[some[:, np.newaxis] + np.arange(BLOCK + 2 * MARGIN)]
        dense = np.abs(signal.resample_poly(stretches, OVERSAMPLING, 1, axis=1))
        peaks = dense.reshape(len(some), -1, OVERSAMPLING).max(axis=2)[:, MARGIN:-MARGIN]
        for start, peak in zip(some, peaks, strict=True):
            here = found[start : start + BLOCK]
            np.maximum(here, peak[: len(here)], out=here)
    return found


def _batches(starts: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    """`starts` in parts small enough to stay in the processor's cache."""
    return [starts[at : at + 256] for at in range(0, len(starts), 256)]


def true_peak_dbtp(samples: Samples, matters_from: float = float("-inf")) -> float:
    """The highest true peak in dB of full scale; −inf for silence.

    Where it stays below `matters_from`, the highest sample may be given instead.
    """
    highest = max((float(np.abs(part).max()) for part in _minutes(samples)), default=0.0)
    matters = max(highest, 10 ** (matters_from / 20))
    for part in _minutes(samples):
        highest = max(highest, float(true_peaks(part, matters).max()))
    with np.errstate(divide="ignore"):
        return float(20 * np.log10(highest))


def _minutes(samples: Samples) -> Iterator[Samples]:
    """The sound in parts of about a minute that overlap by what the interpolator reaches."""
    for start in range(0, len(samples), MINUTE):
        yield samples[max(0, start - MARGIN) : start + MINUTE + MARGIN]
