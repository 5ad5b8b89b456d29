"""Sound in and out: the one module that knows pydub and ffmpeg.

pydub loads, joins, makes silence and exports WAV, counted in samples: its own milliseconds drift.
It never resamples (it aliases) and never reads MP3 (it would need ffprobe).
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from leafcast.cache import digest
from leafcast.errors import SoundError, ToolMissing

SAMPLE_WIDTH: Final = 2
LIMIT_SECONDS: Final = 600
EXACT: Final = ("-fflags", "+bitexact", "-flags:a", "+bitexact")
"""For ffmpeg: nothing of the clock, the machine or its own version in a file."""


@cache
def ffmpeg() -> str:
    """The ffmpeg to use: LEAFCAST_FFMPEG, else the one on PATH, else imageio-ffmpeg's.

    Raises ToolMissing when there is none.
    """
    named = os.environ.get("LEAFCAST_FFMPEG") or shutil.which("ffmpeg")
    if named:
        return named
    try:
        import imageio_ffmpeg

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        raise ToolMissing(
            "ffmpeg, which writes MP3, is not on this machine",
            "Install it, or: pip install imageio-ffmpeg",
        ) from None


@cache
def _segment_class() -> Any:
    """pydub's AudioSegment; its warning about a missing ffmpeg does not concern us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment


def segment(samples: npt.NDArray[np.int16], rate: int) -> Any:
    """Mono samples of 16 bits as a pydub segment."""
    return _segment_class()(
        samples.astype("<i2").tobytes(), sample_width=SAMPLE_WIDTH, frame_rate=rate, channels=1
    )


def silence(length: int, rate: int) -> Any:
    """`length` samples of silence."""
    return segment(np.zeros(length, np.int16), rate)


def join(segments: Sequence[Any]) -> Any:
    """Segments of one rate one after the other, no sample lost or faded.

    Raises SoundError for segments of different kinds, which pydub would convert in silence.
    """
    if len({(each.frame_rate, each.channels, each.sample_width) for each in segments}) > 1:
        raise SoundError("Sound of different kinds cannot be joined")
    return segments[0]._spawn(b"".join(each.raw_data for each in segments))


def wave_bytes(sound: Any) -> bytes:
    """A segment as a WAV file's bytes."""
    stream = io.BytesIO()
    sound.export(stream, format="wav")
    return stream.getvalue()


def load_wave(path: Path) -> Any:
    """A WAV file as a segment. Raises SoundError when it is not one."""
    try:
        return _segment_class().from_wav(str(path))
    except (OSError, EOFError, ValueError, IndexError) as error:
        raise SoundError(f"{path} cannot be read as sound: {error}") from error


def wave_digest(path: Path) -> str:
    """The hash of a WAV file, read once for as long as it is not written again."""
    there = path.stat()
    return _digest_of(path, there.st_mtime_ns, there.st_size)


@lru_cache(maxsize=1000)
def _digest_of(path: Path, _written: int, _size: int) -> str:
    return digest(path.read_bytes())


def samples_of(sound: Any) -> npt.NDArray[np.int16]:
    """A segment's samples."""
    return np.frombuffer(sound.raw_data, "<i2")


def run_ffmpeg(arguments: Iterable[str]) -> bytes:
    """Run ffmpeg; gives what it wrote to its standard output. Raises SoundError with its last
    words."""
    command = [ffmpeg(), "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *arguments]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SoundError("ffmpeg did not finish in time") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise SoundError(f"ffmpeg failed: {said[-1]}")
    return done.stdout


def decode(path: Path, rate: int = 44_100, channels: int = 1) -> npt.NDArray[np.float32]:
    """A sound file as float32 at `rate`, as a player would hear it: one column a channel.

    Raises SoundError or ToolMissing.
    """
    form = ["-map", "0:a", "-f", "f32le", "-ac", str(channels), "-ar", str(rate)]
    decoded = run_ffmpeg(["-i", str(path), *form, "-"])
    return np.frombuffer(decoded, "<f4").reshape(-1, channels)
