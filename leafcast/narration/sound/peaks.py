"""True peaks as broadcasters measure them (ITU-R BS.1770-5, annex 2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float64] | npt.NDArray[np.float32]

OVERSAMPLING: Final = 4
HIGHEST_RISE: Final = 2.25
"""The sum of the interpolator's taps: no peak rises further above the samples around it."""
BLOCK: Final = 64
MARGIN: Final = 12
MINUTE: Final = 60 * 44_100


def true_peaks(samples: Samples, at_least: float) -> Samples:
    """Each sample's peak between its neighbours, oversampled four times (BS.1770-5, annex 2).

    Only stretches that could reach `at_least` are oversampled; elsewhere it is the sample itself.
    """
    found = np.abs(samples)
    near = _near(samples, found, at_least)
    if not near.size:
        return found
    padded = np.pad(samples, (MARGIN, MARGIN + BLOCK))
    taps = _between().astype(samples.dtype)
    for some in _batches(near * BLOCK):
        stretches = padded[some[:, np.newaxis] + np.arange(BLOCK + 2 * MARGIN)]
        between = np.abs(stretches @ taps).reshape(len(some), -1, BLOCK).max(axis=1)
        for start, peak in zip(some, between, strict=True):
            here = found[start : start + BLOCK]
            np.maximum(here, peak[: len(here)], out=here)
    return found


@cache
def _interpolator() -> npt.NDArray[np.float64]:
    """The taps of a windowed sinc that gives three values between two samples."""
    reach = 10 * OVERSAMPLING
    along = np.arange(-reach, reach + 1)
    taps = np.sinc(along / OVERSAMPLING) * np.kaiser(2 * reach + 1, 5.0)
    return np.asarray(taps * (OVERSAMPLING / taps.sum()))


@cache
def _between() -> npt.NDArray[np.float64]:
    """A stretch of samples → the values between them, phase by phase."""
    taps, middle = _interpolator(), 10 * OVERSAMPLING
    inputs = np.arange(BLOCK + 2 * MARGIN)[:, np.newaxis] - MARGIN
    columns = []
    for phase in range(OVERSAMPLING):
        offsets = (np.arange(BLOCK) - inputs) * OVERSAMPLING + phase
        inside = np.abs(offsets) <= middle
        columns.append(np.where(inside, taps[np.where(inside, offsets, 0) + middle], 0.0))
    return np.concatenate(columns, axis=1)


def _near(samples: Samples, found: Samples, at_least: float) -> npt.NDArray[np.int64]:
    """The blocks of `BLOCK` samples, the last one may be shorter, in which a peak could reach
    `at_least`.

    No peak rises further above the samples around it than `HIGHEST_RISE`; and between two samples
    a wave leaves the straight line only as far as it bends nearby. The second costs more, and is
    asked only where the first leaves a doubt.
    """
    if not len(found):
        return np.zeros(0, np.int64)
    level = _around(np.maximum.reduceat(found, np.arange(0, len(found), BLOCK)))
    near = np.flatnonzero(HIGHEST_RISE * level >= at_least)
    if not near.size:
        return near
    plain, bent = _rises()
    highest = plain * level[near] + bent * _bends(samples, near, len(level))
    return near[highest >= at_least]


def _around(maxima: Samples) -> Samples:
    """The highest of each block and its neighbours: the interpolator reaches into them."""
    padded = np.pad(maxima, 1, mode="edge")
    return np.asarray(np.maximum(np.maximum(padded[:-2], padded[2:]), maxima))


def _bends(samples: Samples, near: npt.NDArray[np.int64], blocks: int) -> Samples:
    """How far sound bends at most in each of these blocks and their neighbours; before its first
    sample and behind its last there is silence."""
    padded = np.zeros((blocks + 2) * BLOCK + 2, samples.dtype)
    padded[BLOCK + 1 :][: len(samples)] = samples
    wanted = np.zeros(blocks + 2, bool)
    for beside in (0, 1, 2):
        wanted[near + beside] = True
    rows = np.flatnonzero(wanted)
    stretches = padded[rows[:, np.newaxis] * BLOCK + np.arange(BLOCK + 2)]
    slopes = stretches[:, 1:] - stretches[:, :-1]
    bends = np.zeros(blocks + 2, samples.dtype)
    bends[rows] = np.abs(slopes[:, 1:] - slopes[:, :-1]).max(axis=1)
    return np.asarray(np.maximum(np.maximum(bends[near], bends[near + 1]), bends[near + 2]))


@cache
def _rises() -> tuple[float, float]:
    """How high the interpolator rises at most above its samples, by their height and their bend.

    Each phase's taps are those of the straight line, a little of the sample and of the slope,
    and a sum of second differences: summed by parts twice.
    """
    taps, middle = _interpolator(), 10 * OVERSAMPLING
    plain, bent = 0.0, 0.0
    for phase in range(OVERSAMPLING):
        along = np.arange(-12, 13)
        offsets = phase - along * OVERSAMPLING
        inside = np.abs(offsets) <= middle
        weights = np.where(inside, taps[np.where(inside, offsets, 0) + middle], 0.0)
        share = phase / OVERSAMPLING
        weights = weights - (along == 0) * (1 - share) - (along == 1) * share
        height, slope = weights.sum(), (weights * along).sum()
        weights = weights - (along == 0) * (height - slope) - (along == 1) * slope
        plain = max(plain, 1 + abs(height) + 2 * abs(slope))
        bent = max(bent, float(np.abs(np.cumsum(np.cumsum(weights))).sum()))
    return plain, bent


def _batches(starts: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    """`starts` in parts small enough to stay in the processor's cache."""
    return [starts[at : at + 256] for at in range(0, len(starts), 256)]


def true_peak_dbtp(samples: Samples, matters_from: float = float("-inf")) -> float:
    """The highest true peak in dB of full scale; −inf for silence.

    Where it stays below `matters_from`, the highest sample may be given instead.
    """
    meter = PeakMeter(matters_from)
    for start in range(0, len(samples), MINUTE):
        meter.hear(samples[start : start + MINUTE])
    return meter.dbtp


@dataclass(slots=True)
class PeakMeter:
    """The highest true peak of sound that comes in parts; see `true_peak_dbtp`."""

    matters_from: float = float("-inf")
    highest: float = 0.0
    before: Samples = field(default_factory=lambda: np.zeros(0, np.float32))

    def hear(self, part: Samples) -> None:
        """Hear the next part. What lies at its very end is measured with what follows it, for
        the interpolator reaches over both.
        """
        if not len(part):
            return
        self.highest = max(self.highest, float(np.abs(part).max()))
        heard = np.concatenate([self.before, part])
        found = self._found(heard)[:-MARGIN]
        self.highest = max(self.highest, float(found.max(initial=0)))
        self.before = heard[-2 * MARGIN :]

    def _found(self, heard: Samples) -> Samples:
        matters = max(self.highest, 10 ** (self.matters_from / 20))
        return true_peaks(heard, matters)[MARGIN if len(self.before) else 0 :]

    @property
    def dbtp(self) -> float:
        """The highest true peak, where nothing more is to come."""
        last = float(self._found(self.before).max(initial=0)) if len(self.before) else 0.0
        with np.errstate(divide="ignore"):
            return float(20 * np.log10(max(self.highest, last)))
