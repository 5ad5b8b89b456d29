"""Filters and runs, in NumPy alone: sound by its spectrum, and stretches of what is true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

BLOCK: Final = 1 << 19
MARGIN_SECONDS: Final = 0.25
"""A filter has forgotten what is so long ago; so much is heard before and after each block."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Response = Callable[[Floats], Floats]


def filtered(samples: npt.NDArray[np.floating], rate: int, response: Response) -> Floats:
    """Sound through a filter that turns no phase, a block at a time.

    `response` gives the factor at each frequency in Hz.
    """
    margin = round(MARGIN_SECONDS * rate)
    size = min(BLOCK, 1 << (len(samples) + 2 * margin - 1).bit_length())
    factors = response(np.asarray(np.fft.rfftfreq(size, 1 / rate), np.float64))
    step = size - 2 * margin
    out = np.empty(len(samples))
    for start in range(0, len(samples), step):
        block = np.zeros(size)
        begin, end = max(0, start - margin), min(len(samples), start + step + margin)
        block[begin - start + margin : end - start + margin] = samples[begin:end]
        told = np.fft.irfft(np.fft.rfft(block) * factors, size)
        length = min(step, len(samples) - start)
        out[start : start + length] = told[margin : margin + length]
    return out


def high_pass(corner_hz: float, order: int) -> Response:
    """A Butterworth filter's magnitude: 3 dB less at the corner, then 6 dB an octave and order."""
    return lambda hz: 1 / np.sqrt(1 + (corner_hz / np.maximum(hz, 1e-9)) ** (2 * order))


def low_pass(corner_hz: float, order: int) -> Response:
    """The same below a corner."""
    return lambda hz: 1 / np.sqrt(1 + (hz / corner_hz) ** (2 * order))


def band_pass(low_hz: float, high_hz: float, order: int) -> Response:
    """Between two corners."""
    low, high = high_pass(low_hz, order), low_pass(high_hz, order)
    return lambda hz: low(hz) * high(hz)


def runs(flags: Flags) -> list[tuple[int, int]]:
    """Each stretch that is true: its first place, and the one after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def without_short(flags: Flags, least: int) -> Flags:
    """`flags` without stretches shorter than `least`."""
    kept = flags.copy()
    for start, end in runs(flags):
        if end - start < least:
            kept[start:end] = False
    return kept


def closed(flags: Flags, least: int) -> Flags:
    """`flags` without gaps shorter than `least`; before the first and after the last they stay."""
    gaps = ~flags
    for start, end in runs(gaps):
        if end - start < least and start and end < len(flags):
            gaps[start:end] = False
    return ~gaps


def percentile_around(values: Floats, share: float, size: int) -> Floats:
    """The percentile `share` of the `size` values around each, a part at a time."""
    padded = np.pad(values, size // 2, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, size)
    rank = min(size - 1, int(share / 100 * size))
    parts = [
        np.partition(windows[at : at + 10_000], rank, axis=1)[:, rank]
        for at in range(0, len(values), 10_000)
    ]
    return np.concatenate([part[: len(values)] for part in parts] or [values])[: len(values)]
