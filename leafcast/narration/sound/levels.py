"""What encoded sound measures when it is decoded, kept by the sound's own bytes.

A section's encoded frames stand in several files. They are measured once, and a file whose
frames are known measures what they measure together.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.cache import Cache, digest
from leafcast.narration.sound import ffmpeg
from leafcast.narration.sound.formats import aac, mp3, ogg
from leafcast.narration.sound.loudness import block_power, gated_lufs, true_peak_dbtp
from leafcast.narration.sound.wave import decode
from leafcast.practice.profiles import PEAK_MARGIN_DB
from leafcast.practice.project import Sound

KIND: Final = "levels"
VERSION: Final = 3
"""Counted up when the same sound would be measured otherwise."""
HEARD: Final = 10 ** (-50 / 20)
"""What is quieter at a file's ends counts as its quiet head and tail."""


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
    44.1 kHz.

    Raises SoundError or ToolMissing.
    """
    rate = ogg.RATE_HZ if path.suffix == ".opus" else 44_100
    heard = decode(path, rate, form.channels)
    if part:
        start, length = (round(each * rate / 44_100) for each in part)
        heard = heard[start : start + length]
    return measure_samples(heard, rate, form.aimed_dbtp)


def measure_samples(
    samples: npt.NDArray[np.float32], rate: int, most_dbtp: float = float("-inf")
) -> Levels:
    """Sound as samples, one column a channel."""
    columns = [np.ascontiguousarray(each) for each in samples.T]
    power = np.sum([block_power(each, rate) for each in columns], axis=0)
    peak = max(true_peak_dbtp(each, most_dbtp) for each in columns)
    half = rate // 2
    squares = np.square(samples, dtype=np.float32).mean(axis=1, dtype=np.float64)
    halves = squares[: len(squares) // half * half].reshape(-1, half).mean(axis=1)
    heard = np.flatnonzero(squares > HEARD**2)
    first, last = (heard[0], heard[-1]) if heard.size else (len(squares), -1)
    whole = float(squares.mean()) if len(squares) else 0.0
    quietest = float(halves.min()) if halves.size else whole
    seconds = len(squares) / rate
    return Levels(
        power, peak, whole, quietest, seconds, first / rate, (len(squares) - 1 - last) / rate
    )


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
    return digest(VERSION, key, *astuple(form), ffmpeg.chosen().identity)


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
