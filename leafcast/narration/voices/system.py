"""The computer's own voice, through pyttsx3: SAPI5 on Windows, NSSS on macOS, espeak elsewhere.

pyttsx3 is kept in a guard, because `runAndWait()` can return before the file is there, a second
file of one run is lost, an unknown voice is replaced in silence, and it prints: each utterance has
a process of its own with a time limit, the voice's name is checked, and the file is read back.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Final

from leafcast.document.errors import SoundError, VoiceError, VoiceUnavailable
from leafcast.narration.model import Clip, Utterance, VoiceSpec, WordMark
from leafcast.narration.words import spoken_words

VERSION: Final = 3
LIMIT_SECONDS: Final = 60
BRITISH: Final = ("en-gb", "en_gb", "gmw/en-gb", "hazel", "english (great britain)", "british")


def ingredients(spec: VoiceSpec) -> tuple[str | float, ...]:
    """The platform and the package; the system's own voice may change beneath us."""
    try:
        return (VERSION, sys.platform, metadata.version("pyttsx3"))
    except metadata.PackageNotFoundError:
        return (VERSION, sys.platform, "missing")


def missing(spec: VoiceSpec) -> str:
    """What is lacking."""
    if importlib.util.find_spec("pyttsx3") is None:
        return "its package is not installed (pip install pyttsx3)"
    return ""


def open_voice(spec: VoiceSpec) -> SystemVoice:
    """The voice, found once. Raises VoiceUnavailable when the system has none of that name."""
    if lack := missing(spec):
        raise VoiceUnavailable(f"The voice “{spec.name}” is not here: {lack}")
    found = json.loads(_guarded("find", str(spec.setting("voice", ""))))
    if "error" in found:
        raise VoiceUnavailable(f"The voice “{spec.name}” is not here: {found['error']}")
    return SystemVoice(found["voice"], int(spec.setting("words_per_minute", 150)))


class SystemVoice:
    """Says each utterance in a process of its own."""

    def __init__(self, voice: str, words_per_minute: int) -> None:
        self.voice = voice
        self.words_per_minute = words_per_minute

    def speak(self, utterance: Utterance) -> Clip:
        """Say one utterance. Raises VoiceError when no sound comes back."""
        from leafcast.narration.voices.trim import trim

        with tempfile.TemporaryDirectory(prefix="leafcast-") as folder:
            path = Path(folder) / "spoken.wav"
            rate = str(self.words_per_minute)
            answer = json.loads(_guarded("speak", self.voice, rate, utterance.spoken, str(path)))
            clip = read_wave(path)
            words = heard_words(utterance.spoken, answer["heard"], len(clip.samples))
            return trim(replace(clip, words=words))


def heard_words(spoken: str, heard: Sequence[tuple[int, int]], length: int) -> tuple[WordMark, ...]:
    """A mark for each word that the engine said it began.

    `heard` are samples and places in `spoken`, counted from 1; a place 0 is the end of a clause. A
    word lasts until the next begins or its clause ends.
    """
    words = spoken_words(spoken)
    ends = [end for _, end in words]
    starts: dict[int, int] = {}
    for sample, place in heard:
        word = bisect_right(ends, place - 1)
        if place > 0 and word < len(words):
            starts.setdefault(word, sample)
    stops = sorted({*starts.values(), *(sample for sample, place in heard if not place), length})
    return tuple(
        WordMark(start, next((stop for stop in stops if stop > start), length), *words[word])
        for word, start in sorted(starts.items())
        if start < length
    )


def read_wave(path: Path) -> Clip:
    """A sound file of 16 bits as a clip, its first channel. Raises VoiceError when it is none."""
    from leafcast.narration.sound.wave import load_wave

    try:
        samples, rate = load_wave(path)
    except SoundError as error:
        raise VoiceError(f"the system's voice left no sound: {error}") from None
    return Clip(rate, samples)


def _guarded(*arguments: str) -> str:
    """Run this module in a process of its own; what it answered on its last line."""
    command = [sys.executable, "-P", "-m", "leafcast.narration.voices.system_guard", *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", timeout=LIMIT_SECONDS,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise VoiceError("the system's voice did not answer in time") from None
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise VoiceError(f"the system's voice failed: {last}")
    return lines[-1]
