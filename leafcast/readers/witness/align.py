"""Two lists of words side by side: which of the one are in the other, in order.

Anchors are runs of words that stand once in each (as in Bram Cohen's patience diff): they are found
in time that grows with the words, and what is left between two of them is short.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

RUNS: Final = (5, 3, 2, 1)
"""Words of an anchor, the longest first."""
MOST: Final = 250_000
"""Pairs of words that are tried one by one where no anchor is found."""

Pairs = list[tuple[int, int]]
"""Places in the one list and in the other, both rising."""


class Stretch(NamedTuple):
    """Words `start` to `end` of the one list, in whose place those of the other stand."""

    start: int
    end: int
    other_start: int
    other_end: int


def matched(one: Sequence[str], other: Sequence[str], fixed: Pairs) -> Pairs:
    """Places with the same word in both, in order; `fixed` are such places that are known."""
    pairs: Pairs = []
    start = other_start = 0
    for at, other_at in (*fixed, (len(one), len(other))):
        pairs += _matched(one, other, Stretch(start, at, other_start, other_at), RUNS)
        start, other_start = at + 1, other_at + 1
        if at < len(one):
            pairs.append((at, other_at))
    return pairs


def once_in_both(one: Sequence[str], other: Sequence[str]) -> Pairs:
    """The places of what stands once in each list and is not empty, as many as are in one order."""
    return [
        pair
        for pair in _anchors(one, other, Stretch(0, len(one), 0, len(other)), 1)
        if one[pair[0]]
    ]


def adjoining(pairs: Pairs, one: Sequence[str], other: Sequence[str]) -> Pairs:
    """`pairs` so that a word which both lists have directly before the next pair is paired there,
    and not with the same word further up in the first list.
    """
    places = dict(pairs)
    taken = {other_at: at for at, other_at in pairs}
    for at, other_at in reversed(pairs):
        while at and other_at and at - 1 not in places and one[at - 1] == other[other_at - 1]:
            at, other_at = at - 1, other_at - 1
            if other_at in taken:
                del places[taken[other_at]]
            places[at], taken[other_at] = other_at, at
    return sorted(places.items())


def whole(pairs: Pairs, words: Sequence[str], firsts: set[int]) -> Pairs:
    """`pairs` so that what is missing begins at one of `firsts`, such as a passage's first word,
    where it may: of `one thing, other thing` without its end, `other thing` is missing.
    """
    places = dict(pairs)
    for start, end, other_start, other_end in unmatched(pairs, len(words), 0):
        by = 0
        if start == end or other_start < other_end or start in firsts:
            continue
        while end + by in places and words[start + by] == words[end + by]:
            by += 1
            if start + by in firsts:
                for at in range(by):
                    places[start + at] = places.pop(end + at)
                break
    return sorted(places.items())


def unmatched(pairs: Pairs, one: int, other: int) -> list[Stretch]:
    """Where two lists of `one` and `other` words have nothing in common."""
    found: list[Stretch] = []
    at = other_at = 0
    for place, other_place in (*pairs, (one, other)):
        if at < place or other_at < other_place:
            found.append(Stretch(at, place, other_at, other_place))
        at, other_at = place + 1, other_place + 1
    return found


def _matched(
    one: Sequence[str], other: Sequence[str], within: Stretch, runs: tuple[int, ...]
) -> Pairs:
    start, end, other_start, other_end = within
    before: Pairs = []
    after: Pairs = []
    while start < end and other_start < other_end and one[start] == other[other_start]:
        before.append((start, other_start))
        start, other_start = start + 1, other_start + 1
    while start < end and other_start < other_end and one[end - 1] == other[other_end - 1]:
        end, other_end = end - 1, other_end - 1
        after.append((end, other_end))
    if start < end and other_start < other_end:
        before += _between(one, other, Stretch(start, end, other_start, other_end), runs)
    return before + after[::-1]


def _between(
    one: Sequence[str], other: Sequence[str], within: Stretch, runs: tuple[int, ...]
) -> Pairs:
    """Pairs where neither the first nor the last words are the same."""
    start, end, other_start, other_end = within
    if not runs:
        if (end - start) * (other_end - other_start) > MOST:
            return []
        alike = SequenceMatcher(None, one[start:end], other[other_start:other_end], autojunk=False)
        return [
            (start + block.a + at, other_start + block.b + at)
            for block in alike.get_matching_blocks()
            for at in range(block.size)
        ]
    pairs: Pairs = []
    for anchor in (*_anchors(one, other, within, runs[0]), (end, other_end)):
        if anchor[0] < start or anchor[1] < other_start:
            continue  # within the anchor before
        inner = Stretch(start, anchor[0], other_start, anchor[1])
        pairs += _matched(one, other, inner, runs[1:])
        if anchor[0] < end:
            pairs += [(anchor[0] + at, anchor[1] + at) for at in range(runs[0])]
        start, other_start = anchor[0] + runs[0], anchor[1] + runs[0]
    return pairs


def _anchors(one: Sequence[str], other: Sequence[str], within: Stretch, length: int) -> Pairs:
    """Runs of `length` words that stand once in each list: the most that are in one order."""
    start, end, other_start, other_end = within
    mine = _once(one, start, end, length)
    theirs = _once(other, other_start, other_end, length)
    found = sorted((at, theirs[run]) for run, at in mine.items() if run in theirs)
    return _rising(found)


def _once(words: Sequence[str], start: int, end: int, length: int) -> dict[tuple[str, ...], int]:
    """Each run of `length` words that stands once, and where."""
    runs = list(zip(*(words[start + at : end] for at in range(length)), strict=False))
    places = {run: at for at, run in enumerate(runs, start)}
    twice: set[tuple[str, ...]] = set()
    seen: set[tuple[str, ...]] = set()
    for run in runs:
        (twice if run in seen else seen).add(run)
    return {run: at for run, at in places.items() if run not in twice}


def _rising(pairs: Pairs) -> Pairs:
    """The longest choice of `pairs` whose second places rise too (patience sorting)."""
    tops: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(chosen[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            chosen.append(number)
        else:
            tops[pile], chosen[pile] = place, number
    rising: Pairs = []
    at = chosen[-1] if chosen else -1
    while at >= 0:
        rising.append(pairs[at])
        at = before[at]
    return rising[::-1]
