"""Readings that are kept: an article whose file and pictures nobody touched is not read again.

What is kept is unpickled, so that only what a Reading is made of may come of it: whoever hands on a
practice's folder hands on no program. The state holds each row to its own hash besides.
"""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable, Collection
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from leafcast.document.article import Reading
from leafcast.readers import READERS
from leafcast.state.cache import digest
from leafcast.state.hashes import file_hash
from leafcast.state.store import State

KIND: Final = "readings"
MADE_OF: Final = ("leafcast.document.article", "leafcast.document.report")
"""The modules whose classes a Reading is made of."""
OURS: Final = "leafcast."


class KeptReadings:
    """The readings of a practice's files, kept in `state`; `rules` is the hash of the readers.

    A reading is kept under its file's name, with the hash of all that it came of.
    """

    def __init__(self, source: Path, state: State, rules: str) -> None:
        self._source = source
        self._state = state
        self._rules = rules

    def of(self, path: Path, read: Callable[[], Reading]) -> Reading:
        """The article in a file of source/: as it was read before, or as `read` gives it now.

        Raises what `read` raises.
        """
        if path.is_symlink() or not READERS[path.suffix.lower()].function.startswith(OURS):
            return read()  # the readers' hash says nothing of what is not leafcast's own
        key = self._key(path)
        stored = self._state.read(KIND, path.name)
        if key and stored and stored.startswith(key) and (known := _unpacked(stored[len(key) :])):
            return known
        reading = read()
        if key and key == self._key(path):  # nobody saved it while it was read
            packed = pickle.dumps(reading, pickle.HIGHEST_PROTOCOL)
            self._state.write(KIND, path.name, key + packed)
        return reading

    def _key(self, path: Path) -> bytes:
        """The hash of all that a reading comes of; empty where the file cannot be read."""
        try:
            return digest(self._rules, path.name, file_hash(path), self._beside).encode()
        except OSError:
            return b""

    def keep_only(self, names: Collection[str]) -> None:
        """Forget the readings of all files but these."""
        self._state.forget(KIND, self._state.keys(KIND) - set(names))

    @cached_property
    def _beside(self) -> str:
        """The hash of what else is in source/, as far as it shows that something was touched."""
        found = []
        for folder, _, names in os.walk(self._source):
            for name in names:
                path = Path(folder, name)
                if path.suffix.lower() not in READERS:
                    stat = path.stat(follow_symlinks=False)
                    where = path.relative_to(self._source).as_posix()
                    found.append([where, stat.st_size, stat.st_mtime_ns, stat.st_ino])
        return digest(sorted(found))


def _unpacked(stored: bytes) -> Reading | None:
    """A reading; None where the bytes are none."""
    try:
        reading = _Unpickler(io.BytesIO(stored)).load()
    except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError,
            ValueError, KeyError):  # fmt: skip
        return None
    return reading if isinstance(reading, Reading) else None


class _Unpickler(pickle.Unpickler):
    """Makes what a Reading is made of, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of this name. Raises UnpicklingError for any other."""
        if (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        found = super().find_class(module, name) if module in MADE_OF and "." not in name else None
        if isinstance(found, type) and found.__module__ == module:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an article")
