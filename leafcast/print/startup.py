"""How WeasyPrint is opened and left to work: what it would do slowly for nothing, it skips, and a
line that it would end behind its first word it breaks again.
"""

from __future__ import annotations

import ctypes.util
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any, Final

Split = Callable[..., tuple[Any, ...]]
"""WeasyPrint's `split_first_line`: the layout, the bytes of the line, where to go on, its width."""
NARROWER: Final = (0.985, 0.96)
"""A line that is wider than Pango thought is so by less than a hundredth, or a few."""
SHORT: Final = 0.5
"""A first word as wide as half the line may be one before another that has no room."""


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


def whole_lines(split: Split) -> Split:
    """`split`, with lines that hold more than their first word where they can.

    Pango breaks a line by what it thinks its words take. Set by itself, such a line may be a hair
    wider: letters of two fonts, and marks, are then placed anew. WeasyPrint takes it for one that
    cannot be broken, and keeps its first word alone (`split_first_line`, its step 3). Asked again
    for a line that is a little narrower, it gives the whole one.
    """

    def split_whole(
        text: str, style: Any, context: Any, max_width: float | None, *others: Any, **named: Any
    ) -> tuple[Any, ...]:
        first = split(text, style, context, max_width, *others, **named)
        if max_width is None or max_width == inf or not _ends_early(text, first, max_width):
            return first
        for narrower in NARROWER:
            again = split(text, style, context, max_width * narrower, *others, **named)
            if again[1] > first[1]:
                return again
        return first

    return split_whole


def _ends_early(text: str, line: tuple[Any, ...], max_width: float) -> bool:
    """Whether the line is one word, and as much room is left behind it."""
    _, length, resume, width, *_ = line
    return (
        resume is not None
        and width < max_width * SHORT
        and " " not in text.encode()[:length].decode(errors="ignore").strip()
        and " " in text.strip()
    )
