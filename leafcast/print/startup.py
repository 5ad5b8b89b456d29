"""How WeasyPrint is opened and left to work: what it would do slowly for nothing, it skips."""

from __future__ import annotations

import ctypes.util
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def libraries_by_soname() -> Iterator[None]:
    """On Linux, let the loader alone find the libraries that an import asks for.

    WeasyPrint tries Windows' names for Pango and its neighbours before Linux's own. For each name
    that the loader does not know, ctypes asks ldconfig, a compiler and a linker, in some fifty
    processes. They can only name a library that the loader finds by its soname, as in
    `libpango-1.0.so.0`, and that name comes last in WeasyPrint's list anyway.
    """
    if sys.platform != "linux":
        yield
        return
    kept = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = kept


@contextmanager
def nothing_thrown_away() -> Iterator[None]:
    """Let Python's collector rest.

    It goes through all boxes of a leaflet again and again while they grow, a fifth of the time of
    a long one, and finds next to nothing: the boxes are needed until the last page is written.
    Once nobody holds them at the end, it throws all of them away in one go.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
