"""What other packages say of themselves that they bring: each says it once, for all who ask."""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib.metadata import EntryPoints, entry_points
from typing import cast


def installed_points() -> EntryPoints:
    """The entry points of every group that are on the import path: a file of each package is read
    for them.

    On Python 3.11 they come by their groups, in which one can select as well.
    """
    return _found(tuple(sys.path))


@lru_cache(2)
def _found(_path: tuple[str, ...]) -> EntryPoints:
    return cast("EntryPoints", entry_points())
