"""MP4 read by its boxes (ISO/IEC 14496-12): length, chapters, language, frames of sound."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})

Box = tuple[bytes, memoryview]


def boxes(content: memoryview) -> Iterator[Box]:
    """Every box with what is in it, in order, those inside others after them.

    Raises ValueError for what is no MP4.
    """
    at = 0
    while at < len(content):
        head = content[at : at + 16]
        if len(head) < 8:
            raise ValueError("This is no MP4")
        size, start = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, start = int.from_bytes(head[8:16], "big"), 16
        size = size or len(content) - at
        if size < start or at + size > len(content):
            raise ValueError("A box is cut short")
        inside = content[at + start : at + size]
        yield bytes(head[4:8]), inside
        if bytes(head[4:8]) in CONTAINERS:
            yield from boxes(inside)
        at += size


def seconds(content: bytes) -> float:
    """How long it lasts, by its movie header (8.2.2). Raises ValueError where there is none."""
    for kind, inside in boxes(memoryview(content)):
        if kind == b"mvhd":
            scale, lasts = struct.unpack_from(
                ">IQ" if inside[0] else ">II", inside, 20 if inside[0] else 12
            )
            return float(lasts / scale)
    raise ValueError("There is no movie header")


def sound_frames(content: bytes) -> list[memoryview]:
    """The samples of the sound track, in order (8.7). Raises ValueError where there is none."""
    return list(_samples(memoryview(content), _track(content, b"soun")))


def chapters(content: bytes) -> list[tuple[str, int]]:
    """Title and start in milliseconds of each chapter, by the track of texts that Apple's players
    read (QuickTime File Format, “Chapter Lists”).

    Raises ValueError where there is none.
    """
    found = _track(content, b"text")
    (scale,) = struct.unpack_from(">I", found[b"mdhd"], 20 if found[b"mdhd"][0] else 12)
    told, at = [], 0
    for sample, lasts in zip(_samples(memoryview(content), found), _durations(found), strict=True):
        length = int.from_bytes(sample[:2], "big")
        told.append((bytes(sample[2 : 2 + length]).decode(), round(at * 1000 / scale)))
        at += lasts
    return told


def brand(content: bytes) -> str:
    """Its major brand (4.3), such as “M4B ”. Raises ValueError where there is none."""
    for kind, inside in boxes(memoryview(content)):
        if kind == b"ftyp":
            return bytes(inside[:4]).decode("latin-1")
    raise ValueError("There is no brand")


def language(content: bytes) -> str:
    """The language of the sound, in three letters of five bits each (8.4.2)."""
    header = _track(content, b"soun")[b"mdhd"]
    packed = int.from_bytes(header[32:34] if header[0] else header[20:22], "big")
    return "".join(chr(0x60 + (packed >> shift & 31)) for shift in (10, 5, 0))


def _track(content: bytes, handler: bytes) -> dict[bytes, memoryview]:
    """The boxes of the first track of a kind. Raises ValueError where there is none."""
    for kind, track in boxes(memoryview(content)):
        if kind == b"trak":
            found = dict(boxes(track))
            if bytes(found[b"hdlr"][8:12]) == handler:
                return found
    raise ValueError(f"There is no track of “{handler.decode()}” in it")


def _durations(found: dict[bytes, memoryview]) -> Iterator[int]:
    """How long each sample lasts: runs of samples that last as long (8.6.1.2)."""
    (count,) = struct.unpack_from(">I", found[b"stts"], 4)
    for at in range(count):
        samples, lasts = struct.unpack_from(">II", found[b"stts"], 8 + 8 * at)
        yield from [lasts] * samples


def _samples(whole: memoryview, found: dict[bytes, memoryview]) -> Iterator[memoryview]:
    _, same, count = struct.unpack_from(">III", found[b"stsz"])
    sizes = [same] * count if same else list(struct.unpack_from(f">{count}I", found[b"stsz"], 12))
    sample = 0
    for offset, in_it in zip(_offsets(found), _samples_in_chunks(found), strict=True):
        for size in sizes[sample : sample + in_it]:
            yield whole[offset : offset + size]
            offset += size
        sample += in_it


def _offsets(found: dict[bytes, memoryview]) -> tuple[int, ...]:
    table, form = (found[b"stco"], "I") if b"stco" in found else (found[b"co64"], "Q")
    (count,) = struct.unpack_from(">I", table, 4)
    return struct.unpack_from(f">{count}{form}", table, 8)


def _samples_in_chunks(found: dict[bytes, memoryview]) -> Iterator[int]:
    """How many samples each chunk has: runs of chunks with as many (8.7.4)."""
    (count,) = struct.unpack_from(">I", found[b"stsc"], 4)
    runs = [struct.unpack_from(">II", found[b"stsc"], 8 + 12 * at) for at in range(count)]
    for (first, in_it), (after, _) in pairwise([*runs, (len(_offsets(found)) + 1, 0)]):
        yield from [in_it] * (after - first)
