"""Clips and pauses → one passage's sound, counted in samples, before it is levelled.

A passage begins and ends in digital silence, and its length is a multiple of `GRID`: so it can
be encoded on its own, and its encoded frames stand in the episode as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import gcd
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.document.errors import ClipMissing
from leafcast.narration.model import Clip, Passage, Pause, Utterance, WordMark
from leafcast.state.cache import digest

RATE_HZ: Final = 44_100
GRID: Final = 9216
"""The least that is a whole number of MP3's frames (1152) and of AAC's (1024)."""
EDGE: Final = 3 * 1152
"""The least silence at either end: more than what a codec's frames reach over."""
FADE_IN_MS: Final = 12
FADE_OUT_MS: Final = 40
"""A voice's ends rise and fall like a breath; what engines leave around speech is longer."""
PHASES: Final = 49
PART: Final = 1 << 17
"""Samples of a recording that are made dense at once: three seconds."""
QUIET_MS: Final = 300
"""How long a sentence of symbols alone is given."""
VERSION: Final = 3
"""Counted up when the same clips would be joined otherwise."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Span:
    """Where an utterance lies in its passage, and its words in their place, in samples."""

    utterance: Utterance
    start: int
    end: int
    words: tuple[WordMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A clip in its place: how long it is, at its own rate, and what its sound is known by.

    Its samples are read when sound is made of them, and let go again.
    """

    rate: int
    length: int
    digest: str
    read: Callable[[], npt.NDArray[np.float32]]

    @classmethod
    def of(cls, samples: npt.NDArray[np.float32], rate: int) -> Piece:
        """Samples that are there anyway."""
        return cls(rate, len(samples), digest(rate, samples.tobytes()), lambda: samples)


@dataclass(frozen=True, slots=True)
class Joined:
    """A passage's sound before it is levelled: clips of any rate, and silences, in samples at
    44.1 kHz; and where each utterance lies, at 44.1 kHz.

    It is made dense only when something is to be made of it: what has not changed is not.
    """

    passage: Passage
    pieces: tuple[Piece | int, ...]
    spans: tuple[Span, ...]

    @property
    def key(self) -> str:
        """The hash of the sound."""
        told = (p if isinstance(p, int) else (p.rate, p.digest) for p in self.pieces)
        return digest(VERSION, *map(str, told))

    @property
    def length(self) -> int:
        """How many samples it has at 44.1 kHz."""
        return sum(map(dense_length, self.pieces))

    def dense(self) -> Iterator[Floats]:
        """All pieces one after the other at 44.1 kHz, in parts."""
        for piece in self.pieces:
            if isinstance(piece, int):
                yield from _silent(piece)
                continue
            told = faded(piece.read(), piece.rate)
            if piece.rate != RATE_HZ:
                yield resample(told, piece.rate)
                continue
            for start in range(0, len(told), PART):
                yield told[start : start + PART].astype(np.float64)

    def light(self) -> tuple[Iterator[Floats], int]:
        """Sound of the same loudness at the lowest rate that loses none of it, and that rate.

        Clips of one rate stay at it, a silence may be a sample longer or shorter.
        """
        rates = {piece.rate for piece in self.pieces if isinstance(piece, Piece)}
        if len(rates) != 1:
            return self.dense(), RATE_HZ
        (rate,) = rates
        parts = (
            np.zeros(round(piece * rate / RATE_HZ))
            if isinstance(piece, int)
            else piece.read().astype(np.float64)
            for piece in self.pieces
        )
        return parts, rate


@cache
def _nothing() -> Floats:
    return np.zeros(PART)


def _silent(length: int) -> Iterator[Floats]:
    """Silence in parts, all of them parts of one."""
    for start in range(0, length, PART):
        yield _nothing()[: length - start]


def join_passage(
    passage: Passage,
    read_clip: Callable[[Utterance], Clip | None],
    gains: Mapping[str, float] | None = None,
) -> Joined:
    """Clips and pauses of one passage one after the other, counted in samples.

    `gains` are factors by the names of voices; none is 1. Raises ClipMissing.
    """
    pieces: list[Piece | int] = []
    spans = []
    at = _lead(passage)
    pieces += [at] if at else []
    for part in passage.parts:
        if isinstance(part, Pause):
            piece: Piece | int = _silence(part.ms)
        else:
            clip = sound_of(part, read_clip)
            piece = _piece(part, clip, read_clip, (gains or {}).get(part.voice, 1.0))
            end = at + dense_length(piece)
            spans.append(Span(part, at, end, _dense_words(clip, at)))
        pieces.append(piece)
        at += dense_length(piece)
    pieces.append(_rest(passage, at))
    return Joined(passage, tuple(pieces), tuple(spans))


def _silence(ms: int) -> int:
    return round(ms * RATE_HZ / 1000)


def _lead(passage: Passage) -> int:
    """The silence that a passage lacks at its start."""
    first = passage.parts[0] if passage.parts else None
    return max(0, EDGE - (_silence(first.ms) if isinstance(first, Pause) else 0))


def _rest(passage: Passage, length: int) -> int:
    """The silence that a passage lacks at its end, up to a whole number of steps."""
    last = passage.parts[-1] if passage.parts else None
    least = length + max(0, EDGE - (_silence(last.ms) if isinstance(last, Pause) else 0))
    return -(-least // GRID) * GRID - length


def sound_of(utterance: Utterance, read_clip: Callable[[Utterance], Clip | None]) -> Clip | int:
    """The clip of an utterance, or a short silence for one of symbols alone.

    Raises ClipMissing.
    """
    if not utterance.spoken:
        return _silence(QUIET_MS)
    clip = read_clip(utterance)
    if clip is None:
        raise ClipMissing(f"The sound of “{utterance.shown}” is missing", "Run the build again")
    return clip


def _piece(
    utterance: Utterance,
    clip: Clip | int,
    read_clip: Callable[[Utterance], Clip | None],
    gain: float,
) -> Piece | int:
    """What stands for a clip, as loud as its voice is to be."""
    if isinstance(clip, int):
        return clip

    def read() -> npt.NDArray[np.float32]:
        again = sound_of(utterance, read_clip)
        samples = again.samples if isinstance(again, Clip) else np.zeros(0, np.float32)
        return samples if gain == 1 else samples * np.float32(gain)

    known_by = digest(clip.rate, clip.samples.tobytes(), gain)
    return Piece(clip.rate, len(clip.samples), known_by, read)


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


def dense_length(piece: Piece | int) -> int:
    """How many samples a piece has at 44.1 kHz."""
    if isinstance(piece, int):
        return piece
    return -(-piece.length * RATE_HZ // piece.rate)


def dense_position(at: int, rate: int) -> int:
    """Where sample `at` at `rate` lies at 44.1 kHz."""
    return at * RATE_HZ // rate


def faded(samples: npt.NDArray[np.float32], rate: int) -> npt.NDArray[np.float32]:
    """`samples` that rise from nothing and end in nothing, along a raised cosine.

    What is shorter than four fades is faded over a quarter of its length.
    """
    told = samples.copy()
    rise = min(FADE_IN_MS * rate // 1000, len(told) // 4)
    fall = min(FADE_OUT_MS * rate // 1000, len(told) // 4)
    told[:rise] *= _slope(rise)
    told[len(told) - fall :] *= _slope(fall)[::-1]
    return told


def _slope(length: int) -> npt.NDArray[np.float32]:
    return (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / max(1, length))).astype(np.float32)


def resample(samples: npt.NDArray[np.float32], rate: int, to: int = RATE_HZ) -> Floats:
    """`samples` of `rate` at the rate `to`, by a polyphase filter that keeps images below −80 dB.

    Every so many samples the same phases come again; as many as need about the same samples are
    worked out together, for all times at which they come, as one product of matrices.
    """
    if rate == to:
        return samples.astype(np.float64)
    common = gcd(to, rate)
    up, down = to // common, rate // common
    length = -(-len(samples) * up // down)
    rounds = -(-length // up)
    reach = _reach(up, down)
    padded = np.zeros(rounds * down + 2 * reach + down + 1)
    padded[reach : reach + len(samples)] = samples
    dense = np.empty((rounds, up))
    for phases, begins, weights in _phases(up, down):
        windows = np.lib.stride_tricks.sliding_window_view(padded[begins:], len(weights))
        dense[:, phases] = windows[: rounds * down : down] @ weights
    return dense.ravel()[:length]


def _reach(up: int, down: int) -> int:
    """How many samples the filter reaches to a side."""
    return len(_low_pass(up, down)) // 2 // up + 1


@cache
def _phases(up: int, down: int) -> tuple[tuple[slice, int, Floats], ...]:
    """Phases that are worked out together: which, the first sample they need, and the weights of
    the samples from there on in each."""
    taps, reach, found = _low_pass(up, down), _reach(up, down), []
    half = len(taps) // 2
    for first in range(0, up, PHASES):
        phases = np.arange(first, min(first + PHASES, up))
        begins, ends = int(phases[0]) * down // up, int(phases[-1]) * down // up + 2 * reach + 1
        offsets = phases * down - (np.arange(begins, ends)[:, np.newaxis] - reach) * up
        inside = np.abs(offsets) <= half
        weights = np.where(inside, taps[np.where(inside, offsets, 0) + half], 0.0)
        found.append((slice(first, first + len(phases)), begins, weights))
    return tuple(found)


@cache
def _low_pass(up: int, down: int) -> Floats:
    """A windowed sinc at the common rate, 24 zeros to a side."""
    half = 24 * max(up, down)
    cut = 0.95 / max(up, down)
    taps = np.sinc(cut * np.arange(-half, half + 1)) * np.kaiser(2 * half + 1, 8.6)
    return np.asarray(taps * (up / taps.sum()))
