"""What encoded sound measures when it is decoded, kept by the sound's own bytes.

A section's encoded frames stand in several files. They are measured once, and a file whose
frames are known measures what they measure together.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.narration.sound import ffmpeg, libsndfile
from leafcast.narration.sound.formats import aac, mp3, ogg
from leafcast.narration.sound.loudness import PowerMeter, gated_lufs, regrouped
from leafcast.narration.sound.peaks import PeakMeter
from leafcast.narration.sound.wave import decoded
from leafcast.practice.profiles import PEAK_MARGIN_DB
from leafcast.practice.project import Sound
from leafcast.state.cache import Cache, digest

KIND: Final = "levels"
VERSION: Final = 6
"""Counted up when the same sound would be measured otherwise."""
PART_HALVES: Final = 6
"""Half seconds that are measured at once."""
HEARD: Final = 10 ** (-50 / 20)
"""What is quieter at a file's ends counts as its quiet head and tail."""


Samples = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """What decoded sound measures.

    `power` is that of its 400 ms blocks, all channels together; `square` the mean square of a
    channel; `quietest` that of the quietest half second; `head` and `tail` the seconds of quiet
    at its ends.
    """

    power: npt.NDArray[np.float64]
    peak_dbtp: float
    square: float
    quietest: float
    seconds: float
    head: float
    tail: float

    @property
    def lufs(self) -> float:
        """The gated loudness."""
        return gated_lufs(self.power)

    @property
    def rms_db(self) -> float:
        """The root mean square in dB of full scale."""
        return _db(self.square)

    @property
    def noise_db(self) -> float:
        """The root mean square of the quietest half second, in dB of full scale."""
        return _db(self.quietest)


def _db(square: float) -> float:
    with np.errstate(divide="ignore"):
        return float(10 * np.log10(square))


def together(parts: Sequence[Levels]) -> Levels:
    """What sounds measure one after the other, with silence where they meet."""
    seconds = sum(each.seconds for each in parts)
    return Levels(
        np.concatenate([each.power for each in parts]),
        max(each.peak_dbtp for each in parts),
        sum(each.square * each.seconds for each in parts) / seconds,
        min(each.quietest for each in parts),
        seconds,
        parts[0].head,
        parts[-1].tail,
    )


@dataclass(frozen=True, slots=True)
class Form:
    """How files are measured: their channels, and the peak that is aimed at, from which on peaks
    are exact."""

    channels: int
    aimed_dbtp: float

    @classmethod
    def of(cls, wanted: Sound) -> Form:
        """As is asked for."""
        return cls(wanted.channels, wanted.peak_dbtp - PEAK_MARGIN_DB)


def measure(path: Path, form: Form, part: tuple[int, int] | None = None) -> Levels:
    """A sound file as a player hears it, or a part of it: from which sample, and how many, at
    44.1 kHz. It is decoded and measured as it comes, whatever its length.

    Raises SoundError or ToolMissing.
    """
    rate = ogg.RATE_HZ if path.suffix == ".opus" else 44_100
    start, length = (round(each * rate / 44_100) for each in part or (0, 0))
    heard = decoded(path, rate, form.channels)
    if part:
        heard = _within(heard, start, start + length)
    return measure_parts(heard, rate, form.channels, form.aimed_dbtp)


def _within(parts: Iterable[Samples], start: int, end: int) -> Iterator[Samples]:
    """The samples from `start` to `end` of sound that comes in parts."""
    at = 0
    for part in parts:
        yield part[max(0, start - at) : max(0, end - at)]
        at += len(part)


def measure_samples(samples: Samples, rate: int, most_dbtp: float = float("-inf")) -> Levels:
    """Sound as samples, one column a channel."""
    return measure_parts((samples,), rate, samples.shape[1], most_dbtp)


def measure_parts(
    parts: Iterable[Samples], rate: int, channels: int, most_dbtp: float = float("-inf")
) -> Levels:
    """Sound that comes in parts, one column a channel."""
    meters = [_Channel(rate, most_dbtp) for _ in range(channels)]
    squares = _Squares(rate)
    for part in regrouped(parts, PART_HALVES * (rate // 2)):
        columns = [np.ascontiguousarray(column) for column in part.T]
        squares.hear(columns)
        for meter, column in zip(meters, columns, strict=True):
            meter.hear(column)
    power = np.sum([meter.power() for meter in meters], axis=0)
    return squares.levels(power, max(meter.peak.dbtp for meter in meters))


class _Channel:
    """One channel's loudness and peak, part by part."""

    def __init__(self, rate: int, most_dbtp: float) -> None:
        self.peak = PeakMeter(most_dbtp)
        self.loudness = PowerMeter(rate)

    def hear(self, samples: Samples) -> None:
        self.peak.hear(samples)
        self.loudness.hear(samples)

    def power(self) -> npt.NDArray[np.float64]:
        return self.loudness.power()


class _Squares:
    """The mean square of sound and of its quietest half second, and the quiet at its ends."""

    def __init__(self, rate: int) -> None:
        self.rate, self.half = rate, rate // 2
        self.length, self.sum, self.quietest = 0, 0.0, float("inf")
        self.first, self.last = -1, -1

    def hear(self, columns: Sequence[Samples]) -> None:
        """The next part, a column a channel: whole half seconds, but for the last."""
        length = len(columns[0])
        whole = length // self.half * self.half
        halves = _squared([each[:whole].reshape(-1, self.half) for each in columns])
        rest = _squared([each[whole:].reshape(1, -1) for each in columns])
        self.quietest = min(self.quietest, float(halves.min(initial=np.inf)) / self.half)
        self.sum += float(halves.sum() + rest.sum())
        self._ends(columns, range(0, length, self.half))
        self.length += length

    def _ends(self, columns: Sequence[Samples], starts: range) -> None:
        """Where the first sound is heard, and the last: the half seconds between do not matter."""
        for start in starts if self.first < 0 else ():
            if (heard := self._heard(columns, start)).size:
                self.first = int(heard[0])
                break
        for start in reversed(starts):
            if (heard := self._heard(columns, start)).size:
                self.last = int(heard[-1])
                break

    def _heard(self, columns: Sequence[Samples], start: int) -> npt.NDArray[np.intp]:
        """Which samples of half a second are more than quiet."""
        squares = np.mean([np.square(each[start : start + self.half]) for each in columns], axis=0)
        return np.flatnonzero(squares > HEARD**2) + (self.length + start)

    def levels(self, power: npt.NDArray[np.float64], peak_dbtp: float) -> Levels:
        """What all of it measures."""
        whole = self.sum / self.length if self.length else 0.0
        quietest = self.quietest if np.isfinite(self.quietest) else whole
        first = self.first if self.first >= 0 else self.length
        head, tail = first / self.rate, (self.length - 1 - self.last) / self.rate
        return Levels(power, peak_dbtp, whole, quietest, self.length / self.rate, head, tail)


def _squared(channels: Sequence[Samples]) -> npt.NDArray[np.float64]:
    """The sum of the squares of each row, the mean of all channels."""
    sums = [np.square(rows).sum(axis=1) for rows in channels]
    return np.asarray(np.mean(sums, axis=0, dtype=np.float64))


# ---------------------------------------------------------------- kept


def measured(
    path: Path,
    key: str,
    form: Form,
    cache: Cache,
    *,
    part: tuple[int, int] | None = None,
) -> Levels:
    """The levels of a file or a part of it, as `measure` gives them, once for each `key`."""
    if (stored := read_levels(key, form, cache)) is not None:
        return stored
    found = measure(path, form, part)
    cache.write(KIND, _key(key, form), _packed(found))
    return found


def read_levels(key: str, form: Form, cache: Cache) -> Levels | None:
    """The levels kept under `key`, or None."""
    stored = cache.read(KIND, _key(key, form))
    return None if stored is None else _unpacked(stored)


def _key(key: str, form: Form) -> str:
    by = (ffmpeg.chosen().identity, libsndfile.identity())
    return digest(VERSION, key, *astuple(form), *by)


def _packed(levels: Levels) -> bytes:
    told = [levels.peak_dbtp, levels.square, levels.quietest]
    head = json.dumps([*told, levels.seconds, levels.head, levels.tail]).encode()
    return struct.pack("<I", len(head)) + head + levels.power.astype("<f8").tobytes()


def _unpacked(stored: bytes) -> Levels:
    (length,) = struct.unpack_from("<I", stored)
    return Levels(np.frombuffer(stored[4 + length :], "<f8"), *json.loads(stored[4 : 4 + length]))


# ---------------------------------------------------------------- what a piece is known by


def mp3_key(frames: Sequence[mp3.Bytes]) -> str:
    """The name of a section's frames, without what the encoder wrote after it."""
    return digest("mp3", b"".join(frames))


def aac_key(frames: Sequence[aac.Bytes]) -> str:
    """The name of a section's frames without their heads, which MP4 does not have."""
    return digest("aac", b"".join(frames))


def opus_key(packets: Sequence[bytes]) -> str:
    """The name of a section's packets, without the silence around them."""
    first, last = 0, len(packets)
    while first < last and ogg.is_silence(packets[first]):
        first += 1
    while last > first and ogg.is_silence(packets[last - 1]):
        last -= 1
    told = packets[first:last]
    return digest("opus", [len(packet) for packet in told], b"".join(told))
