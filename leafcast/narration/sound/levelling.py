"""Gain and limiter: a passage at its loudness, with no peak above the ceiling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.narration.sound.joining import PART, RATE_HZ, Floats
from leafcast.narration.sound.loudness import (
    RELATIVE_GATE_LU,
    PowerMeter,
    gated_lufs,
    regrouped,
)
from leafcast.narration.sound.peaks import peaks_above
from leafcast.narration.sound.wave import FULL_SCALE, write_wave
from leafcast.practice.profiles import RMS_MARGIN_DB

GAIN_STEP_DB: Final = 0.25
"""Gains are whole steps, so that an edited sentence seldom moves one. Half a step, and what an
encoder does to the loudness of a short text (0.1 LU), stay well inside the ±0.5 LU allowed."""
MOST_APART_DB: Final = 3.0
"""How far a passage's gain may be from the programme's: what is meant to be quiet stays so."""
MOST_LIFT_DB: Final = 12.0
"""What the limiter may be driven by: as much as makes a voice of very high peaks as loud as others,
and too little to turn clicks into a voice."""
MOST_ROUNDS: Final = 10
LEAST_GIVEN: Final = 0.05
"""How many LU a decibel of gain has to give: below it, twice in a row, the limiter takes away what
is given. Once may be a quiet end that the gain has brought past the gate of the loudness."""
GATE_MARGIN_LU: Final = 0.3
"""By how much an encoder or another meter may see a block of sound louder or softer than we do."""
LOOK_AHEAD_MS: Final = 5

REACH: Final = 4096
"""Samples that the limiter looks ahead and back, several times over."""

Samples = npt.NDArray[np.int16]


def stepped(gain_db: float) -> float:
    """The gain as a whole number of steps."""
    return round(gain_db / GAIN_STEP_DB) * GAIN_STEP_DB


def passage_gain_db(missing_lu: float, programme_db: float) -> float:
    """The gain of a passage that lacks `missing_lu`, near the programme's."""
    low, high = programme_db - MOST_APART_DB, programme_db + MOST_APART_DB
    return min(max(stepped(missing_lu), low), high)


@dataclass(frozen=True, slots=True)
class Aim:
    """The gain that a passage is first given, and how loud it is to be; None for silence.

    The limiter takes away of its loudness, so that it may be given up to `MOST_LIFT_DB` more.
    """

    gain_db: float
    lufs: float | None


def write_levelled(
    path: Path,
    dense: Callable[[], Iterable[Floats]],
    aim: Aim,
    ceiling: float,
    rms_db: tuple[float, float] | None = None,
) -> int:
    """The passage as a WAV file, with the gain that brings it to its level after the limiter;
    gives its length in samples.

    `dense` gives its sound in parts, once for each round. `rms_db` is the range of its root mean
    square, where that counts.
    """
    least, most = aim.gain_db - MOST_LIFT_DB, aim.gain_db + MOST_LIFT_DB
    gain_db, step, before, gives = aim.gain_db, 0.0, 0.0, 1.0
    in_vain = 0
    heard = _write(path, dense(), gain_db, ceiling)
    for _ in range(MOST_ROUNDS):
        missed = _missed(heard, aim, rms_db)
        if abs(missed) <= GAIN_STEP_DB / 2 + 0.05:
            break
        if step:
            gives = min((before - missed) / step, 1.0)
            in_vain = in_vain + 1 if gives < LEAST_GIVEN else 0
        if in_vain > 1:
            break
        if in_vain:
            gives = 1.0
        step = stepped(missed / gives) or float(np.copysign(GAIN_STEP_DB, missed))
        step = min(max(gain_db + step, least), most) - gain_db
        if not step:
            break
        gain_db, before = gain_db + step, missed
        heard = _write(path, dense(), gain_db, ceiling)
    return heard.length


class _Heard:
    """The loudness and the mean square of what was written."""

    def __init__(self) -> None:
        self.loudness = PowerMeter(RATE_HZ)
        self.length, self.squares = 0, 0.0

    def hear(self, samples: Samples) -> Samples:
        told = samples * np.float32(1 / FULL_SCALE)
        self.loudness.hear(told)
        self.squares += float(np.square(told).sum())
        self.length += len(samples)
        return samples


def _write(path: Path, dense: Iterable[Floats], gain_db: float, ceiling: float) -> _Heard:
    """The sound limited and written; what it measures."""
    heard = _Heard()
    write_wave(path, map(heard.hear, finish(dense, 10 ** (gain_db / 20), ceiling)), RATE_HZ)
    return heard


def _missed(heard: _Heard, aim: Aim, rms_db: tuple[float, float] | None) -> float:
    """How much louder a master has to be; where its root mean square counts, to be in range."""
    lufs = _surely_lufs(heard.loudness.power())
    if aim.lufs is None or not np.isfinite(lufs):
        return 0.0
    missing = aim.lufs - lufs
    if not rms_db:
        return missing
    low, high = rms_db
    rms = 10 * np.log10(heard.squares / heard.length)
    return float(np.clip(rms + missing, low + RMS_MARGIN_DB, high - RMS_MARGIN_DB) - rms)


def _surely_lufs(power: Floats) -> float:
    """The middle of what meters may tell of it, for a block at the gate is counted by one and not
    by the next: of a word or two, such a block is most of a LU."""
    gates = (RELATIVE_GATE_LU - GATE_MARGIN_LU, RELATIVE_GATE_LU, RELATIVE_GATE_LU + GATE_MARGIN_LU)
    told = [gated_lufs(power, gate) for gate in gates]
    return (min(told) + max(told)) / 2


def finish(dense: Iterable[Floats], gain: float, ceiling: float) -> Iterator[Samples]:
    """Sound with its gain, limited, as 16-bit samples, in parts.

    What the limiter does to a sample depends on those within `REACH` of it, so that each part is
    limited together with as many before and after it.
    """
    before = np.zeros(0)
    held = np.zeros(0)
    for part in chain(regrouped(dense, PART), [np.zeros(0)]):
        after = part[:REACH] * gain
        if len(held):
            limited = limit(np.concatenate([before, held, after]), ceiling)
            told = limited[len(before) :][: len(held)] * FULL_SCALE
            np.clip(told, -FULL_SCALE, FULL_SCALE, out=told)
            yield np.rint(told, out=told).astype(np.int16)
            before = held[-REACH:]
        held = part * gain


def limit(samples: Floats, ceiling: float) -> Floats:
    """`samples` with no true peak above `ceiling`, turned down smoothly before each peak."""
    at, heights = peaks_above(samples, ceiling)
    if not at.size:
        return samples
    limited = samples.copy()
    reach = LOOK_AHEAD_MS * RATE_HZ // 1000
    width = 2 * reach + 1
    for run in np.split(np.arange(len(at)), np.flatnonzero(np.diff(at) > 4 * width) + 1):
        start, end = max(0, at[run[0]] - 2 * width), at[run[-1]] + 2 * width
        needed = np.ones(len(samples[start:end]))
        needed[at[run] - start] = ceiling / heights[run]
        held = _lowest_around(needed, width)
        limited[start:end] *= _mean_around(_mean_around(held, reach), reach)
    return limited


def _lowest_around(values: Floats, reach: int) -> Floats:
    """The lowest value within `reach` of each: the lowest of what is left of a block and of what
    has come of the next (van Herk's way)."""
    width = 2 * reach + 1
    rest = -(len(values) + 2 * reach) % width
    blocks = np.pad(values, (reach, reach + rest), mode="edge").reshape(-1, width)
    come = np.minimum.accumulate(blocks, axis=1).ravel()
    left = np.minimum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.asarray(np.minimum(left[: len(values)], come[width - 1 :][: len(values)]))


def _mean_around(values: Floats, reach: int) -> Floats:
    """The mean of the values within `reach` of each."""
    sums = np.cumsum(np.pad(values, (reach + 1, reach), mode="edge"))
    width = 2 * reach + 1
    return np.asarray((sums[width:] - sums[:-width]) / width)
