"""Masters → encoded sections: each is encoded once in a codec and at a rate, on its own, and stands
as it is in every file that has these.

`encoders` has the encoders, `at_level` holds what they give to its level.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Final

from leafcast.narration.model import SpokenPassage
from leafcast.narration.sound import ffmpeg, libsndfile
from leafcast.narration.sound.at_level import Section, encode_at_level
from leafcast.narration.sound.encoders import CODECS
from leafcast.narration.sound.formats import aac, mp3, ogg
from leafcast.narration.sound.formats.id3 import Tags, id3, three_letters
from leafcast.narration.sound.wave import EXACT, run_ffmpeg, wave_digest
from leafcast.practice.project import Sound
from leafcast.state.cache import Cache, digest

VERSION: Final = 5
"""Counted up when the same master would be encoded otherwise."""


def encode_sections(
    passages: Sequence[SpokenPassage], codec: str, wanted: Sound, cache: Cache, jobs: int = 1
) -> list[Section]:
    """Every passage's master encoded, `jobs` at a time, what was encoded before not again.

    Raises SoundError or ToolMissing.
    """

    def encoded(passage: SpokenPassage) -> Section:
        return Section(_encode(passage, codec, wanted, cache, jobs), _length(passage))

    longest_first = sorted(passages, key=_length, reverse=True)
    with ThreadPoolExecutor(jobs) as encoders:
        made = dict(zip(longest_first, encoders.map(encoded, longest_first), strict=True))
    return [made[passage] for passage in passages]


def _length(passage: SpokenPassage) -> int:
    return passage.end - passage.start


_busy: dict[str, Lock] = {}
"""Two editions may want the same MP3s: the second waits for the first."""


@lru_cache
def _encoders(jobs: int) -> BoundedSemaphore:
    """However many editions encode, no more than `jobs` sections are at work."""
    return BoundedSemaphore(jobs)


def _encode(passage: SpokenPassage, codec: str, wanted: Sound, cache: Cache, jobs: int) -> bytes:
    decides = (CODECS[codec].lowers(wanted), wanted.peak_dbtp, CODECS[codec].settings(wanted))
    master = wave_digest(Path(passage.master))
    by = (ffmpeg.chosen().identity, libsndfile.identity())
    key = digest(VERSION, *decides, *by, master)
    with _busy.setdefault(key, Lock()):
        if (stored := cache.read(codec, key)) is not None:
            return stored
        with _encoders(jobs):
            encoded = encode_at_level(passage, codec, wanted, cache)
        cache.write(codec, key, encoded)
    return encoded


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
        streams += ["-metadata:s:a:0", f"language={three_letters(tags.language)}"]
        # ADTS counts in 28,224,000ths of a second; in those a chapter ends after 76 s, in silence.
        streams += ["-movie_timescale", "1000", "-movflags", "+faststart"]
        path = folder / "book.m4b"
        # The brand by which Apple's programs know an audiobook; ffmpeg's own is “M4A ”, music.
        run_ffmpeg([*given, *EXACT, *streams, "-brand", "M4B ", "-f", "ipod", str(path)])
        return path.read_bytes()


def _metadata(tags: Tags) -> str:
    """ffmpeg's own way to write tags and chapters (ffmpeg-formats, “Metadata”)."""
    told = {
        "title": tags.title,
        "artist": tags.artist,
        "album_artist": tags.artist,
        "album": tags.album,
        "date": str(tags.year),
        "copyright": f"© {tags.copyright}",
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
