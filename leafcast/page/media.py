"""How large or how long a published file is, read from the file itself."""

from __future__ import annotations

import hashlib
import struct
from functools import lru_cache
from pathlib import Path
from typing import Final

from leafcast.document.artifact import FileRecord
from leafcast.editions.table import format_of
from leafcast.narration.sound.formats import m4b
from leafcast.narration.sound.formats.id3 import after_id3
from leafcast.state.hashes import FileState, state_of


def media_type(path: Path) -> str:
    """The file's media type (IANA, and the podcast namespace's), by how its name ends."""
    found = format_of(path.name)
    return found.media_type if found else "application/octet-stream"


def pdf_pages(path: Path) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


ID3_HEAD: Final = 10
"""Bytes that say how long the tag is, however large the cover in it (ID3v2.4, 3.1)."""


def mp3_seconds(path: Path) -> float:
    """How long an MP3 lasts, by its Xing or Info header; 0.0 where it has none.

    The header counts the frames, 1152 samples each in MPEG-1 layer III (ISO 11172-3, 2.4.2.1)
    and 576 in MPEG-2; LAME's delay and padding, 12 bits each, are not sound.
    """
    with path.open("rb") as file:
        file.seek(after_id3(file.read(ID3_HEAD)))
        frame = file.read(400)
    at = max(frame.find(b"Info"), frame.find(b"Xing"))
    if at < 0 or not frame[at + 7] & 1:
        return 0.0
    (frames,) = struct.unpack(">I", frame[at + 8 : at + 12])
    mpeg1 = frame[1] >> 3 & 1
    rate = ((44100, 48000, 32000) if mpeg1 else (22050, 24000, 16000))[frame[2] >> 2 & 3]
    trimmed = int.from_bytes(frame[at + 141 : at + 144], "big")
    samples = frames * (1152 if mpeg1 else 576) - (trimmed >> 12) - (trimmed & 0xFFF)
    return float(samples / rate)


def pages_of(path: Path) -> int | None:
    """Pages, for what has pages."""
    match path.suffix:
        case ".pdf":
            return pdf_pages(path)
        case ".brf":
            return path.read_bytes().count(b"\f")
        case ".pef":
            return path.read_bytes().count(b"<page>")
        case _:
            return None


def opus_seconds(path: Path) -> float:
    """How long an Opus file lasts: the last page's time, the pre-skip left out (RFC 7845, 4)."""
    sound = path.read_bytes()
    head, last = sound.find(b"OpusHead"), sound.rfind(b"OggS")
    if head < 0 or last < 0:
        return 0.0
    (pre_skip,) = struct.unpack_from("<H", sound, head + 10)
    (granule,) = struct.unpack_from("<q", sound, last + 6)
    return float((granule - pre_skip) / 48_000)


def m4b_seconds(path: Path) -> float:
    """How long an MP4 lasts, by its movie header; 0.0 where it has none."""
    try:
        return m4b.seconds(path.read_bytes())
    except ValueError:
        return 0.0


SECONDS = {".mp3": mp3_seconds, ".m4b": m4b_seconds, ".opus": opus_seconds}


def seconds_of(path: Path) -> float | None:
    """Seconds to a tenth, for what lasts."""
    measure = SECONDS.get(path.suffix)
    return round(measure(path), 1) if measure else None


def megabytes(size: int) -> str:
    """A size in kB or MB (powers of ten)."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def record_file(path: Path, relative: str) -> FileRecord:
    """The record of the file at `path`, published as `relative`."""
    return _record(path, relative, state_of(path))


@lru_cache(500)
def _record(path: Path, relative: str, _state: FileState) -> FileRecord:
    """The record, reckoned once while a publication is made, though each wave asks."""
    content = path.read_bytes()
    return FileRecord(
        path=relative,
        bytes=len(content),
        media_type=media_type(path),
        sha256=hashlib.sha256(content).hexdigest(),
        pages=pages_of(path),
        seconds=seconds_of(path),
    )
