"""Which ffmpeg makes and reads the sound, and what it is known by.

The one that the lock names comes first, so that the same in gives the same out, whatever else a
machine has. Its identity is part of every key of what it made: another ffmpeg makes everything
anew, and sections of two encoders never stand in one file. Nothing here imports NumPy: a build
with nothing to do asks for the identity.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from leafcast.document.errors import ToolMissing
from leafcast.state.cache import digest, user_folder, write_beside

VARIABLE: Final = "LEAFCAST_FFMPEG"
PACKAGE: Final = "imageio_ffmpeg"
VERSION: Final = 1
"""Counted up when the same ffmpeg would be known by another identity."""
START_SECONDS: Final = 20
WHEREABOUTS: Final = {
    VARIABLE: f"the one that {VARIABLE} names",
    PACKAGE: "the one that comes with leafcast",
    "PATH": "the one of this machine",
}


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """An ffmpeg that starts. `source` is a key of `WHEREABOUTS`; `identity` is the hash of its
    file and of what it says of its own version and libraries; `passed_over` are those that come
    before it and do not start, each as a source and a path."""

    path: str
    source: str
    identity: str
    passed_over: tuple[tuple[str, str], ...] = ()


def chosen() -> Ffmpeg:
    """The ffmpeg to use: the one that the owner names in LEAFCAST_FFMPEG, else imageio-ffmpeg's,
    else the one on PATH; the first of them that starts.

    Raises ToolMissing when none does.
    """
    return _chosen(os.environ.get(VARIABLE, ""), os.environ.get("PATH", ""))


def identity() -> str:
    """What the ffmpeg to use is known by; "" when there is none."""
    try:
        return chosen().identity
    except ToolMissing:
        return ""


@lru_cache(maxsize=8)
def _chosen(named: str, _path: str) -> Ffmpeg:
    passed_over: list[tuple[str, str]] = []
    for source, path in _candidates(named):
        if known_by := _identity(Path(path)):
            return Ffmpeg(path, source, known_by, tuple(passed_over))
        passed_over.append((source, path))
    tried = ", ".join(path for _, path in passed_over)
    raise ToolMissing(
        f"No ffmpeg, which writes MP3, starts on this machine{f': {tried}' if tried else ''}",
        "Install it, or: pip install --force-reinstall imageio-ffmpeg",
    )


def _candidates(named: str) -> Iterator[tuple[str, str]]:
    if named:
        yield VARIABLE, shutil.which(named) or named
    yield from _locked()
    if path := shutil.which("ffmpeg"):
        yield "PATH", path


def _locked() -> Iterator[tuple[str, str]]:
    """The one in imageio-ffmpeg's wheel, whose own look-up would heed PATH and imports much."""
    found = importlib.util.find_spec(PACKAGE)
    for folder in (found.submodule_search_locations if found else None) or ():
        for path in sorted(Path(folder, "binaries").glob("ffmpeg-*")):
            yield PACKAGE, str(path)


# ---------------------------------------------------------------- identity


def _identity(path: Path) -> str:
    """What the ffmpeg at `path` is known by; "" where it does not start.

    It is started and its file hashed once, and not again while size and time stay the same.
    """
    try:
        there = path.stat()
    except OSError:
        return ""
    state = [VERSION, str(path.absolute()), there.st_size, there.st_mtime_ns]
    kept = user_folder() / "ffmpeg" / f"{digest(*state)}.json"
    if known := _read(kept):
        return known
    said = _version_of(path)
    if not said:
        return ""
    with path.open("rb") as file:
        known = digest(VERSION, hashlib.file_digest(file, "sha256").hexdigest(), said)
    with suppress(OSError):
        write_beside(kept, json.dumps({"path": str(path), "identity": known}).encode())
    return known


def _read(kept: Path) -> str:
    try:
        known = json.loads(kept.read_text("utf-8"))["identity"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return known if isinstance(known, str) else ""


def _version_of(path: Path) -> str:
    """What an ffmpeg says of itself, its libraries too; "" where it does not start."""
    try:
        done = subprocess.run(
            [str(path), "-version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=START_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    said = done.stdout.decode("utf-8", "replace")
    return said if done.returncode == 0 and said.startswith("ffmpeg version") else ""
