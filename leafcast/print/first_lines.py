"""Lines as full as they can be, where WeasyPrint would end one behind its first word.

Pango breaks a line by what it thinks its words take. Set by itself, such a line may be a hair
wider: letters of two fonts, and marks, are then placed anew. WeasyPrint takes it for one that
cannot be broken, and keeps its first word alone (`split_first_line`, its step 3). Asked again for
a line that is a little narrower, it gives the whole one.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any, Final

Split = Callable[..., tuple[Any, ...]]
"""WeasyPrint's `split_first_line`: the layout, the bytes of the line, where to go on, its width."""
NARROWER: Final = (0.985, 0.96)
"""A line that is wider than Pango thought is so by less than a hundredth, or a few."""
SHORT: Final = 0.5
"""A first word as wide as half the line may be one before another that has no room."""


def whole_lines(split: Split) -> Split:
    """`split`, with lines that hold more than their first word where they can."""

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
