"""WAV files of 16 bits mono, whole, for tests."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from leafcast.narration.sound.wave import write_wave


def read(path: Path) -> np.ndarray:
    """The samples of a WAV file."""
    with wave.open(str(path), "rb") as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2")


def write(path: Path, samples: np.ndarray, rate: int) -> None:
    """Samples as a WAV file."""
    write_wave(path, [samples.astype(np.int16)], rate)
