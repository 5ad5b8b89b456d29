"""The episode's cover: the practice's motif, two soft shapes that lean towards each other."""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Final

import numpy as np
import numpy.typing as npt

from leafcast.project import Look

SIDE_PX: Final = 1400
"""Podcast players ask for 1400 to 3000 pixels, square (Apple)."""


def draw_cover(look: Look, slug: str) -> bytes:
    """A square PNG, RGB, always the same for the same practice and article."""
    accent, paper = (_colour(each) for each in (look.accent, look.paper))
    seed = hashlib.sha256(slug.encode()).digest()
    picture = np.broadcast_to(accent, (SIDE_PX, SIDE_PX, 3))
    for side, share in ((-1, 0.22), (1, 0.42)):
        lean = side * (0.16 + seed[0 if side < 0 else 1] / 255 * 0.22)
        cover = _leaf(0.5 + side * 0.135, 0.53, lean, 0.33 + seed[2] / 255 * 0.03)
        tint = accent + (paper - accent) * share
        picture = picture + (tint - picture) * cover[..., np.newaxis]
    return _png(np.round(picture).astype(np.uint8))


def _leaf(x: float, y: float, lean: float, height: float) -> npt.NDArray[np.float64]:
    """How much of each pixel an upright oval covers; `lean` in radians, sizes in sides."""
    across, down = np.meshgrid(*(np.arange(SIDE_PX) / SIDE_PX,) * 2)
    right, below = across - x, down - y
    turned = right * np.cos(lean) + below * np.sin(lean)
    along = below * np.cos(lean) - right * np.sin(lean)
    distance = (np.hypot(turned / (height * 0.56), along / height) - 1) * height * SIDE_PX
    return np.asarray(np.clip(0.5 - distance, 0, 1))


def _colour(written: str) -> npt.NDArray[np.float64]:
    return np.array(list(bytes.fromhex(written.lstrip("#"))), np.float64)


def _png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """PNG (ISO 15948): 8-bit RGB, each row as the difference to the one above (filter 2)."""
    rows = np.diff(pixels.astype(np.int16), axis=0, prepend=0).astype(np.uint8)
    raw = b"".join(b"\x02" + row.tobytes() for row in rows)
    head = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(raw, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content
        + struct.pack(">I", zlib.crc32(name + content))
        for name, content in parts
    )  # fmt: skip
