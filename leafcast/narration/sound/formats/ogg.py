"""Opus in Ogg (RFC 3533, RFC 7845): sections joined without being encoded again.

The sections are CELT at 48 kHz in packets of 20 ms, each encoded on its own. Where one ends in
silence, packets of silence down to 2.5 ms bring the next to its time: none is off by more than
half of that, and the fractions do not add up.
"""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from leafcast.narration.sound.formats.id3 import Chapter, Tags

RATE_HZ: Final = 48_000
PACKET: Final = 960
PRE_SKIP: Final = 120
"""The delay of the encoder without its look-ahead for speech, in samples."""
SILENCES: Final = {480: b"\xf0\xff\xfe", 240: b"\xe8\xff\xfe", 120: b"\xe0\xff\xfe"}
"""Silence by its length in samples: CELT, full band, mono (RFC 6716, 3.1 and 4.3)."""
STEREO: Final = 0x04
SIZES: Final = {31: 960, 30: 480, 29: 240, 28: 120}
"""Samples of a packet by its configuration (RFC 6716, table 2)."""
PAGE_PACKETS: Final = 42
"""Six laces hold the longest packet, and a page has 255."""
VENDOR: Final = b"leafcast"

Packet = tuple[bytes, int]
"""A packet and its length in samples."""


def packets(content: bytes) -> list[bytes]:
    """The packets of an Ogg file, its two heads first. Raises ValueError for no such file."""
    found, open_packet, at = [], b"", 0
    while at < len(content):
        if content[at : at + 4] != b"OggS" or at + 27 > len(content):
            raise ValueError("No page of Ogg begins here")
        sizes = content[at + 27 : at + 27 + content[at + 26]]
        at += 27 + len(sizes)
        for size in sizes:
            open_packet += content[at : at + size]
            at += size
            if size < 255:
                found.append(open_packet)
                open_packet = b""
    return found


def joined(sections: Sequence[tuple[bytes, int]], rate: int) -> tuple[list[Packet], int]:
    """The packets of all sections, each an Ogg file and its length in samples at `rate`.

    Gives with them the length of the whole in samples at 48 kHz.
    """
    told: list[Packet] = []
    at, end = 0, 0
    for encoded, length in sections:
        end += length
        until = round(end * RATE_HZ / rate)
        sound = packets(encoded)[2:]
        whole = min((until - at) // PACKET, len(sound))
        told += [(packet, PACKET) for packet in sound[:whole]]
        at += whole * PACKET
        for packet in _silence(until - at, sound[0][0] & STEREO):
            told.append(packet)
            at += packet[1]
    total = round(end * RATE_HZ / rate)
    while at < total + PRE_SKIP:
        told.append((sound[-1], PACKET))
        at += PACKET
    return told, total


def _silence(samples: int, stereo: int) -> Iterator[Packet]:
    """Packets of silence as long as `samples`, to the nearest 2.5 ms."""
    left = round(samples / 120) * 120
    for size, packet in SILENCES.items():
        while left >= size:
            yield bytes([packet[0] | stereo]) + packet[1:], size
            left -= size


def is_silence(packet: bytes) -> bool:
    """Whether a packet says nothing but that it is silent."""
    return packet[1:] == b"\xff\xfe"


def packet_samples(packet: bytes) -> int:
    """How long a packet of ours is. Raises ValueError for another kind."""
    size = SIZES.get(packet[0] >> 3)
    if size is None or packet[0] & 3:
        raise ValueError("Not one frame of full-band CELT")
    return size


# ---------------------------------------------------------------- the file


def opus_file(told: Sequence[Packet], total: int, tags: Tags, channels: int) -> bytes:
    """The whole file: heads, comments, and pages of less than a second."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, channels, PRE_SKIP, RATE_HZ, 0, 0)
    pages = _Pages()
    pages.add([head], 0, first=True)
    pages.add([_comments(tags)], 0)
    at = 0
    for start in range(0, len(told), PAGE_PACKETS):
        some = told[start : start + PAGE_PACKETS]
        at += sum(size for _, size in some)
        last = start + PAGE_PACKETS >= len(told)
        granule = min(at, total + PRE_SKIP) if last else at
        pages.add([packet for packet, _ in some], granule, last=last)
    return b"".join(pages.written)


class _Pages:
    """The pages written so far; a packet that fills a page goes on in the next."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def add(
        self, some: Sequence[bytes], granule: int, *, first: bool = False, last: bool = False
    ) -> None:
        """Packets as pages; `granule` is the time at which the last of them ends."""
        sizes = b"".join(b"\xff" * (len(each) // 255) + bytes([len(each) % 255]) for each in some)
        content, at, goes_on = b"".join(some), 0, False
        for start in range(0, len(sizes), 255):
            laces = sizes[start : start + 255]
            body = content[at : at + sum(laces)]
            at += len(body)
            ends = start + 255 >= len(sizes)
            # Only the picture fills a page, and no packet ends there: no time (RFC 3533, 6).
            time = granule if ends else -1
            kind = goes_on | first << 1 | (last and ends) << 2
            self._write(kind, time, laces, body)
            goes_on = laces[-1] == 255

    def _write(self, kind: int, time: int, laces: bytes, body: bytes) -> None:
        number = len(self.written)
        head = b"OggS" + struct.pack("<BBqIIIB", 0, kind, time, 1, number, 0, len(laces)) + laces
        checksum = struct.pack("<I", crc32(head + body))
        self.written.append(head[:22] + checksum + head[26:] + body)


def _comments(tags: Tags) -> bytes:
    """The comment head (RFC 7845, 5.2); chapters as xiph.org's “Chapter Extension”."""
    told = [
        ("TITLE", tags.title),
        ("ARTIST", tags.artist),
        ("ALBUM", tags.album),
        ("DATE", str(tags.year)),
        ("COPYRIGHT", f"© {tags.copyright}"),
        ("GENRE", "Speech"),
        ("LANGUAGE", tags.language),
        ("CONTACT", tags.website),
        *(pair for at, each in enumerate(tags.chapters) for pair in _chapter(at, each)),
        ("METADATA_BLOCK_PICTURE", _picture(tags.cover_jpeg) if tags.cover_jpeg else ""),
    ]
    words = [f"{name}={value}".encode() for name, value in told if value]
    counted = b"".join(struct.pack("<I", len(each)) + each for each in words)
    vendor = struct.pack("<I", len(VENDOR)) + VENDOR
    return b"OpusTags" + vendor + struct.pack("<I", len(words)) + counted


def _chapter(number: int, chapter: Chapter) -> Iterator[tuple[str, str]]:
    seconds, thousandths = divmod(chapter.start_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    yield f"CHAPTER{number:03}", f"{hours:02}:{minutes:02}:{seconds:02}.{thousandths:03}"
    yield f"CHAPTER{number:03}NAME", chapter.title


def _picture(jpeg: bytes) -> str:
    """The front cover as FLAC has it (RFC 9639, 8.8), in base64."""
    height, width = jpeg_size(jpeg)
    kind = b"image/jpeg"
    block = struct.pack(">II", 3, len(kind)) + kind + struct.pack(">I", 0)
    block += struct.pack(">IIIII", width, height, 24, 0, len(jpeg)) + jpeg
    return base64.b64encode(block).decode("ascii")


def jpeg_size(jpeg: bytes) -> tuple[int, int]:
    """Height and width, from the frame header (ISO/IEC 10918-1, B.2.2)."""
    at = 2
    while at + 9 <= len(jpeg):
        marker, length = struct.unpack_from(">HH", jpeg, at)
        if marker in (0xFFC0, 0xFFC1, 0xFFC2):
            height, width = struct.unpack_from(">HH", jpeg, at + 5)
            return height, width
        at += 2 + length
    raise ValueError("This is no JPEG")


def crc32(content: bytes) -> int:
    """Ogg's checksum: 0x04C11DB7, not reflected, from 0 (RFC 3533, appendix A).

    It is zlib's read backwards: each byte is reflected, and so is the sum.
    """
    reflected = content.translate(_reflected())
    # zlib starts from all ones and ends by turning all over; both are undone.
    crc = zlib.crc32(reflected, 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{crc:032b}"[::-1], 2)


@cache
def _reflected() -> bytes:
    return bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
