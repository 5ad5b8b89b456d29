"""Masters → encoded sections: each is encoded once, on its own, and stands in every file as it is.

What each encoder does to the level was measured on a narration; sound is given to it so much
louder, and every file comes out at the level of its master.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Final

from leafcast.cache import Cache, digest
from leafcast.narration import aac, mp3, ogg
from leafcast.narration.levels import aac_key, measured, mp3_key, opus_key
from leafcast.narration.model import SpokenPassage
from leafcast.narration.sound import EXACT, run_ffmpeg, wave_digest
from leafcast.narration.tags import Tags, id3
from leafcast.project import Sound

VERSION: Final = 3
"""Counted up when the same master would be encoded otherwise."""
AAC_KBPS: Final = 64
OPUS_KBPS: Final = 48
MOST_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoder of ffmpeg's: its arguments, and by how much it lowers the level.

    `delay` are the samples that come before the sound in what it writes, where it does not say.
    """

    suffix: str
    lowers_db: float
    delay: int
    arguments: tuple[str, ...]


CODECS: Final = {
    "mp3": Codec(
        "mp3", 0.4455, mp3.DELAY + mp3.DECODER_DELAY,
        ("-c:a", "libmp3lame", "-reservoir", "0", "-write_xing", "0",
         "-id3v2_version", "0", "-write_id3v1", "0"),
    ),
    "aac": Codec("aac", 0.07, aac.FRAME, ("-c:a", "aac", "-aac_coder", "fast")),
    "opus": Codec(
        "opus", 0.02, 0,
        ("-c:a", "libopus", "-application", "lowdelay", "-frame_duration", "20",
         "-compression_level", "10", "-ar", str(ogg.RATE_HZ)),
    ),
}  # fmt: skip
"""mp3: LAME scales by 0.95 in constant bit rate, 20·log10(0.95); without a bit reservoir a frame
needs none before it. opus: without the modes for speech every packet is CELT."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section as one codec has it, and its length in samples of the master."""

    encoded: bytes
    length: int


def encode_sections(
    passages: Sequence[SpokenPassage], codec: str, wanted: Sound, cache: Cache
) -> list[Section]:
    """Every passage's master encoded, side by side, what was encoded before not again.

    Raises SoundError or ToolMissing.
    """

    def encoded(passage: SpokenPassage) -> Section:
        return Section(_encode(passage, codec, wanted, cache), _length(passage))

    longest_first = sorted(passages, key=_length, reverse=True)
    with ThreadPoolExecutor(os.cpu_count() or 1) as encoders:
        made = dict(zip(longest_first, encoders.map(encoded, longest_first), strict=True))
    return [made[passage] for passage in passages]


def _length(passage: SpokenPassage) -> int:
    return passage.end - passage.start


_busy: dict[str, Lock] = {}
"""Two editions want the same MP3s: the second waits for the first."""
_hands: Final = BoundedSemaphore(os.cpu_count() or 1)
"""However many editions encode, no more sections are at work than there are cores."""


def _encode(passage: SpokenPassage, codec: str, wanted: Sound, cache: Cache) -> bytes:
    arguments = (*CODECS[codec].arguments, *_form(codec, wanted))
    lowers_db = CODECS[codec].lowers_db
    key = digest(VERSION, lowers_db, wanted.peak_dbtp, arguments, wave_digest(Path(passage.master)))
    with _busy.setdefault(key, Lock()):
        if (stored := cache.read(codec, key)) is not None:
            return stored
        with _hands:
            encoded = _below_peak(passage, codec, wanted, cache)
        cache.write(codec, key, encoded)
    return encoded


def _below_peak(passage: SpokenPassage, codec: str, wanted: Sound, cache: Cache) -> bytes:
    """The section encoded so that no peak of what is decoded is too high.

    An encoder adds to a peak what cannot be foretold. Where the limiter left too little room, the
    section is encoded once more, so much softer.
    """
    gain_db = CODECS[codec].lowers_db
    form = (wanted.channels, wanted.peak_dbtp)
    with tempfile.TemporaryDirectory(prefix="leafcast-") as folder:
        path = Path(folder) / f"sound.{CODECS[codec].suffix}"
        for _ in range(MOST_ROUNDS):
            arguments = (*CODECS[codec].arguments, *_form(codec, wanted), *_filter(gain_db, wanted))
            run_ffmpeg(["-i", passage.master, *EXACT, "-map_metadata", "-1", *arguments, str(path)])
            encoded = path.read_bytes()
            name = piece_key(codec, Section(encoded, _length(passage)))
            part = (CODECS[codec].delay, _length(passage))
            level = measured(path, name, form, cache, part=part)
            above_db = level.peak_dbtp - wanted.peak_dbtp
            if above_db <= 0:
                break
            gain_db -= above_db + 0.1
    return encoded


def piece_key(codec: str, section: Section) -> str:
    """The name under which a section's levels are kept; see `levels`."""
    if codec == "mp3":
        return mp3_key(mp3.frames(section.encoded)[: section.length // mp3.FRAME])
    if codec == "aac":
        frames = aac.frames(section.encoded)[1 : 1 + section.length // aac.FRAME]
        return aac_key([aac.payload(frame) for frame in frames])
    return opus_key(ogg.packets(section.encoded)[2:])


def _form(codec: str, wanted: Sound) -> tuple[str, ...]:
    """The bit rate; AAC and Opus have one for each channel."""
    kbps = {"mp3": wanted.bitrate_kbps, "aac": AAC_KBPS, "opus": OPUS_KBPS}[codec]
    return ("-b:a", f"{kbps if codec == 'mp3' else kbps * wanted.channels}k")


def _filter(gain_db: float, wanted: Sound) -> tuple[str, ...]:
    """Gain and channels, by filters that neither round nor clip."""
    form = "mono|c0=c0" if wanted.channels == 1 else "stereo|c0=c0|c1=c0"
    return ("-af", f"volume={gain_db:.4f}dB:precision=float,pan={form}")


# ---------------------------------------------------------------- files


def plain_mp3(sections: Sequence[Section]) -> bytes:
    """One or more sections as an MP3 without tags."""
    return mp3.joined([(each.encoded, each.length) for each in sections])


def mp3_file(sections: Sequence[Section], tags: Tags) -> bytes:
    """The same with its tag in front."""
    return id3(tags) + plain_mp3(sections)


def opus_file(sections: Sequence[Section], rate: int, tags: Tags, channels: int) -> bytes:
    """All sections, of masters at `rate`, as an Opus file with its tags."""
    told, total = ogg.joined([(each.encoded, each.length) for each in sections], rate)
    return ogg.opus_file(told, total, tags, channels)


def m4b_file(sections: Sequence[Section], tags: Tags) -> bytes:
    """All sections as an audiobook: AAC in MP4 with its chapters and cover.

    Raises SoundError or ToolMissing.
    """
    with tempfile.TemporaryDirectory(prefix="leafcast-") as name:
        folder = Path(name)
        sound, words, cover = folder / "sound.aac", folder / "words.txt", folder / "cover.jpg"
        sound.write_bytes(aac.joined([(each.encoded, each.length) for each in sections]))
        words.write_text(_metadata(tags), encoding="utf-8")
        cover.write_bytes(tags.cover_jpeg)
        given = ["-i", str(sound), "-f", "ffmetadata", "-i", str(words)]
        given += ["-i", str(cover)] if tags.cover_jpeg else []
        streams = ["-map", "0:a", "-map_metadata", "1", "-map_chapters", "1", "-c", "copy"]
        if tags.cover_jpeg:
            streams += ["-map", "2:v", "-disposition:v:0", "attached_pic"]
        path = folder / "book.m4b"
        run_ffmpeg([*given, *EXACT, *streams, "-movflags", "+faststart", "-f", "ipod", str(path)])
        return path.read_bytes()


def _metadata(tags: Tags) -> str:
    """ffmpeg's own way to write tags and chapters (ffmpeg-formats, “Metadata”)."""
    told = {
        "title": tags.title,
        "artist": tags.artist,
        "album_artist": tags.artist,
        "album": tags.album,
        "date": str(tags.year),
        "genre": "Speech",
        "media_type": "2",
        "comment": tags.website,
    }
    lines = [";FFMETADATA1", *(f"{key}={_escaped(value)}" for key, value in told.items() if value)]
    for each in tags.chapters:
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={each.start_ms}", f"END={each.end_ms}"]
        lines += [f"title={_escaped(each.title)}"]
    return "\n".join(lines) + "\n"


def _escaped(words: str) -> str:
    for mark in ("\\", "=", ";", "#", "\n"):
        words = words.replace(mark, "\\" + mark)
    return words
