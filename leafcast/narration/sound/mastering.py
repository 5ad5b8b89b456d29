"""Script and clips → Narration: joined, levelled, limited; one WAV a passage.

Each passage has its own gain, in steps and near the programme's, so that no section is louder
than another; and each is resampled and limited on its own: when one sentence changes, the other
passages stay the same to the last bit. The episode is the passages' masters one after the other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from leafcast.narration.model import (
    Announcement,
    Cast,
    Clip,
    Cue,
    Narration,
    Passage,
    Script,
    SpokenPassage,
    Utterance,
    VoiceSpec,
)
from leafcast.narration.shown_words import word_cues
from leafcast.narration.sound import wave as files
from leafcast.narration.sound.joining import RATE_HZ, Floats, Joined, Span, join_passage, sound_of
from leafcast.narration.sound.levelling import (
    GAIN_STEP_DB,
    Aim,
    passage_gain_db,
    stepped,
    write_levelled,
)
from leafcast.narration.sound.loudness import block_power, gated_lufs, power_of
from leafcast.practice.profiles import ENCODER_OVERSHOOT_DB, PROFILES
from leafcast.practice.project import Sound
from leafcast.state.cache import Cache, beside, digest

MOST_BETWEEN_VOICES_DB: Final = 12.0
POWER: Final = "power"
MASTERED: Final = "mastered"
VERSION: Final = 5
"""Counted up when the same sound would be mastered otherwise."""

_In = TypeVar("_In")
_Out = TypeVar("_Out")


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the mastering is done: the level wanted, the masters' folder, what was done before,
    and how many passages are worked on at a time."""

    wanted: Sound
    folder: Path
    cache: Cache
    jobs: int = 1

    @property
    def ceiling(self) -> float:
        """The highest true peak of a master, as a factor."""
        return float(10 ** ((self.wanted.peak_dbtp - ENCODER_OVERSHOOT_DB) / 20))

    @property
    def rms_db(self) -> tuple[float, float] | None:
        """The range of the root mean square of each passage, where that counts."""
        return PROFILES[self.wanted.profile].rms_db

    @property
    def level(self) -> tuple[object, ...]:
        """All that decides how a passage is mastered, besides its sound and its aim."""
        return self.wanted.mono_lufs, self.ceiling, self.rms_db


@dataclass(frozen=True, slots=True)
class Master:
    """A passage as it was mastered: its WAV and how many samples that has."""

    path: Path
    length: int


def master(
    script: Script,
    read_clip: Callable[[Utterance], Clip | None],
    cast: Cast,
    bench: Bench,
    *,
    join: Callable[[Passage], Joined] | None = None,
) -> Narration:
    """Master the whole script; `join` makes a passage's sound where voices alone do not.

    Raises SoundError when a clip is missing, OSError when a master cannot be written.
    """
    if join is None:
        gains = voice_gains(script, read_clip, cast, bench.cache)
        join = partial(join_passage, read_clip=read_clip, gains=gains)
    joined = [join(passage) for passage in script.passages]
    masters = write_masters(joined, bench)
    return _narrate(script, cast.own, list(zip(joined, masters, strict=True)))


# ---------------------------------------------------------------- level


def voice_gains(
    script: Script, read_clip: Callable[[Utterance], Clip | None], cast: Cast, cache: Cache
) -> Mapping[str, float]:
    """Factors that bring each part's voice to the level of the article's own, in steps."""
    if not cast.parts:
        return {}
    powers: dict[str, list[Floats]] = {}
    for utterance in script.utterances:
        if isinstance(clip := sound_of(utterance, read_clip), Clip):
            powers.setdefault(utterance.voice, []).append(_clip_power(clip, cache))
    levels = {voice: gated_lufs(np.concatenate(each)) for voice, each in powers.items()}
    own = levels.get("", next(iter(levels.values()), 0.0))
    apart = {voice: own - lufs for voice, lufs in levels.items() if np.isfinite(own - lufs)}
    most = MOST_BETWEEN_VOICES_DB
    return {voice: 10 ** (stepped(min(max(lu, -most), most)) / 20) for voice, lu in apart.items()}


def _clip_power(clip: Clip, cache: Cache) -> Floats:
    def measured() -> Floats:
        return block_power(clip.samples, clip.rate)

    return _kept_power(digest("clip", clip.rate, clip.samples.tobytes()), measured, cache)


def _kept_power(key: str, measure: Callable[[], Floats], cache: Cache) -> Floats:
    if (stored := cache.read(POWER, key)) is not None:
        return np.frombuffer(stored)
    power = measure()
    cache.write(POWER, key, power.tobytes())
    return power


def write_masters(passages: list[Joined], bench: Bench) -> list[Master]:
    """Each passage's WAV at its level, made anew only where sound or gain changed."""

    def before(joined: Joined) -> Floats:
        def measured() -> Floats:
            return power_of(*joined.light())

        return _kept_power(digest("before", joined.key), measured, bench.cache)

    powers = side_by_side(before, passages, bench.jobs)
    aims = _aims(powers, bench)

    def written(work: tuple[Joined, Aim]) -> Master:
        return _write_master(*work, bench)

    masters = side_by_side(written, list(zip(passages, aims, strict=True)), bench.jobs)
    _remove_stale(bench.folder, {each.path.name for each in masters})
    return masters


def _missing(power: Floats, bench: Bench) -> float:
    """How many LU sound of this power lacks; 0 for silence."""
    lufs = gated_lufs(power)
    return bench.wanted.mono_lufs - lufs if np.isfinite(lufs) else 0.0


def _aims(powers: list[Floats], bench: Bench) -> list[Aim]:
    """How loud each passage is to be, and the gain to begin with.

    A passage much softer than the others keeps some of that, which makes the whole softer; then
    all are made louder, for the loudness asked for is that of the whole (EBU R 128).
    """
    lacks = [_missing(power, bench) for power in powers]
    if bench.rms_db:
        return [_aim(power, lack, bench) for power, lack in zip(powers, lacks, strict=True)]
    programme = stepped(_missing(np.concatenate(powers or [np.zeros(0)]), bench))
    gains = [passage_gain_db(lack, programme) for lack in lacks]
    if any(gain != stepped(lack) for gain, lack in zip(gains, lacks, strict=True)):
        told = [power * 10 ** (gain / 10) for power, gain in zip(powers, gains, strict=True)]
        more = stepped(_missing(np.concatenate(told), bench))
        lacks = [gain + more for gain in gains]
    return [_aim(power, lack, bench) for power, lack in zip(powers, lacks, strict=True)]


def _aim(power: Floats, gain_db: float, bench: Bench) -> Aim:
    """As loud as `gain_db` makes it, or as asked for where that is a step away."""
    lufs = gated_lufs(power)
    if not np.isfinite(lufs):
        return Aim(0.0, None)
    wanted = lufs + gain_db
    near = abs(wanted - bench.wanted.mono_lufs) <= GAIN_STEP_DB / 2
    return Aim(stepped(gain_db), bench.wanted.mono_lufs if near else stepped(wanted))


def _write_master(joined: Joined, aim: Aim, bench: Bench) -> Master:
    """The passage's WAV: kept, where it is as it was made of the same sound before."""
    passage = joined.passage
    path = bench.folder / f"{master_name(passage.number, passage.id)}.wav"
    key = digest(VERSION, joined.key, *astuple(aim), *bench.level)
    stored = bench.cache.read(MASTERED, key)
    if stored is not None and path.is_file():
        length, content = json.loads(stored)
        if files.wave_digest(path) == content:
            return Master(path, length)
    with beside(path) as part:
        length = write_levelled(part, joined.dense, aim, bench.ceiling, bench.rms_db)
    content = files.wave_digest(path)
    bench.cache.write(MASTERED, key, json.dumps([length, content]).encode())
    return Master(path, length)


def side_by_side(work: Callable[[_In], _Out], passages: Iterable[_In], jobs: int) -> list[_Out]:
    """`work` on each passage, `jobs` at a time: NumPy lets other threads run."""
    with ThreadPoolExecutor(jobs) as threads:
        return list(threads.map(work, passages))


# ---------------------------------------------------------------- narration


def master_name(number: int, passage_id: str) -> str:
    """The file name of a passage, without its suffix: 03-how-it-helps."""
    return f"{number:02}-{passage_id[:80].rstrip('-')}"


def _narrate(script: Script, spec: VoiceSpec, work: list[tuple[Joined, Master]]) -> Narration:
    """Lay everything on the episode's timeline."""
    passages = tuple(_placed(work))
    return Narration(script.title, script.language, spec.name, spec.synthetic, RATE_HZ, passages)


def _placed(work: list[tuple[Joined, Master]]) -> Iterator[SpokenPassage]:
    at = 0
    for joined, made in work:
        passage = joined.passage
        end = at + made.length
        cues = tuple(_cue(span, at) for span in joined.spans if span.utterance.sentence_id)
        said = tuple(
            Announcement(at + span.start, at + span.end, span.utterance.shown)
            for span in joined.spans
            if not span.utterance.sentence_id
        )
        place = (passage.id, passage.number, passage.title, at, end)
        yield SpokenPassage(*place, cues, str(made.path), said)
        at = end


def _cue(span: Span, offset: int) -> Cue:
    said, start, end = span.utterance, offset + span.start, offset + span.end
    marks = [replace(mark, start=offset + mark.start, end=offset + mark.end) for mark in span.words]
    return Cue(said.sentence_id or "", said.shown, start, end, word_cues(said, marks, start, end))


def _remove_stale(folder: Path, names: set[str]) -> None:
    """Take away masters of sections that are no longer there."""
    for path in folder.glob("*.wav"):
        if re.match(r"\d\d-", path.name) and path.name not in names:
            path.unlink()
