"""When each word is heard: from the text through its phonemes to a model's own durations.

For voices whose phonemes come from hibari's converter, and whose model says how many frames each
lasts. Which word a phoneme belongs to comes from the converter's tokens, whose phonemes joined are
the very line the model is given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Final

from leafcast.narration.model import WordMark
from leafcast.narration.words import spoken_words, without_sounds

QUOTES: Final = {"“": "``", "”": "''"}
"""The converter takes an opening mark for a noun, and the word behind it for an unknown one."""
STOP: Final = re.compile(r"(?<=\w)\.(?=[”’\"')]*(?:\s|$))")
"""A stop behind a word. In a spoken text it ends a sentence: no abbreviation is left, but the
converter would read “no.” as number and “m.” without its stop."""
NO_SOUND: Final = ' ;:,.!?—…"()“”'
"""Signs that a voice reads as a pause or a turn of the voice."""


Pieces = Sequence[tuple[int, int]]
Frames = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class FrameClock:
    """How a model counts time, in samples: the length of its frames, and how much earlier than its
    frames a phoneme is heard."""

    frame: int
    lead: int


@dataclass(frozen=True, slots=True)
class Line:
    """What the model is given, and the signs of each word in it: first, one past the last."""

    signs: str
    words: tuple[tuple[int, int, int, int], ...]
    """(first sign, one past the last, start in the text, end in the text)."""


def read_line(converter: Any, spoken: str, vocabulary: Mapping[str, int]) -> Line:
    """The phonemes of a spoken text that the model knows, and the words they belong to."""
    from hibari.g2p import normalize

    text = normalize(STOP.sub(" .", spoken))
    tokens = converter.phonemize_tokens(_tokens(converter, text))
    told = [
        (converter.unk if token.phonemes is None else token.phonemes) + " " * bool(token.whitespace)
        for token in tokens
    ]
    places = _places_in(text, [token.text for token in tokens])
    words = _words_of(places, spoken, text)
    signs: list[str] = []
    spans: dict[int, tuple[int, int]] = {}
    for phonemes, (first, count) in zip(told, words, strict=True):
        known = [sign for sign in phonemes if sign in vocabulary]
        for word, (start, end) in enumerate(_shares("".join(known), count), first):
            whole = spans.get(word, (len(signs) + start, 0))
            spans[word] = (whole[0], len(signs) + end)
        signs += known
    return _stripped("".join(signs), spans, spoken_words(spoken))


def _tokens(converter: Any, text: str) -> list[Any]:
    """The words and signs of a text; a stop is one by itself, and quotation marks are no words."""
    tokens: list[Any] = converter.tokenize(STOP.sub(" .", text))
    for token, after in pairwise(tokens):
        if after.text == ".":
            token.whitespace = ""
    for at, token in enumerate(tokens):
        token.tag = QUOTES.get(token.text, token.tag)
        if token.text == '"':
            opens = at == 0 or tokens[at - 1].whitespace or tokens[at - 1].text in "(—–"
            token.tag = QUOTES["“" if opens and not token.whitespace else "”"]
    return tokens


def _stripped(
    signs: str, spans: Mapping[int, tuple[int, int]], places: Sequence[tuple[int, int]]
) -> Line:
    """The line without spaces at its ends, as the converter gives it."""
    before = len(signs) - len(signs.lstrip())
    words = tuple(
        (start - before, end - before, *places[word])
        for word, (start, end) in sorted(spans.items())
        if end > start
    )
    return Line(signs.strip(), words)


def _places_in(text: str, tokens: Sequence[str]) -> list[int]:
    """Where each token's first letter stands in `text`; -1 for punctuation."""
    bare, at, places = without_sounds(text), 0, []
    for token in tokens:
        found = bare.find(token, at)
        letter = re.search(r"\w", token)
        places.append(found + letter.start() if found >= 0 and letter else -1)
        at = found + len(token) if found >= 0 else at
    return places


def _words_of(places: Sequence[int], spoken: str, text: str) -> Iterator[tuple[int, int]]:
    """For each token the first word it says, and how many: up to the next token's word."""
    starts = [start for start, _ in spoken_words(spoken)]
    origin = _origins(text, spoken)
    firsts = [bisect_right(starts, origin[place]) - 1 if place >= 0 else -1 for place in places]
    for at, first in enumerate(firsts):
        following = next((word for word in firsts[at + 1 :] if word >= 0), len(starts))
        yield first, 0 if first < 0 else max(1, following - first)


def _origins(text: str, spoken: str) -> list[int]:
    """For each letter of the text as the converter reads it, its place in the spoken text."""
    text, spoken = (without_sounds(each).replace("’", "'") for each in (text, spoken))
    if text == spoken:
        return list(range(len(text)))
    origins = [0] * len(text)
    for _, a1, a2, b1, b2 in SequenceMatcher(None, text, spoken, False).get_opcodes():
        for at in range(a1, a2):
            origins[at] = min(b1 + (at - a1), max(b1, b2 - 1))
    return origins


def _shares(signs: str, count: int) -> Iterator[tuple[int, int]]:
    """The signs of each of `count` words said by one token, without pauses at their ends."""
    if count == 0 or not signs.strip(NO_SOUND):
        return
    sounds = [found.span() for found in re.finditer(rf"[^{re.escape(NO_SOUND)}]+", signs)]
    if count == 1:
        yield sounds[0][0], sounds[-1][1]
    elif len(sounds) >= count:
        yield from sounds[: count - 1]
        yield sounds[count - 1][0], sounds[-1][1]
    else:
        start, length = sounds[0][0], sounds[-1][1] - sounds[0][0]
        cuts = [start + length * n // count for n in range(count + 1)]
        yield from pairwise(cuts)


def split_signs(signs: str, most: int) -> Iterator[tuple[int, int]]:
    """Where pieces of at most `most` signs start and end: after a clause, else a word, else there.

    A piece has no space at its ends.
    """
    at = 0
    while at < len(signs):
        end = len(signs)
        if end - at > most:
            window = signs[at : at + most]
            cut = max(window.rfind(mark) + 1 for mark in ";:,.—!?…")
            end = at + (cut or window.rfind(" ") + 1 or most)
        piece = signs[at:end]
        first = at + len(piece) - len(piece.lstrip())
        last = end - len(piece) + len(piece.rstrip())
        if first < last:
            yield first, last
        at = end


def word_marks(
    line: Line, pieces: Pieces, frames: Frames, clock: FrameClock
) -> tuple[WordMark, ...]:
    """When each word is heard, in samples from the start of the sound of all pieces.

    `pieces` are the signs spoken at one go; `frames` how long each lasts, the model's own sign
    before and after them included; no marks where it does not say. A sign between two pieces was
    not spoken.
    """
    if not all(frames):
        return ()
    times = sign_times(pieces, frames, clock.frame)
    marks = []
    for first, last, text_start, text_end in line.words:
        last += line.signs[last : last + 1] == " "  # until the next word, where no pause is
        heard = [times[sign] for sign in range(first, last) if sign in times]
        if heard:
            start, end = (max(0, at - clock.lead) for at in (heard[0][0], heard[-1][1]))
            marks.append(WordMark(start, end, text_start, text_end))
    return tuple(marks)


def said_until(line: Line, pieces: Pieces, frames: Frames, clock: FrameClock) -> int | None:
    """The sample at which the last sound's time is over, in the sound of all pieces; None where the
    model does not say, or says nothing.
    """
    if not all(frames):
        return None
    times = sign_times(pieces, frames, clock.frame)
    sounds = [sign for sign in times if line.signs[sign] not in NO_SOUND]
    return max(0, times[max(sounds)][1] - clock.lead) if sounds else None


def sign_times(pieces: Pieces, frames: Frames, frame: int) -> dict[int, tuple[int, int]]:
    """When the frames of each sign begin and end, in samples."""
    times = {}
    at = 0
    for (first, last), lengths in zip(pieces, frames, strict=True):
        begin, *spoken, end = (round(length) * frame for length in lengths)
        at += begin
        for sign, length in zip(range(first, last), spoken, strict=True):
            times[sign] = (at, at + length)
            at += length
        at += end
    return times
