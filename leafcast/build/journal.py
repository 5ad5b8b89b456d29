"""What is about to be moved into dist/, written down before it is.

A build that is killed while it moves files has not said yet, in the manifest, that they are there.
If what they were made from is taken back, no build would make them again, and nobody would ever
remove them. The next build looks here, and takes out what no manifest came to name.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from typing import Final

from leafcast.document.artifact import Manifest
from leafcast.practice.project import Project
from leafcast.state.cache import Cache
from leafcast.state.manifest import is_inside

KIND: Final = "moving"
KEY: Final = "dist"


def write_down(project: Project, paths: Collection[str]) -> None:
    """Write down that these paths, relative to dist/, are about to come. Raises OSError."""
    if paths:
        Cache(project.work).write(KIND, KEY, json.dumps(sorted(paths)).encode())


def strike_out(project: Project) -> None:
    """The manifest names them; nothing is under way any more. Raises OSError."""
    Cache(project.work).path(KIND, KEY).unlink(missing_ok=True)


def left_behind(project: Project, manifest: Manifest) -> set[str]:
    """The paths that a killed build may have moved in and no manifest names."""
    stored = Cache(project.work).read(KIND, KEY)
    if stored is None:
        return set()
    with suppress(ValueError):
        return {path for path in json.loads(stored) if is_inside(path)} - manifest.paths
    return set()
