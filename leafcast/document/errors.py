"""Errors that stop a piece of work.

A fault in what the owner wrote is a `Finding` (see `report.py`), gathered with all the others.
These errors are for what cannot go on. Each is shown once, by `cli.py`, with its hint.

    LeafcastError
    ├── UsageError         the command asks for something that does not exist      (exit 2)
    ├── SettingsError      practice.toml or voices.toml cannot be used             (exit 2)
    ├── SourceError        an article cannot be read at all
    ├── VoiceError         a voice cannot be opened, or cannot say a sentence
    │   └── VoiceUnavailable   the engine itself cannot work here
    ├── SoundError         sound cannot be joined, levelled or encoded
    │   ├── ClipMissing    a sentence's sound is not there, or was damaged
    │   └── NotAligned     the words of a text cannot be found in its sound
    ├── LayoutError        a leaflet cannot be laid out
    │   └── DoesNotFit         what the owner asked for has no room in a folded leaflet
    ├── ToolMissing        a program or an optional package is not on this machine
    └── BusyError          another build is using this project

What has a file's name and is none (a folder, a pipe, a device) is refused before it is opened, as
NotAFile: a pipe is waited for, and a device has no end.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class LeafcastError(Exception):
    """An error with a sentence for a person, a hint that helps, and where it happened.

    `message` says what is wrong, `hint` what to do about it, `path` and `line` (1-based) where.
    It survives pickling, because workers raise it in other processes.
    """

    exit_code = 1

    def __init__(
        self, message: str, hint: str = "", path: str = "", line: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line

    def __reduce__(self) -> tuple[type[LeafcastError], tuple[str, str, str, int | None]]:
        return type(self), (self.message, self.hint, self.path, self.line)

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: " if self.path and self.line else ""
        where = where or (f"{self.path}: " if self.path else "")
        return f"{where}{self.message}"


class UsageError(LeafcastError):
    """The command asks for something that does not exist."""

    exit_code = 2


class SettingsError(LeafcastError):
    """practice.toml or voices.toml cannot be used."""

    exit_code = 2


class SourceError(LeafcastError):
    """An article cannot be read at all."""


class VoiceError(LeafcastError):
    """A voice cannot be opened, or cannot say a sentence."""


class VoiceUnavailable(VoiceError):
    """A voice's engine cannot work on this machine, whatever the sentence."""


class SoundError(LeafcastError):
    """Sound cannot be joined, levelled or encoded."""


class ClipMissing(SoundError):
    """The sound of a sentence is not in the cache, or was damaged and is not any more."""


class NotAligned(SoundError):
    """The words of a text cannot be found in the sound that should say them."""


class LayoutError(LeafcastError):
    """A leaflet cannot be laid out."""


class DoesNotFit(LayoutError):
    """What the owner asked for has no room in a folded leaflet."""


class ToolMissing(LeafcastError):
    """A program or an optional package is not on this machine."""


class InTheWay(LeafcastError):
    """Something of somebody's stands where a file of the publication is to be."""


class BusyError(LeafcastError):
    """Another build is using this project."""


class NotAFile(OSError):
    """Something else has the name of a file."""


def regular(path: Path) -> Path:
    """`path` itself, where it is a file or a link to one. Raises NotAFile where it is anything
    else, FileNotFoundError where nothing is there, OSError where that cannot be seen.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise NotAFile(errno.EINVAL, "it is a folder, or something else that is no file", str(path))
    return path


def real(path: Path) -> Path:
    """Where a path leads, all links followed; a link to itself leads nowhere else."""
    return Path(os.path.realpath(path))


def cure_of(error: OSError) -> str:
    """What the owner can do about a file that cannot be read; "" where only the system knows."""
    if isinstance(error, NotAFile):
        return "Move it elsewhere, or give it another name; then put the file itself in its place"
    if error.errno in (errno.ENOENT, errno.ELOOP):
        return "This link leads nowhere: put back what it leads to, or delete the link"
    return ""
