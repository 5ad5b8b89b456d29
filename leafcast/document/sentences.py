"""Where sentences end, in British English, and inline content cut there."""

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
from leafcast.locale.abbreviations import LETTERED, goes_on

WORD_BEFORE_STOP = re.compile(r"(?s)(.*?)([^\s(\[“‘\"']*)\.$")
SAYING = re.compile(
    r"\b(?:say|says|said|saying|or|means?|a|an|answer(?:ed|s)?|whispered|shouted|thought|simply|just"
    r"|always|firm|clear|hear|heard|hearing|me|us|him|her|them|you) $"
)
"""What stands before the word no, which is then no number."""
COUNTED = re.compile(
    r"\d+(?:[.,]\d+)* (?!(?:in|on|of|at|is|was|are|were|and|or|to|for|by|the|with|has|had|from"
    r"|as|who)\b)"
    r"[a-z]|\d+ (?:of (?:us|them|you|the|my|our|their)|in \d)\b"
)
"""Some that are counted, as in “The answer was no. 5 people left”, not numbered."""
NUMBERED = re.compile(
    r"(?i)\b(?:at|in|to|from|near|by|outside|opposite|of|with|under|see|page|route|bus|tram|train"
    r"|house|flat|room|reg|ref|charity|company|tel|member|account|case|chapter|part|question|point"
    r"|step|line|platform|track|policy|order|invoice) $"
)
"""What stands before the abbreviation no."""
STREET = re.compile(r"\d[a-zA-Z]? (?:[A-Z][\w’']+ )+$|\b(?:High|Main|Church|Market|Mill) $")
"""What stands before St., which is then no saint."""
IN_BRACKETS = {"accred", "hons", "snr", "reg", "ed", "eds"}
"""Abbreviations that end a bracket within a sentence."""
END = re.compile(r"([.!?…]+)([”’\"')\]]*)(\s+)(?=([“‘\"'(\[]*)(\S))")
CLOSES: Final = re.compile(r"\s|[.,;:!?…)\]”’]|\Z")
"""What follows a call of a note without a space."""


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `text`, without the white space around it."""
    start = len(text) - len(text.lstrip())
    for end in END.finditer(text):
        if _ends_here(text[start : end.end(1)], end[1], end[2], text[end.start(5) :]):
            yield start, end.end(2)
            start = end.end(3)
    if start < len(text.rstrip()):
        yield start, len(text.rstrip())


def _ends_here(so_far: str, mark: str, closing: str, following: str) -> bool:
    """Whether a mark such as `.` is the end of a sentence that goes on with `following`."""
    if following[:1].islower():
        return False
    if mark != "." or closing not in ("", ")"):
        return True
    before, last = WORD_BEFORE_STOP.match(so_far).groups()  # type: ignore[union-attr]
    if closing:  # a bracket that is no sentence: MBACP (Accred.) Therapist
        return last.casefold() not in IN_BRACKETS
    if len(last) == 1 and before.split()[-1:] and before.split()[-1].casefold() in LETTERED:
        return True
    if last.casefold() == "no" and _is_said(before, following):
        return True
    if last == "St" and STREET.search(before):
        return True
    first = not re.search(r"\w", before) or before.rstrip()[-1] in ",;:(–"
    most = last in ("max", "min") and not re.search(r"\d\s?$", before)
    return not goes_on(last, following, first=first or most)


def _is_said(before: str, following: str) -> bool:
    """Whether “no.” is the word, by what stands around it, and not short for number."""
    if NUMBERED.search(before):
        return False
    return bool(SAYING.search(before) or COUNTED.match(following))


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


def read_sentences(content: tuple[Inline, ...], ids: Identifier) -> tuple[Sentence, ...]:
    """`content` as sentences, each with its id."""
    content = calls_closed(content)
    spans = list(sentence_spans(plain_text(content)))
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
