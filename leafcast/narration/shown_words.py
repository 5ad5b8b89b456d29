"""From the words that are said to the words that are shown: when each is heard.

"£60" is said as "sixty pounds", "BACP" letter by letter: each shown word is first read as it would
be alone. Where that is what is said, the time is the voice's own; between two such words, the
others share the time of what is said there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Final

from leafcast.narration.lexicon import Lexicon
from leafcast.narration.model import Utterance, WordCue, WordMark
from leafcast.narration.phonemes import words_said
from leafcast.narration.spoken import spoken_text

WORD: Final = re.compile(r"\S*[^\W_]\S*")
"""A run without spaces that has a letter or a digit; punctuation belongs to its word."""

DIGITS: Final = re.compile(r"[0-9]")
DIGIT_NAMES: Final = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Span:
    """A word as letters and digits alone, and from where to where it goes: in a text where it
    is shown, in samples where it is heard.
    """

    letters: str
    start: int
    end: int


def word_cues(
    utterance: Utterance, marks: Sequence[WordMark], start: int, end: int
) -> tuple[WordCue, ...]:
    """When each shown word of an utterance is heard, in order and without overlap.

    `marks` are the words of its spoken text in samples of any timeline; `start` and `end` are the
    cue's, on the same one, and no word lies outside. Without marks there are no words.
    """
    heard = list(_heard(utterance.spoken, marks, start, end))
    shown = list(read_alone(utterance.shown, {each.letters for each in heard}))
    if not shown or not heard:
        return ()
    times = (time for block in _blocks(shown, heard) for time in _shared(*block))
    told: dict[tuple[int, int], tuple[int, int]] = {}
    for word, (begins, ends) in zip(shown, times, strict=True):
        place = (word.start, word.end)
        told[place] = (told.get(place, (begins, 0))[0], ends)
    return tuple(WordCue(*time, *place) for place, time in told.items())


def letters(word: str) -> str:
    """A word's letters and digits, small and without accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def read_alone(
    shown: str, said: set[str], split: Callable[[str], list[str]] = str.split
) -> Iterator[Span]:
    """The shown words, each as the words it would be said with if it stood alone.

    Where there are several ways, the one of which most is in `said`; else as it usually is.
    """
    for word in WORD.finditer(shown):
        whole = letters(word[0])
        ways = [[whole]]
        if whole not in said:
            spoken = (letters(each) for each in split(spoken_text(word[0], Lexicon())))
            ways = [[each for each in spoken if each], DIGITS.sub(_digit, whole).split(), *ways]
        for part in max(filter(None, ways), key=lambda way: _share_said(way, said)):
            yield Span(part, *word.span())


def _digit(found: re.Match[str]) -> str:
    return f" {DIGIT_NAMES[int(found[0])]} "


def _share_said(way: list[str], said: set[str]) -> float:
    """How much of a way to read a word is said."""
    return sum(each in said for each in way) / len(way)


def _heard(spoken: str, marks: Sequence[WordMark], start: int, end: int) -> Iterator[Span]:
    """The words that are said, each kept inside the cue and behind the one before."""
    at = start
    for mark in marks:
        said = letters(words_said(spoken[mark.text_start : mark.text_end]))
        begins = min(max(at, mark.start), end)
        at = min(max(begins, mark.end), end)
        if said:
            yield Span(said, begins, at)


def _blocks(shown: list[Span], heard: list[Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """Shown words with the spoken ones that stand for them, in order; none is without.

    A shown word that is not said shares the time of the one before it, or else of the next.
    """
    one, other = [each.letters for each in shown], [each.letters for each in heard]
    pending: tuple[list[Span], list[Span]] = ([], [])
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        pairs = (
            [([a], [b]) for a, b in zip(shown[i1:i2], heard[j1:j2], strict=True)]
            if kind == "equal"
            else [(shown[i1:i2], heard[j1:j2])]
        )
        for words, said in pairs:
            if pending[1] and said and words:
                yield pending
                pending = ([], [])
            if words:
                pending = (pending[0] + words, pending[1] + said)
    yield pending


def _shared(shown: list[Span], heard: list[Span]) -> Iterator[tuple[int, int]]:
    """From when to when each shown word is heard.

    Several spoken words are dealt out whole, by the letters; one is divided by them.
    """
    if len(heard) < len(shown):
        yield from _divided([len(each.letters) for each in shown], heard[0].start, heard[-1].end)
        return
    wanted = _shares([len(each.letters) for each in shown])
    said = _shares([len(each.letters) for each in heard])
    first = 0
    for place, share in enumerate(wanted):
        most = len(heard) - (len(shown) - place)
        last = min(range(first, most + 1), key=lambda at, share=share: abs(said[at] - share))  # type: ignore[misc]
        last = most if place == len(wanted) - 1 else last
        yield heard[first].start, heard[last].end
        first = last + 1


def _divided(lengths: list[int], start: int, end: int) -> Iterable[tuple[int, int]]:
    """The time from `start` to `end` in parts as long as the words."""
    edges = [start + round(share * (end - start)) for share in (0.0, *_shares(lengths))]
    return pairwise(edges)


def _shares(lengths: list[int]) -> list[float]:
    """Where each word ends, as a share of all letters."""
    total = sum(lengths)
    return [each / total for each in accumulate(lengths)]
