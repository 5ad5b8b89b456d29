"""Sound in and out: the one module that knows pydub and runs ffmpeg.

pydub reads what a system's voice wrote, of whatever width of sample. It never resamples (it
aliases) and never reads MP3 (it would need ffprobe). What may be long is read, written, decoded in
parts.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import threading
import warnings
import wave
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from leafcast.document.errors import SoundError
from leafcast.narration.sound import ffmpeg, libsndfile

SAMPLE_WIDTH: Final = 2
FULL_SCALE: Final = 32_767
DECODED_FRAMES: Final = 1 << 17
"""Frames that are decoded or read at once: three seconds."""
DECODED_AT_ONCE: Final = 1 << 16
"""Samples that ffmpeg hands on at once: by frames of a codec, a quarter of its time is handing."""
LIMIT_SECONDS: Final = 600
EXACT: Final = ("-fflags", "+bitexact", "-flags:a", "+bitexact")
"""For ffmpeg: nothing of the clock, the machine or its own version in a file."""


@cache
def _segment_class() -> Any:
    """pydub's AudioSegment; its warning about a missing ffmpeg does not concern us."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    return AudioSegment


def load_wave(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    """The first channel of a WAV file of any width of sample, and its rate.

    Raises SoundError when it is not one.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sound = _segment_class().from_wav(str(path)).set_sample_width(SAMPLE_WIDTH)
    except (OSError, EOFError, ValueError, IndexError) as error:
        raise SoundError(f"{path} cannot be read as sound: {error}") from error
    samples = np.frombuffer(sound.raw_data, "<i2")[:: sound.channels]
    return samples.astype(np.float32) / np.float32(FULL_SCALE + 1), sound.frame_rate


def wave_digest(path: Path) -> str:
    """The hash of a WAV file, read once for as long as it is not written again."""
    there = path.stat()
    return _digest_of(path, there.st_mtime_ns, there.st_size)


@lru_cache(maxsize=1000)
def _digest_of(path: Path, _written: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_ffmpeg(arguments: Iterable[str]) -> bytes:
    """Run ffmpeg; gives what it wrote to its standard output. Raises SoundError with its last
    words, or ToolMissing."""
    done = _ffmpeg(["-loglevel", "error", *arguments])
    if done.returncode:
        raise SoundError(f"ffmpeg failed: {_last_words(done.stderr)}")
    return done.stdout


def _last_words(said: bytes) -> str:
    return (said.decode("utf-8", "replace").strip().splitlines() or ["no reason given"])[-1]


def _ffmpeg(arguments: Iterable[str]) -> subprocess.CompletedProcess[bytes]:
    program = ffmpeg.chosen().path
    try:
        with _uninterrupted():
            return subprocess.run(
                [program, "-hide_banner", "-nostdin", "-y", *arguments],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=LIMIT_SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise SoundError("ffmpeg did not finish in time") from None
    except OSError as error:
        raise SoundError(f"ffmpeg cannot be started: {error.strerror}") from error


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """What this thread starts here works on until it has to wait (sched(7), SCHED_BATCH), where
    the system knows of that and allows it.

    ffmpeg hands each frame from thread to thread. Usually the one that is woken interrupts the one
    that woke it, 300 times a second of sound, which is a tenth to a quarter of its time.
    """
    changed = False
    if sys.platform == "linux" and os.sched_getscheduler(0) == os.SCHED_OTHER:
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
            changed = True
    try:
        yield
    finally:
        if sys.platform == "linux" and changed:
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def decoded(path: Path, rate: int = 44_100, channels: int = 1) -> Iterator[npt.NDArray[np.float32]]:
    """A sound file as float32 at `rate`, as a player would hear it, in parts of some seconds: one
    column a channel. MP3 by libsndfile, the rest by ffmpeg.

    Raises SoundError or ToolMissing.
    """
    if within := libsndfile.opened(path, rate, channels):
        return libsndfile.parts(within, DECODED_FRAMES)
    return _by_ffmpeg(path, rate, channels)


def _by_ffmpeg(path: Path, rate: int, channels: int) -> Iterator[npt.NDArray[np.float32]]:
    form = ["-map", "0:a", "-af", f"asetnsamples=n={DECODED_AT_ONCE}:p=0", "-f", "f32le"]
    form += ["-ac", str(channels), "-ar", str(rate), "-"]
    command = [ffmpeg.chosen().path, "-hide_banner", "-nostdin", "-loglevel", "error"]
    size = DECODED_FRAMES * channels * 4
    with tempfile.TemporaryFile() as said:
        try:
            with _uninterrupted():
                process = subprocess.Popen(
                    [*command, "-i", str(path), *form],
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said,
                )  # fmt: skip
        except OSError as error:
            raise SoundError(f"ffmpeg cannot be started: {error.strerror}") from error
        late = threading.Timer(LIMIT_SECONDS, process.kill)
        late.start()
        try:
            with process:
                while content := _read(process, size):
                    yield np.frombuffer(content, "<f4").reshape(-1, channels)
        finally:
            late.cancel()
            process.kill()
        if process.returncode:
            said.seek(0)
            raise SoundError(f"ffmpeg failed: {_last_words(said.read())}")


def _read(process: subprocess.Popen[bytes], size: int) -> bytes:
    assert process.stdout
    return process.stdout.read(size)


def decode(path: Path, rate: int = 44_100, channels: int = 1) -> npt.NDArray[np.float32]:
    """A sound file whole; see `decoded`."""
    return np.concatenate([np.zeros((0, channels), np.float32), *decoded(path, rate, channels)])


# ---------------------------------------------------------------- WAV, part by part


def wave_parts(path: Path) -> Iterator[npt.NDArray[np.float64]]:
    """A WAV file of 16 bits mono in parts of some seconds, in ±1.0. Raises SoundError when it is
    not one."""
    try:
        with wave.open(str(path), "rb") as file:
            while content := file.readframes(DECODED_FRAMES):
                yield np.frombuffer(content, "<i2") / FULL_SCALE
    except (OSError, EOFError, wave.Error) as error:
        raise SoundError(f"{path} cannot be read as sound: {error}") from error


def write_wave(path: Path, parts: Iterable[npt.NDArray[np.int16]], rate: int) -> int:
    """Parts of mono sound as a WAV file of 16 bits; gives how many samples it has."""
    length = 0
    with wave.open(str(path), "wb") as file:
        file.setparams((1, SAMPLE_WIDTH, rate, 0, "NONE", ""))
        for part in parts:
            file.writeframes(part.astype("<i2").tobytes())
            length += len(part)
    return length


# ---------------------------------------------------------------- recordings


RECORDED: Final = "wav,w64,mp3,mov,aac,flac,caf"
"""What a recording may be inside, whatever it is called: nothing that leads to other files."""


@dataclass(frozen=True, slots=True, eq=False)
class Recorded:
    """A sound file as it is inside: samples [frames, channels] at its own rate, in ±1.0.

    `codec` is what ffmpeg calls it; `told_seconds` is how long the file says it lasts, if it does.
    """

    rate: int
    samples: npt.NDArray[np.float32]
    codec: str
    told_seconds: float | None


def read_recorded(path: Path, most_seconds: float) -> Recorded:
    """The first `most_seconds` of a sound file, at its own rate and with all its channels.

    Raises SoundError for what is no sound, or breaks off.
    """
    with tempfile.TemporaryDirectory(prefix="leafcast-") as folder:
        decoded = Path(folder) / "sound.f32"
        opened = ["-protocol_whitelist", "file", "-format_whitelist", RECORDED, "-i", str(path)]
        asked = ["-map", "0:a:0", "-t", f"{most_seconds:.3f}", "-f", "f32le", str(decoded)]
        done = _ffmpeg(["-loglevel", "info", "-xerror", *opened, *asked])
        said = done.stderr.decode("utf-8", "replace")
        found = re.search(r"Audio: (\w+).*?, (\d+) Hz, ([^,\n]+)", said)
        if done.returncode or not found:
            raise SoundError(f"ffmpeg cannot read it: {(said.strip().splitlines() or ['?'])[-1]}")
        channels = _channels(found[3])
        samples = np.fromfile(decoded, "<f4")
    frames = len(samples) // channels
    lasts = re.search(r"Duration: (\d+):(\d\d):([\d.]+)", said)
    told = int(lasts[1]) * 3600 + int(lasts[2]) * 60 + float(lasts[3]) if lasts else None
    return Recorded(
        int(found[2]), samples[: frames * channels].reshape(frames, channels), found[1], told
    )


def _channels(layout: str) -> int:
    """How many channels an ffmpeg layout has, such as `stereo` or `6 channels`."""
    named = {"mono": 1, "stereo": 2, "downmix": 2, "2.1": 3, "3.0": 3, "quad": 4, "5.1": 6}
    if counted := re.match(r"(\d+) channels", layout):
        return int(counted[1])
    return named.get(layout.partition("(")[0].strip(), 2)


def stretch(samples: npt.NDArray[np.float32], rate: int, speed: float) -> npt.NDArray[np.float32]:
    """Mono sound told at `speed` (0.5 to 2.0) of its own, at the same pitch (ffmpeg's atempo)."""
    with tempfile.TemporaryDirectory(prefix="leafcast-") as folder:
        before, after = Path(folder) / "before.f32", Path(folder) / "after.f32"
        samples.astype("<f4").tofile(before)
        raw = ["-f", "f32le", "-ar", str(rate), "-ac", "1"]
        asked = ["-af", f"atempo={speed}", "-f", "f32le", "-ac", "1", "-ar", str(rate)]
        run_ffmpeg([*raw, "-i", str(before), *asked, str(after)])
        return np.fromfile(after, "<f4")
