"""Where the words of a text lie in their sound: forced alignment by PocketSphinx.

It works for any voice, a person's too, as long as the sound says the text. Its dictionary is
American; a word that it lacks is given the British sounds of hibari's dictionary, or else those of
its letters. 400 seconds of speech take about five seconds.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from leafcast.errors import NotAligned, ToolMissing
from leafcast.narration.arpabet import spelt_out, to_arpabet
from leafcast.narration.dictionary import has_dictionary, sounds_of
from leafcast.narration.model import Clip, WordMark
from leafcast.narration.phonemes import MARKED, words_said
from leafcast.narration.rates import HEARING_RATE_HZ, clip_position, hearing_samples

VERSION: Final = 1
"""Counted up when the same sound and text would be aligned otherwise."""
FRAME: Final = 160
"""Samples in a step of the aligner: 10 ms."""
AROUND: Final = HEARING_RATE_HZ // 10
"""Silence before and after, so that the first and the last word have an edge."""
SILENCE_DB: Final = -40.0
"""Below the loudest of the clip."""
WORD: Final = re.compile(rf"(?:{MARKED.pattern}|\S)+")
PART: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*['’]?")


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
    found = _found([_entry(*part) for word in words for part in word.parts], clip, spoken)
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


# ---------------------------------------------------------------- the aligner


@cache
def _decoder() -> Any:
    from pocketsphinx import Decoder

    return Decoder(lm=None, loglevel="FATAL", beam=1e-80, pbeam=1e-80, wbeam=1e-60)


@cache
def _entry(word: str, sounds: str) -> str:
    """The name of a word in the aligner's dictionary, which learns what it did not know."""
    plain = word.casefold().replace("’", "'").strip("'")
    if not sounds and _decoder().lookup_word(plain):
        return plain
    phones = to_arpabet(sounds or sounds_of(word)) or spelt_out(word) or "AH"
    name = f"{plain}+{phones.replace(' ', '-')}"
    if _decoder().lookup_word(name) is None:
        _decoder().add_word(name, phones, update=True)
    return name


def _found(entries: list[str], clip: Clip, spoken: str) -> Iterator[tuple[int, int]]:
    """The first frame of each entry and the one after its last."""
    heard = hearing_samples(clip, AROUND, AROUND)
    pcm = np.round(np.clip(heard, -1, 1) * 32_767).astype("<i2").tobytes()
    decoder = _decoder()
    try:
        decoder.set_align_text(" ".join(entries))
        decoder.start_utt()
        decoder.process_raw(pcm, full_utt=True)
        decoder.end_utt()
        segments = [each for each in decoder.seg() or () if each.word[0] not in "<["]
    except RuntimeError:
        segments = []
    if [re.sub(r"\(\d+\)$", "", each.word) for each in segments] != entries:
        shown = words_said(spoken)
        raise NotAligned(
            f"The sound does not say “{shown[:80]}{'…' if len(shown) > 80 else ''}”",
            "Listen to it, and make it again",
        )
    return ((each.start_frame, each.end_frame + 1) for each in segments)
