"""Words as they sound, so that what was heard can be held against what was to be said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Protocol

from leafcast.narration.lexicon import Lexicon
from leafcast.narration.phonemes import words_said
from leafcast.narration.spoken import spoken_text

ALIKE: Final = 0.66
"""Words that share so many letters sound alike enough for the ear to mistake one for the other."""
SMALL: Final = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "but", "for", "from", "he", "her", "his", "i", "if"),
        *("in", "is", "it", "its", "of", "on", "or", "our", "she", "so", "than", "that", "the"),
        *("their", "them", "then", "they", "this", "to", "up", "us", "was", "we", "were", "will"),
        *("with", "you", "your", "oh"),
    )
)
"""Words said so lightly that the ear misses or adds them."""


class Word(Protocol):
    """A word as an ear gives it, in samples."""

    @property
    def text(self) -> str:
        """How it is written."""
        ...

    @property
    def start(self) -> int:
        """Its first sample."""
        ...

    @property
    def end(self) -> int:
        """The sample after it."""
        ...

    @property
    def probability(self) -> float:
        """How sure the ear is, 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Sounded:
    """One word that was heard, as the ear writes it or as it sounds."""

    word: str
    start: int
    end: int
    probability: float

    @property
    def text(self) -> str:
        """How it is written."""
        return self.word


def said_as(spoken: str) -> tuple[str, ...]:
    """The words of a spoken text: small letters, no marks; hyphens part."""
    small = words_said(spoken).casefold().replace("’", "'").replace("'", "")
    return tuple(re.findall(r"[a-z0-9]+|[^\W_]+", small))


def sounded(heard: Iterable[Word], known: frozenset[str]) -> tuple[Sounded, ...]:
    """Heard words as they sound; figures in the words that are `known` to be said."""
    told = []
    for word in heard:
        parts = _parts(word.text, known)
        for at, part in enumerate(parts):
            start, end = (
                word.start + (word.end - word.start) * each // len(parts) for each in (at, at + 1)
            )
            told.append(Sounded(part, start, end, word.probability))
    return tuple(told)


def _parts(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """One heard word in words: 116 may be a number to dial, 1998 a year."""
    plain = said_as(text)
    if not any(map(str.isdigit, text)):
        return plain
    digits = _each_digit(text)
    dialled = tuple("oh" if word == "zero" else word for word in digits)
    ways = [
        said_as(spoken_text(text.strip(" ,.;:!?"), Lexicon())),
        dialled,
        digits,
        plain,
    ]
    return max(ways, key=lambda way: sum(word in known for word in way) / max(1, len(way)))


def _each_digit(text: str) -> tuple[str, ...]:
    names = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return tuple(names[int(each)] for each in text if each.isdecimal() and each.isascii())


def alike(one: str, other: str) -> bool:
    """Whether two words, or runs of words, may be the same to the ear."""
    one, other = one.replace(" ", ""), other.replace(" ", "")
    if one == other:
        return True
    if not one or not other:
        return False
    matcher = SequenceMatcher(a=one, b=other, autojunk=False)
    quick = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    return quick >= ALIKE and matcher.ratio() >= ALIKE


def differences(
    wanted: Sequence[str], heard: Sequence[Sounded]
) -> tuple[tuple[str, str, float], ...]:
    """Each stretch heard otherwise: wanted words, heard words, and how sure the ear was.

    Words that are only run together or sound alike are no difference.
    """
    matcher = SequenceMatcher(a=list(wanted), b=[each.word for each in heard], autojunk=False)
    found = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        one = " ".join(wanted[a1:a2])
        other = " ".join(each.word for each in heard[b1:b2])
        if kind != "equal" and not alike(one, other):
            sure = [each.probability for each in heard[b1:b2]]
            found.append((one, other, sum(sure) / len(sure) if sure else 1.0))
    return tuple(found)
