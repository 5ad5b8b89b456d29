"""How fast a voice is, and how well it is understood: measured once on this machine, then known.

Speed is counted over a dozen plain sentences, without numbers or names, that are the same for every
voice. With the extra `listen`, an ear writes down what it hears; the word error is the share of
words that come out otherwise (substituted, left out or added).
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import re
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Protocol, cast

from leafcast.document.errors import VoiceError
from leafcast.narration.clips import clip_key, read_clip
from leafcast.narration.model import Clip, Utterance, VoiceSpec
from leafcast.narration.timing import words_counted
from leafcast.narration.voice_pool import VoicePool, voice_missing
from leafcast.narration.voices import fingerprint
from leafcast.practice.project import Project
from leafcast.state.cache import Cache, digest

KIND: Final = "measures"
VERSION: Final = 1
EAR: Final = "leafcast.narration.listening.ear"

SENTENCES: Final = (
    "Many people find it hard to say what hurts.",
    "You do not need to know where to begin.",
    "A quiet room and a regular time can make it easier.",
    "Some weeks there is a great deal to talk about, and some weeks there is very little.",
    "It may help to write a few words down before you come.",
    "What you say stays between the two of you.",
    "There are limits to this, and your therapist will explain them at the start.",
    "If you feel worse after a session, say so the next time you meet.",
    "Most worries grow smaller once they have been shared with somebody who listens.",
    "Nobody will tell you how to live your life.",
    "You can stop whenever you like, although it is often good to have a last meeting.",
    "Take your time, breathe slowly, and notice how your feet rest on the floor.",
)


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured of a voice.

    `words_per_minute`, of usual length, while it speaks; `cpu_seconds` for one second of sound;
    `word_error` as a share, None where nothing could listen.
    """

    words_per_minute: float
    cpu_seconds: float
    word_error: float | None = None


class HeardWord(Protocol):
    """A word that an ear heard."""

    @property
    def text(self) -> str:
        """The word."""
        ...


class Ear(Protocol):
    """The module that can listen."""

    def missing(self) -> str:
        """What it lacks on this machine, or ""."""
        ...

    def hear(self, clip: Clip) -> Iterable[HeardWord]:
        """The words it hears in a clip."""
        ...


Listen = Callable[[Clip], str]
"""Writes down what it hears."""


def listener() -> Listen | None:
    """An ear, where this machine has one."""
    if importlib.util.find_spec(EAR) is None:
        return None
    ear = cast("Ear", importlib.import_module(EAR))
    if ear.missing():
        return None
    return lambda clip: " ".join(word.text for word in ear.hear(clip))


def measured(project: Project, spec: VoiceSpec) -> Measures | None:
    """What is known of this voice, as it would sound now; None where it was not measured."""
    stored = Cache(project.work / "cache").read(KIND, _key(spec))
    return Measures(**json.loads(stored)) if stored is not None else None


def measure(project: Project, spec: VoiceSpec, listen: Listen | None) -> Measures:
    """Measure the voice anew, and remember it. Raises VoiceError where it cannot speak."""
    utterances = [Utterance(f"m{at}", words, words) for at, words in enumerate(SENTENCES)]
    prints = fingerprint(spec)
    project.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=project.work, prefix="measure-") as folder:
        cache = Cache(Path(folder))
        with closing(VoicePool()) as voices:
            voiced = voice_missing(utterances, spec, cache, voices)
        if voiced.findings:
            raise VoiceError(voiced.findings[0].message, voiced.findings[0].fix)
        clips = [read_clip(cache, clip_key(prints, each)) for each in utterances]
    sounds = [clip for clip in clips if clip is not None]
    seconds = sum(clip.seconds for clip in sounds)
    count = sum(map(words_counted, SENTENCES))
    error = None
    if listen is not None:
        error = word_error(SENTENCES, [listen(clip) for clip in sounds])
    found = Measures(count / seconds * 60, voiced.engine_seconds / seconds, error)
    stored = json.dumps(asdict(found)).encode()
    Cache(project.work / "cache").write(KIND, _key(spec), stored)
    return found


def word_error(written: tuple[str, ...], heard: list[str]) -> float:
    """The word error rate: the fewest words to change, over the words that were written."""
    pairs = [
        (plain_words(one), plain_words(other)) for one, other in zip(written, heard, strict=True)
    ]
    return sum(changes(*pair) for pair in pairs) / sum(len(one) for one, _ in pairs)


def plain_words(text: str) -> list[str]:
    """The words of `text` in small letters, without what stands around them."""
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text.casefold().replace("’", "'"))


def changes(one: list[str], other: list[str]) -> int:
    """The fewest words to substitute, leave out or add to make `other` of `one` (Levenshtein)."""
    row = list(range(len(other) + 1))
    for at, word in enumerate(one, 1):
        before, row[0] = row[0], at
        for to, heard in enumerate(other, 1):
            best = min(row[to] + 1, row[to - 1] + 1, before + (word != heard))
            before, row[to] = row[to], best
    return row[-1]


def _key(spec: VoiceSpec) -> str:
    return digest(KIND, VERSION, fingerprint(spec))
