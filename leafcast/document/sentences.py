"""Inline content cut where sentences end, which its language says (`Language.sentence_spans`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, zip_longest
from typing import Final

from leafcast.document.article import (
    Code,
    Emphasis,
    Foreign,
    Inline,
    LineBreak,
    Link,
    NoteMark,
    Sentence,
    Strong,
    Text,
    plain_text,
)
from leafcast.document.identify import Identifier
from leafcast.locale.language import Language

CLOSES: Final = re.compile(r"\s|[.,;:!?…)\]”’]|\Z")
"""What follows a call of a note without a space."""


def cut(content: tuple[Inline, ...], start: int, end: int) -> tuple[Inline, ...]:
    """The part of `content` between two places of its plain text, marks kept around it.

    A note mark belongs to the words before it; one before all words, to the first of them.
    """
    text = plain_text(content)
    first = not text[:start].strip()
    return _cut(content, 0, start, end, -1 if first else start)


def _cut(
    content: tuple[Inline, ...], at: int, start: int, end: int, called: int
) -> tuple[Inline, ...]:
    """The part of `content`, which begins at `at`; its calls are those behind `called`."""
    kept: list[Inline] = []
    for inline in content:
        length = len(plain_text((inline,)))
        first, last = max(start - at, 0), min(end - at, length)
        match inline:
            case NoteMark():
                if called < at <= end:
                    kept.append(inline)
            case LineBreak():
                if first < last:
                    kept.append(inline)
            case Text(text) | Code(text):
                if first < last:
                    kept.append(replace(inline, text=text[first:last]))
            case _:
                kept += _around(inline, _cut(inline.content, at, start, end, called))
        at += length
    return tuple(kept)


def _around(
    marked: Strong | Emphasis | Link | Foreign, content: tuple[Inline, ...]
) -> tuple[Inline, ...]:
    """`content` marked as it was; a call of a note alone is not."""
    if plain_text(content):
        return (replace(marked, content=content),)
    return tuple(inline for inline in content if isinstance(inline, NoteMark))


# ---------------------------------------------------------------- calls of notes


def calls_closed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """`content` with each note mark directly behind the words before it.

    White space between the two stands behind the mark; before white space, a punctuation mark or
    the end it goes, so that `It works [^1].` reads as `It works.`
    """
    calls = list(_calls(content, 0))
    text = plain_text(content) if calls else ""
    behind = [len(text[:at].rstrip()) or at for at, _ in calls]
    if behind == [at for at, _ in calls]:
        return content
    places: dict[int, list[NoteMark]] = {}
    dropped: set[int] = set()
    for (at, mark), place in zip(calls, behind, strict=True):
        places.setdefault(place, []).append(mark)
        dropped |= set(range(place, at)) if CLOSES.match(text, at) else set()
    return (*places.pop(0, ()), *_placed(content, 0, places, dropped))


def _calls(content: tuple[Inline, ...], at: int) -> Iterator[tuple[int, NoteMark]]:
    """The note marks in `content`, and their places in its plain text."""
    for inline in content:
        if isinstance(inline, NoteMark):
            yield at, inline
        elif isinstance(inline, Strong | Emphasis | Link | Foreign):
            yield from _calls(inline.content, at)
        at += len(plain_text((inline,)))


def _placed(
    content: tuple[Inline, ...], at: int, places: dict[int, list[NoteMark]], dropped: set[int]
) -> Iterator[Inline]:
    """`content` without the places that are dropped, and with note marks where `places` says."""
    for inline in content:
        end = at + len(plain_text((inline,)))
        match inline:
            case NoteMark():
                continue
            case LineBreak():
                yield from () if at in dropped else (inline,)
            case Text(text) | Code(text):
                cuts = [at, *(each for each in sorted(places) if at < each < end), end]
                for first, last in pairwise(cuts):
                    here = range(first, last)
                    left = "".join(text[each - at] for each in here if each not in dropped)
                    yield from (replace(inline, text=left),) if left else ()
                    yield from places.pop(last, ())
            case _:
                inner = tuple(_placed(inline.content, at, places, dropped))
                yield from _around(inline, inner)
        yield from places.pop(end, ())
        at = end


def read_sentences(
    content: tuple[Inline, ...], ids: Identifier, language: Language
) -> tuple[Sentence, ...]:
    """`content` as sentences of `language`, each with its id."""
    content = calls_closed(content)
    spans = list(language.sentence_spans(plain_text(content)))
    breaks = set(_breaks(content, 0)) if spans[1:] else set()
    return tuple(
        Sentence(
            ids.sentence(plain_text(piece)), piece, not breaks.isdisjoint(range(end, following))
        )
        for (start, end), (following, _) in zip_longest(spans, spans[1:], fillvalue=(0, 0))
        if (piece := cut(content, start, end))
    )


def _breaks(content: tuple[Inline, ...], at: int) -> Iterator[int]:
    """The places of line breaks in the plain text of `content`."""
    for inline in content:
        if isinstance(inline, LineBreak):
            yield at
        elif isinstance(inline, Strong | Emphasis | Link | Foreign):
            yield from _breaks(inline.content, at)
        at += len(plain_text((inline,)))
