"""Loudness as broadcasters measure it (ITU-R BS.1770-5, EBU R 128)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar, cast

import numpy as np
import numpy.typing as npt

from leafcast.narration.sound.weighting import BLOCK, weighted

Samples = npt.NDArray[np.float64] | npt.NDArray[np.float32]
Part = TypeVar("Part", npt.NDArray[np.float64], npt.NDArray[np.float32], Samples)

ABSOLUTE_GATE_LUFS: Final = -70.0
RELATIVE_GATE_LU: Final = -10.0
BLOCK_SECONDS: Final = 0.4
STEPS_A_BLOCK: Final = 4
STEPS_A_PART: Final = 13
"""A part and what is heard before it are 62,000 samples at 44.1 kHz: they stay in the
processor's cache, and are a little less than a power of two."""


def integrated_lufs(samples: Samples, rate: int) -> float:
    """The gated loudness of mono sound (BS.1770-5, annex 1); −inf for silence.

    Blocks of 400 ms overlap by 75 %. Sound shorter than a block is measured as one.
    """
    return gated_lufs(block_power(samples, rate))


def gated_lufs(power: npt.NDArray[np.float64], gate_lu: float = RELATIVE_GATE_LU) -> float:
    """The loudness of blocks of this power, the silent and the very quiet left out: those more
    than `gate_lu` below the mean of what is not silent."""
    gated = power[_lufs(power) > ABSOLUTE_GATE_LUFS]
    if not gated.size:
        return float("-inf")
    threshold = _lufs(gated.mean()) + gate_lu
    return float(_lufs(gated[_lufs(gated) > threshold].mean()))


def block_power(samples: Samples, rate: int) -> npt.NDArray[np.float64]:
    """The mean square of each 400 ms block of K-weighted sound, in steps of 100 ms."""
    return power_of((samples,), rate)


def power_of(parts: Iterable[Samples], rate: int) -> npt.NDArray[np.float64]:
    """The same of sound that comes in parts of any length."""
    meter = PowerMeter(rate)
    for part in parts:
        meter.hear(part)
    return meter.power()


class PowerMeter:
    """The power of sound that comes in parts of any length; little of it is held at a time."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self.step = round(BLOCK_SECONDS * rate / STEPS_A_BLOCK)
        whole = self.step * STEPS_A_PART
        self.before = np.zeros(rate // 10 + -(whole + rate // 10) % BLOCK, np.float32)
        self.waiting: list[npt.NDArray[np.float32]] = []
        self.length = 0
        self.steps: list[npt.NDArray[np.float64]] = []

    def hear(self, samples: Samples) -> None:
        """Hear the next part."""
        whole = self.step * STEPS_A_PART
        for part in regrouped([*self.waiting, np.asarray(samples, np.float32)], whole):
            self.waiting = [] if len(part) == whole else [part]
            if len(part) == whole:
                self._measure(part)

    def _measure(self, samples: npt.NDArray[np.float32]) -> None:
        heard = np.concatenate([self.before, samples])
        told = weighted(heard, self.rate)[len(self.before) :]
        np.square(told, out=told)
        sums = told.reshape(-1, self.step).sum(axis=1)  # in pairs: none of the digits is lost
        self.steps.append(sums.astype(np.float64) / self.step)
        self.before = heard[-len(self.before) :]
        self.length += len(samples)

    def power(self) -> npt.NDArray[np.float64]:
        """The mean square of each block of all that was heard; what is shorter than a block is
        measured as one."""
        rest = np.concatenate([np.zeros(0, np.float32), *self.waiting])
        if (short := STEPS_A_BLOCK * self.step - self.length - len(rest)) > 0:
            rest = np.append(rest, np.zeros(short, np.float32))
        self.waiting = []
        if len(rest) >= self.step:
            self._measure(rest[: len(rest) // self.step * self.step])
        weights = np.full(STEPS_A_BLOCK, 1 / STEPS_A_BLOCK)
        return np.convolve(np.concatenate(self.steps), weights, "valid")


def regrouped(parts: Iterable[Part], length: int) -> Iterator[Part]:
    """The same sound in parts of `length`, the last one shorter."""
    held: list[Any] = []
    count = 0
    for part in parts:
        while count + len(part) >= length:
            here, part = part[: length - count], part[length - count :]
            yield cast("Part", np.concatenate([*held, here]) if held else here)
            held, count = [], 0
        if len(part):
            held, count = [*held, part], count + len(part)
    if held:
        yield cast("Part", np.concatenate(held) if len(held) > 1 else held[0])


def _lufs(power: npt.NDArray[np.float64] | np.float64) -> npt.NDArray[np.float64]:
    with np.errstate(divide="ignore"):
        return np.asarray(-0.691 + 10 * np.log10(power))
