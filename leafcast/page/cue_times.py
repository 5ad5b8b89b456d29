"""When each sentence of a page is heard, and each part of it: the narration in seconds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from leafcast.document.article import Article
from leafcast.narration.model import Cue, Narration, SpokenPassage

INTRODUCTION = "introduction"
"""The id of the words before the first heading, which no section has (`Identifier`)."""
WORDS = "_words"
"""The page's id for all the words. No id of an article has a low line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the episode: the id at which its words begin, its title, its times in seconds."""

    id: str
    number: int
    title: str
    start: float
    end: float

    @property
    def fragment(self) -> str:
        """The part of a sound file, as an address ends (W3C, Media Fragments URI 1.0, 4.2.1)."""
        return f"#t={self.start:g},{self.end:g}"

    @property
    def onwards(self) -> str:
        """The same from its start on."""
        return f"#t={self.start:g}"


def parts_of(article: Article, narration: Narration) -> tuple[Part, ...]:
    """The episode's passages; the first begins before the first heading."""
    opening = INTRODUCTION if article.introduction else WORDS
    return tuple(_part(opening, passage, narration.rate) for passage in narration.passages)


def _part(opening: str, passage: SpokenPassage, rate: int) -> Part:
    return Part(
        opening if passage.number == 1 else passage.id,
        passage.number,
        passage.title,
        seconds(passage.start, rate),
        seconds(passage.end, rate),
    )


def seconds(samples: int, rate: int) -> float:
    """Samples as seconds, to the millisecond."""
    return round(samples / rate, 3)


def times(article: Article, narration: Narration) -> str:
    """The parts and cues as JSON that may stand in HTML.

    A part is [id, start, end]. A cue is [sentence's id, start, end], and where its words have
    times, three numbers for each: [after, skipped, long, …]. A word begins so many milliseconds
    after the one before it, the first after the cue's start; in the sentence's text so many signs
    lie between the two, and it has so many. Differences have few digits: these are most of a page.
    """
    parts = [[each.id, each.start, each.end] for each in parts_of(article, narration)]
    cues = [list(_cue(cue, narration.rate)) for cue in narration.cues]
    return script_json({"parts": parts, "cues": cues})


def _cue(cue: Cue, rate: int) -> Iterator[object]:
    yield cue.sentence_id
    yield seconds(cue.start, rate)
    yield seconds(cue.end, rate)
    if cue.words:
        yield list(_differences(cue, rate))


def _differences(cue: Cue, rate: int) -> Iterator[int]:
    at, place = _milliseconds(cue.start, rate), 0
    for word in cue.words:
        start = _milliseconds(word.start, rate)
        yield start - at
        yield word.text_start - place
        yield word.text_end - word.text_start
        at, place = start, word.text_end


def _milliseconds(samples: int, rate: int) -> int:
    return round(1000 * seconds(samples, rate))


def script_json(value: object) -> str:
    """JSON that a `script` element may hold: no `<`, which could end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
