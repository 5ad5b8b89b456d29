"""Script and clips → Narration: joined, resampled, levelled, limited; one WAV a passage.

The whole programme has one gain, so that nothing jumps in loudness. The gain is rounded to a
step, and each passage is resampled and limited on its own: when one sentence changes, the other
passages stay the same to the last bit. The episode is the passages' masters one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import gcd
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage, signal

from leafcast.cache import write_beside
from leafcast.errors import SoundError
from leafcast.narration import sound as files
from leafcast.narration.loudness import block_power, gated_lufs, true_peak
from leafcast.narration.model import (
    Clip,
    Cue,
    Narration,
    Passage,
    Pause,
    Script,
    SpokenPassage,
    Utterance,
    VoiceSpec,
)
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

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Joined:
    """A passage's sound as the voice gave it, and where each sentence lies in it (samples)."""

    passage: Passage
    rate: int
    samples: npt.NDArray[np.float32]
    spans: tuple[tuple[Utterance, int, int], ...]


def master(
    script: Script,
    read_clip: Callable[[Utterance], Clip | None],
    spec: VoiceSpec,
    work: tuple[Sound, Path],
) -> Narration:
    """Master the whole script; `work` is the level wanted and the folder for the masters.

    Raises SoundError when a clip is missing or clips differ in rate, OSError when a master
    cannot be written.
    """
    wanted, folder = work
    clips = {each.id: read_clip(each) for each in script.utterances if each.spoken}
    rates = {clip.rate for clip in clips.values() if clip}
    if len(rates) > 1:
        raise SoundError("The voice changed its sample rate in the middle")
    rate = rates.pop() if rates else RATE_HZ
    joined = [join_passage(passage, clips, rate) for passage in script.passages]
    dense = [resample(each.samples, rate) for each in joined]
    finished = level(dense, wanted)
    return _narrate(script, spec, (joined, finished), folder)


def join_passage(passage: Passage, clips: dict[str, Clip | None], rate: int) -> _Joined:
    """Clips and pauses of one passage one after the other, counted in samples."""
    pieces: list[npt.NDArray[np.float32]] = []
    spans = []
    at = 0
    for part in passage.parts:
        if isinstance(part, Pause):
            piece = np.zeros(round(part.ms * rate / 1000), np.float32)
        else:
            piece = _clip_samples(part, clips, rate)
            spans.append((part, at, at + len(piece)))
        pieces.append(piece)
        at += len(piece)
    return _Joined(passage, rate, np.concatenate(pieces), tuple(spans))


def _clip_samples(
    utterance: Utterance, clips: dict[str, Clip | None], rate: int
) -> npt.NDArray[np.float32]:
    if not utterance.spoken:
        return np.zeros(QUIET_MS * rate // 1000, np.float32)
    clip = clips[utterance.id]
    if clip is None:
        raise SoundError(f"The sound of “{utterance.shown}” is missing", "Run the build again")
    return clip.samples


def resample(samples: npt.NDArray[np.float32], rate: int) -> Floats:
    """`samples` at 44.1 kHz, by a polyphase filter that keeps images below −80 dB."""
    if rate == RATE_HZ:
        return samples.astype(np.float64)
    common = gcd(RATE_HZ, rate)
    up, down = RATE_HZ // common, rate // common
    most = max(up, down)
    taps = signal.firwin(2 * 24 * most + 1, 0.95 / most, window=("kaiser", 8.6))
    return np.asarray(signal.resample_poly(samples.astype(np.float64), up, down, window=taps))


def dense_position(at: int, rate: int) -> int:
    """Where sample `at` at `rate` lies at 44.1 kHz."""
    return at * RATE_HZ // rate


# ---------------------------------------------------------------- level


def level(passages: list[Floats], wanted: Sound) -> list[Floats]:
    """All passages with one gain and limited, so that the encoded programme has its level."""
    target = wanted.target_lufs - ENCODER_GAIN_DB
    ceiling = 10 ** ((wanted.peak_dbtp - ENCODER_OVERSHOOT_DB - ENCODER_GAIN_DB) / 20)
    measured = programme_lufs(passages)
    if not np.isfinite(measured):
        return passages
    gain_db = _stepped(target - measured)
    finished = _limited(passages, gain_db, ceiling)
    for _ in range(MOST_ROUNDS):
        missed = target - programme_lufs(finished)
        if abs(missed) <= GAIN_STEP_DB / 2 + 0.05:
            break
        gain_db += _stepped(missed) or float(np.copysign(GAIN_STEP_DB, missed))
        finished = _limited(passages, gain_db, ceiling)
    return finished


def programme_lufs(passages: list[Floats]) -> float:
    """The gated loudness of all passages as one programme."""
    return gated_lufs(np.concatenate([block_power(each, RATE_HZ) for each in passages]))


def _stepped(gain_db: float) -> float:
    return round(gain_db / GAIN_STEP_DB) * GAIN_STEP_DB


def _limited(passages: list[Floats], gain_db: float, ceiling: float) -> list[Floats]:
    return [limit(each * 10 ** (gain_db / 20), ceiling) for each in passages]


def limit(samples: Floats, ceiling: float) -> Floats:
    """`samples` with no true peak above `ceiling`, turned down smoothly before each peak."""
    needed = np.minimum(1.0, ceiling / np.maximum(peaks(samples, ceiling), 1e-9))
    if needed.min() >= 1.0:
        return samples
    width = 2 * (LOOK_AHEAD_MS * RATE_HZ // 1000) + 1
    held = ndimage.minimum_filter1d(needed, 2 * width + 1, mode="nearest")
    smooth = ndimage.uniform_filter1d(held, width, mode="nearest")
    return np.asarray(samples * ndimage.uniform_filter1d(smooth, width, mode="nearest"))


def peaks(samples: Floats, ceiling: float) -> Floats:
    """The true peak around each sample; measured densely only where it could reach `ceiling`.

    Between samples, sound of speech does not rise above twice its samples.
    """
    found = np.abs(samples)
    block, margin = 4096, 64
    for start in range(0, len(samples), block):
        if found[start : start + block].max() < ceiling / 2:
            continue
        first, last = max(0, start - margin), min(len(samples), start + block + margin)
        local = true_peak(samples[first:last])
        inner = slice(start - first, start - first + len(found[start : start + block]))
        found[start : start + block] = np.maximum(found[start : start + block], local[inner])
    return np.asarray(found)


# ---------------------------------------------------------------- narration


def master_name(number: int, passage_id: str) -> str:
    """The file name of a passage, without its suffix: 03-how-it-helps."""
    return f"{number:02}-{passage_id[:80].rstrip('-')}"


def _narrate(
    script: Script, spec: VoiceSpec, work: tuple[list[_Joined], list[Floats]], folder: Path
) -> Narration:
    """Write the masters and lay everything on the episode's timeline."""
    at = 0
    passages = []
    for joined, finished in zip(*work, strict=True):
        passage = joined.passage
        path = folder / f"{master_name(passage.number, passage.id)}.wav"
        samples = np.round(np.clip(finished, -1, 1) * 32767).astype(np.int16)
        _write_if_changed(path, files.wave_bytes(files.segment(samples, RATE_HZ)))
        end = at + len(samples)
        cues = tuple(_cue(span, at, joined.rate) for span in joined.spans if span[0].sentence_id)
        passages.append(
            SpokenPassage(passage.id, passage.number, passage.title, at, end, cues, str(path))
        )
        at = end
    _remove_stale(folder, {Path(passage.master).name for passage in passages})
    return Narration(
        script.title, script.language, spec.name, spec.synthetic, RATE_HZ, tuple(passages)
    )


def _cue(span: tuple[Utterance, int, int], offset: int, rate: int) -> Cue:
    utterance, start, end = span
    return Cue(
        utterance.sentence_id or "",
        utterance.shown,
        offset + dense_position(start, rate),
        offset + dense_position(end, rate),
    )


def _write_if_changed(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        write_beside(path, content)


def _remove_stale(folder: Path, names: set[str]) -> None:
    """Take away masters of sections that are no longer there."""
    for path in folder.glob("*.wav"):
        if re.match(r"\d\d-", path.name) and path.name not in names:
            path.unlink()
