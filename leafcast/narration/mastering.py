"""Script and clips → Narration: joined, resampled, levelled, limited; one WAV a passage.

The whole programme has one gain, so that nothing jumps in loudness. The gain is rounded to a
step, and each passage is resampled and limited on its own: when one sentence changes, the other
passages stay the same to the last bit. The episode is the passages' masters one after the other.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import gcd
from pathlib import Path
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import ndimage, signal

from leafcast.cache import Cache, digest, write_beside
from leafcast.errors import SoundError
from leafcast.narration import sound as files
from leafcast.narration.loudness import block_power, gated_lufs, true_peaks
from leafcast.narration.model import (
    Cast,
    Clip,
    Cue,
    Narration,
    Passage,
    Pause,
    Script,
    SpokenPassage,
    Utterance,
    VoiceSpec,
    WordMark,
)
from leafcast.narration.words import word_cues
from leafcast.project import Sound

RATE_HZ: Final = 44_100
GAIN_STEP_DB: Final = 0.5
MOST_ROUNDS: Final = 6
ENCODER_GAIN_DB: Final = -0.4455
"""LAME scales by 0.95 in constant bit rate: 20·log10(0.95)."""
ENCODER_OVERSHOOT_DB: Final = 1.0
"""What MP3 may add to a peak; the limiter leaves room for it."""
LOOK_AHEAD_MS: Final = 5
QUIET_MS: Final = 300
"""How long a sentence of symbols alone is given."""

FULL_SCALE: Final = 32_767
MASTER: Final = "masters"
POWER: Final = "power"
VERSION: Final = 1
"""Counted up when the same sound would be mastered otherwise."""

Floats = npt.NDArray[np.float64]
Samples = npt.NDArray[np.int16]
_In = TypeVar("_In")
_Out = TypeVar("_Out")


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the mastering is done: the level wanted, the masters' folder, what was done before."""

    wanted: Sound
    folder: Path
    cache: Cache


@dataclass(frozen=True, slots=True)
class Span:
    """Where an utterance lies in its passage, and its words in their place, in samples."""

    utterance: Utterance
    start: int
    end: int
    words: tuple[WordMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """A passage's sound before it is levelled: clips of any rate, and silences, in samples at
    44.1 kHz; and where each utterance lies, at 44.1 kHz.

    It is made dense only when something is to be made of it: what has not changed is not.
    """

    passage: Passage
    pieces: tuple[Clip | int, ...]
    spans: tuple[Span, ...]
    key: str

    @property
    def length(self) -> int:
        """How many samples it has at 44.1 kHz."""
        return sum(map(dense_length, self.pieces))

    def dense(self) -> Floats:
        """All pieces one after the other at 44.1 kHz."""
        return np.concatenate(
            [
                np.zeros(piece) if isinstance(piece, int) else resample(piece.samples, piece.rate)
                for piece in self.pieces
            ]
            or [np.zeros(0)]
        )


def master(
    script: Script, read_clip: Callable[[Utterance], Clip | None], cast: Cast, bench: Bench
) -> Narration:
    """Master the whole script.

    Raises SoundError when a clip is missing, OSError when a master cannot be written.
    """
    joined = [join_passage(passage, read_clip) for passage in script.passages]
    return _narrate(script, cast.own, (joined, level(joined, bench)), bench.folder)


def join_passage(passage: Passage, read_clip: Callable[[Utterance], Clip | None]) -> Joined:
    """Clips and pauses of one passage one after the other, counted in samples."""
    pieces: list[Clip | int] = []
    spans = []
    at = 0
    for part in passage.parts:
        if isinstance(part, Pause):
            piece: Clip | int = _silence(part.ms)
            length = _silence(part.ms)
        else:
            piece = _sound_of(part, read_clip)
            length = dense_length(piece)
            spans.append(Span(part, at, at + length, _dense_words(piece, at)))
        pieces.append(piece)
        at += length
    return Joined(passage, tuple(pieces), tuple(spans), _key(pieces))


def _silence(ms: int) -> int:
    return round(ms * RATE_HZ / 1000)


def _sound_of(utterance: Utterance, read_clip: Callable[[Utterance], Clip | None]) -> Clip | int:
    if not utterance.spoken:
        return _silence(QUIET_MS)
    clip = read_clip(utterance)
    if clip is None:
        raise SoundError(f"The sound of “{utterance.shown}” is missing", "Run the build again")
    return clip


def _dense_words(piece: Clip | int, at: int) -> tuple[WordMark, ...]:
    if isinstance(piece, int):
        return ()
    return tuple(
        replace(
            mark,
            start=at + dense_position(mark.start, piece.rate),
            end=at + dense_position(mark.end, piece.rate),
        )
        for mark in piece.words
    )


def _key(pieces: Iterable[Clip | int]) -> str:
    """The hash of the sound."""
    parts: list[object] = [VERSION]
    for piece in pieces:
        parts += [piece] if isinstance(piece, int) else [piece.rate, piece.samples.tobytes()]
    return digest(*parts)


def dense_length(piece: Clip | int) -> int:
    """How many samples a piece has at 44.1 kHz."""
    if isinstance(piece, int):
        return piece
    return -(-len(piece.samples) * RATE_HZ // piece.rate)


def dense_position(at: int, rate: int) -> int:
    """Where sample `at` at `rate` lies at 44.1 kHz."""
    return at * RATE_HZ // rate


def resample(samples: npt.NDArray[np.float32], rate: int) -> Floats:
    """`samples` at 44.1 kHz, by a polyphase filter that keeps images below −80 dB."""
    if rate == RATE_HZ:
        return samples.astype(np.float64)
    common = gcd(RATE_HZ, rate)
    up, down = RATE_HZ // common, rate // common
    most = max(up, down)
    taps = signal.firwin(2 * 24 * most + 1, 0.95 / most, window=("kaiser", 8.6))
    dense: Floats = signal.resample_poly(
        samples.astype(np.float64),
        up,
        down,
        window=taps,  # type: ignore[call-overload]
    )
    return dense


# ---------------------------------------------------------------- level


def level(passages: list[Joined], bench: Bench) -> list[Samples]:
    """All passages with one gain and limited, so that the encoded programme has its level."""
    wanted = bench.wanted
    target = wanted.target_lufs - ENCODER_GAIN_DB
    ceiling = 10 ** ((wanted.peak_dbtp - ENCODER_OVERSHOOT_DB - ENCODER_GAIN_DB) / 20)
    measured = programme_lufs(passages, bench.cache)
    if not np.isfinite(measured):
        return [finish(each.dense(), 1.0, 1.0) for each in passages]
    gain_db = _stepped(target - measured)
    finished = _finished(passages, gain_db, ceiling, bench.cache)
    for _ in range(MOST_ROUNDS):
        missed = target - gated_lufs(np.concatenate([power for _, power in finished]))
        if abs(missed) <= GAIN_STEP_DB / 2 + 0.05:
            break
        gain_db += _stepped(missed) or float(np.copysign(GAIN_STEP_DB, missed))
        finished = _finished(passages, gain_db, ceiling, bench.cache)
    return [samples for samples, _ in finished]


def programme_lufs(passages: list[Joined], cache: Cache) -> float:
    """The gated loudness of all passages as one programme, as the voice gave them."""

    def power(joined: Joined) -> Floats:
        key = digest("before", joined.key)
        if (stored := cache.read(POWER, key)) is not None:
            return np.frombuffer(stored)
        found = block_power(joined.dense(), RATE_HZ)
        cache.write(POWER, key, found.tobytes())
        return found

    return gated_lufs(np.concatenate(side_by_side(power, passages)))


def _finished(
    passages: list[Joined], gain_db: float, ceiling: float, cache: Cache
) -> list[tuple[Samples, Floats]]:
    """Each passage's master and its power, made anew only where sound or gain changed."""

    def finished(joined: Joined) -> tuple[Samples, Floats]:
        key = digest(joined.key, gain_db, ceiling)
        stored, power = cache.read(MASTER, key), cache.read(POWER, key)
        if stored is not None and power is not None:
            return np.frombuffer(stored, "<i2"), np.frombuffer(power)
        samples = finish(joined.dense(), 10 ** (gain_db / 20), ceiling)
        loudness = block_power(samples / FULL_SCALE, RATE_HZ)
        cache.write(MASTER, key, samples.astype("<i2").tobytes())
        cache.write(POWER, key, loudness.tobytes())
        return samples, loudness

    return side_by_side(finished, passages)


def finish(samples: Floats, gain: float, ceiling: float) -> Samples:
    """Sound with its gain, limited, as 16-bit samples."""
    limited = limit(samples * gain, ceiling)
    return np.round(np.clip(limited, -1, 1) * FULL_SCALE).astype(np.int16)


def _stepped(gain_db: float) -> float:
    return round(gain_db / GAIN_STEP_DB) * GAIN_STEP_DB


def side_by_side(work: Callable[[_In], _Out], passages: Iterable[_In]) -> list[_Out]:
    """`work` on each passage, one a core: NumPy and SciPy let other threads run."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as hands:
        return list(hands.map(work, passages))


def limit(samples: Floats, ceiling: float) -> Floats:
    """`samples` with no true peak above `ceiling`, turned down smoothly before each peak."""
    needed = np.minimum(1.0, ceiling / np.maximum(true_peaks(samples, ceiling), 1e-9))
    if needed.min() >= 1.0:
        return samples
    width = 2 * (LOOK_AHEAD_MS * RATE_HZ // 1000) + 1
    held = ndimage.minimum_filter1d(needed, 2 * width + 1, mode="nearest")
    smooth = ndimage.uniform_filter1d(held, width, mode="nearest")
    return np.asarray(samples * ndimage.uniform_filter1d(smooth, width, mode="nearest"))


# ---------------------------------------------------------------- narration


def master_name(number: int, passage_id: str) -> str:
    """The file name of a passage, without its suffix: 03-how-it-helps."""
    return f"{number:02}-{passage_id[:80].rstrip('-')}"


def _narrate(
    script: Script, spec: VoiceSpec, work: tuple[list[Joined], list[Samples]], folder: Path
) -> Narration:
    """Write the masters and lay everything on the episode's timeline."""
    at = 0
    passages = []
    for joined, finished in zip(*work, strict=True):
        passage = joined.passage
        path = folder / f"{master_name(passage.number, passage.id)}.wav"
        _write_if_changed(path, files.wave_bytes(files.segment(finished, RATE_HZ)))
        end = at + len(finished)
        cues = tuple(_cue(span, at) for span in joined.spans if span.utterance.sentence_id)
        passages.append(
            SpokenPassage(passage.id, passage.number, passage.title, at, end, cues, str(path))
        )
        at = end
    _remove_stale(folder, {Path(passage.master).name for passage in passages})
    return Narration(
        script.title, script.language, spec.name, spec.synthetic, RATE_HZ, tuple(passages)
    )


def _cue(span: Span, offset: int) -> Cue:
    said, start, end = span.utterance, offset + span.start, offset + span.end
    marks = [replace(mark, start=offset + mark.start, end=offset + mark.end) for mark in span.words]
    return Cue(said.sentence_id or "", said.shown, start, end, word_cues(said, marks, start, end))


def _write_if_changed(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        write_beside(path, content)


def _remove_stale(folder: Path, names: set[str]) -> None:
    """Take away masters of sections that are no longer there."""
    for path in folder.glob("*.wav"):
        if re.match(r"\d\d-", path.name) and path.name not in names:
            path.unlink()
