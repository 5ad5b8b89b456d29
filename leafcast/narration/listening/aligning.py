"""Where the words of a text lie in their sound: forced alignment by PocketSphinx.

It works for any voice, a person's too, as long as the sound says the text. Its dictionary is
American; a word that it lacks is given the British sounds of hibari's dictionary, or else those of
its letters. 400 seconds of speech take about five seconds.
"""

from __future__ import annotations

import importlib.util
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from leafcast.document.errors import NotAligned, ToolMissing
from leafcast.narration.listening.arpabet import spelt_out, to_arpabet
from leafcast.narration.listening.dictionary import has_dictionary, sounds_of
from leafcast.narration.model import Clip, WordMark
from leafcast.narration.phonemes import MARKED, words_said
from leafcast.narration.sound.rates import HEARING_RATE_HZ, clip_position, hearing_samples

VERSION: Final = 1
"""Counted up when the same sound and text would be aligned otherwise."""
FRAME: Final = 160
"""Samples in a step of the aligner: 10 ms."""
AROUND: Final = HEARING_RATE_HZ // 10
"""Silence before and after, so that the first and the last word have an edge."""
SILENCE_DB: Final = -40.0
"""Below the loudest of the clip."""
REPEATED: Final = 1e-4
"""How likely a word is to be said twice, for the aligner."""
WORD: Final = re.compile(rf"(?:{MARKED.pattern}|\S)+")
PART: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?")
Segment = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a spoken text: its place there, and each of its parts with its sounds.

    A word with hyphens has several parts; the sounds are "" where the text does not give them.
    """

    text_start: int
    text_end: int
    parts: tuple[tuple[str, str], ...]


def missing() -> str:
    """What is lacking on this machine, in words, with how to get it; or ""."""
    if importlib.util.find_spec("pocketsphinx") is None:
        return "what finds words in sound is not installed (pip install leafcast[listen])"
    return ""


def aligner_version() -> tuple[str | int, ...]:
    """What decides the marks besides sound and text."""
    return (VERSION, f"pocketsphinx {metadata.version('pocketsphinx')}", has_dictionary())


def align(clip: Clip, spoken: str) -> tuple[WordMark, ...]:
    """When each word of `spoken` is heard in `clip`, in samples at the clip's rate.

    A word is a run without spaces that has a letter or a digit; `[word](/sounds/)` counts as the
    word. Raises NotAligned where the sound does not say the text, ToolMissing without [listen].
    """
    if lack := missing():
        raise ToolMissing(f"Words cannot be found in sound: {lack}")
    words = tuple(said_words(spoken))
    if not words:
        return ()
    found = _found(words, clip, spoken)
    loud = _loud_frames(clip)
    marks = []
    for word in words:
        spans = [next(found) for _ in word.parts]
        start, end = (_position(at, clip) for at in _tight((spans[0][0], spans[-1][1]), loud))
        marks.append(WordMark(start, end, word.text_start, word.text_end))
    return tuple(marks)


def said_words(spoken: str) -> Iterator[Said]:
    """The words of a spoken text, in order."""
    for word in WORD.finditer(spoken):
        marked = MARKED.search(word[0])
        sounds = marked[0].partition("](/")[2].removesuffix("/)").split() if marked else []
        names = PART.findall(words_said(word[0]))
        if len(sounds) != len(names):
            sounds = [""] * len(names)
        if names:
            yield Said(word.start(), word.end(), tuple(zip(names, sounds, strict=True)))


def _loud_frames(clip: Clip) -> npt.NDArray[np.bool_]:
    """Which frames are no silence."""
    heard = np.abs(hearing_samples(clip, AROUND, AROUND))
    peaks = np.pad(heard, (0, -len(heard) % FRAME)).reshape(-1, FRAME).max(axis=1)
    return np.asarray(peaks > peaks.max() * 10 ** (SILENCE_DB / 20))


def _tight(span: tuple[int, int], loud: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """A word without the pause that the aligner put to it."""
    start, end = span
    heard = np.flatnonzero(loud[start:end])
    return (start + int(heard[0]), start + int(heard[-1]) + 1) if len(heard) else span


def _position(at: int, clip: Clip) -> int:
    return clip_position(at * FRAME, AROUND, clip)


# ---------------------------------------------------------------- said twice


@dataclass(frozen=True, slots=True)
class Repeat:
    """A word that seems to be said twice: its place among the words, and in samples from when to
    when it is heard the first and the second time.
    """

    word: int
    first: tuple[int, int]
    second: tuple[int, int]


def repeats(clip: Clip, spoken: str) -> tuple[Repeat, ...]:
    """The words that the sound may say twice where `spoken` has them once.

    The aligner is free to hear each word again. It is quick, and wrong about short words at times.
    Raises ToolMissing without [listen].
    """
    if lack := missing():
        raise ToolMissing(f"Words cannot be found in sound: {lack}")
    owners = [(n, part) for n, word in enumerate(said_words(spoken)) for part in word.parts]
    if not owners:
        return ()
    entries = [_aligner().entry(*part) for _, part in owners]
    told = _aligner().with_repeats(entries, _pcm(clip))
    found, at = [], -1
    for place, (name, *_) in enumerate(told):
        if at >= 0 and name == entries[at] and (at + 1 == len(entries) or name != entries[at + 1]):
            spans = [
                (_position(start, clip), _position(end, clip))
                for _, start, end in told[place - 1 : place + 1]
            ]
            found.append(Repeat(owners[at][0], spans[0], spans[1]))
        else:
            at += 1
    return tuple(found)


# ---------------------------------------------------------------- the aligner


class _Aligner:
    """PocketSphinx and the words it has learnt; one for each thread."""

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        self.decoder: Any = Decoder(lm=None, loglevel="FATAL", beam=1e-80, pbeam=1e-80, wbeam=1e-60)

    def entry(self, word: str, sounds: str) -> str:
        """The name of a word in the dictionary, which learns what it did not know."""
        plain = word.casefold().replace("’", "'").strip("'")
        if not sounds and self.decoder.lookup_word(plain):
            return plain
        phones = to_arpabet(sounds or sounds_of(word)) or spelt_out(word) or "AH"
        name = f"{plain}+{phones.replace(' ', '-')}"
        if self.decoder.lookup_word(name) is None:
            self.decoder.add_word(name, phones, update=True)
        return name

    def in_order(self, entries: list[str], pcm: bytes) -> list[Segment]:
        """The entries in the sound, one after the other. Raises RuntimeError."""
        self.decoder.set_align_text(" ".join(entries))
        return self._segments(pcm)

    def with_repeats(self, entries: list[str], pcm: bytes) -> list[Segment]:
        """The entries in the sound, each once or more. Raises RuntimeError."""
        ways = [(at, at + 1, 1 - REPEATED, entry) for at, entry in enumerate(entries)]
        ways += [(at + 1, at + 1, REPEATED, entry) for at, entry in enumerate(entries)]
        self.decoder.add_fsg("told", self.decoder.create_fsg("told", 0, len(entries), ways))
        self.decoder.activate_search("told")
        return self._segments(pcm)

    def _segments(self, pcm: bytes) -> list[Segment]:
        """The words, and for each the first frame and the one after its last."""
        self.decoder.start_utt()
        self.decoder.process_raw(pcm, full_utt=True)
        self.decoder.end_utt()
        return [
            (re.sub(r"\(\d+\)$", "", each.word), each.start_frame, each.end_frame + 1)
            for each in self.decoder.seg() or ()
            if each.word[0] not in "<["
        ]


_threads = threading.local()


def _aligner() -> _Aligner:
    """This thread's aligner, opened once."""
    if not hasattr(_threads, "aligner"):
        _threads.aligner = _Aligner()
    aligner: _Aligner = _threads.aligner
    return aligner


def _pcm(clip: Clip) -> bytes:
    heard = hearing_samples(clip, AROUND, AROUND)
    return np.round(np.clip(heard, -1, 1) * 32_767).astype("<i2").tobytes()


def _found(words: tuple[Said, ...], clip: Clip, spoken: str) -> Iterator[tuple[int, int]]:
    """The first frame of each part of each word, and the one after its last."""
    entries = [_aligner().entry(*part) for word in words for part in word.parts]
    try:
        segments = _aligner().in_order(entries, _pcm(clip))
    except RuntimeError:
        segments = []
    if [name for name, *_ in segments] != entries:
        shown = words_said(spoken)
        raise NotAligned(
            f"The sound does not say “{shown[:80]}{'…' if len(shown) > 80 else ''}”",
            "Listen to it, and make it again",
        )
    return ((start, end) for _, start, end in segments)
