"""Sound in and out: the one module that knows pydub and runs ffmpeg.

pydub loads, joins, makes silence and exports WAV, counted in samples: its own milliseconds drift.
It never resamples (it aliases) and never reads MP3 (it would need ffprobe).
"""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from leafcast.cache import digest
from leafcast.document.errors import SoundError
from leafcast.narration.sound import ffmpeg

SAMPLE_WIDTH: Final = 2
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
    words, or ToolMissing."""
    done = _ffmpeg(["-loglevel", "error", *arguments])
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise SoundError(f"ffmpeg failed: {said[-1]}")
    return done.stdout


def _ffmpeg(arguments: Iterable[str]) -> subprocess.CompletedProcess[bytes]:
    program = ffmpeg.chosen().path
    try:
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


def decode(path: Path, rate: int = 44_100, channels: int = 1) -> npt.NDArray[np.float32]:
    """A sound file as float32 at `rate`, as a player would hear it: one column a channel.

    Raises SoundError or ToolMissing.
    """
    form = ["-map", "0:a", "-f", "f32le", "-ac", str(channels), "-ar", str(rate)]
    decoded = run_ffmpeg(["-i", str(path), *form, "-"])
    return np.frombuffer(decoded, "<f4").reshape(-1, channels)


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
