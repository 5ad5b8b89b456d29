"""The file's words held against the article's: what is lost, torn apart or run together.

A word may be elsewhere than in the text: in a fact of the front matter, in an owner's mark, or in
a finding that says it is left out. Where it is in none of them, it is lost.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from leafcast.model import Article, LeftOut, Reading
from leafcast.readers.witness.align import matched, once_in_both, unmatched, whole
from leafcast.readers.witness.kinds import KINDS, MARKER, Kind
from leafcast.readers.witness.passages import CALL, SAME, Passage, Tokens, tokens, words_of
from leafcast.readers.witness.told import Beside, beside, picture_texts, told_texts

LEAVES: Final = re.compile(
    r"\b(?:left out|lost|dropped|not (?:read|passed on|kept|shown)|their words only)\b"
)
"""How a finding says that words are not in the article."""
KEEPS: Final = {"raw-html"}
"""Codes of findings that say so of other things than words."""
ASIDE: Final = "alt of a page"
"""What a picture of a page shows: told where its text is in the article, and not around it."""
PROSE: Final = 8
"""Words of a page that are more than a button or a date."""
TEXT: Final = ("", "shown", "call")
"""Kinds of words that stand in the article where they stand in the file."""
MARK: Final = re.compile(r"[\s>]*(?:leaflet|say|voice)\w?\s*[:=]", re.I)
"""An owner's mark, or what looks like one."""
COUNTED: Final = re.compile(r"\b(\d+) words?\b")
QUOTED: Final = re.compile(r"“([^”]*)”")


class Loss(NamedTuple):
    """Words that are lost, torn apart, or run together with those `beside` them."""

    words: str
    line: int
    how: str = "lost"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is lost, and what is left out for good reasons, but told by no reader."""

    losses: tuple[Loss, ...] = ()
    left_out: tuple[tuple[str, Loss], ...] = ()


def compare(passages: Sequence[Passage], reading: Reading, *, has_facts: bool) -> Verdict:
    """What of `passages` is neither in the article of `reading` nor told. `has_facts` where they
    say what the front matter would.
    """
    assert reading.article
    comparison = _Comparison(passages, reading.article)
    comparison.find()
    said = beside(reading.article)
    comparison.excuse(said if has_facts else replace(said, facts=()), reading)
    return Verdict(
        (*comparison.lost(), *comparison.joined(), *comparison.torn, *comparison.doubled()),
        tuple(comparison.unspoken()),
    )


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


class _Comparison:
    """Holds one file's words against one article's.

    `missing` are places in the file's words, `spare` those in the article's that are none of its
    text. `pairs` leads from the one to the other.
    """

    def __init__(self, passages: Sequence[Passage], article: Article) -> None:
        self.passages = passages
        self.article = article
        self.texts = list(told_texts(article))
        self.source, self.told = self.word_by_word()
        self.pairs: dict[int, int] = {}
        self.missing: set[int] = set()
        self.spare: list[int] = []
        self.text: list[int] = []
        self.torn: list[Loss] = []
        self.codes: set[str] = set()
        self.has_surroundings = False

    def word_by_word(self) -> tuple[Tokens, Tokens]:
        """The words of the file and of the article; a passage that is the same in both is one."""
        ours = [_plain(each.words) if each.kind in TEXT else "" for each in self.passages]
        theirs = [_plain(text) for text in self.texts]
        for number, (at, other) in enumerate(once_in_both(ours, theirs)):
            ours[at] = theirs[other] = f"{SAME}{number}"
        for at, passage in enumerate(self.passages):
            ours[at] = ours[at] or passage.words
        return tokens(ours), tokens(theirs)

    def find(self) -> None:
        """Find the text first; then, in what is left of the article, the words of other kinds."""
        text: list[int] = []
        others: dict[int, list[int]] = {}
        for at, number in enumerate(self.source.passages):
            kind = self.passages[number].kind
            if kind in TEXT:
                text.append(at)
            elif kind != MARKER:
                others.setdefault(number, []).append(at)
        shown = set(picture_texts(self.article))
        pictured = [self.texts[number] in shown for number in self.told.passages]
        self.spare = [at for at, is_picture in enumerate(pictured) if not is_picture]
        self.hold(text)
        self.text = text
        self.spare = sorted({*self.spare, *(at for at, each in enumerate(pictured) if each)})
        for places in others.values():
            self.hold(places)

    def hold(self, places: list[int]) -> None:
        """Look for the words at `places` among those of the article that are spare."""
        ours = [self.source.words[at] for at in places]
        theirs = [self.told.words[at] for at in self.spare]
        inside = self.source.passages
        first = {at for at, place in enumerate(places) if inside[place] != inside[place - 1]}
        pairs = whole(matched(ours, theirs), ours, first)
        self.pairs |= {places[at]: self.spare[other] for at, other in pairs}
        left: list[int] = []
        for stretch in unmatched(pairs, len(ours), len(theirs)):
            mine = places[stretch.start : stretch.end]
            left += self.missed(mine, self.spare[stretch.other_start : stretch.other_end])
        self.spare = left

    def kind(self, at: int) -> str:
        return self.passages[self.source.passages[at]].kind

    # ------------------------------------------------------------ what is missing

    def missed(self, ours: list[int], theirs: list[int]) -> list[int]:
        """Note the words that the article has not, where it has `theirs`; what is left of these."""
        for at in list(theirs):
            if found := _spelling(ours, self.source.words, self.told.words[at]):
                theirs.remove(at)
                ours = [each for each in ours if each not in found]
                if any(self.source.gaps[each] for each in found[1:]):
                    self.note(found, "joined")
        for at in list(ours):
            if found := _spelling(theirs, self.told.words, self.source.words[at]):
                ours.remove(at)
                theirs = [each for each in theirs if each not in found]
                if any(self.told.gaps[each] for each in found[1:]):
                    self.note([at], "torn")
        calls = [at for at in theirs if self.told.words[at] == CALL]
        numbers = [at for at in ours if self.kind(at) == "call"]
        called = dict(zip(numbers, calls, strict=False))
        self.pairs |= called
        self.missing |= set(ours) - called.keys()
        return [at for at in theirs if at not in called.values()]

    def note(self, places: Sequence[int], how: str) -> None:
        line = self.passages[self.source.passages[places[0]]].line
        self.torn.append(Loss(" ".join(self.shown(places)), line, how))

    def shown(self, places: Iterable[int]) -> Iterator[str]:
        """Words as they stand in the file, calls as a star."""
        for at in places:
            yield "[note]" if self.source.words[at] == CALL else self.source.words[at]

    # ------------------------------------------------------------ what is told elsewhere

    def excuse(self, said: Beside, reading: Reading) -> None:
        """Take from what is missing all that the article or a finding says elsewhere."""
        self.codes = {finding.code for finding in reading.findings}
        self.has_surroundings = bool(reading.left_out)
        if not self.missing:
            return
        for family in said.facts:
            self.excuse_once(family)
        for mark in said.marks:
            self.excuse_once((mark,))
        for finding in reading.findings:
            if "-mark-" in finding.code and finding.place and finding.place.line:
                self.excuse_mark(finding.place.line)
            if finding.code not in KEEPS and LEAVES.search(finding.message):
                for quote in QUOTED.findall(finding.message):
                    self.excuse_quoted(quote)
        self.excuse_left_out([left for left in reading.left_out if is_told(left, reading)])

    def excuse_once(self, forms: Iterable[str]) -> None:
        """Take one of `forms` away, the longest that is missing, at its first place."""
        for form in sorted(forms, key=len, reverse=True):
            if place := self.place_of(words_of(form)):
                self.missing -= set(place)
                return

    def excuse_mark(self, line: int) -> None:
        """Take away an owner's mark of which a finding says that it means nothing there."""
        for at in sorted(self.missing):
            passage = self.passages[self.source.passages[at]]
            if passage.line == line and MARK.match(passage.words):
                while at in self.missing:
                    self.missing.discard(at)
                    at += 1
                return

    def excuse_quoted(self, quote: str) -> None:
        """Take away what a finding names; where it names the beginning, all of that passage."""
        words = words_of(quote)
        place = self.place_of(words)
        if not place:
            return
        self.missing -= set(place)
        if quote.endswith("…"):
            passage = self.source.passages[place.stop - 1]
            at = place.stop
            while at in self.missing and self.source.passages[at] == passage:
                self.missing.discard(at)
                at += 1

    def excuse_left_out(self, told: Sequence[LeftOut]) -> None:
        """Take away what the reader says it left out: each piece as it stands, then what is left
        of all of them, in their order; the text first, then words of other kinds.
        """
        pieces = [words_of(left.words) for left in sorted(told, key=_line)]
        text = [at for at in sorted(self.missing) if self.kind(at) in TEXT]
        pieces = self.excuse_pieces(text, pieces)
        self.excuse_pieces(sorted(self.missing), pieces)

    def excuse_pieces(self, places: list[int], pieces: list[list[str]]) -> list[list[str]]:
        """Take away those of `pieces` that stand at `places`; what is left of them."""
        rest: list[list[str]] = []
        for words in pieces:
            if place := _place_in([self.source.words[at] for at in places], words):
                self.missing -= {places[at] for at in place}
                places = [*places[: place.start], *places[place.stop :]]
            else:
                rest.append(words)
        ours = [self.source.words[at] for at in places]
        self.missing -= {
            places[at] for at, _ in matched(ours, [w for words in rest for w in words])
        }
        return rest

    def place_of(self, words: list[str]) -> range:
        """Where `words` stand one after the other in the file, all of them missing."""
        for first in sorted(self.missing) if words else ():
            start = first
            while start and self.source.words[start] != words[0] and self.kind(start - 1) == MARKER:
                start -= 1
            place = range(start, start + len(words))
            if self.source.words[start : place.stop] == words and self.missing.issuperset(
                range(first, place.stop)
            ):
                return place
        return range(0)

    # ------------------------------------------------------------ what is left to tell

    def lost(self) -> Iterator[Loss]:
        """What is lost, each run of words within a passage."""
        for run in self.untold():
            if not self.name(run) and not (self.kind(run[0]) == ASIDE and self.is_aside(run)):
                yield self.loss(run)

    def unspoken(self) -> Iterator[tuple[str, Loss]]:
        """What is left out for good reasons that no reader tells: its name, and the words."""
        for run in self.untold():
            if name := self.name(run):
                yield name, self.loss(run)

    def untold(self) -> Iterator[list[int]]:
        """Runs of missing words of which no finding tells."""
        yield from self.runs([at for at in sorted(self.missing) if not self.told_by_kind(at)])

    def name(self, run: list[int]) -> str:
        """What the words of a run are, where they are left out for good reasons."""
        kind = self.kind(run[0])
        if kind == "shown" and self.has_surroundings and self.is_around(run):
            kind = "around"
        return KINDS.get(kind, Kind()).name

    def is_around(self, run: list[int]) -> bool:
        """Whether a run is all of a short passage that stands around the article."""
        inside = self.source.passages
        passage = inside[run[0]]
        begins = run[0] == 0 or inside[run[0] - 1] != passage
        ends = run[-1] + 1 == len(inside) or inside[run[-1] + 1] != passage
        return begins and ends and len(run) < PROSE and not self.in_article(run[0])

    def is_aside(self, run: list[int]) -> bool:
        """Whether what a picture shows is said in the text too, or stands around the article."""
        words = " ".join(self.source.words[at] for at in run)
        return f" {words} " in f" {' '.join(self.told.words)} " or not self.in_article(run[0])

    def in_article(self, at: int) -> bool:
        """Whether the text before and after a place is in the article."""
        here = self.source.passages[at]
        around = bisect_left(self.text, at)
        before = next((each for each in reversed(self.text[:around]) if self.is_of(each, here)), -1)
        after = next((each for each in self.text[around:] if self.is_of(each, here)), -1)
        return before in self.pairs and after in self.pairs

    def is_of(self, at: int, passage: int) -> bool:
        """Whether a place is in the article, or in another passage than the one at hand."""
        return at in self.pairs or self.source.passages[at] != passage

    def told_by_kind(self, at: int) -> bool:
        codes = KINDS.get(self.kind(at), Kind()).codes
        return any(code.startswith(codes) for code in self.codes) if codes else False

    def runs(self, places: Sequence[int]) -> Iterator[list[int]]:
        """Places side by side within a passage."""
        run: list[int] = []
        for at in places:
            if run and (
                at != run[-1] + 1 or self.source.passages[at] != self.source.passages[at - 1]
            ):
                yield run
                run = []
            run.append(at)
        if run:
            yield run

    def loss(self, run: list[int]) -> Loss:
        passage = self.passages[self.source.passages[run[0]]]
        words = list(self.shown(run))
        if words == ["[note]"] or passage.kind == "call":
            inside = self.source.passages
            same = run[0] > 0 and inside[run[0] - 1] == inside[run[0]]
            within = same or (passage.kind == "call" and run[0])
            before = self.source.words[run[0] - 1] if within else ""
            return Loss(before, passage.line, "call" if before else "alone")
        how = passage.kind if passage.kind in ("uncalled", "cell") else "lost"
        return Loss(" ".join(words), passage.line, how)

    def joined(self) -> Iterator[Loss]:
        """Words apart in the file between which the article has no space."""
        for at, other in self.pairs.items():
            if self.told.words[other] == CALL:
                continue
            behind, following = at + 1, other + 1
            while self.pairs.get(behind) == following and self.told.words[following] == CALL:
                behind, following = behind + 1, following + 1
            if self.pairs.get(behind) == following and self.runs_on(at, behind, following):
                line = self.passages[self.source.passages[at]].line
                words = f"{self.source.words[at]} {self.source.words[behind]}"
                yield Loss(words, line, "joined")

    def runs_on(self, before: int, at: int, other: int) -> bool:
        """Whether a word has a gap before it in the file alone."""
        return (
            self.source.gaps[at]
            and self.kind(before) != MARKER
            and not self.told.gaps[other]
            and self.source.words[at].isalnum()
            and self.source.words[before].isalnum()
        )

    def doubled(self) -> Iterator[Loss]:
        """Calls of notes that the article has more often than the file."""
        linked = sum(passage.kind == "call" for passage in self.passages)
        if self.told.words.count(CALL) > self.source.words.count(CALL) + linked:
            first = self.source.words.index(CALL) if CALL in self.source.words else 0
            line = self.passages[self.source.passages[first]].line if self.source.words else 0
            yield Loss("", line, "doubled")


def _spelling(places: list[int], words: Sequence[str], wanted: str) -> list[int]:
    """The first of `places`, one after the other and more than one, whose words spell `wanted`."""
    for first in range(len(places)):
        spelt = ""
        found: list[int] = []
        for at in places[first:]:
            if found and at != found[-1] + 1:
                break
            spelt += words[at]
            found.append(at)
            if len(spelt) >= len(wanted):
                break
        if spelt == wanted and len(found) > 1:
            return found
    return []


def _place_in(words: Sequence[str], wanted: Sequence[str]) -> range:
    """Where `wanted` stands in `words`."""
    length = len(wanted)
    for start, word in enumerate(words) if wanted else ():
        if word == wanted[0] and words[start : start + length] == wanted:
            return range(start, start + length)
    return range(0)


def _plain(words: str) -> str:
    return " ".join(words.split())


def _line(left: LeftOut) -> int:
    return left.line
