"""Loudness and true peak as broadcasters measure them (ITU-R BS.1770-5, EBU R 128)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeVar, cast

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float64] | npt.NDArray[np.float32]
Part = TypeVar("Part", npt.NDArray[np.float64], npt.NDArray[np.float32], Samples)

ABSOLUTE_GATE_LUFS: Final = -70.0
RELATIVE_GATE_LU: Final = -10.0
BLOCK_SECONDS: Final = 0.4
STEPS_A_BLOCK: Final = 4
STEPS_A_PART: Final = 13
"""A part and what is heard before it are 62,000 samples at 44.1 kHz: they stay in the
processor's cache, and are a little less than a power of two."""
OVERSAMPLING: Final = 4
HIGHEST_RISE: Final = 2.25
"""The sum of the interpolator's taps: no peak rises further above the samples around it."""
BLOCK: Final = 64
MARGIN: Final = 12
MINUTE: Final = 60 * 44_100


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
        self.before = np.zeros(rate // 10, np.float32)
        self.waiting: list[Samples] = []
        self.length = 0
        self.steps: list[npt.NDArray[np.float64]] = []

    def hear(self, samples: Samples) -> None:
        """Hear the next part."""
        whole = self.step * STEPS_A_PART
        for part in regrouped([*self.waiting, samples], whole):
            self.waiting = [] if len(part) == whole else [part]
            if len(part) == whole:
                self._measure(part)

    def _measure(self, samples: Samples) -> None:
        heard = np.concatenate([self.before, np.asarray(samples, np.float32)])
        told = weighted(heard, len(self.before), self.rate)
        self.steps.append(np.square(told).reshape(-1, self.step).mean(axis=1, dtype=np.float64))
        self.before = heard[-len(self.before) :]
        self.length += len(samples)

    def power(self) -> npt.NDArray[np.float64]:
        """The mean square of each block of all that was heard; what is shorter than a block is
        measured as one."""
        rest = np.concatenate([np.zeros(0), *self.waiting])
        if (short := STEPS_A_BLOCK * self.step - self.length - len(rest)) > 0:
            rest = np.append(rest, np.zeros(short))
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
            yield cast("Part", np.concatenate([*held, here]))
            held, count = [], 0
        if len(part):
            held, count = [*held, part], count + len(part)
    if held:
        yield cast("Part", np.concatenate(held))


def weighted(heard: Samples, skip: int, rate: int) -> npt.NDArray[np.float32]:
    """Sound after its first `skip` samples, K-weighted, by its spectrum.

    The filter has forgotten what was a tenth of a second ago; so much is heard before.
    """
    size = 1 << (len(heard) - 1).bit_length()
    spectrum = np.fft.rfft(np.asarray(heard, np.float32), size) * _response(rate, size)
    return np.asarray(np.fft.irfft(spectrum, size)[skip : len(heard)], np.float32)


@cache
def _response(rate: int, size: int) -> npt.NDArray[np.complex64]:
    """What the K-weighting filter does to each frequency of a spectrum of `size` samples."""
    turn = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    powers = np.stack([np.ones_like(turn), turn, turn * turn])
    response = np.ones_like(turn)
    for section in k_weighting(rate):
        response *= (section[:3] @ powers) / (section[3:] @ powers)
    return np.asarray(response, np.complex64)


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
    near = np.flatnonzero(_highest_possible(samples, found) >= at_least)
    padded = np.concatenate([np.zeros(MARGIN), samples, np.zeros(MARGIN + BLOCK)])
    for some in _batches(near * BLOCK):
        stretches = padded[some[:, np.newaxis] + np.arange(BLOCK + 2 * MARGIN)]
        between = np.abs(stretches @ _between()).reshape(len(some), -1, BLOCK).max(axis=1)
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


def _highest_possible(samples: Samples, found: Samples) -> Samples:
    """What no peak of a block can exceed; blocks of `BLOCK`, the last one may be shorter.

    Between two samples a wave leaves the straight line only as far as it bends nearby.
    """
    plain, bent = _rises()
    bends = np.zeros_like(found)
    bends[1:-1] = np.abs(samples[:-2] - 2 * samples[1:-1] + samples[2:])
    bends[:1], bends[-1:] = 3 * found[:1], 3 * found[-1:]
    level, bend = (_around(_block_maxima(each)) for each in (found, bends))
    return np.minimum(HIGHEST_RISE * level, plain * level + bent * bend)


def _block_maxima(samples: Samples) -> Samples:
    whole = len(samples) // BLOCK * BLOCK
    maxima = samples[:whole].reshape(-1, BLOCK).max(axis=1, initial=0)
    return np.append(maxima, samples[whole:].max()) if whole < len(samples) else maxima


def _around(maxima: Samples) -> Samples:
    """The highest of each block and its neighbours: the interpolator reaches into them."""
    padded = np.pad(maxima, 1, mode="edge")
    return np.asarray(np.maximum(np.maximum(padded[:-2], padded[2:]), maxima))


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
    before: Samples = field(default_factory=lambda: np.zeros(0))

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
