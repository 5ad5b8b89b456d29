"""When the words of a book are heard: clips of its sound, in milliseconds.

A clip lasts until the next thing is said, so that a player that goes from clip to clip plays the
sound without a gap and cuts nothing off.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from leafcast.narration.model import Narration, SpokenPassage


@dataclass(frozen=True, slots=True)
class Clip:
    """When the element with the id `target` is heard: milliseconds from its sound's start."""

    target: str
    start: int
    end: int

    @property
    def length(self) -> int:
        """Milliseconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence in the sound of passage `number`, in milliseconds from the passage's start.

    Between `lead` and `start` it may be announced; it lasts until something else is said.
    """

    sentence_id: str
    number: int
    lead: int
    start: int
    end: int


def cut_passage(narration: Narration, passage: SpokenPassage, *, announced: bool) -> list[Piece]:
    """The sentences of a passage in its sound.

    With `announced`, a piece starts where the one before it ends, so that what is announced before
    a sentence is a part of it, and the last lasts until the passage ends; except in the last
    passage, and before the first sentence of all, where the narration speaks of itself.
    """
    pieces = list(_pieces(passage, narration.rate))
    if not announced or not pieces:
        return pieces
    first = pieces[0].start if passage == narration.passages[0] else 0
    starts = [first, *(piece.lead for piece in pieces[1:])]
    ends = [piece.end for piece in pieces]
    if passage != narration.passages[-1]:
        ends[-1] = length_of(narration, passage)
    return [
        Piece(piece.sentence_id, piece.number, start, start, end)
        for piece, start, end in zip(pieces, starts, ends, strict=True)
    ]


def _pieces(passage: SpokenPassage, rate: int) -> Iterator[Piece]:
    """Times are rounded down, so that no clip ends after its sound (EPUB 3.3, 9.3.2)."""
    cues = {cue.start for cue in passage.cues}
    begins = sorted(cues.union(each.start for each in passage.announced))
    lead = 0
    for cue in passage.cues:
        following = bisect_right(begins, cue.start)
        after = begins[following] if following < len(begins) else passage.end
        start, end = (_milliseconds(at - passage.start, rate) for at in (cue.start, after))
        yield Piece(cue.sentence_id, passage.number, lead, start, end)
        lead = end


def length_of(narration: Narration, passage: SpokenPassage) -> int:
    """How long a passage lasts, in milliseconds."""
    return _milliseconds(passage.end - passage.start, narration.rate)


def _milliseconds(samples: int, rate: int) -> int:
    return samples * 1000 // rate


def joined(clips: Iterator[Clip]) -> Iterator[Clip]:
    """Clips of one element that follow each other as one."""
    held: Clip | None = None
    for clip in clips:
        if held and held.target == clip.target:
            held = Clip(held.target, held.start, clip.end)
            continue
        if held:
            yield held
        held = clip
    if held:
        yield held
