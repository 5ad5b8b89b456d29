"""Where what is missing is voiced: a pool of workers, one engine each, every core busy.

Each worker opens its engine once. Only the parent writes the cache, each clip as soon as it is
there, so that an interrupted build goes on where it stopped. A sentence that fails, hangs or comes
back as too little sound is tried once more, then named; the others go on.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from typing import Final

from leafcast.document.errors import LeafcastError, VoiceError, VoiceUnavailable
from leafcast.document.report import Finding, Severity
from leafcast.execution.cancel import Cancel
from leafcast.execution.workers import end_workers, open_workers
from leafcast.narration.clips import KIND, clip_key, pack_clip, unpack_clip
from leafcast.narration.model import Clip, Utterance, Voice, VoiceSpec
from leafcast.narration.voices import fingerprint, open_voice, unavailable
from leafcast.state.cache import Cache

IMPORTS: Final = ("leafcast.narration.voice_pool",)
TRIES: Final = 2
FASTEST_LETTERS_A_SECOND: Final = 45.0
SLOWEST_LETTERS_A_SECOND: Final = 3.0
QUIETEST_PEAK: Final = 0.003


@dataclass(frozen=True, slots=True)
class Progress:
    """The sentence just voiced, and the share of the missing ones that is done, by length."""

    shown: str
    share: float


@dataclass(frozen=True, slots=True)
class Voiced:
    """What was done: what went wrong, clips made, and the engines' own CPU seconds."""

    findings: tuple[Finding, ...] = ()
    clips_made: int = 0
    engine_seconds: float = 0.0


def patience_seconds(utterance: Utterance) -> float:
    """How long an engine may take, opening included, before it counts as hanging."""
    return 90.0 + len(utterance.spoken)


def open_voices(workers: int) -> Executor:
    """Processes in which voices speak, each with an engine of its own."""
    return open_workers(workers, IMPORTS)


class VoicePool:
    """Worker processes for voices: opened when something is to be said, kept until it is closed.

    So a second pace, voice or article finds their engines open. Tests hand in their own pool.
    """

    def __init__(
        self,
        jobs: int = 1,
        on_progress: Callable[[Progress], None] = lambda progress: None,
        *,
        open_pool: Callable[[int], Executor] = open_voices,
        patience: Callable[[Utterance], float] = patience_seconds,
        cancel: Cancel | None = None,
    ) -> None:
        self.jobs = jobs
        self.on_progress = on_progress
        self.open_pool = open_pool
        self.patience = patience
        self.cancel = cancel or Cancel()
        self._pool: Executor | None = None

    @property
    def pool(self) -> Executor:
        """The processes, opened by now."""
        if self._pool is None:
            self._pool = self.open_pool(self.jobs)
        return self._pool

    def close(self) -> None:
        """End the workers at once; nobody waits for a sentence nobody wants."""
        if self._pool is not None:
            end_workers(self._pool)
            self._pool = None


def voice_missing(
    utterances: Iterable[Utterance], spec: VoiceSpec, cache: Cache, voices: VoicePool
) -> Voiced:
    """Voice what the cache does not hold; what it holds is read, and found damaged, when joined.

    Raises VoiceUnavailable when the engine cannot work here, OSError when the cache cannot be
    written.
    """
    prints = fingerprint(spec)
    by_key = {clip_key(prints, each): each for each in utterances if each.spoken}
    missing = {key: each for key, each in by_key.items() if not cache.has(KIND, key)}
    if not missing:
        return Voiced()
    if lack := unavailable(spec):
        raise VoiceUnavailable(f"The voice “{spec.name}” is not here: {lack}", other_voice(spec))
    session = _Session(missing, spec, cache, voices)
    try:
        session.run()
    except BaseException:
        voices.close()
        raise
    return Voiced(tuple(session.findings), session.made, session.engine_seconds)


def other_voice(spec: VoiceSpec) -> str:
    """The hint that names another voice."""
    other = "hibari" if spec.engine != "hibari" else "system"
    return f"Try again, or another voice: --voice {other}"


class _Session:
    """One run of the pool over the missing utterances, the longest first."""

    def __init__(
        self, missing: dict[str, Utterance], spec: VoiceSpec, cache: Cache, voices: VoicePool
    ) -> None:
        self.missing = missing
        self.spec = spec
        self.cache = cache
        self.voices = voices
        self.workers = min(voices.jobs, len(missing))
        self.queue = deque(sorted(missing, key=lambda key: -len(missing[key].spoken)))
        self.alone: deque[str] = deque()
        self.running: dict[Future[tuple[bytes, float]], tuple[str, float]] = {}
        self.tries: dict[str, int] = {}
        self.letters = sum(len(each.spoken) for each in missing.values()) or 1
        self.letters_done = 0
        self.findings: list[Finding] = []
        self.made = 0
        self.engine_seconds = 0.0

    def run(self) -> None:
        """Work until everything is voiced or has failed twice."""
        while self.queue or self.alone or self.running:
            self._hand_out()
            due = min(deadline for _, deadline in self.running.values())
            done = self.voices.cancel.first_done(self.running, due - time.monotonic())
            for future in done:
                self._take(future)
            if not done:
                self._stop_hanging()

    def _hand_out(self) -> None:
        """One utterance a worker. After a crash, the suspects go one at a time."""
        queue, most = (self.queue, self.workers) if self.queue else (self.alone, 1)
        while queue and len(self.running) < most:
            key = queue.popleft()
            utterance = self.missing[key]
            deadline = time.monotonic() + self.voices.patience(utterance)
            future = self.voices.pool.submit(speak_in_worker, self.spec, utterance)
            self.running[future] = (key, deadline)

    def _take(self, future: Future[tuple[bytes, float]]) -> None:
        key, _ = self.running.pop(future)
        error = future.exception()
        if isinstance(error, BrokenExecutor):
            self._failed(key, "its engine crashed")
        elif isinstance(error, VoiceUnavailable):
            raise error
        elif error is not None:
            words = error.message if isinstance(error, LeafcastError) else type(error).__name__
            self._failed(key, words)
        else:
            self._keep(key, *future.result())

    def _keep(self, key: str, packed: bytes, engine_seconds: float) -> None:
        utterance = self.missing[key]
        self.engine_seconds += engine_seconds
        if fault := clip_fault(unpack_clip(packed), utterance):
            self._failed(key, fault)
            return
        self.cache.write(KIND, key, packed)
        self.made += 1
        self._progress(utterance)

    def _failed(self, key: str, words: str) -> None:
        """Try once more, then name the sentence."""
        self.tries[key] = self.tries.get(key, 0) + 1
        if self.tries[key] < TRIES:
            self.alone.append(key)
            return
        utterance = self.missing[key]
        self._progress(utterance)
        sentence = utterance.shown or utterance.spoken
        self.findings.append(
            Finding(
                "sentence-not-voiced",
                Severity.ERROR,
                f"The voice “{self.spec.name}” could not say “{sentence}”: {words}",
                other_voice(self.spec),
            )
        )

    def _stop_hanging(self) -> None:
        """Kill the workers; those that hung are tried again, the others were innocent."""
        now = time.monotonic()
        for key, deadline in list(self.running.values()):
            if deadline <= now:
                self._failed(key, "its engine did not answer in time")
            else:
                self.queue.append(key)
        self.voices.close()
        self.running.clear()

    def _progress(self, utterance: Utterance) -> None:
        self.letters_done += len(utterance.spoken)
        share = min(1.0, self.letters_done / self.letters)
        self.voices.on_progress(Progress(utterance.shown or utterance.spoken, share))


def clip_fault(clip: Clip, utterance: Utterance) -> str:
    """What is wrong with a clip as the sound of an utterance, in words, or ""."""
    import numpy as np

    letters = sum(character.isalnum() for character in utterance.spoken)
    if len(clip.samples) == 0 or not letters:
        return "" if not letters else "no sound came back"
    if not bool(np.isfinite(clip.samples).all()):
        return "the sound is not sound"
    if float(np.abs(clip.samples).max()) < QUIETEST_PEAK:
        return "the sound is silent"
    if clip.seconds < letters / FASTEST_LETTERS_A_SECOND:
        return f"only {clip.seconds:.1f} s of sound came back"
    if clip.seconds > 4 + letters / SLOWEST_LETTERS_A_SECOND:
        return f"{clip.seconds:.0f} s of sound came back, far too much"
    return ""


# ---------------------------------------------------------------- processes

_voices: dict[VoiceSpec, Voice] = {}


def speak_in_worker(spec: VoiceSpec, utterance: Utterance) -> tuple[bytes, float]:
    """One utterance as a packed clip, and the CPU seconds the engine took to say it."""
    if spec not in _voices:
        _voices[spec] = open_voice(spec)
    began = _cpu_seconds()
    clip = _voices[spec].speak(utterance)
    if not isinstance(clip, Clip):
        raise VoiceError("its engine gave no clip")
    return pack_clip(clip), _cpu_seconds() - began


def _cpu_seconds() -> float:
    """What this process and its ended children have computed: some engines speak in a child."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system
