"""Fixity: the hashes of files in dist/, reckoned anew only for those that were touched.

Else a build with nothing to do would read all of dist/, which is gigabytes for a practice of many
articles. A file counts as untouched while its size, its two times and its inode are the same;
what goes bad on a disk by itself is for `leafcast check` to find, which reads every byte.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from leafcast.cache import write_beside
from leafcast.practice.project import Project

FILE: Final = "fixity.json"
State = tuple[int, ...]
"""Size in bytes, times of the last change of content and of the entry in ns, inode."""

SETTLED_NS: Final = 2_000_000_000
"""A file changed less than this ago may change again and show the same times: FAT counts two
seconds, others a tick of the clock. Its hash is not kept."""

_known: dict[str, tuple[State, str]] = {}
"""By path. An entry is for one state of a file, so it is never wrong of another."""


def read_hash(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal, from its bytes. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; not read again while untouched. Raises OSError."""
    state = state_of(path)
    known = _known.get(str(path))
    if known and known[0] == state:
        return known[1]
    sha256 = read_hash(path)
    if time.time_ns() - max(state[1:3]) > SETTLED_NS:
        _known[str(path)] = (state, sha256)
    return sha256


def know(path: Path, sha256: str) -> None:
    """Keep the hash of a file that we just put in its place, where nobody else writes now.

    Raises OSError.
    """
    _known[str(path)] = (state_of(path), sha256)


def state_of(path: Path) -> State:
    """What differs once a file was touched. Raises OSError."""
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


@contextmanager
def remembering(project: Project) -> Iterator[None]:
    """Begin with what builds before knew of dist/, and keep for the next what this one knows.

    Where that cannot be read or written, files are read once more; nothing else is lost.
    """
    kept, dist = project.work / FILE, f"{project.dist}/"
    stored = _read(kept, dist)
    _known.update(stored)
    try:
        yield
    finally:
        there = {path: known for path, known in _known.items() if path.startswith(dist)}
        if there != stored:
            with suppress(OSError):
                _write(kept, dist, there)


def _read(kept: Path, dist: str) -> dict[str, tuple[State, str]]:
    try:
        stored = json.loads(kept.read_bytes())
        return {
            f"{dist}{name}": (tuple(map(int, state)), str(sha256))
            for name, (state, sha256) in stored.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write(kept: Path, dist: str, there: dict[str, tuple[State, str]]) -> None:
    named = {path.removeprefix(dist): known for path, known in sorted(there.items())}
    standing = {name: known for name, known in named.items() if Path(f"{dist}{name}").exists()}
    write_beside(kept, json.dumps(standing, ensure_ascii=False).encode())
