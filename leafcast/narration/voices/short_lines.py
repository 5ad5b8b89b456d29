"""A short text at a speaker's pace: said behind a sentence that is cut away.

Alone, a model draws a point of one or two words out: “Low mood.” lasts twice as long a sound as a
sentence does. Behind another sentence it is spoken as by someone who goes through a list, and the
model's own durations say where that sentence is over. There its voice sinks by some 3 LU, which is
made up for: a list is as loud as the sentences around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from leafcast.narration.sound.levelling import limit
from leafcast.narration.sound.loudness import integrated_lufs
from leafcast.narration.voices.phoneme_lines import NO_SOUND, FrameClock, sign_times

if TYPE_CHECKING:
    import numpy.typing as npt

    Sound = npt.NDArray[np.float32]

CARRIER: Final = "And then there is another."
"""It ends in a vowel, whose sound is over before a first consonant begins."""
PAUSE: Final = " … "
"""What stands between: the longer the pause, the quieter the place to cut at."""
PACES: Final = ((5, 1.25), (10, 1.1))
"""(up to so many sounds, so much quicker): in twenty points of one to three words a sound then
lasts at most 1.4 times as long as in sentences. A longer text is spoken as it is."""
MARKS: Final = "ˈˌː"
"""Signs that change a sound and are none."""
FIGURES: Final = re.compile(
    r"(?:(?:oh|one|two|three|four|five|six|seven|eight|nine|double)\W+){2,}", re.IGNORECASE
)
"""A group of a telephone number, which is dictated."""
BEFORE_MS: Final = 130
"""What is kept at most before a word’s time: the breath of an h begins 115 ms before it."""
MOST_LOUDER_DB: Final = 6.0
"""What a text may be made louder by, or softer, to be as loud as the carrier, which the model says
as loud as a sentence alone; of 23 texts the softest lacked 5.9 LU (`No.`, by bf_emma)."""
PEAK: Final = 0.9
"""A clip reaches no higher."""
FADE_MS: Final = 20
STEP_MS: Final = 5
SILENT_FRAMES: Final = 2
"""Of silence at least, before what is kept: `trim` begins a little before the first sound."""

Frames = Sequence[float]
Say = Callable[[str], "tuple[Sound, Frames]"]
"""The sound of signs, and how many frames each of them lasts, the model's own sign before and after
them included; no frames where the model does not say."""


def quicker(signs: str, spoken: str) -> float | None:
    """How much quicker a text is spoken, behind the carrier; None for one that is spoken alone."""
    sounds = sum(sign not in NO_SOUND and sign not in MARKS for sign in signs)
    if not sounds or FIGURES.fullmatch(f"{spoken} "):
        return None
    return next((pace for most, pace in PACES if sounds <= most), None)


def say_behind(
    carrier: str, signs: str, say: Say, clock: FrameClock, rate: int
) -> tuple[Sound, Frames] | None:
    """The sound of `signs` at `rate` Hz and their frames, as `say` would give them for `signs`
    alone. None where the model does not say how long they last. `carrier` is CARRIER in signs.
    """
    line = f"{carrier}{PAUSE}{signs}"
    at = len(line) - len(signs)
    sound, frames = say(line)
    if not frames:
        return None
    times = sign_times([(0, len(line))], [frames], clock.frame)
    audible = [sign for sign in times if line[sign] not in NO_SOUND]
    over = times[max(sign for sign in audible if sign < at)][1] - clock.lead
    begins = times[min(sign for sign in audible if sign >= at)][0] - clock.lead
    cut = _quietest(sound[: max(0, begins)], max(0, over), STEP_MS * rate // 1000)
    cut = max(cut, begins - BEFORE_MS * rate // 1000)
    before = -((cut - times[at][0]) // clock.frame) + SILENT_FRAMES
    silence = before * clock.frame - (times[at][0] - cut)
    level = _as_loud_as(sound[:cut], sound[cut:], rate)
    faded = _faded_in(level, FADE_MS * rate // 1000)
    return np.concatenate([np.zeros(silence, np.float32), faded]), (before, *frames[at + 1 :])


def _as_loud_as(carrier: Sound, text: Sound, rate: int) -> Sound:
    """The sound of a text as loud as that of the carrier."""
    wanted, told = (integrated_lufs(np.pad(each, rate // 2), rate) for each in (carrier, text))
    if not np.isfinite(wanted - told):
        return text
    gain_db = min(max(wanted - told, -MOST_LOUDER_DB), MOST_LOUDER_DB)
    louder = text * np.float64(10 ** (gain_db / 20))
    return limit(louder.astype(np.float64), PEAK).astype(np.float32)


def _quietest(sound: Sound, start: int, step: int) -> int:
    """The sample from `start` on around which a sound is quietest; its end, where there is none."""
    loud = np.abs(sound[start:])
    steps = len(loud) // step
    if not steps:
        return len(sound)
    levels = loud[: steps * step].reshape(steps, step).max(axis=1)
    return start + int(np.argmin(levels)) * step + step // 2


def _faded_in(sound: Sound, samples: int) -> Sound:
    """A sound that begins from nothing."""
    faded = sound.copy()
    slope = np.linspace(0, 1, samples, endpoint=False, dtype=np.float32)
    faded[:samples] *= slope[: len(faded)]
    return faded
