"""What a rule is: a pattern of what is written, and what is said instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

Say = Callable[[re.Match[str]], str]
Rule = tuple[re.Pattern[str], Say]

NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
"""A number as it is written here: 12, 1,250, 3.14."""
DASH: Final = r"[–—-]"


def rule(pattern: str, say: str | Say, flags: re.RegexFlag = re.NOFLAG) -> Rule:
    """A rule; `say` is the words themselves, or what makes them from the match."""
    if isinstance(say, str):
        words = say
        return re.compile(pattern, flags), lambda found: found.expand(words)
    return re.compile(pattern, flags), say


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def ends_with_stop(found: re.Match[str]) -> str:
    """The stop of a short form that ends its sentence, which is the sentence's own."""
    return "." if found[0].endswith(".") and found.end() == len(found.string) else ""
