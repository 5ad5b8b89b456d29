"""MP3 decoded in the process, by libsndfile's mpg123.

To start ffmpeg, and to have each frame handed from thread to thread, costs twice what decoding a
section of a minute does. AAC libsndfile does not know, and its Opus is the slower one by a fifth;
nor is there a wheel of soundfile for every machine. There ffmpeg decodes, see `wave.decoded`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from leafcast.document.errors import SoundError

DECODED: Final = ".mp3"
Samples = npt.NDArray[np.float32]


@cache
def _soundfile() -> Any | None:
    """The package, or None where it or its library is not to be had."""
    try:
        import soundfile
    except (ImportError, OSError):
        return None
    return soundfile


def identity() -> str:
    """What libsndfile is known by; "" where it is not to be had."""
    soundfile = _soundfile()
    return f"{soundfile.__version__} {soundfile.__libsndfile_version__}" if soundfile else ""


def opened(path: Path, rate: int, channels: int) -> Any | None:
    """A file that gives sound at `rate` in so many channels without being changed, or None."""
    soundfile = _soundfile()
    if soundfile is None or path.suffix != DECODED:
        return None
    try:
        sound = soundfile.SoundFile(str(path))
    except soundfile.LibsndfileError:
        return None
    if (sound.samplerate, sound.channels) == (rate, channels):
        return sound
    sound.close()
    return None


def parts(sound: Any, frames: int) -> Iterator[Samples]:
    """An open file in parts of so many frames, one column a channel. Raises SoundError."""
    with sound:
        try:
            while len(part := sound.read(frames, "float32", always_2d=True)):
                yield part
        except RuntimeError as error:
            raise SoundError(f"{Path(sound.name).name} cannot be decoded: {error}") from error
