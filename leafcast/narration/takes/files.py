"""What lies in audio/takes/<slug>: recordings, folders of retakes, and takes.toml."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from leafcast.practice.project import Project
from leafcast.state.cache import digest

TAKES: Final = "takes"
"""The folder of audio/ that holds recordings; nothing in it is ever removed."""
CHOICES_FILE: Final = "takes.toml"
KINDS: Final = (".wav", ".mp3", ".m4a", ".flac")
OTHER_KINDS: Final = (
    ".3gp", ".aac", ".aif", ".aifc", ".aiff", ".amr", ".caf", ".mov", ".mp4", ".ogg", ".opus",
    ".webm", ".wma",
)  # fmt: skip
"""Sound that is not taken as it is."""


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A recording: its path, how the owner knows it, and the hash of its bytes.

    The hash is "" where the file cannot be read.
    """

    path: Path
    shown: str
    digest: str


@dataclass(frozen=True, slots=True)
class TakeFiles:
    """The recordings of one article.

    `sections` replace a section each; `sentences` lie in a folder each and replace a sentence;
    `strange` are kinds of sound that are not taken.
    """

    folder: Path = Path()
    sections: tuple[SoundFile, ...] = ()
    sentences: tuple[SoundFile, ...] = ()
    strange: tuple[SoundFile, ...] = ()
    choices: str = ""

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.sections or self.sentences or self.strange or self.choices)

    @property
    def digest(self) -> str:
        """The hash of all that decides what is heard of them."""
        files = (*self.sections, *self.sentences, *self.strange)
        return digest(self.choices, *(part for file in files for part in (file.shown, file.digest)))


def takes_folder(project: Project, slug: str) -> Path:
    """Where the recordings of an article lie."""
    return project.audio / TAKES / slug


def find_takes(project: Project, slug: str) -> TakeFiles:
    """Every recording of an article, by name."""
    folder = takes_folder(project, slug)
    if not folder.is_dir():
        return TakeFiles(folder)
    entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    inside = [
        path
        for entry in entries
        if entry.is_dir()
        for path in sorted(entry.iterdir())
        if not path.name.startswith(".")
    ]
    choices = folder / CHOICES_FILE
    return TakeFiles(
        folder,
        _of_kind(project, entries, KINDS),
        _of_kind(project, inside, KINDS),
        _of_kind(project, (*entries, *inside), OTHER_KINDS),
        hashlib.sha256(choices.read_bytes()).hexdigest() if choices.is_file() else "",
    )


def _of_kind(
    project: Project, paths: list[Path] | tuple[Path, ...], kinds: tuple[str, ...]
) -> tuple[SoundFile, ...]:
    return tuple(
        SoundFile(path, path.relative_to(project.folder).as_posix(), _hash(path))
        for path in paths
        if path.suffix.lower() in kinds and path.is_file()
    )


def _hash(path: Path) -> str:
    try:
        state = path.stat()
    except OSError:
        return ""
    return _hash_of(path, state.st_size, state.st_mtime_ns)


@cache
def _hash_of(path: Path, size: int, changed: int) -> str:
    """The hash of a file's bytes, reckoned once in a run, though each pace asks."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
