"""Hearing a sentence at once, choosing a voice by ear, and saying how a word is said.

The voice speaks in a process of its own, which stays open: the first sentence waits for it to open.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import tomlkit

from leafcast.document.article import Article, article_sentences, walk_sections
from leafcast.document.errors import UsageError
from leafcast.execution.workers import end_workers, open_workers
from leafcast.narration.lexicon import check_lexicon, read_lexicon
from leafcast.narration.model import Utterance, Voice, VoiceSpec
from leafcast.narration.spoken import spoken_text
from leafcast.narration.voices import open_voice, unavailable
from leafcast.narration.voices.specs import choose_voice, read_voices
from leafcast.practice.project import LEXICON_FILE, PRACTICE_FILE, Project, load_project
from leafcast.practice.settings import read_settings
from leafcast.state.cache import write_beside

LONGEST: Final = 2000
"""Letters that are said at once; a sentence has fewer."""
SAMPLE: Final = "You don’t have to get it perfect."
SILENT: Final = "tone"


@dataclass(frozen=True, slots=True)
class Heard:
    """Words to be heard: a sentence by its id, and whether it is a heading."""

    id: str
    text: str
    heading: bool


def heard(article: Article) -> tuple[Heard, ...]:
    """Every sentence of an article in reading order."""
    headings = {
        each.id for section in walk_sections(article.sections) for each in section.heading.sentences
    }
    return tuple(
        Heard(each.id, each.text, each.id in headings) for each in article_sentences(article)
    )


def voices(project: Project) -> Mapping[str, str]:
    """The voices that are ready and say words, and what is known of each."""
    return {
        name: spec.accent or ""
        for name, spec in read_voices(project).items()
        if (spec.engine != SILENT or name == project.practice.sound.voice) and not unavailable(spec)
    }


def speak(folder: Path, voice: str, words: str, like: tuple[str, str]) -> bytes:
    """A sentence as WAV, a word of it said `like` something else where that is given.

    Raises LeafcastError where the voice cannot say it.
    """
    project = load_project(folder)
    spec = choose_voice(voice or project.practice.sound.voice, project)
    word, said = like
    if word and said:
        words = words.replace(word, said)
    spoken = spoken_text(words, read_lexicon(project, spec))
    clip = _opened(spec).speak(Utterance("heard", spoken, words))
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


@dataclass(slots=True)
class Speaker:
    """Says one sentence after the other, in a process that stays open."""

    folder: Path
    lock: Lock = field(default_factory=Lock)
    pool: Executor | None = None

    def say(self, voice: str, words: str, like: tuple[str, str] = ("", "")) -> bytes:
        """A sentence as WAV. Raises UsageError, LeafcastError or BrokenExecutor."""
        if not words.strip() or len(words) > LONGEST:
            raise UsageError("There is nothing to say here", "Choose a sentence")
        with self.lock:
            if self.pool is None:
                self.pool = open_workers(1, ("leafcast.studio.hearing",))
            return self.pool.submit(speak, self.folder, voice, words, like).result()

    def close(self) -> None:
        """End the process."""
        if self.pool:
            end_workers(self.pool)


# ---------------------------------------------------------------- kept


def keep_word(project: Project, word: str, said: str) -> None:
    """Write into the lexicon how a word is said; with nothing said, it is taken out again.

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


def choose(project: Project, voice: str) -> None:
    """Let a voice read from now on. Raises UsageError where there is none of that name."""
    choose_voice(voice, project)
    path = project.folder / PRACTICE_FILE
    document = tomlkit.parse(path.read_text("utf-8"))
    if "sound" not in document:
        document.add("sound", tomlkit.table())
    table: Any = document["sound"]
    table["voice"] = voice
    write_beside(path, tomlkit.dumps(document).encode())
