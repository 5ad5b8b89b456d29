"""A content-addressed store: what was once made from the same things is not made again.

A key is the hash of everything that decides the content, so an entry never goes stale. Each
entry carries its own SHA-256 and is checked when it is read; a damaged one is removed and
counts as missing. Entries are written beside and then moved into place, so a killed build or
two builds at once leave only whole entries.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Protocol

from leafcast.document.errors import regular

DIGEST_BYTES: Final = 32
ENCODER: Final = json.JSONEncoder(sort_keys=True)


def digest(*parts: object) -> str:
    """The hash of `parts` (JSON-like values, or bytes): 40 hexadecimal digits.

    Parts are framed, so ("ab", "c") and ("a", "bc") differ. Raises TypeError for a value
    that JSON does not know, because its text might change from run to run.
    """
    sha = hashlib.sha256()
    for part in parts:
        text = part if isinstance(part, bytes) else ENCODER.encode(part).encode()
        sha.update(b"%d %d:" % (isinstance(part, bytes), len(text)))
        sha.update(text)
    return sha.hexdigest()[:40]


def write_beside(path: Path, data: bytes) -> None:
    """Write `data` to `path` whole or not at all: beside it first, then in its place."""
    with beside(path) as part:
        part.write_bytes(data)


def write_through(folder: Path, path: Path, data: bytes) -> None:
    """Write `data` to `path` whole or not at all, by way of `folder`: a program that is killed
    leaves nothing beside `path`, but for a folder on another file system.
    """
    passing = folder / path.name
    write_beside(passing, data)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.replace(passing, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_beside(path, data)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """A file to write to, which stands in the place of `path` once all of it was written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    os.close(handle)
    try:
        yield Path(part)
        os.chmod(part, 0o644)
        os.replace(part, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise


def user_folder() -> Path:
    """Where what is true of the machine is kept, whichever project: in the user's cache folder."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(os.path.expanduser(base)) / "leafcast"  # noqa: PTH111


class Shared(Protocol):
    """Where machines that work together find what others made; see `state.blobs`."""

    def has(self, name: str) -> bool:
        """Whether it is there."""

    def read(self, name: str) -> bytes | None:
        """What is there."""

    def write(self, name: str, content: bytes) -> None:
        """Let others find it."""


_shared: Shared | None = None
_noted: set[str] | None = None
CACHE: Final = "cache"
"""The folder of whose kinds are shared: others hold programs, which come from nowhere else."""
USED_EVERY_SECONDS: Final = 86_400
"""How exactly an entry tells by its time when it was last used."""


@contextmanager
def sharing(store: Shared) -> Iterator[None]:
    """Look in `store` too for what is in no cache of this process, and put there what is new."""
    global _shared
    before, _shared = _shared, store
    try:
        yield
    finally:
        _shared = before


@contextmanager
def noting() -> Iterator[set[str]]:
    """The names of all entries of a CACHE that this process asks for, reads or writes meanwhile."""
    global _noted
    before, _noted = _noted, set()
    try:
        yield _noted
    finally:
        _noted = before


class Cache:
    """The store in `folder`. `kind` is a sub-folder such as `clips` or `mp3`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def _shared(self) -> Shared | None:
        return _shared if self.folder.name == CACHE else None

    def path(self, kind: str, key: str) -> Path:
        """Where the entry lies; its first 32 bytes are the SHA-256 of the rest."""
        return self.folder / kind / key[:2] / key

    def has(self, kind: str, key: str) -> bool:
        """Whether an entry is there, without reading it."""
        there = self._used(kind, key)
        return there or bool(self._shared and self._shared.has(_name(kind, key)))

    def read(self, kind: str, key: str) -> bytes | None:
        """The entry's bytes, or None when it is missing or was damaged (and is now removed)."""
        path = self.path(kind, key)
        self._used(kind, key)
        try:
            stored = regular(path).read_bytes()
        except FileNotFoundError:
            return self._read_shared(kind, key)
        except OSError:  # it is no file, stands in none of our folders, or the disk is bad
            stored = b""
        if (data := _whole(stored)) is not None:
            return data
        with suppress(OSError):
            path.unlink()
        return self._read_shared(kind, key)

    def _read_shared(self, kind: str, key: str) -> bytes | None:
        """The entry as another machine made it, kept here too; None where it is not whole."""
        stored = self._shared.read(_name(kind, key)) if self._shared else None
        data = _whole(stored) if stored else None
        if stored and data is not None:
            with suppress(OSError):
                write_beside(self.path(kind, key), stored)
        return data

    def write(self, kind: str, key: str, data: bytes) -> None:
        """Store `data`. Raises OSError when it cannot, such as on a full disk."""
        path = self.path(kind, key)
        self._note(kind, key)
        stored = hashlib.sha256(data).digest() + data
        try:
            write_beside(path, stored)
        except OSError:
            if not self._cleared(path):
                raise
            write_beside(path, stored)
        if self._shared:
            self._shared.write(_name(kind, key), stored)

    def _used(self, kind: str, key: str) -> bool:
        """Whether an entry is there; its time says that it was used."""
        self._note(kind, key)
        path = self.path(kind, key)
        try:
            there = path.stat()
        except OSError:
            return False
        if abs(time.time() - there.st_mtime) > USED_EVERY_SECONDS:
            with suppress(OSError):
                os.utime(path)
        return stat.S_ISREG(there.st_mode)

    def _note(self, kind: str, key: str) -> None:
        if _noted is not None and self.folder.name == CACHE:
            _noted.add(_name(kind, key))

    def _cleared(self, path: Path) -> bool:
        """Whether something was taken out of an entry's way: a folder in its place, or a file in
        that of its folder.
        """
        in_the_way = [path] if path.is_dir() else []
        folders = (self.folder / name for name in path.relative_to(self.folder).parents)
        in_the_way += [each for each in folders if each.is_file()]
        for each in in_the_way:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        return bool(in_the_way)


def _whole(stored: bytes) -> bytes | None:
    """What an entry holds, where it is what was written."""
    data = stored[DIGEST_BYTES:]
    return data if hashlib.sha256(data).digest() == stored[:DIGEST_BYTES] else None


def _name(kind: str, key: str) -> str:
    return f"{CACHE}/{kind}/{key[:2]}/{key}"
