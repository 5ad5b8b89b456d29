"""How large or how long a published file is, read from the file itself."""

from __future__ import annotations

import struct
from pathlib import Path

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".mp3": "audio/mpeg",
    ".vtt": "text/vtt",
    ".json": "application/json",
    ".png": "image/png",
    # BRF has no registered type; this one is common, and no browser shows its ASCII as words.
    ".brf": "application/x-brf",
    ".pef": "application/x-pef+xml",  # PEF 1.0: the value of its own dc:format
    ".jpg": "image/jpeg",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def media_type(path: Path) -> str:
    """The file's media type (IANA), by its suffix."""
    return MEDIA_TYPES.get(path.suffix, "application/octet-stream")


def pdf_pages(path: Path) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def mp3_seconds(path: Path) -> float:
    """How long an MP3 lasts, by its Xing or Info header; 0.0 where it has none.

    The header counts the frames, 1152 samples each in MPEG-1 layer III (ISO 11172-3, 2.4.2.1)
    and 576 in MPEG-2; LAME's delay and padding, 12 bits each, are not sound.
    """
    sound = path.read_bytes()[:200_000]
    start = _after_id3(sound)
    frame = sound[start : start + 400]
    at = max(frame.find(b"Info"), frame.find(b"Xing"))
    if at < 0 or not frame[at + 7] & 1:
        return 0.0
    (frames,) = struct.unpack(">I", frame[at + 8 : at + 12])
    mpeg1 = frame[1] >> 3 & 1
    rate = ((44100, 48000, 32000) if mpeg1 else (22050, 24000, 16000))[frame[2] >> 2 & 3]
    trimmed = int.from_bytes(frame[at + 141 : at + 144], "big")
    samples = frames * (1152 if mpeg1 else 576) - (trimmed >> 12) - (trimmed & 0xFFF)
    return float(samples / rate)


def _after_id3(sound: bytes) -> int:
    """Where the first frame starts: after an ID3v2 tag, whose size is four 7-bit bytes."""
    if sound[:3] != b"ID3":
        return 0
    a, b, c, d = sound[6:10]
    return 10 + (a << 21 | b << 14 | c << 7 | d)


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


def seconds_of(path: Path) -> float | None:
    """Seconds to a tenth, for what lasts."""
    return round(mp3_seconds(path), 1) if path.suffix == ".mp3" else None


def megabytes(size: int) -> str:
    """A size in kB or MB (powers of ten)."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"
