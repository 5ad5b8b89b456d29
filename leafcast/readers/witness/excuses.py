"""Words that are not where the file has them, and not lost: the article or a finding says them.

They are in a fact of the front matter, in an owner's mark, or in a finding that says they are left
out. What a reader says it left out counts only where a finding tells the owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from leafcast.document.article import LeftOut, Reading
from leafcast.readers.witness.align import matched
from leafcast.readers.witness.comparison import Comparison
from leafcast.readers.witness.kinds import ASIDE, MARKER, TEXT
from leafcast.readers.witness.passages import Passage, words_of
from leafcast.readers.witness.told import Beside

LEAVES: Final = re.compile(
    r"\b(?:left out|lost|dropped|not (?:read|passed on|kept|shown)|their words only)\b"
)
"""How a finding says that words are not in the article."""
KEEPS: Final = {"raw-html"}
"""Codes of findings that say so of other things than words."""
COUNTED: Final = re.compile(r"\b(\d+) words?\b")
QUOTED: Final = re.compile(r"“([^”]*)”")


def excuse(comparison: Comparison, said: Beside, reading: Reading) -> None:
    """Take from what is missing all that the article or a finding says elsewhere."""
    excuses = _Excuses(comparison)
    for family in said.facts:
        excuses.once(family)
    for mark in said.marks:
        excuses.once((mark,))
    for finding in reading.findings:
        if "-mark-" in finding.code and finding.place and finding.place.line:
            excuses.mark(finding.place.line)
        if finding.code not in KEEPS and LEAVES.search(finding.message):
            for quote in QUOTED.findall(finding.message):
                excuses.quoted(quote)
    told = told_left_out(reading)
    excuses.left_out(told)
    excuses.grown_together(told)


def told_left_out(reading: Reading) -> list[LeftOut]:
    """What the reader left out on purpose, as far as a finding tells of it."""
    return [left for left in reading.left_out if is_told(left, reading)]


def without(passages: Sequence[Passage], pieces: Sequence[list[str]]) -> Sequence[Passage]:
    """`passages`, those empty that make up one of `pieces`; the longest are looked for first."""
    if not pieces:
        return passages
    words = [[] if each.kind == ASIDE else words_of(each.words) for each in passages]
    spoken = [at for at, said in enumerate(words) if said]
    begins: dict[str, list[int]] = {}
    for number, at in enumerate(spoken):
        begins.setdefault(words[at][0], []).append(number)
    taken: set[int] = set()
    for piece in sorted(filter(None, pieces), key=len, reverse=True):
        for number in begins.get(piece[0], ()):
            found: list[str] = []
            end = number
            while len(found) < len(piece) and end < len(spoken) and end not in taken:
                found += words[spoken[end]]
                end += 1
            if found == piece:
                taken |= set(range(number, end))
                break
    empty = {spoken[number] for number in taken}
    return [each._replace(words="") if at in empty else each for at, each in enumerate(passages)]


def is_told(left: LeftOut, reading: Reading) -> bool:
    """Whether a finding tells of words left out: by their first words, or by how many there are."""
    words = words_of(left.words)
    among = sum(len(each.words.split()) for each in reading.left_out if each.code == left.code)
    return any(
        any(words_of(quote)[:3] == words[:3] for quote in QUOTED.findall(finding.message))
        or any(int(count) >= among for count in COUNTED.findall(finding.message))
        for finding in reading.findings
        if finding.code == left.code
    )


class _Excuses:
    """Takes away from what is missing, piece by piece."""

    def __init__(self, comparison: Comparison) -> None:
        self.words = comparison.source.words
        self.told = comparison.told.words
        self.inside = comparison.source.passages
        self.passages = comparison.passages
        self.missing = comparison.missing
        self.pairs = comparison.pairs
        self.kind = comparison.kind
        self.at: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            self.at.setdefault(word, []).append(at)

    def once(self, forms: Iterable[str]) -> None:
        """Take one of `forms` away, the longest that is missing, at its first place."""
        for form in sorted(forms, key=len, reverse=True):
            words = words_of(form)
            if place := self.place_of(words) or self.place_with(words):
                self.missing -= set(place)
                return

    def mark(self, line: int) -> None:
        """Take away an owner's mark of which a finding says that it means nothing there."""
        for at in sorted(self.missing):
            passage = self.passages[self.inside[at]]
            if passage.line == line and passage.kind == "mark":
                while at in self.missing:
                    self.missing.discard(at)
                    at += 1
                return

    def quoted(self, quote: str) -> None:
        """Take away what a finding names; where it names the beginning, all of that passage."""
        words = words_of(quote)
        place = self.place_of(words) or self.place_with(words)
        if not place:
            return
        self.missing -= set(place)
        if quote.endswith("…"):
            passage = self.inside[place.stop - 1]
            at = place.stop
            while at in self.missing and self.inside[at] == passage:
                self.missing.discard(at)
                at += 1

    def left_out(self, told: Sequence[LeftOut]) -> None:
        """Take away what the reader says it left out: each piece as it stands, then what is left
        of all of them, in their order; the text first, then words of other kinds. A passage of
        which a part is left out, and nothing is in the article, is left out.
        """
        pieces = [words_of(left.words) for left in sorted(told, key=_line)]
        text = [at for at in sorted(self.missing) if self.kind(at) in TEXT]
        before = set(self.missing)
        pieces = self.pieces(text, pieces)
        self.pieces(sorted(self.missing), pieces)
        part = {self.inside[at] for at in before - self.missing}
        part -= {self.inside[at] for at in self.pairs}
        self.missing -= {at for at in self.missing if self.inside[at] in part}
        self.missing -= {
            at for at in self.missing if self.kind(at) == "call" and self.is_gone(at - 1)
        }

    def pieces(self, places: list[int], pieces: list[list[str]]) -> list[list[str]]:
        """Take away those of `pieces` that stand at `places`; what is left of them."""
        rest: list[list[str]] = []
        for words in pieces:
            if place := _place_in([self.words[at] for at in places], words):
                self.missing -= {places[at] for at in place}
                places = [*places[: place.start], *places[place.stop :]]
            else:
                rest.append(words)
        ours = [self.words[at] for at in places]
        self.missing -= {
            places[at] for at, _ in matched(ours, [w for words in rest for w in words], [])
        }
        return rest

    def place_with(self, words: list[str]) -> range:
        """Where `words` stand one after the other in the file, some of them missing."""
        for start in self.at.get(words[0], ()) if words else ():
            place = range(start, start + len(words))
            if self.words[start : place.stop] == words and not self.missing.isdisjoint(place):
                return place
        return range(0)

    def place_of(self, words: list[str]) -> range:
        """Where `words` stand one after the other in the file, all of them missing."""
        for start in self.at.get(words[0], ()) if words else ():
            place = range(start, start + len(words))
            if self.words[start : place.stop] == words and all(
                at in self.missing or self.kind(at) == MARKER for at in place
            ):
                return place
        return range(0)

    def is_gone(self, at: int) -> bool:
        """Whether the word at a place is left out, and told."""
        return at >= 0 and at not in self.pairs and at not in self.missing

    def grown_together(self, told: Sequence[LeftOut]) -> None:
        """Take away words that are put together, without a space, of a word of the article and one
        that is left out beside it: <span>Jo Example</span><time>March 2026</time>.
        """
        edges = {word for left in told for word in _edges(words_of(left.words))}
        near = set(self.told)
        self.missing -= {
            at
            for at in self.missing
            for cut in range(1, len(self.words[at]))
            if {self.words[at][:cut], self.words[at][cut:]} <= edges | near
            and not edges.isdisjoint((self.words[at][:cut], self.words[at][cut:]))
        }


def _place_in(words: Sequence[str], wanted: Sequence[str]) -> range:
    """Where `wanted` stands in `words`."""
    length = len(wanted)
    for start, word in enumerate(words) if wanted else ():
        if word == wanted[0] and words[start : start + length] == wanted:
            return range(start, start + length)
    return range(0)


def _edges(words: Sequence[str]) -> Sequence[str]:
    """The first and the last of some words."""
    return (words[0], words[-1]) if words else ()


def _line(left: LeftOut) -> int:
    return left.line
