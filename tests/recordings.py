"""Recordings for tests: readings by a voice leafcast does not publish with, and their faults."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import signal

from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Clip, Utterance, Voice, VoiceSpec, WordMark
from leafcast.narration.sound.joining import resample
from leafcast.narration.spoken import spoken_text
from leafcast.narration.takes.decode import Recording
from leafcast.narration.takes.files import SoundFile
from leafcast.narration.takes.listener import Listener
from leafcast.narration.takes.words import Sounded
from leafcast.narration.voices import open_voice

RATE = 44_100
Floats = npt.NDArray[np.float64]

ARTICLE = """\
---
title: A Quiet Hour
author: Jo Example
published: 2026-03-01
review: 2028-03-01
summary: What an hour of therapy is like.
---

Therapy begins with a quiet hour. You need not prepare for it.

## What happens

You sit down and we talk for fifty minutes. You may bring a worry, a question, or nothing at all. \
Some people cry, and some people laugh.

- Everything you say stays in the room.
- You can stop whenever you like.

## What comes after

After an hour you go home, and we meet again in a week. Nothing has to be decided on the first day. \
You can call 0300 123 3393 between sessions.
"""
WHAT_HAPPENS = (
    "What happens.",
    "You sit down and we talk for fifty minutes.",
    "You may bring a worry, a question, or nothing at all.",
    "Some people cry, and some people laugh.",
    "Everything you say stays in the room.",
    "You can stop whenever you like.",
)


# ---------------------------------------------------------------- readings


@cache
def _voice(engine: str) -> Voice:
    return open_voice(VoiceSpec(engine, engine))


@cache
def say(words: str, engine: str = "hibari") -> Floats:
    """One sentence at 44.1 kHz, its peak at a half."""
    spoken = spoken_text(words, Lexicon())
    clip = _voice(engine).speak(Utterance("said", spoken, words, "said"))
    dense = resample(clip.samples, clip.rate)
    return np.asarray(dense / np.abs(dense).max() / 2)


def read(parts: Sequence[str | float | Floats], noise_db: float = -70.0) -> Floats:
    """Sentences, pauses in seconds and other sounds one after the other, in a room so quiet."""
    pieces: list[Floats] = [np.zeros(RATE)]
    for part in parts:
        if isinstance(part, str):
            pieces.append(say(part))
        else:
            pieces.append(np.zeros(round(part * RATE)) if isinstance(part, float) else part)
    whole = np.concatenate([*pieces, np.zeros(RATE)])
    return whole + np.random.default_rng(7).normal(size=len(whole)) * 10 ** (noise_db / 20)


def in_turn(sentences: Sequence[str], pause: float = 0.6) -> list[str | float]:
    """Sentences with the same pause after each."""
    return [each for sentence in sentences for each in (sentence, pause)]


def save(path: Path, samples: Floats, rate: int = RATE, channels: int = 1) -> Path:
    """Sound as a WAV file of 16 bits; `samples` may be [frames, channels]."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return path


def recording(samples: Floats, rate: int = RATE) -> Recording:
    """Sound as a take that was opened."""
    return Recording(
        SoundFile(Path("take.wav"), "audio/takes/x/take.wav", "0"), rate, samples.astype(np.float32)
    )


# ---------------------------------------------------------------- faults


def room(seconds: float, seed: int = 3) -> Floats:
    """The impulse response of a room that rings so long: the voice, and noise that dies away."""
    length = round(1.2 * seconds * RATE)
    tail = np.random.default_rng(seed).normal(size=length)
    tail *= 10 ** (-3 * np.arange(length) / (seconds * RATE))
    tail *= 0.5 / np.sqrt(np.square(tail).sum())
    tail[0] += 1
    return tail


def in_room(samples: Floats, seconds: float) -> Floats:
    return np.asarray(signal.fftconvolve(samples, room(seconds))[: len(samples)])


def cough() -> Floats:
    length = round(0.3 * RATE)
    burst = np.random.default_rng(5).normal(size=length) * np.exp(-np.arange(length) / 3000)
    return np.asarray(burst * 0.2)


def hum(length: int, level_db: float) -> Floats:
    times = np.arange(length) / RATE
    wave_ = np.sin(2 * np.pi * 50 * times) + 0.5 * np.sin(2 * np.pi * 150 * times)
    return np.asarray(10 ** (level_db / 20) * wave_)


# ---------------------------------------------------------------- an ear that knows what was read


@dataclass
class KnowingEar:
    """Hears what it was told, in files known by their length; for tests that need no recogniser."""

    told: dict[int, tuple[Sounded, ...]] = field(default_factory=dict)
    asked: int = 0

    def listener(self) -> Listener:
        return Listener(self.hear, self.align, "knowing")

    def hear(self, clip: Clip) -> tuple[Sounded, ...]:
        self.asked += 1
        return self.told[len(clip.samples)]

    def align(self, clip: Clip, spoken: str) -> tuple[WordMark, ...]:
        words = spoken.split()
        step = len(clip.samples) // max(1, len(words))
        return tuple(
            WordMark(at * step, (at + 1) * step, 0, len(word)) for at, word in enumerate(words)
        )

    def read(self, path: Path, parts: Sequence[str | float | Floats]) -> Path:
        """Record `parts` as `path`, and remember when each word is said."""
        at, heard = float(RATE), []
        for part in parts:
            if isinstance(part, str):
                words = part.split()
                length = len(say(part)) / len(words)
                for number, word in enumerate(words):
                    start, end = (round(at + length * each) for each in (number, number + 1))
                    heard.append(Sounded(word.strip(",.?!"), start, end, 0.9))
                at += length * len(words)
            else:
                at += part * RATE if isinstance(part, float) else len(part)
        samples = read(parts)
        self.told[len(samples)] = tuple(heard)
        return save(path, samples)
