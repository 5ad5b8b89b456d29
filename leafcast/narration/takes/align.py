"""Where each sentence is read in a take: words heard, held against the words of the script.

A reader stumbles, begins again, says a sentence twice, leaves one out, says “sorry”. So the path
through the script may jump to the start of any sentence; every jump, every word left out, added or
changed has a price, and the cheapest path is how the take was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.narration.takes.words import Sounded, alike

CHANGED: Final = 10
ALIKE: Final = 4
ADDED: Final = 7
LEFT_OUT: Final = 8
JUMP: Final = 12
UNFINISHED: Final = 4
"""Prices, whole so that sums can be compared. A jump pays once two or three words fit better; out
of an unfinished sentence it costs more, or a last word read otherwise would seem left out."""

Row = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a sentence: `sentence` is its place in the script, `first` and `last` are
    heard words, `matched` of the sentence's words were said.
    """

    sentence: int
    first: int
    last: int
    matched: int


def find_readings(
    sentences: Sequence[Sequence[str]], heard: Sequence[Sounded]
) -> tuple[Reading, ...]:
    """Every reading of every sentence, in the order of time."""
    words = [word for sentence in sentences for word in sentence]
    home = [at for at, sentence in enumerate(sentences) for _ in sentence]
    readings: list[Reading] = []
    before = -1
    for at, place in enumerate(_path(sentences, words, heard)):
        if place is None:
            continue
        fits = words[place] == heard[at].word or alike(words[place], heard[at].word)
        goes_on = readings and readings[-1].sentence == home[place] and place > before
        if goes_on:
            last = readings[-1]
            readings[-1] = Reading(last.sentence, last.first, at, last.matched + fits)
        else:
            readings.append(Reading(home[place], at, at, int(fits)))
        before = place
    return tuple(readings)


def _path(
    sentences: Sequence[Sequence[str]], words: Sequence[str], heard: Sequence[Sounded]
) -> list[int | None]:
    """For each heard word its place among the script's words, or None for an added one."""
    starts = np.cumsum([0, *map(len, sentences)])[:-1].astype(np.int32)
    prices = _Prices(words)
    leaving = np.full(len(words) + 1, UNFINISHED, np.int32)
    leaving[starts] = leaving[-1] = 0
    row = np.full(len(words) + 1, JUMP, np.int32)
    row[0] = 0
    rows = [_row(row, starts, leaving)]
    for each in heard:
        stepped = np.full_like(row, np.iinfo(np.int32).max // 2)
        stepped[1:] = rows[-1].full[:-1] + prices.of(each.word)
        base = np.minimum(stepped, rows[-1].full + ADDED)
        rows.append(_row(base, starts, leaving))
    end = int(np.argmin(rows[-1].full + leaving))
    return _back(rows, heard, prices, end)


@dataclass(frozen=True, slots=True)
class _Row:
    """Prices after so many heard words: before words are left out or sentences jumped to, and
    after; where a jump lands, and from where.
    """

    base: Row
    full: Row
    landed: frozenset[int]
    source: int


class _Prices:
    """What it costs to hear a word in the place of each word of the script."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.known: dict[str, Row] = {}

    def of(self, word: str) -> Row:
        """The price at each place."""
        if word not in self.known:
            unlike = {
                other: 0 if other == word else ALIKE if alike(other, word) else CHANGED
                for other in set(self.words)
            }
            self.known[word] = np.array([unlike[other] for other in self.words], np.int32)
        return self.known[word]


def _left_out(row: Row) -> Row:
    """The cheapest way to each place if words may be left out."""
    steps = np.arange(len(row), dtype=np.int32) * LEFT_OUT
    return np.minimum.accumulate(row - steps) + steps


def _row(base: Row, starts: Row, leaving: Row) -> _Row:
    """The cheapest way to each place if words may be left out, and sentences jumped to."""
    near = _left_out(base)
    source = int(np.argmin(near + leaving))
    price = near[source] + leaving[source] + JUMP
    landed = starts[near[starts] > price]
    jumped = near.copy()
    jumped[landed] = price
    return _Row(base, _left_out(jumped), frozenset(landed.tolist()), source)


def _back(
    rows: Sequence[_Row], heard: Sequence[Sounded], prices: _Prices, end: int
) -> list[int | None]:
    """The cheapest path, walked from its end."""
    at, place = len(heard), end
    path: list[int | None] = [None] * len(heard)
    while at:
        row, before = rows[at], rows[at - 1]
        if row.full[place] != row.base[place]:
            place = row.source if place in row.landed else place - 1
            continue
        at -= 1
        step = prices.of(heard[at].word)[place - 1] if place else 0
        if place and row.base[place] == before.full[place - 1] + step:
            place -= 1
            path[at] = place
    return path
