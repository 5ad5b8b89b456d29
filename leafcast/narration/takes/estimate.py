"""When each sentence is read, guessed, where nothing can listen: by length, and by the pauses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from leafcast.narration.model import Passage, Utterance
from leafcast.narration.takes.cutting import AFTER_SECONDS, BEFORE_SECONDS
from leafcast.narration.takes.frames import Frames
from leafcast.narration.takes.speakers import Part

PAUSE_SECONDS: Final = 0.25
REACH_SECONDS: Final = 1.5
"""How far from where it should be the end of a sentence is looked for."""


def guessed_parts(passage: Passage, frames: Frames) -> tuple[Part, ...]:
    """The take as a whole, cut where sentences probably end.

    It is taken to hold the article's own sentences. Announcements before and after them are the
    voice's; between them nobody knows where they would belong, so they are left out.
    """
    told = [each for each in passage.utterances if each.spoken]
    own = [each for each in told if each.sentence_id]
    if not own:
        return tuple(Part(each.id, "voice") for each in told)
    spans = dict(zip((each.id for each in own), _spans(own, frames), strict=True))
    first, last = told.index(own[0]), told.index(own[-1])
    parts = []
    for at, each in enumerate(told):
        if each.id in spans:
            parts.append(Part(each.id, "take", *spans[each.id], joins=each is not own[0]))
        else:
            parts.append(Part(each.id, "left out" if first < at < last else "voice"))
    return tuple(parts)


def _spans(own: Sequence[Utterance], frames: Frames) -> list[tuple[int, int]]:
    """From and to of each sentence in samples, one after the other."""
    speech = frames.stretches(speech=True) or [(0, len(frames.full) * frames.step)]
    start = max(0, speech[0][0] - round(BEFORE_SECONDS * frames.rate))
    whole = len(frames.full) * frames.step
    end = min(whole, speech[-1][1] + round(AFTER_SECONDS * frames.rate))
    cuts = [start, *_cuts(own, speech, frames), end]
    cuts = [int(at) for at in np.maximum.accumulate(cuts)]
    return [(a, max(b, a + frames.step)) for a, b in pairwise(cuts)]


def _cuts(own: Sequence[Utterance], speech: Sequence[tuple[int, int]], frames: Frames) -> list[int]:
    """Where one sentence ends and the next begins: a pause near where their lengths say."""
    letters = np.cumsum([sum(map(str.isalnum, each.spoken)) for each in own])
    ends = np.cumsum([b - a for a, b in speech])
    pauses = [
        (a + b) // 2 for (_, a), (b, _) in pairwise(speech) if b - a >= PAUSE_SECONDS * frames.rate
    ]
    cuts = []
    for share in letters[:-1] / letters[-1]:
        said = share * ends[-1]
        at = int(np.searchsorted(ends, said))
        guess = round(speech[at][1] - (ends[at] - said))
        near = min(pauses, key=lambda pause: abs(pause - guess), default=guess)
        reach = REACH_SECONDS * frames.rate
        cuts.append(near if abs(near - guess) <= reach else guess)
    return cuts
