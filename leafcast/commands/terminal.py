"""Words on the terminal: the one place that prints, and how sizes and lengths are said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from leafcast.document.artifact import FileRecord


UNSHOWN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""What a terminal obeys instead of showing it (ECMA-48), or what turns its writing round."""


def say(words: str = "", *, err: bool = False) -> None:
    """Print words, the only way it is done: names of files and the words of strangers may hold
    signs that move the cursor, clear the screen or rename the window, which are shown instead.
    """
    click.echo(as_signs(words), err=err)


def as_signs(words: str) -> str:
    """`words` with their control characters as signs: those of ASCII as Unicode pictures them."""
    return UNSHOWN.sub(lambda found: _picture(ord(found[0])), words)


def _picture(code: int) -> str:
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def in_a_line(words: str) -> str:
    """`words` on one line, so that none of them looks like a line of ours."""
    return words.replace("\n", "\u240a")


def extent(file: FileRecord) -> str:
    """Pages or duration, in words."""
    if file.pages is not None:
        return f"{file.pages} page{'s' if file.pages != 1 else ''}"
    return duration(file.seconds) if file.seconds is not None else ""


def duration(seconds: float) -> str:
    """A duration in words: 45 s, 6 min 05 s."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def many(count: int, what: str) -> str:
    """A number of things: 1 file, 2 files."""
    return f"{count} {what}{'' if count == 1 else 's'}"
