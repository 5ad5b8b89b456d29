"""MP3 by its frames: sections joined without being encoded again, under one Info header.

Frames: ISO/IEC 11172-3, 2.4.1.3 and 2.4.2.3. The Info header: Xing's, with LAME's extension
(“MP3 Info Tag rev 1”), as players read it to seek and to leave out what is not sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

FRAME: Final = 1152
DELAY: Final = 576
"""LAME's delay in samples; every decoder adds 529 of its own."""
DECODER_DELAY: Final = 529
RATES_HZ: Final = (44_100, 48_000, 32_000)
KBPS: Final = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
MAKER: Final = b"LAME3.100"
TAG_BYTES: Final = 156
"""From the letters “Info” to the end of LAME's extension."""
MONO: Final = 3

Bytes = bytes | memoryview


def frames(encoded: Bytes) -> list[memoryview]:
    """The frames of constant bit rate, MPEG-1 layer III. Raises ValueError where none stands."""
    whole, at, found = memoryview(encoded), 0, []
    sizes: dict[bytes, int] = {}
    while at < len(whole):
        head = bytes(whole[at : at + 3])
        size = sizes.get(head) or sizes.setdefault(head, frame_bytes(whole[at : at + 4]))
        found.append(whole[at : at + size])
        at += size
    if at > len(whole):
        raise ValueError("The last frame is cut short")
    return found


def frame_bytes(head: Bytes) -> int:
    """How long a frame with this head is. Raises ValueError for what is no such head."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xFE != 0xFA:
        raise ValueError("No frame of MPEG-1 layer III begins here")
    kbps, rate = head[2] >> 4, head[2] >> 2 & 3
    if kbps in (0, 15) or rate == 3:
        raise ValueError("A frame of no known rate")
    return 144_000 * KBPS[kbps] // RATES_HZ[rate] + (head[2] >> 1 & 1)


def joined(sections: Sequence[tuple[Bytes, int]]) -> bytes:
    """Sections, each its encoded frames and its length in samples, as one MP3 without tags.

    A section is a whole number of frames long and silent at its ends; what the encoder wrote
    after it is dropped, but for the last one. Nothing is moved by a sample.
    """
    return _in_one([(frames(encoded), length) for encoded, length in sections])


def chained(files: Sequence[bytes]) -> bytes:
    """The MP3s of sections, each as `joined` gives it, as one: what `joined` gives of them all."""
    return _in_one([(sound_frames(each), samples_of(each)) for each in files])


def _in_one(sections: Sequence[tuple[list[memoryview], int]]) -> bytes:
    *before, (last, _) = sections
    kept = [frame for each, length in before for frame in each[: length // FRAME]] + last
    return info_frame(kept, sum(length for _, length in sections)) + b"".join(kept)


def sound_frames(encoded: Bytes) -> list[memoryview]:
    """The frames of a whole MP3 without tags, its Info header left out."""
    found = frames(encoded)
    return found[1:] if found and b"Info" in bytes(found[0][:40]) else found


def heard_frames(encoded: bytes) -> list[memoryview]:
    """The frames of a whole MP3's sound, without what the encoder wrote after it.

    Raises ValueError where it has no Info header.
    """
    return sound_frames(encoded)[: samples_of(encoded) // FRAME]


def samples_of(encoded: bytes) -> int:
    """The length of a whole MP3's sound by its Info header. Raises ValueError where it has none."""
    at = encoded[:200].find(b"Info")
    if at < 0:
        raise ValueError("There is no Info header")
    count = int.from_bytes(encoded[at + 8 : at + 12], "big")
    trimmed = int.from_bytes(encoded[at + 141 : at + 144], "big")
    return count * FRAME - (trimmed >> 12) - (trimmed & 0xFFF)


# ---------------------------------------------------------------- the Info header


def info_frame(sound: Sequence[memoryview], samples: int) -> bytes:
    """The frame that stands before the sound: how many frames, how many bytes, where each is."""
    head = _roomy_head(sound[0])
    start = 4 + (17 if head[3] >> 6 == MONO else 32)
    size = frame_bytes(head)
    sizes = np.array([size, *map(len, sound)])
    padding = len(sound) * FRAME - DELAY - samples
    tag = b"".join(
        (
            b"Info",
            (0b1111).to_bytes(4, "big"),
            len(sound).to_bytes(4, "big"),
            int(sizes.sum()).to_bytes(4, "big"),
            _contents(sizes),
            bytes(4),
            MAKER,
            b"\x01",  # constant bit rate
            bytes(10),  # low-pass, peak and gains: not told
            bytes([min(KBPS[sound[0][2] >> 4], 255)]),
            (DELAY << 12 | padding).to_bytes(3, "big"),
            bytes(4),
            int(sizes.sum()).to_bytes(4, "big"),
            crc16(b"".join(sound)).to_bytes(2, "big"),
        )
    )
    before = head + bytes(start - 4) + tag
    return (before + crc16(before).to_bytes(2, "big")).ljust(size, b"\0")


def _roomy_head(like: Bytes) -> bytes:
    """The head of a frame with room for the header, of the rate and mode of `like`."""
    head = bytearray(like[:4])
    head[1] |= 1  # no checksum
    head[2] &= 0xFD  # no padding
    while frame_bytes(bytes(head)) < 4 + 32 + TAG_BYTES:
        head[2] += 0x10
    return bytes(head)


def _contents(sizes: npt.NDArray[np.int64]) -> bytes:
    """Where each hundredth of the time begins, in 256ths of the bytes."""
    starts = np.concatenate([[0], np.cumsum(sizes)])
    frame = np.arange(100) * (len(sizes) - 1) // 100 + 1
    return bytes(np.minimum(starts[frame] * 256 // starts[-1], 255).astype(np.uint8))


# ---------------------------------------------------------------- checksum


COLUMNS: Final = 4096


def crc16(content: bytes) -> int:
    """CRC-16 as LAME counts it: x¹⁶ + x¹⁵ + x² + 1, reflected, from 0.

    Long content is counted in many columns at once, which are then folded together.
    """
    table = _table()
    rows = len(content) // COLUMNS
    crc = 0
    if rows > 1:
        columns = np.frombuffer(content, np.uint8, rows * COLUMNS).reshape(COLUMNS, rows)
        sums = np.zeros(COLUMNS, np.uint16)
        for row in range(rows):
            sums = sums >> 8 ^ table[(sums ^ columns[:, row]) & 0xFF]
        low, high = (
            _advanced(np.arange(256, dtype=np.uint16) * np.uint16(scale), rows)
            for scale in (1, 256)
        )
        for each in sums.tolist():
            crc = int(low[crc & 0xFF]) ^ int(high[crc >> 8]) ^ each
        content = content[rows * COLUMNS :]
    for byte in content:
        crc = crc >> 8 ^ int(table[(crc ^ byte) & 0xFF])
    return crc


def _advanced(crcs: npt.NDArray[np.uint16], zeros: int) -> npt.NDArray[np.uint16]:
    """What the sums become after so many bytes of zero: by powers of two of one step."""
    table = _table()
    everything = np.arange(65_536, dtype=np.uint16)
    step = everything >> 8 ^ table[everything & 0xFF]
    while zeros:
        if zeros & 1:
            crcs = step[crcs]
        step = step[step]
        zeros >>= 1
    return crcs


@cache
def _table() -> npt.NDArray[np.uint16]:
    return np.fromiter(_remainders(), np.uint16, 256)


def _remainders() -> Iterator[int]:
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
        yield byte
