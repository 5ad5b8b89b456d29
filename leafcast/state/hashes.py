"""The hashes of files, in dist/ above all, reckoned anew only for those that were touched.

Else a build with nothing to do would read all of dist/, which is gigabytes for a practice of many
articles. A file counts as untouched while its size, its two times and its inode are the same;
what goes bad on a disk by itself is for `leafcast check` to find, which reads every byte.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from leafcast.document.artifact import FileRecord
from leafcast.document.errors import regular
from leafcast.state.store import State

KIND: Final = "hashes"
FileState = tuple[int, ...]
"""Size in bytes, times of the last change of content and of the entry in ns, inode."""

SETTLED_NS: Final = 2_000_000_000
"""A file changed less than this ago may change again and show the same times: FAT counts two
seconds, others a tick of the clock. Its hash is not kept."""


def read_hash(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal, from its bytes. Raises OSError."""
    with regular(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Hashes:
    """The hashes of files under `folder`, and of others, as far as they were asked for.

    They are kept by folder (of dist/, by publication), so that one that changes rewrites no other.
    """

    def __init__(self, folder: Path, state: State | None = None) -> None:
        self._folder = folder
        self._state = state
        self._groups: dict[str, dict[str, tuple[FileState, str]]] = {}
        self._changed: set[str] = set()

    def of(self, path: Path | str) -> str:
        """The SHA-256 of a file; not read again while untouched. Raises OSError."""
        group, name = self._place(path)
        state, known = state_of(path), self._group(group).get(name)
        if known and known[0] == state:
            return known[1]
        sha256 = read_hash(Path(path))
        if time.time_ns() - max(state[1:3]) > SETTLED_NS:
            self._keep(path, state, sha256)
        return sha256

    def know(self, path: Path, sha256: str) -> None:
        """Keep the hash of a file that we just put in its place, where nobody else writes now.

        Raises OSError.
        """
        self._keep(path, state_of(path), sha256)

    def save(self) -> None:
        """Let the state remember what was learnt; of what is gone, nothing."""
        for group in sorted(self._changed) if self._state else ():
            assert self._state
            there = {
                name: [*known[0], known[1]]
                for name, known in sorted(self._groups[group].items())
                if (self._folder / name).exists()
            }
            if there:
                self._state.write(KIND, group, json.dumps(there, ensure_ascii=False).encode())
            else:
                self._state.forget(KIND, [group])
        self._changed.clear()

    def _keep(self, path: Path | str, state: FileState, sha256: str) -> None:
        group, name = self._place(path)
        self._group(group)[name] = (state, sha256)
        self._changed.add(group)

    def _group(self, group: str) -> dict[str, tuple[FileState, str]]:
        if group not in self._groups:
            self._groups[group] = _read(self._state, group)
        return self._groups[group]

    def _place(self, path: Path | str) -> tuple[str, str]:
        """What a file is kept with, its publication or its folder; and its name there."""
        name, within = str(path), f"{self._folder}{os.sep}"
        if not name.startswith(within):
            return os.path.dirname(name), name  # noqa: PTH120  (thousands of files are asked for)
        name = name.removeprefix(within)
        first, inside, _ = name.partition(os.sep)
        return f"dist/{first if inside else ''}", name


def _read(state: State | None, group: str) -> dict[str, tuple[FileState, str]]:
    stored = state.read(KIND, group) if state else None
    found: dict[str, list[Any]] = json.loads(stored) if stored else {}
    return {name: (tuple(known[:-1]), str(known[-1])) for name, known in found.items()}


_current = Hashes(Path())
"""Those of this process; within `remembering`, of a project."""


def file_hash(path: Path | str) -> str:
    """The SHA-256 of a file, in hexadecimal; not read again while untouched. Raises OSError."""
    return _current.of(path)


def know(path: Path, sha256: str) -> None:
    """Keep the hash of a file that we just put in its place; see `Hashes`. Raises OSError."""
    _current.know(path, sha256)


def state_of(path: Path | str) -> FileState:
    """What differs once a file was touched. Raises OSError."""
    stat = os.stat(path)  # noqa: PTH116
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


@contextmanager
def remembering(dist: Path, state: State) -> Iterator[None]:
    """Begin with what builds before knew of the files in `dist`, and keep for the next what this
    one knows.
    """
    global _current
    before, _current = _current, Hashes(dist, state)
    try:
        yield
    finally:
        _current.save()
        _current = before


def is_intact(dist: Path, record: FileRecord) -> bool:
    """Whether the published file is there and is what was made; not read while untouched."""
    try:
        return file_hash(f"{dist}{os.sep}{record.path}") == record.sha256
    except OSError:
        return False


def is_as_made(dist: Path, record: FileRecord) -> bool:
    """Whether the published file is there and is what was made, to the last byte."""
    try:
        return read_hash(dist / record.path) == record.sha256
    except OSError:
        return False
