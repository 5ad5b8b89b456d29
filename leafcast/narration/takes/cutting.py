"""Where to cut a recording: in the pauses, near the words, where nothing is heard of it."""

from __future__ import annotations

from typing import Final

import numpy as np

from leafcast.narration.takes.frames import Frames

UNSURE_SECONDS: Final = 0.12
"""What an ear's times may be wrong by."""
BEFORE_SECONDS: Final = 0.06
AFTER_SECONDS: Final = 0.12
"""What stays before the first sound and after the last, which dies away."""
REACH_SECONDS: Final = 0.6
"""How far from its heard word a sentence may begin or end."""
LEAST_BURST_SECONDS: Final = 0.1
BURST_DB: Final = 12.0
"""What is so long in a pause, and no further below the voice, is no breath but a cough."""
TONE_SECONDS: Final = (0.6, 0.12)
"""How much of a room's own sound is wanted, and the least that is of use."""


def start_of(frames: Frames, word_start: int, least: int) -> int:
    """Where a sentence begins whose first word was heard at `word_start`, not before `least`."""
    step = frames.step
    unsure = round(UNSURE_SECONDS * frames.rate)
    low = max(least, word_start - round(REACH_SECONDS * frames.rate)) // step
    high = max(low + 1, (word_start + unsure) // step)
    quiet = np.flatnonzero(~frames.speech[low:high])
    if not len(quiet):
        return (low + int(np.argmin(frames.level[low:high]))) * step
    onset = low + int(quiet[-1]) + 1
    cut = onset * step - round(BEFORE_SECONDS * frames.rate)
    return max(least, min(cut, onset * step), 0)


def end_of(frames: Frames, word: tuple[int, int], most: int) -> int:
    """Where a sentence ends whose last word was heard from and to, not after `most`.

    An ear often hears the last word end in the pause after it, so what counts is the first pause
    after the word has begun.
    """
    step = frames.step
    start, until = word
    low = max(0, start + round(BEFORE_SECONDS * frames.rate)) // step
    high = max(low + 1, min(most, until + round(REACH_SECONDS * frames.rate)) // step)
    begun = np.flatnonzero(frames.speech[low : max(low + 1, until // step)])
    low += int(begun[0]) if len(begun) else 0
    quiet = np.flatnonzero(~frames.speech[low:high])
    if not len(quiet):
        reach = frames.level[low:high]
        return (low + int(np.argmin(reach))) * step if len(reach) else min(most, until)
    offset = (low + int(quiet[0])) * step
    return min(most, offset + round(AFTER_SECONDS * frames.rate))


def bursts(frames: Frames, start: int, end: int) -> bool:
    """Whether something is heard in a pause that is no breath: a cough, a chair, a word."""
    first, last = start // frames.step + 2, end // frames.step - 2
    if last <= first or not frames.speech.any():
        return False
    voice = float(np.percentile(frames.level[frames.speech], 75))
    loud = frames.level[first:last] > voice - BURST_DB
    return bool(loud.sum() * frames.step > LEAST_BURST_SECONDS * frames.rate)


def quietest(frames: Frames) -> tuple[int, int]:
    """The quietest stretch, whose sound is the room's own; (0, 0) where there is no pause."""
    wanted, least = (round(each * frames.rate) for each in TONE_SECONDS)
    edge = 3 * frames.step
    pauses = [
        (a + edge, b - edge) for a, b in frames.stretches(speech=False) if b - a - 2 * edge >= least
    ]
    stretches = []
    for a, b in pauses:
        length = min(wanted, b - a)
        for at in range(a, b - length + 1, max(frames.step, length // 4)):
            level = frames.full[at // frames.step : (at + length) // frames.step]
            power = float(np.mean(10 ** (level / 10)))
            spread = float(level.max() - np.median(level))
            stretches.append(((length < wanted, round(spread / 6), power), at, at + length))
    if not stretches:
        return 0, 0
    _, start, end = min(stretches)
    return start, end
