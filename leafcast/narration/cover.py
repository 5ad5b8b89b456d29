"""The episode's cover: the practice's motif on its colour, as a square PNG."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.motif import Shape, draw_motif
from leafcast.project import Look

SIDE_PX: Final = 1400
"""Podcast players ask for 1400 to 3000 pixels, square (Apple)."""


@lru_cache(maxsize=4)
def draw_cover(look: Look, slug: str) -> bytes:
    """A square PNG, RGB, always the same for the same practice and article."""
    picture = np.empty((SIDE_PX, SIDE_PX, 3), np.float32)
    picture[:] = _colour(look.accent)
    for shape in draw_motif(look, slug):
        cover = _covered(shape)[..., np.newaxis]
        picture += (_colour(shape.tint) - picture) * cover
    return _png(np.round(picture).astype(np.uint8))


def _covered(shape: Shape) -> npt.NDArray[np.float32]:
    """How much of each pixel a shape covers, 0.0 to 1.0."""
    sides = np.arange(SIDE_PX, dtype=np.float32) / SIDE_PX
    right, below = (sides - np.float32(shape.x))[np.newaxis], (sides - np.float32(shape.y))[:, None]
    cosine, sine = np.float32(np.cos(shape.lean)), np.float32(np.sin(shape.lean))
    across = (right * cosine + below * sine) / np.float32(shape.width)
    along = (below * cosine - right * sine) / np.float32(shape.height)
    distance = (np.sqrt(across**2 + along**2) - 1) * np.float32(shape.height * SIDE_PX)
    return np.asarray(np.clip(0.5 - distance, 0, 1))


def _colour(written: str) -> npt.NDArray[np.float32]:
    return np.array(list(bytes.fromhex(written.lstrip("#"))), np.float32)


def _png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """PNG (ISO 15948): 8-bit RGB, each row as the difference to the one above (filter 2)."""
    rows = np.diff(pixels.astype(np.int16), axis=0, prepend=0).astype(np.uint8)
    raw = b"".join(b"\x02" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content
        + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )  # fmt: skip
