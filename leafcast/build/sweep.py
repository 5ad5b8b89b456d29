"""What nothing needs any more leaves the store by itself: old sound, superseded forms of a voice.

An entry leaves when nobody used it for a month, and nothing was made from it that stands in dist/
or stood there within the last.
All of it could be made again: what is lost by leaving is time, and never a file of anybody's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from leafcast.build.cluster import STORE
from leafcast.build.context import Build
from leafcast.build.libraries import KIND as PACKAGES
from leafcast.editions.table import heard_editions
from leafcast.state.cache import CACHE, user_folder
from leafcast.state.imports import KIND as PROGRAM
from leafcast.state.store import State
from leafcast.state.uses import Needed, forget_superseded, unknown

KIND: Final = "swept"
DAY_SECONDS: Final = 86_400
EVERY_SECONDS: Final = 7 * DAY_SECONDS
"""How often the store is looked through: that reads the time of each of its files."""
UNUSED_SECONDS: Final = 30 * DAY_SECONDS
"""How long what nobody uses stays: whoever takes an edit back finds it there."""
PART_SECONDS: Final = DAY_SECONDS
"""How old half of a file is once nobody writes it any more."""


def sweep(work: Build) -> int:
    """Let leave what nothing needs any more, now and then; gives the number of bytes freed."""
    now, state, manifest = time.time(), work.state, work.published.manifest
    if not _is_due(state, now):
        return 0
    state.write(KIND, KIND, str(int(now)).encode())
    forget_superseded(state, manifest, now, UNUSED_SECONDS)
    if unknown(state, manifest, heard_editions()):
        return 0
    needed, folder = Needed(state), work.project.work
    freed = _swept(folder, (CACHE,), now, lambda name: name in needed)
    freed += _swept(folder / STORE, (CACHE,), now, lambda name: name in needed)
    for root, names in (
        (folder / STORE, ("blobs",)),
        (folder, ("templates",)),
        (user_folder(), (PROGRAM, PACKAGES)),
    ):
        freed += _swept(root, names, now, lambda name: False)
    return freed


def _is_due(state: State, now: float) -> bool:
    """Whether the last time is a week ago; of a clock that was set back, whether it is now."""
    last = state.read(KIND, KIND)
    if last is None:  # what is there is new, or its uses are unknown
        state.write(KIND, KIND, str(int(now)).encode())
        return False
    return abs(now - int(last)) > EVERY_SECONDS


def _swept(root: Path, names: tuple[str, ...], now: float, is_needed: Callable[[str], bool]) -> int:
    """Remove the files in folders of `root` that are old and not needed; gives their bytes."""
    freed = 0
    for path in (each for name in names for each in _files(root / name)):
        with suppress(OSError):
            known = path.lstat()
            age = now - known.st_mtime
            unwritten = path.suffix == ".part"
            if age <= (PART_SECONDS if unwritten else UNUSED_SECONDS):
                continue
            if unwritten or not is_needed(path.relative_to(root).as_posix()):
                path.unlink()
                freed += known.st_size
    return freed


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_symlink():
        yield from (each for each in folder.rglob("*") if not each.is_dir())
