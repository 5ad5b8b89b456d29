"""Patterns that would take for ever: a repeat within a repeat that may match the same in many ways.

Python's `re` tries all of them (Friedl, Mastering Regular Expressions, “catastrophic matching”),
and has no limit of time. Most repeats within a repeat do no harm, so that one is tried on a short
text made of its own letters: if that takes thousands of times what it should, it is endless.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Final

NESTED: Final = re.compile(r"[*+?}|].*\)(?:[*+](?!\+)|\{\d*,\d*\})", re.DOTALL)
"""Something to choose, and behind it the end of a group that is repeated, if not possessively."""
LENGTHS: Final = range(6, 23)
"""Letters of the texts it is tried on, one more each time, so that none takes long."""
MOST_SECONDS: Final = 0.002
LETTERS: Final = "a1 -"
MOST_LETTERS: Final = 8


def is_endless(pattern: str) -> bool:
    """Whether a pattern, which `re` can compile, would take for ever on some texts."""
    if not NESTED.search(pattern):
        return False
    compiled = re.compile(pattern)
    return any(_grows(compiled, *text) for text in _texts(pattern))


def _texts(pattern: str) -> Iterator[tuple[str, str]]:
    """How a text begins, and the letter that comes again, which a repeat may match."""
    before = re.match(r"[\w ]*", pattern)
    prefix = before[0] if before else ""
    own = [letter for letter in dict.fromkeys(pattern) if letter.isalnum()]
    for letter in dict.fromkeys((*own[:MOST_LETTERS], *LETTERS)):
        yield from ((start, letter) for start in dict.fromkeys(("", prefix, prefix[:-1])))


def _grows(compiled: re.Pattern[str], start: str, letter: str) -> bool:
    """Whether it takes long on a short text, which ends in what nothing matches."""
    texts = (f"{start}{letter * length}\x00" for length in LENGTHS)
    return any(_takes_long(compiled, text) for text in texts)


def _takes_long(compiled: re.Pattern[str], text: str) -> bool:
    """Whether it takes long each time: something else may keep the processor busy once."""
    return all(_seconds(compiled, text) > MOST_SECONDS for _ in range(3))


def _seconds(compiled: re.Pattern[str], text: str) -> float:
    began = time.thread_time()
    compiled.search(text)
    return time.thread_time() - began
