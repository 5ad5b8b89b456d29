"""Hearing a sentence at once, choosing a voice by ear, and saying how a word is said.

Voices speak in processes of their own, which stay open. A quick voice answers at once, until the
practice's own voice has said the sentence, which a build then finds said.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any, Final

import tomlkit

from leafcast.document.article import Article, article_sentences, walk_sections
from leafcast.document.errors import UsageError
from leafcast.execution.workers import end_workers, open_workers
from leafcast.narration.clips import KIND as CLIPS
from leafcast.narration.clips import clip_key, pack_clip, read_clip
from leafcast.narration.lexicon import check_lexicon, read_lexicon
from leafcast.narration.model import Clip, Utterance, Voice, VoiceSpec
from leafcast.narration.spoken import spoken_text
from leafcast.narration.voices import fingerprint, open_voice, unavailable
from leafcast.narration.voices.specs import choose_voice, read_voices
from leafcast.practice.project import LEXICON_FILE, Project, load_project
from leafcast.practice.settings import read_settings
from leafcast.state.cache import Cache, write_beside
from leafcast.studio.reading_voice import at_pace_of

LONGEST: Final = 2000
"""Letters that are said at once; a sentence has fewer."""
SAMPLE: Final = "You don’t have to get it perfect."
SILENT: Final = "tone"
QUICK: Final = "hibari"
"""The engine whose voice says a sentence in a tenth of the time that others take."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What stands together and is heard: a heading, or the sentences up to the next one."""

    heading: bool
    sentences: tuple[str, ...]


def heard(article: Article) -> tuple[Heard, ...]:
    """Every sentence of an article in reading order."""
    headings = {
        each.id for section in walk_sections(article.sections) for each in section.heading.sentences
    }
    together = groupby(article_sentences(article), lambda each: each.id in headings)
    return tuple(Heard(key, tuple(each.text for each in found)) for key, found in together)


def voices(project: Project) -> Mapping[str, str]:
    """The voices that are ready and say words, and what is known of each."""
    return {
        name: spec.accent or ""
        for name, spec in read_voices(project).items()
        if (spec.engine != SILENT or name == project.practice.sound.voice) and not unavailable(spec)
    }


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as WAV, and whether a quick voice says it until the practice's own one does."""

    sound: bytes
    quick: bool


def speak(folder: Path, voice: str, words: str, like: tuple[str, str], *, quick: bool) -> Spoken:
    """A sentence, a word of it said `like` something else where that is given.

    What the voice has said before is at hand. `quick` lets a quick voice say what is not.
    Raises LeafcastError where the voice cannot say it.
    """
    project = load_project(folder)
    spec = choose_voice(voice or project.practice.sound.voice, project)
    utterance = _utterance(project, spec, words, like)
    cache, key = Cache(project.work / "cache"), clip_key(fingerprint(spec), utterance)
    clip = read_clip(cache, key)
    stand_in = quick_voice(project) if quick and clip is None else None
    if stand_in and stand_in.name != spec.name:
        stand_in = at_pace_of(stand_in, spec)
        utterance = _utterance(project, stand_in, words, like)
        return Spoken(_wav(_opened(stand_in).speak(utterance)), quick=True)
    if clip is None:
        clip = _opened(spec).speak(utterance)
        cache.write(CLIPS, key, pack_clip(clip))
    return Spoken(_wav(clip), quick=False)


def _utterance(project: Project, spec: VoiceSpec, words: str, like: tuple[str, str]) -> Utterance:
    word, said = like
    shown = words.replace(word, said) if word and said else words
    return Utterance("heard", spoken_text(shown, read_lexicon(project, spec)), shown)


def quick_voice(project: Project) -> VoiceSpec | None:
    """The voice that answers at once, where it is ready."""
    quick = (spec for spec in read_voices(project).values() if spec.engine == QUICK)
    return next((spec for spec in quick if not unavailable(spec)), None)


def _wav(clip: Clip) -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.rate)
        file.writeframes((clip.samples.clip(-1, 1) * 32767).astype("<i2").tobytes())
    return held.getvalue()


@lru_cache(1)
def _opened(spec: VoiceSpec) -> Voice:
    return open_voice(spec)


def make_ready(folder: Path, *, quick: bool) -> None:
    """Open the voice that is about to be asked. Raises LeafcastError where it cannot be."""
    project = load_project(folder)
    own = choose_voice(project.practice.sound.voice, project)
    _opened((quick_voice(project) if quick else None) or own)


@dataclass(slots=True)
class Speaker:
    """Says one sentence after the other, in a process that stays open.

    Of sentences that wait only the one that was asked for last is said.
    """

    folder: Path
    quick: bool = False
    lock: Lock = field(default_factory=Lock)
    pool: Executor | None = None
    newest: int = 0

    def say(self, voice: str, words: str, like: tuple[str, str] = ("", "")) -> Spoken:
        """A sentence. Raises UsageError, LeafcastError or BrokenExecutor."""
        if not words.strip() or len(words) > LONGEST:
            raise UsageError("There is nothing to say here", "Choose a sentence")
        self.newest += 1
        mine = self.newest
        with self.lock:
            if mine != self.newest:
                raise UsageError("Another sentence is said instead", "Choose this one again")
            said = self._pool().submit(
                partial(speak, self.folder, voice, words, like, quick=self.quick)
            )
            return said.result()

    def warm(self) -> None:
        """Begin the process, and open its voice, so that the first sentence need not wait."""
        with self.lock:
            self._pool().submit(partial(make_ready, self.folder, quick=self.quick))

    def close(self) -> None:
        """End the process."""
        if self.pool:
            end_workers(self.pool)

    def _pool(self) -> Executor:
        if self.pool is None:
            self.pool = open_workers(1, ("leafcast.studio.hearing",))
        return self.pool


# ---------------------------------------------------------------- kept


def keep_word(project: Project, word: str, said: str) -> str:
    """Write into the lexicon how a word is said; with nothing said, it is taken out again.

    Gives how it was said before, "" where the voice decided.

    Raises SettingsError where that cannot be, and then writes nothing.
    """
    word, said = " ".join(word.split()), " ".join(said.split())
    if not word:
        raise UsageError("Which word?", "Choose a word of the sentence")
    path = project.folder / LEXICON_FILE
    document = tomlkit.parse(path.read_text("utf-8")) if path.is_file() else tomlkit.document()
    if "words" not in document:
        document.add("words", tomlkit.table())
    table: Any = document["words"]
    before = str(table.get(word, ""))
    if said:
        table[word] = said
    elif word in table:
        del table[word]
    trial = path.with_name(".lexicon.trial.toml")
    write_beside(trial, tomlkit.dumps(document).encode())
    try:
        check_lexicon(read_settings(trial, LEXICON_FILE))
    finally:
        trial.unlink()
    write_beside(path, tomlkit.dumps(document).encode())
    return before
