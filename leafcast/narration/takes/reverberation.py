"""How much of the room is in a recording: how fast the sound dies away where the voice stops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.document.report import Severity
from leafcast.narration.takes.faults import Heard
from leafcast.narration.takes.filters import runs
from leafcast.narration.takes.frames import Frames

ECHO_SECONDS: Final = 0.55
"""A decay by 60 dB that is heard as a room. ISO 16283-1 takes 0.5 s for a furnished dwelling; among
clothes or on a bed it is 0.2 s."""
STRONG_SECONDS: Final = 0.9
STOPS_DB: Final = 16.0
"""So far below its loudest the voice has stopped, though the room may go on."""
FROM_DB: Final = -5.0
LEAST_FALL_DB: Final = 20.0
ABOVE_NOISE_DB: Final = 8.0
LEAST_PAUSE_SECONDS: Final = 0.3
LEAST_ENDS: Final = 3
QUICK_SHARE: Final = 30.0
"""Per cent. Many words die away slowly by themselves; those that stop at once show the room."""


def echo(samples: npt.NDArray[np.float64], frames: Frames) -> Iterator[Heard]:
    """A room that rings on after each word."""
    seconds = decay_seconds(frames)
    if seconds is not None and seconds > ECHO_SECONDS:
        strong = seconds > STRONG_SECONDS
        yield Heard(
            "take-echo",
            f"The room rings on after your words ({seconds:.2g} s; below {ECHO_SECONDS:.2g} s "
            "sounds near)",
            "Sit near the microphone in a room with carpet, curtains and a full bookshelf or bed; "
            "hang a blanket behind you",
            severity=Severity.WARNING if strong else Severity.ADVICE,
        )


def decay_seconds(frames: Frames) -> float | None:
    """Time for a fall by 60 dB, from the quicker of all ends of speech; None where too few.

    Each end gives the steepness of its level between 5 dB below its last peak and the noise.
    """
    least = float(np.percentile(frames.level, 95)) - STOPS_DB
    found = []
    for start, end in runs(frames.level < least):
        long = (end - start) * frames.step >= LEAST_PAUSE_SECONDS * frames.rate
        if start and long and (slope := _slope(frames, start, end)):
            found.append(-60 / slope)
    if len(found) < LEAST_ENDS:
        return None
    return float(np.percentile(found, QUICK_SHARE))


def _slope(frames: Frames, start: int, end: int) -> float | None:
    """dB a second at the end of speech about frame `start`, whose pause lasts to frame `end`."""
    first = max(0, start - 25)
    level = frames.level[first:end]
    floor = float(np.percentile(frames.level[start:end], 20))
    peak = int(np.argmax(level[: start - first + 1]))
    tail = level[peak:]
    below = np.flatnonzero(tail < tail[0] + FROM_DB)
    # the last time it is still near its peak: from there on it only falls
    near = np.flatnonzero(tail[: start - first - peak + 10] >= tail[0] + FROM_DB)
    began = int(near[-1]) if len(near) else 0
    gone = np.flatnonzero(tail[began:] < floor + ABOVE_NOISE_DB)
    if not len(below) or not len(gone) or gone[0] < 2:
        return None
    fall = tail[began : began + int(gone[0]) + 1]
    if fall[0] - fall[-1] < LEAST_FALL_DB:
        return None
    times = np.arange(len(fall)) * frames.step / frames.rate
    return float(np.polyfit(times, fall, 1)[0]) or None
