"""The sound of her room, as long as it is needed, from the quietest stretch of a recording."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

GRAIN: Final = 8_820
"""Samples at 44.1 kHz (0.2 s) of one grain. Grains overlap by half, from places drawn by lot, so
that no loop is heard."""

Floats = npt.NDArray[np.float64]


class RoomTone:
    """Makes as much of a room's sound as is wanted; silence, where there is none to be had."""

    def __init__(self, quiet: Floats) -> None:
        self.quiet = quiet
        self.grain = min(GRAIN, len(quiet) // 2 // 2 * 2)

    def make(self, length: int, seed: int) -> Floats:
        """`length` samples; the same for the same seed."""
        if self.grain < 2:
            return np.zeros(length)
        half = self.grain // 2
        window = np.sin(np.pi * (np.arange(self.grain) + 0.5) / self.grain)
        lots = np.random.default_rng(seed)
        out = np.zeros(length + 2 * self.grain)
        for at in range(0, length + self.grain, half):
            start = int(lots.integers(0, len(self.quiet) - self.grain + 1))
            out[at : at + self.grain] += self.quiet[start : start + self.grain] * window
        return out[half : half + length]
