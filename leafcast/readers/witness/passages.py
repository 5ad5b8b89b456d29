"""What a file says, as the witness takes it down: passages of words, each with its line.

Words are compared as a reader sees them: ligatures, raised figures and rare blanks are brought to
one form (Unicode NFKC, UAX #15), what nobody sees is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

CALL: Final = "\ue000"
"""Stands where a note is called; no text has it, for it is of the Private Use Area."""
SAME: Final = "\ue001"
"""Stands, with a number, for a text that is the same in the file and in the article."""
GLUE: Final = "\u2060"
"""Begins a passage that stands without a space behind the one before (WORD JOINER)."""
UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff\ue002-\uf8ff]+"
)
"""Controls, signs for breaks and directions, letters of one font alone."""
TOKEN: Final = re.compile(
    "\ue000|\ue001\\d+|[^\\W_]+|[%&@+=<>$£¥¢§©®°±×÷¬\u2020-\u2021\u20a0-\u20cf\u2100-\u23ff\u2600-\u27bf"
    "\U0001f000-\U0001faff]"
)
"""A call, a word, or a sign that says something by itself; other punctuation only divides."""


class Passage(NamedTuple):
    """Words that belong together: of a block, a line or a cell. `kind` says what they are where
    they are not simply text; see `telling`. `note` is the name of the note that is called, or that
    they are of, where the file names it.
    """

    words: str
    line: int
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words one by one; `gaps` says whether white space stands before each, `passages` which
    passage each is of.
    """

    words: list[str]
    gaps: list[bool]
    passages: list[int]


def seen(words: str) -> str:
    """`words` as a reader sees them, each letter in one form."""
    if words.isascii() and words.isprintable():
        return words
    return unicodedata.normalize("NFKC", UNSEEN.sub("", words))


def tokens(texts: Iterable[str]) -> Tokens:
    """The words of passages, small and capital letters alike; a call is no gap between words."""
    found = Tokens([], [], [])
    for number, text in enumerate(texts):
        shown, end, apart = seen(text).casefold(), 0, not text.startswith(GLUE)
        for token in TOKEN.finditer(shown):
            between = shown[end : token.start()]
            apart = apart or not between.isprintable() or " " in between
            found.words.append(token[0])
            found.gaps.append(apart)
            found.passages.append(number)
            end, apart = token.end(), apart and token[0] == CALL
    return found


def words_of(text: str) -> list[str]:
    """The words of one text."""
    return TOKEN.findall(seen(text).casefold())
