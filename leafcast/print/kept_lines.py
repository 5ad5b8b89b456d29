"""Lines that were broken before: the same words in the same type, with the same room.

An article is laid out to be measured, and again as it was found to fit. And one layout breaks many
lines several times: where a page had no room for them, or once the numbers of pages are known.
Pango is asked once.
"""

from __future__ import annotations

from copy import copy
from math import floor, inf
from operator import itemgetter
from typing import Any, Final
from weakref import WeakKeyDictionary

from leafcast.print.startup import Split

DECIDES: Final = (
    "direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override",
    "font_size", "font_stretch", "font_style", "font_variant_alternates", "font_variant_caps",
    "font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric",
    "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character",
    "hyphenate_limit_chars", "hyphens", "lang", "letter_spacing", "overflow_wrap", "tab_size",
    "white_space", "word_break", "word_spacing",
)  # fmt: skip
"""What WeasyPrint asks of a style where it breaks a line (its `text.line_break`), besides whether
the line is to be underlined."""
UNITS: Final = 1024
"""Pango counts in so many parts of a pixel."""
SOFT_HYPHEN: Final = "\xad"
MOST_LETTERS: Final = 16_000_000
"""Letters that are kept at the most: those of an article of a hundred thousand words."""

_type: Final = itemgetter(*DECIDES)
_Key = tuple[Any, ...]
_Line = tuple[Any, ...]


class KeptLines(dict[_Key, _Line]):
    """What became of lines that were broken in some fonts; forgotten when they are too many."""

    letters = 0

    def keep(self, key: _Key, text: str, line: _Line) -> None:
        """Keep a line; `text` is what it was broken from."""
        if self.letters > MOST_LETTERS:
            self.forget()
        self.letters += len(text)
        self[key] = line

    def forget(self) -> None:
        """Forget them all."""
        self.clear()
        self.letters = 0


_kept: WeakKeyDictionary[Any, KeptLines] = WeakKeyDictionary()


def keep_lines(fonts: Any) -> None:
    """Keep from now on what lines are broken into in these fonts, for as long as these are open."""
    _kept[fonts] = KeptLines()


def forget_lines() -> None:
    """Forget all lines."""
    for lines in _kept.values():
        lines.forget()


def kept_lines(split: Split) -> Split:
    """`split`, which breaks no line twice in fonts whose lines are kept.

    What it gives may be drawn, and changed by that: each has a copy. Where words may be hyphenated
    the line depends on more, and is broken each time.
    """

    def split_once(
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> _Line:
        lines = _kept.get(style.font_config)
        how = max_width, justification_spacing, is_line_start, minimum
        if lines is None or style["hyphens"] == "auto" or SOFT_HYPHEN in text:
            return split(text, style, context, *how)
        underlined = style["text_decoration_line"] != "none"
        key = text, _room(max_width, style), *how[1:], underlined, _type(style)
        line = lines.get(key)
        if line is None:
            line = split(text, style, context, *how)
            lines.keep(key, text, line)
        layout = copy(line[0])
        layout.max_width = max_width
        return layout, *line[1:]

    return split_once


def _room(max_width: float | None, style: Any) -> float | None:
    """A width, as far as it decides: a line of whole units has room in all widths of so many."""
    if max_width is None or max_width == inf or style["letter_spacing"] != "normal":
        return max_width
    return floor(max_width * UNITS)
