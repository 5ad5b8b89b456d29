"""True peaks as broadcasters measure them (ITU-R BS.1770-5, annex 2)."""

from __future__ import annotations

from collections.abc import Iterator
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
ROW: Final = 32 * BLOCK
BESIDE: Final = 2 * BLOCK
"""What is looked at of a row's neighbours: a block, and the whole of what that one bends."""
ROUNDING: Final = 1e-6
"""What float32 may take away of a height: it is looked at as that, whatever it is measured as."""
MARGIN: Final = 12
MINUTE: Final = 60 * 44_100


def peaks_above(
    samples: Samples, ceiling: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Which samples have a true peak above `ceiling` at them or behind them, and how high it is."""
    found: list[npt.NDArray[np.int64]] = [np.zeros(0, np.int64)]
    heights: list[npt.NDArray[np.float64]] = [np.zeros(0)]
    for starts, between in _oversampled(samples, ceiling):
        at = starts[:, np.newaxis] + np.arange(BLOCK)
        peaks = np.maximum(between, np.abs(samples[np.minimum(at, len(samples) - 1)]))
        above = (peaks > ceiling) & (at < len(samples))
        found.append(at[above])
        heights.append(peaks[above].astype(np.float64))
    return np.concatenate(found), np.concatenate(heights)


def _oversampled(
    samples: Samples, at_least: float
) -> Iterator[tuple[npt.NDArray[np.int64], Samples]]:
    """Blocks that could reach `at_least`: where each begins, and its peaks between samples."""
    near = _near(samples, at_least)
    if not near.size:
        return
    padded = np.pad(samples, (MARGIN, MARGIN + BLOCK))
    taps = _between().astype(samples.dtype)
    for some in _batches(near * BLOCK):
        stretches = padded[some[:, np.newaxis] + np.arange(BLOCK + 2 * MARGIN)]
        yield some, np.abs(stretches @ taps).reshape(len(some), -1, BLOCK).max(axis=1)


@cache
def _interpolator() -> npt.NDArray[np.float64]:
    """The taps of a windowed sinc that gives three values between two samples."""
    reach = 10 * OVERSAMPLING
    along = np.arange(-reach, reach + 1)
    taps = np.sinc(along / OVERSAMPLING) * np.kaiser(2 * reach + 1, 5.0)
    return np.asarray(taps * (OVERSAMPLING / taps.sum()))


@cache
def _between() -> npt.NDArray[np.float64]:
    """A stretch of samples → the three values between each and the next, phase by phase."""
    taps, middle = _interpolator(), 10 * OVERSAMPLING
    inputs = np.arange(BLOCK + 2 * MARGIN)[:, np.newaxis] - MARGIN
    columns = []
    for phase in range(1, OVERSAMPLING):
        offsets = (np.arange(BLOCK) - inputs) * OVERSAMPLING + phase
        inside = np.abs(offsets) <= middle
        columns.append(np.where(inside, taps[np.where(inside, offsets, 0) + middle], 0.0))
    return np.concatenate(columns, axis=1)


def _near(samples: Samples, at_least: float) -> npt.NDArray[np.int64]:
    """The blocks of `BLOCK` samples, the last one may be shorter, in which a peak could reach
    `at_least`; before the first sample and behind the last there is silence.

    Whole rows of blocks are looked at first: most of them are far below it.
    """
    count = -(-len(samples) // ROW)
    padded = np.zeros(count * ROW + 2 * BESIDE, np.float32)
    padded[BESIDE:][: len(samples)] = samples
    inner = slice(BESIDE, BESIDE + count * ROW)
    bends = np.zeros_like(padded)
    np.subtract(padded[1:], padded[:-1], out=bends[1:])
    bends[1:-1] = bends[2:] - bends[1:-1]
    level, bend = (_highest(each[inner].reshape(count, ROW)) for each in (padded, bends))
    rows = np.flatnonzero(_reach(level[np.newaxis], bend[np.newaxis], at_least))
    if not rows.size:
        return rows
    places = rows[:, np.newaxis] * ROW + np.arange(ROW + 2 * BESIDE)
    level, bend = (_by_blocks(np.abs(each[places])) for each in (padded, bends))
    beside = BESIDE // BLOCK
    held = _reach(level, bend, at_least)[:, beside:-beside]
    blocks = (rows[:, np.newaxis] * (ROW // BLOCK) + np.arange(ROW // BLOCK))[held]
    return blocks[blocks * BLOCK < len(samples)]


def _highest(rows: Samples) -> Samples:
    """How far each row goes from nothing."""
    return np.asarray(np.maximum(rows.max(axis=1), -rows.min(axis=1)))


def _by_blocks(rows: Samples) -> Samples:
    """The highest of each block of each row."""
    flat = rows.ravel()
    return np.maximum.reduceat(flat, np.arange(0, len(flat), BLOCK)).reshape(len(rows), -1)


def _reach(level: Samples, bend: Samples, at_least: float) -> npt.NDArray[np.bool_]:
    """Where sound of such height that bends so much could have a peak of `at_least` between its
    samples: the interpolator reaches into what lies beside.

    No peak rises further above the samples around it than `HIGHEST_RISE`; and between two samples
    a wave leaves the straight line only as far as it bends nearby.
    """
    plain, bent = _rises()
    height = _around(level)
    by_bend = plain * height + bent * _around(bend)
    surely = at_least * (1 - ROUNDING)
    return np.asarray((HIGHEST_RISE * height >= surely) & (by_bend >= surely))


def _around(highest: Samples) -> Samples:
    """The highest of each and of its neighbours in its row."""
    padded = np.pad(highest, ((0, 0), (1, 1)))
    return np.asarray(np.maximum(np.maximum(padded[:, :-2], padded[:, 2:]), highest))


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
        self.highest = max(self.highest, float(part.max()), -float(part.min()))
        heard = np.concatenate([self.before, part])
        self.highest = max(self.highest, self._between(heard, len(heard) - MARGIN))
        self.before = heard[-2 * MARGIN :]

    def _between(self, heard: Samples, until: int) -> float:
        """The highest peak between samples, where one could be the highest of all and matters."""
        begin = MARGIN if len(self.before) else 0
        highest = 0.0
        for starts, peaks in _oversampled(heard, max(self.highest, 10 ** (self.matters_from / 20))):
            at = starts[:, np.newaxis] + np.arange(BLOCK)
            inside = peaks[(at >= begin) & (at < until)]
            highest = max(highest, float(inside.max(initial=0)))
        return highest

    @property
    def dbtp(self) -> float:
        """The highest true peak, where nothing more is to come."""
        last = self._between(self.before, len(self.before))
        with np.errstate(divide="ignore"):
            return float(20 * np.log10(max(self.highest, last)))
