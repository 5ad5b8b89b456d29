"""Her own voice: a passage's sound from her recordings, with the synthetic voice where it must.

Her own pauses are kept, shortened where they are very long. What is cut is crossfaded; what is
put in lies on the sound of her room, never on digital silence. She is made as loud as the voice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from leafcast.document.errors import ClipMissing
from leafcast.locale.language import language_of
from leafcast.narration.model import Clip, Narration, Passage, Pause, Script, Utterance, WordMark
from leafcast.narration.sound import wave as sound
from leafcast.narration.sound.joining import (
    EDGE,
    GRID,
    QUIET_MS,
    RATE_HZ,
    Joined,
    Piece,
    Span,
    dense_position,
    join_passage,
    resample,
)
from leafcast.narration.sound.levelling import limit
from leafcast.narration.sound.loudness import block_power, gated_lufs, integrated_lufs
from leafcast.narration.sound.mastering import voice_gains
from leafcast.narration.takes.decode import MOST_SECONDS, mixed
from leafcast.narration.takes.files import SoundFile
from leafcast.narration.takes.filters import filtered, high_pass
from leafcast.narration.takes.match import PassageTakes
from leafcast.narration.takes.narrators import Readers
from leafcast.narration.takes.recorded_article import Performance
from leafcast.narration.takes.room_tone import RoomTone
from leafcast.narration.takes.speakers import Part, PassageReading
from leafcast.state.cache import Cache

if TYPE_CHECKING:
    from leafcast.narration.telling import Telling

HIGH_PASS_HZ: Final = 70.0
"""Below it is no voice, but lorries, footsteps and breath on the microphone. The filter turns no
phase, which would raise peaks."""
FADE: Final = 30 * RATE_HZ // 1000
"""Samples of a crossfade; half of them lie on each side of the cut."""
LONGEST_PAUSE: Final = 1.6
SPARE_MS: Final = 400
"""Her own pause may be so many times as long as the script's, and so much longer."""
USUAL_LUFS: Final = -20.0
LEVEL_STEP_LU: Final = 0.5
MOST_GAIN_DB: Final = 40.0
PEAKS_LU: Final = 12.5
"""How far her peaks may rise above her loudness. A master's lie 14 LU above; MP3 added up to 1.4 dB
to peaks that were limited just there."""

Floats = npt.NDArray[np.float64]
ReadClip = Callable[[Utterance], Clip | None]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads what: recordings and how each passage is read, the voice for the rest.

    `speed` is the pace, 1.0 the usual one; `lufs` is how loud the voice is.
    """

    readings: Mapping[str, PassageReading]
    takes: Mapping[str, PassageTakes]
    read_clip: ReadClip
    lufs: float = USUAL_LUFS
    speed: float = 1.0

    def join(self, passage: Passage) -> Joined | None:
        """The passage's sound, or None where she reads nothing of it.

        Raises ClipMissing where a clip of the voice is missing.
        """
        reading = self.readings.get(passage.id)
        if reading is None or not reading.own:
            return None
        return _Desk(passage, reading, self.takes[passage.id], self).join()


def reader_for(performance: Performance, read_clip: ReadClip) -> Reader:
    """The reader of an article whose recordings were looked over."""
    telling = performance.telling
    voiced = (read_clip(each) for each in telling.voiced if each.spoken)
    return Reader(
        {reading.passage: reading for reading in performance.readings},
        dict(performance.matched.passages),
        read_clip,
        voice_lufs(clip for clip in voiced if clip),
        telling.pace.speed,
    )


def joiner(
    performance: Performance, read_clip: ReadClip, cache: Cache
) -> Callable[[Passage], Joined]:
    """What gives a passage's sound, whoever reads it; it raises ClipMissing for a missing clip."""
    telling = performance.telling
    gains = voice_gains(voiced_script(telling), read_clip, telling.cast, cache)
    if not performance.own:
        return lambda passage: join_passage(passage, read_clip, gains)
    reader = reader_for(performance, lambda said: _louder(read_clip(said), gains.get(said.voice)))
    return lambda passage: reader.join(passage) or join_passage(passage, read_clip, gains)


def voiced_script(telling: Telling) -> Script:
    """The script without what a person says."""

    def voiced(passage: Passage) -> Passage:
        parts = (part for part in passage.parts if getattr(part, "id", "") not in telling.hers)
        return replace(passage, parts=tuple(parts))

    return replace(telling.script, passages=tuple(map(voiced, telling.script.passages)))


def _louder(clip: Clip | None, gain: float | None) -> Clip | None:
    if clip is None or gain is None:
        return clip
    return replace(clip, samples=clip.samples * np.float32(gain))


def credited(narration: Narration, readers: Readers | None) -> Narration:
    """The narration with the names of those who are heard, and whether a synthetic voice is."""
    if readers is None:
        return narration
    synthetic = narration.synthetic and readers.synthetic
    return replace(
        narration,
        voice=readers.named(narration.voice, language_of(narration.language)),
        synthetic=synthetic,
    )


def voice_lufs(clips: Iterator[Clip]) -> float:
    """How loud the synthetic voice is, to half a unit; the usual, where it says nothing."""
    power = [block_power(clip.samples, clip.rate) for clip in clips]
    measured = gated_lufs(np.concatenate(power)) if power else float("-inf")
    if not np.isfinite(measured):
        return USUAL_LUFS
    return round(measured / LEVEL_STEP_LU) * LEVEL_STEP_LU


# ---------------------------------------------------------------- recordings, ready to be cut


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A recording at 44.1 kHz and at the pace wanted; `scale` is its samples to one of the file."""

    samples: Floats
    scale: float

    def at(self, position: int) -> int:
        """Where a sample of the file lies here."""
        return min(round(position * self.scale), len(self.samples))


def open_source(path: Path, speed: float) -> Source:
    """A recording without rumble, at 44.1 kHz, told at `speed`."""
    recorded = sound.read_recorded(path, MOST_SECONDS + 1)
    mono, _ = mixed(recorded.samples)
    dense = resample(mono, recorded.rate)
    clean = filtered(dense - dense.mean(), RATE_HZ, high_pass(HIGH_PASS_HZ, 2))
    if speed != 1:
        clean = sound.stretch(clean.astype(np.float32), RATE_HZ, speed).astype(np.float64)
    return Source(clean, len(clean) / max(1, len(mono)))


def matched(source: Source, spoken: Floats, lufs: float) -> Source:
    """The recording made so loud that `spoken`, what is used of it, has `lufs`."""
    measured = integrated_lufs(spoken, RATE_HZ) if len(spoken) else float("-inf")
    if not np.isfinite(measured):
        return source
    gain_db = min(lufs - measured, MOST_GAIN_DB)
    raised = source.samples * 10 ** (gain_db / 20)
    return replace(source, samples=limit(raised, 10 ** ((lufs + PEAKS_LU) / 20)))


@dataclass(frozen=True, slots=True, eq=False)
class _Stretch:
    """A stretch of a recording, from `start` to `end`, that begins at `at` of the passage."""

    source: Source
    start: int
    end: int
    at: int

    @property
    def to(self) -> int:
        """Where it ends in the passage."""
        return self.at + self.end - self.start


# ---------------------------------------------------------------- one passage


class _Desk:
    """Where one passage is put together: a timeline that sound is laid on, piece by piece."""

    def __init__(
        self, passage: Passage, reading: PassageReading, takes: PassageTakes, reader: Reader
    ) -> None:
        self.passage = passage
        self.reading = reading
        self.reader = reader
        self.take = self._take(takes)
        self.retakes = {key: self._retake(key, file.path) for key, file in self._used(takes)}
        self.tone = self._room_tone()
        self.laid: list[tuple[int, Floats]] = []
        self.at = 0
        self.running: _Stretch | None = None
        self.spans: list[Span] = []

    # ------------------------------------------------------------ what there is

    def _take(self, takes: PassageTakes) -> Source | None:
        spoken = [part for part in self.reading.parts if part.source == "take"]
        if not takes.take or not spoken:
            return None
        source = open_source(takes.take.path, self.reader.speed)
        used = [source.samples[source.at(p.start) : source.at(p.end)] for p in spoken]
        return matched(source, np.concatenate(used), self.reader.lufs)

    def _used(self, takes: PassageTakes) -> Iterator[tuple[str, SoundFile]]:
        used = {part.utterance for part in self.reading.parts if part.source == "retake"}
        return ((key, file) for key, file in takes.retakes if key in used)

    def _retake(self, sentence: str, path: Path) -> Source:
        part = next(p for p in self.reading.parts if p.utterance == sentence)
        source = open_source(path, self.reader.speed)
        used = source.samples[source.at(part.start) : source.at(part.end)]
        return matched(source, used, self.reader.lufs)

    def _room_tone(self) -> RoomTone:
        start, end = self.reading.tone
        if self.take is None or end <= start:
            return RoomTone(np.zeros(0))
        return RoomTone(self.take.samples[self.take.at(start) : self.take.at(end)])

    # ------------------------------------------------------------ the timeline

    def join(self) -> Joined:
        """Everything in its place, as one piece."""
        pause_ms = 0
        for part in self.passage.parts:
            if isinstance(part, Pause):
                pause_ms = part.ms
                continue
            decided = self.reading.of(part)
            if decided.source == "take" and decided.joins and self.take:
                self._keep_pause(decided, pause_ms)
            else:
                self._put_tone(pause_ms * RATE_HZ // 1000)
            pause_ms = 0
            self._say(part, decided)
        self._put_tone(pause_ms * RATE_HZ // 1000)
        samples = self._mixed().astype(np.float32)
        rest = -(-(EDGE + len(samples) + EDGE) // GRID) * GRID - EDGE - len(samples)
        spans = tuple(_later(span, EDGE) for span in self.spans)
        return Joined(self.passage, (EDGE, Piece.of(samples, RATE_HZ), rest), spans)

    def _say(self, utterance: Utterance, part: Part) -> None:
        if part.source == "take" and self.take:
            self._put_hers(utterance, part, self.take)
        elif part.source == "retake":
            self._put_hers(utterance, part, self.retakes[utterance.id])
        else:
            self._put_clip(utterance)

    def _put_hers(self, utterance: Utterance, part: Part, source: Source) -> None:
        start, end = source.at(part.start), source.at(part.end)
        words = tuple(
            _moved(mark, self.at - start, lambda at: source.at(part.start + at))
            for mark in part.words
        )
        self.spans.append(Span(utterance, self.at, self.at + end - start, words))
        self._lay(source, start, end)

    def _keep_pause(self, part: Part, pause_ms: int) -> None:
        """Her own pause before a part, its middle taken out where it is very long."""
        assert self.take is not None
        assert self.running is not None
        start, end = self.running.end, self.take.at(part.start)
        most = round((LONGEST_PAUSE * pause_ms + SPARE_MS) * RATE_HZ / 1000)
        if end - start <= most:
            self._lay(self.take, start, max(start, end))
            return
        self._lay(self.take, start, start + most // 2)
        self._lay(self.take, end - (most - most // 2), end)

    def _put_clip(self, utterance: Utterance) -> None:
        """The voice, with her room under it."""
        if not utterance.spoken:
            self._put_tone(QUIET_MS * RATE_HZ // 1000)
            return
        clip = self.reader.read_clip(utterance)
        if clip is None:
            raise ClipMissing(f"The sound of “{utterance.shown}” is missing", "Run the build again")
        dense = resample(clip.samples, clip.rate)
        words = tuple(
            _moved(mark, self.at, lambda at: dense_position(at, clip.rate)) for mark in clip.words
        )
        self.spans.append(Span(utterance, self.at, self.at + len(dense), words))
        self.laid.append((self.at, dense))
        self._put_tone(len(dense))

    def _put_tone(self, length: int) -> None:
        if length:
            made = self.tone.make(length + FADE, seed=len(self.laid))
            self.laid.append((self.at - FADE // 2, _faded(made)))
            self.at += length

    def _lay(self, source: Source, start: int, end: int) -> None:
        """A stretch of a recording; what follows on from the one before is one with it."""
        running = self.running
        if running and running.source is source and running.end == start and running.to == self.at:
            self.running = replace(running, end=end)
        else:
            self._finish_stretch()
            self.running = _Stretch(source, start, end, self.at)
        self.at += end - start

    def _finish_stretch(self) -> None:
        """Lay the running stretch, with what fades in before it and out after it."""
        if self.running:
            half = FADE // 2
            source, start, end = self.running.source, self.running.start, self.running.end
            stretch = np.zeros(end - start + 2 * half)
            low, high = max(0, start - half), min(len(source.samples), end + half)
            stretch[low - start + half : high - start + half] = source.samples[low:high]
            self.laid.append((self.running.at - half, _faded(stretch)))

    def _mixed(self) -> Floats:
        """All that was laid, added up."""
        self._finish_stretch()
        out = np.zeros(self.at + FADE)
        for at, samples in self.laid:
            start = max(0, at)
            end = min(len(out), at + len(samples))
            out[start:end] += samples[start - at : end - at]
        return out[: self.at]


def _later(span: Span, by: int) -> Span:
    """A span after so many samples of silence."""
    words = tuple(_moved(mark, by, lambda at: at) for mark in span.words)
    return replace(span, start=span.start + by, end=span.end + by, words=words)


def _faded(samples: Floats) -> Floats:
    """Sound that comes and goes with equal power, so that two that cross are as loud as one."""
    slope = np.sin(np.linspace(0, np.pi / 2, min(FADE, len(samples) // 2)))
    faded = samples.copy()
    faded[: len(slope)] *= slope
    faded[len(faded) - len(slope) :] *= slope[::-1]
    return faded


def _moved(mark: WordMark, by: int, place: Callable[[int], int]) -> WordMark:
    """A word's mark at 44.1 kHz on the passage's timeline."""
    return replace(mark, start=by + place(mark.start), end=by + place(mark.end))
