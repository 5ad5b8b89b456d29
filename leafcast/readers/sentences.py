"""Where sentences end, in British English, and inline content cut there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from leafcast.abbreviations import goes_on
from leafcast.model import Code, Inline, LineBreak, NoteMark, Sentence, Text, plain_text
from leafcast.readers.identify import Identifier

WORD_BEFORE_STOP = re.compile(r"(?s)(.*?)([^\s(\[“‘\"']*)\.$")
SAYING = re.compile(r"\b(?:say|says|said|saying|or|means?|a|answer(?:ed|s)?) $")
"""What stands before the word no, which is then no number."""
IN_BRACKETS = {"accred", "hons", "snr", "reg", "ed", "eds"}
"""Abbreviations that end a bracket within a sentence."""
END = re.compile(r"([.!?…]+)([”’\"')\]]*)(\s+)(?=([“‘\"'(\[]*)(\S))")


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
    if last == "no" and SAYING.search(before):
        return True
    return not goes_on(last, following, first=not before.strip() or before.rstrip()[-1] in ",;:(–")


def cut(content: tuple[Inline, ...], start: int, end: int) -> tuple[Inline, ...]:
    """The part of `content` between two places of its plain text, marks kept around it.

    A note mark belongs to the words before it.
    """
    kept: list[Inline] = []
    at = 0
    for inline in content:
        length = len(plain_text((inline,)))
        first, last = max(start - at, 0), min(end - at, length)
        match inline:
            case NoteMark():
                if start < at <= end or at == start == 0:
                    kept.append(inline)
            case LineBreak():
                if first < last:
                    kept.append(inline)
            case Text(text) | Code(text):
                if first < last:
                    kept.append(replace(inline, text=text[first:last]))
            case _:
                inner = cut(inline.content, first, last)
                if inner and (first < last or any(isinstance(i, NoteMark) for i in inner)):
                    kept.append(replace(inline, content=inner))
        at += length
    return tuple(kept)


def read_sentences(content: tuple[Inline, ...], ids: Identifier) -> tuple[Sentence, ...]:
    """`content` as sentences, each with its id."""
    return tuple(
        Sentence(ids.sentence(plain_text(piece)), piece)
        for start, end in sentence_spans(plain_text(content))
        if (piece := cut(content, start, end))
    )
