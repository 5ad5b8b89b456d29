"""ID3v2.3 tags, written by ourselves: players list chapters in the order of their frames.

Structure: id3.org, “ID3 tag version 2.3.0” (1999) and “ID3v2 Chapter Frame Addendum” (2005).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

MOST_LISTED: Final = 255
"""Chapters a table of contents can count, in one byte; those after it are chapters all the same."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of an episode, in milliseconds."""

    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Tags:
    """What a sound file says of itself. `track` counts from 1; 0 means that it is no track."""

    title: str
    artist: str
    album: str
    language: str
    year: int
    website: str = ""
    track: int = 0
    tracks: int = 0
    cover_jpeg: bytes = b""
    chapters: tuple[Chapter, ...] = ()

    @property
    def copyright(self) -> str:
        """Whose it is, as ID3v2.3 wants it (4.2.1, TCOP): the year, a space, the name."""
        return f"{self.year} {self.artist}"


def id3(tags: Tags) -> bytes:
    """The tag to stand before the sound."""
    track = f"{tags.track}/{tags.tracks}" if tags.track else ""
    frames = [
        _text(b"TIT2", tags.title),
        _text(b"TPE1", tags.artist),
        _text(b"TALB", tags.album),
        _text(b"TRCK", track) if track else b"",
        _text(b"TYER", str(tags.year)),
        _text(b"TCON", "Speech"),
        _text(b"TCOP", tags.copyright),
        _text(b"TLAN", three_letters(tags.language)),
        _frame(b"WOAF", tags.website.encode("latin-1", "replace")) if tags.website else b"",
        _contents(tags.chapters) if tags.chapters else b"",
        *(_chapter(number, chapter) for number, chapter in enumerate(tags.chapters)),
        _picture(tags.cover_jpeg) if tags.cover_jpeg else b"",
    ]
    body = b"".join(frames)
    return b"ID3\x03\x00\x00" + _synchsafe(len(body)) + body


def after_id3(content: bytes) -> int:
    """Where the sound starts: after an ID3v2 tag, whose size is four 7-bit bytes (3.1)."""
    if content[:3] != b"ID3" or len(content) < 10:
        return 0
    a, b, c, d = content[6:10]
    return 10 + (a << 21 | b << 14 | c << 7 | d)


def chapter_starts_ms(content: bytes) -> list[int]:
    """When the chapters of a tag of ours start, in their order; none where there are none."""
    end, at, starts = after_id3(content), 10, []
    while at + 10 <= end:
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "big")
        if name == b"CHAP":
            inside = content[at + 10 : at + 10 + size]
            starts.append(int.from_bytes(inside.partition(b"\0")[2][:4], "big"))
        at += 10 + size
    return starts


def _synchsafe(size: int) -> bytes:
    """A size in four bytes of seven bits (3.1)."""
    return bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))


def _frame(name: bytes, content: bytes) -> bytes:
    return name + struct.pack(">IH", len(content), 0) + content


def _text(name: bytes, words: str) -> bytes:
    """A text frame, in UTF-16 with a byte order mark (encoding 1)."""
    return _frame(name, b"\x01\xff\xfe" + words.encode("utf-16-le"))


def _picture(jpeg: bytes) -> bytes:
    """The front cover (4.15): picture type 3."""
    return _frame(b"APIC", b"\0image/jpeg\0\x03\0" + jpeg)


def _contents(chapters: tuple[Chapter, ...]) -> bytes:
    """The table of contents: top level and ordered, its entries in time order."""
    listed = min(len(chapters), MOST_LISTED)
    names = b"".join(_name(number) for number in range(listed))
    return _frame(b"CTOC", b"toc\0" + bytes((0b11, listed)) + names)


def _chapter(number: int, chapter: Chapter) -> bytes:
    """One chapter; byte offsets are not used, so all their bits are set."""
    times = struct.pack(">IIII", chapter.start_ms, chapter.end_ms, 0xFFFFFFFF, 0xFFFFFFFF)
    return _frame(b"CHAP", _name(number) + times + _text(b"TIT2", chapter.title))


def _name(number: int) -> bytes:
    return b"chapter%d\0" % number


def three_letters(language: str) -> str:
    """ISO 639-2 for the languages we speak; `und` for one we do not know."""
    known = {"en": "eng", "cy": "cym", "fr": "fra", "de": "deu", "es": "spa", "pl": "pol"}
    return known.get(language.split("-")[0], "und")
