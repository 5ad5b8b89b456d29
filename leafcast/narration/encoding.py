"""Masters → MP3: constant bit rate with an Info header, so that players seek where they should."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from leafcast.cache import Cache, digest
from leafcast.narration.sound import run_ffmpeg, wave_bytes
from leafcast.narration.tags import Tags, id3

KIND: Final = "mp3"
VERSION: Final = 1


def encode_mp3(sound: object, bitrate_kbps: int, cache: Cache) -> bytes:
    """A pydub segment as MP3 without tags; the same sound is encoded once.

    ffmpeg writes to a file, because it goes back to fill in the Info header. Raises SoundError
    or ToolMissing.
    """
    wave = wave_bytes(sound)
    key = digest(KIND, VERSION, bitrate_kbps, wave)
    if (stored := cache.read(KIND, key)) is not None:
        return stored
    with tempfile.TemporaryDirectory(prefix="leafcast-") as folder:
        given, path = Path(folder) / "sound.wav", Path(folder) / "sound.mp3"
        given.write_bytes(wave)
        exact = ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1"]
        coding = ["-c:a", "libmp3lame", "-b:a", f"{bitrate_kbps}k", "-ac", "1", "-write_xing", "1"]
        bare = ["-id3v2_version", "0", "-write_id3v1", "0"]
        run_ffmpeg(["-i", str(given), *exact, *coding, *bare, str(path)])
        encoded = path.read_bytes()
    cache.write(KIND, key, encoded)
    return encoded


def tagged(encoded: bytes, tags: Tags) -> bytes:
    """MP3 with its tag in front."""
    return id3(tags) + encoded
