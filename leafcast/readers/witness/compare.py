"""The file's words held against the article's, and judged: what is lost, and what is not."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from leafcast.document.article import Reading
from leafcast.readers.witness.comparison import Comparison, How, Loss
from leafcast.readers.witness.excuses import QUOTED, excuse, told_left_out, without
from leafcast.readers.witness.kinds import ASIDE, KINDS, Kind
from leafcast.readers.witness.passages import Passage, words_of
from leafcast.readers.witness.told import beside

PICTURED: Final = "alt"
"""What a picture of an article shows, of which a finding names one; pages have too many."""
PROSE: Final = 8
"""Words of a page that are more than a button or a date."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is lost, and what is left out for good reasons, but told by no reader."""

    losses: tuple[Loss, ...] = ()
    left_out: tuple[tuple[str, Loss], ...] = ()


def compare(passages: Sequence[Passage], reading: Reading, head: str) -> Verdict:
    """What of `passages` is neither in the article of `reading` nor told. `head` is the front
    matter: a fact that stands there is none of the text.
    """
    assert reading.article
    pieces = [words_of(left.words) for left in told_left_out(reading)]
    comparison = Comparison(without(passages, pieces), reading.article)
    comparison.find()
    if comparison.missing:
        said = beside(reading.article)
        facts = tuple(forms for forms in said.facts if f"\n{forms[1].split()[0]}:" not in head)
        excuse(comparison, replace(said, facts=facts), reading)
    judge = _Judge(comparison, reading)
    return Verdict(
        (
            *judge.lost(),
            *comparison.joined(),
            *comparison.torn,
            *comparison.doubled(),
            *comparison.swapped(),
        ),
        tuple(judge.unspoken()),
    )


class _Judge:
    """Judges what is missing and told nowhere: lost, or left out for good reasons."""

    def __init__(self, comparison: Comparison, reading: Reading) -> None:
        self.comparison = comparison
        self.source, self.told = comparison.source, comparison.told
        self.passages, self.kind = comparison.passages, comparison.kind
        self.missing, self.pairs, self.text = comparison.missing, comparison.pairs, comparison.text
        self.told_codes = [(finding.code, finding.message) for finding in reading.findings]
        self.codes = {finding.code for finding in reading.findings}
        self.has_surroundings = bool(reading.left_out)
        self.often_missing = Counter(
            self.source.words[at] for at in self.missing if self.is_pictured(at)
        )
        self.often_told = Counter(
            word
            for code, message in self.told_codes
            if code.startswith("picture-")
            for word in set(words_of(" ".join(QUOTED.findall(message))))
        )

    def lost(self) -> Iterator[Loss]:
        """What is lost, each run of words within a passage."""
        for run in self.untold():
            if not self.name(run) and not (self.kind(run[0]) == ASIDE and self.is_aside(run)):
                loss = self.loss(run)
                if loss.how != "alone" or "note-not-called" not in self.codes:
                    yield loss

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
        """Whether what a picture shows is said in the text or the title too, or stands around the
        article.
        """
        words = " ".join(self.source.words[at] for at in run)
        title = " ".join(words_of(self.comparison.article.title))
        said = f" {title} {' '.join(self.told.words)} "
        return f" {words} " in said or not self.in_article(run[0])

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
        told = [each for each in self.told_codes if each[0].startswith(codes)] if codes else []
        return any(self.is_named(at, *each) for each in told) or self.is_as_often_told(at)

    def is_as_often_told(self, at: int) -> bool:
        """Whether findings name a word of pictures as often as it is missing: of several with the
        same words, any may be taken for the one that is there.
        """
        word = self.source.words[at]
        return self.is_pictured(at) and self.often_missing[word] <= self.often_told[word]

    def is_pictured(self, at: int) -> bool:
        """Whether a word is one of a picture's."""
        return self.passages[self.source.passages[at]].kind == PICTURED

    def is_named(self, at: int, code: str, message: str) -> bool:
        """Whether a finding of pictures is about this one; any other speaks of all of its kind."""
        passage = self.passages[self.source.passages[at]]
        if passage.kind != PICTURED or not code.startswith("picture-") or "“" not in message:
            return True
        return " ".join(words_of(passage.words)[:2]) in " ".join(words_of(message))

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
        words = list(self.comparison.shown(run))
        if words == ["[note]"] or passage.kind == "call":
            inside = self.source.passages
            same = run[0] > 0 and inside[run[0] - 1] == inside[run[0]]
            within = same or (passage.kind == "call" and run[0])
            before = self.source.words[run[0] - 1] if within else ""
            return Loss(before, passage.line, "call" if before else "alone")
        hows: dict[str, How] = {"uncalled": "uncalled", "cell": "cell"}
        return Loss(" ".join(words), passage.line, hows.get(passage.kind, "lost"))
