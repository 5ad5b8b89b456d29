"""Sound as a recogniser wants it: 16,000 samples a second, with a moment of silence around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from leafcast.narration.model import Clip
from leafcast.narration.sound.joining import resample

if TYPE_CHECKING:
    import numpy.typing as npt

HEARING_RATE_HZ: Final = 16_000


def hearing_samples(clip: Clip, lead: int, tail: int) -> npt.NDArray[np.float32]:
    """`clip` at 16 kHz between `lead` and `tail` samples of silence, full scale ±1.0."""
    heard = np.asarray(clip.samples, np.float32)
    if len(heard):
        heard = resample(heard, clip.rate, HEARING_RATE_HZ).astype(np.float32)
    return np.concatenate([np.zeros(lead, np.float32), heard, np.zeros(tail, np.float32)])


def clip_position(at: int, lead: int, clip: Clip) -> int:
    """Where sample `at` of `hearing_samples` lies in `clip`, never outside it."""
    return min(max(0, (at - lead) * clip.rate // HEARING_RATE_HZ), len(clip.samples))
