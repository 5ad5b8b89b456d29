"""Her own voice: the sentences of an article, and what she read of them.

A reading is a file of audio/takes/<article>/<section>/, under the name that the record sheet gives
it: what `leafcast build` takes, and what she could have put there by hand.
"""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomlkit

from leafcast.document.article import Article
from leafcast.document.errors import UsageError
from leafcast.narration.model import Passage, Script
from leafcast.narration.narrate import tell
from leafcast.narration.takes.choices import read_choices
from leafcast.narration.takes.files import CHOICES_FILE, find_takes, takes_folder
from leafcast.narration.takes.match import MatchedTakes, match_takes
from leafcast.narration.takes.names import sentence_names, sentences_of
from leafcast.narration.takes.recorded_article import shown_folder
from leafcast.practice.project import Project
from leafcast.state.cache import write_beside

MOST_BYTES: Final = 40_000_000
"""Of one reading: more than six minutes at 48 kHz, and no sentence lasts so long."""
GONE: Final = ("This sentence is not there any more", "Go back to Record, and choose it again")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence to be read: where its reading belongs, and what is there.

    `read` is the reading's file, `whole` says that it is in a recording of the whole section.
    """

    id: str
    words: str
    heading: bool
    stem: str
    read: Path | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the article, and its sentences in reading order."""

    number: int
    id: str
    title: str
    lines: tuple[Line, ...]

    @property
    def there(self) -> int:
        """How many of its sentences she has read."""
        return sum(bool(line.read or line.whole) for line in self.lines)

    def line(self, sentence: str) -> Line:
        """A sentence by its id. Raises UsageError."""
        found = next((line for line in self.lines if line.id == sentence), None)
        if found is None:
            raise UsageError(*GONE)
        return found


def script_of(project: Project, article: Article) -> Script:
    """What is said of the article. Raises LeafcastError."""
    return tell(project, article, "").script


def matched_takes_of(project: Project, article: Article, script: Script) -> MatchedTakes:
    """What she recorded of it. Raises SettingsError for a slip in her choices."""
    return match_takes(find_takes(project, article.slug), script, shown_folder(article.slug))


def parts(project: Project, article: Article) -> tuple[Part, ...]:
    """Every section that has sentences to read, with what is read of it. Raises LeafcastError."""
    script = script_of(project, article)
    matched = matched_takes_of(project, article, script)
    found = (_part(passage, matched) for passage in script.passages)
    return tuple(part for part in found if part.lines)


def part_of(project: Project, article: Article, id_: str) -> Part:
    """A section by its id, the first where none is named. Raises UsageError."""
    all_ = parts(project, article)
    found = next((part for part in all_ if id_ in ("", part.id)), None)
    if found is None:
        raise UsageError("This part is not there any more", "Go back to Record, and choose another")
    return found


def _part(passage: Passage, matched: MatchedTakes) -> Part:
    takes = matched.of(passage.id)
    retakes, names = dict(takes.retakes), sentence_names(passage)
    lines = tuple(
        Line(
            said.id,
            said.shown,
            at == 0 and passage.number > 1,
            names[said.id],
            retakes[said.id].path if said.id in retakes else None,
            takes.take is not None,
        )
        for at, said in enumerate(sentences_of(passage))
    )
    return Part(passage.number, passage.id, passage.title, lines)


# ---------------------------------------------------------------- kept


def keep_reading(project: Project, article: Article, place: tuple[str, str], sound: bytes) -> Path:
    """Keep a reading of the sentence at `place` (section, sentence) in place of an earlier one.

    Raises UsageError where it is no WAV file or the sentence is gone, OSError.
    """
    part = part_of(project, article, place[0])
    line = part.line(place[1])
    _check_sound(sound)
    target = takes_folder(project, article.slug) / part.id / f"{line.stem}.wav"
    write_beside(target, sound)
    if line.read and line.read != target:
        line.read.unlink()
    choose_use(project, article, place, "")
    return target


def _check_sound(sound: bytes) -> None:
    try:
        with wave.open(io.BytesIO(sound)) as file:
            plain = (file.getnchannels(), file.getsampwidth()) == (1, 2) and file.getnframes() > 0
    except (wave.Error, EOFError):
        plain = False
    if not plain:
        raise UsageError("Nothing was recorded", "See that the microphone is on, and read it again")


def choose_use(project: Project, article: Article, place: tuple[str, str], use: str) -> None:
    """Write into the choices that a reading is used whatever was heard ("retake"), or not ("").

    Raises SettingsError for a slip in them, OSError.
    """
    path = takes_folder(project, article.slug) / CHOICES_FILE
    if not use and not path.is_file():
        return
    read_choices(path.parent, shown_folder(article.slug))
    document = tomlkit.parse(path.read_text("utf-8")) if path.is_file() else tomlkit.document()
    section, sentence = place
    if use:
        sentences: Any = _table(_table(document, section), "sentences")
        sentences[sentence] = use
    else:
        kept: Any = document.get(section, {}).get("sentences", {})
        kept.pop(sentence, None)
    write_beside(path, tomlkit.dumps(document).encode())


def _table(document: Any, name: str) -> Any:
    if name not in document:
        document.add(name, tomlkit.table())
    return document[name]
