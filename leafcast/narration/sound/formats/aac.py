"""AAC by its frames in ADTS (ISO/IEC 13818-7, 6.2): sections joined without being encoded again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FRAME: Final = 1024

Bytes = bytes | memoryview


def frames(encoded: Bytes) -> list[memoryview]:
    """The frames, each with its head. Raises ValueError where none stands."""
    whole, at, found = memoryview(encoded), 0, []
    while at < len(whole):
        head = whole[at : at + 7]
        size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5 if len(head) == 7 else 0
        if size < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or len(whole) - at < size:
            raise ValueError("No whole frame of AAC in ADTS stands here")
        found.append(whole[at : at + size])
        at += size
    return found


def joined(sections: Sequence[tuple[Bytes, int]]) -> bytes:
    """Sections, each encoded and its length in samples, one after the other.

    A frame gives its sound together with the one after it, so an encoder begins with one for
    nothing. As every section begins and ends in silence, that one is left out: the sound then
    starts where the file does, and no player need know of a delay.
    """
    return b"".join(
        frame for encoded, length in sections for frame in frames(encoded)[1 : 1 + length // FRAME]
    )


def payload(frame: memoryview) -> memoryview:
    """A frame without its head, as MP4 has it."""
    return frame[7 if frame[1] & 1 else 9 :]
