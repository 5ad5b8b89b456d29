"""The practice's motif: two soft shapes that lean towards each other.

A slug always gives the same pair and another slug another one, so that a rack of leaflets looks
like a series. The leaflet draws it as SVG, the episode's cover as pixels.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from leafcast.project import Look


@dataclass(frozen=True, slots=True)
class Shape:
    """An upright oval in a square of side 1: its middle, radii, lean and colour.

    `lean` is in radians, clockwise; `tint` is #RRGGBB.
    """

    x: float
    y: float
    width: float
    height: float
    lean: float
    tint: str


def draw_motif(look: Look, slug: str) -> tuple[Shape, Shape]:
    """The two shapes, the one behind first, in tints of the accent."""
    seed = hashlib.sha256(slug.encode()).digest()
    height = 0.33 + seed[2] / 255 * 0.03
    leans = (0.16 + seed[0] / 255 * 0.22, -0.16 - seed[1] / 255 * 0.22)
    behind, before = (
        Shape(0.5 + side * 0.135, 0.53, height * 0.56, height, lean, tint(look, share))
        for side, lean, share in ((-1, leans[0], 0.22), (1, leans[1], 0.42))
    )
    return behind, before


def tint(look: Look, share: float) -> str:
    """The accent, lightened by `share` of the way to the paper, as #RRGGBB."""
    accent, paper = (bytes.fromhex(colour.lstrip("#")) for colour in (look.accent, look.paper))
    mixed = (round(a + (p - a) * share) for a, p in zip(accent, paper, strict=True))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def motif_svg(look: Look, slug: str) -> str:
    """The motif as SVG, as wide as its shapes reach."""
    ovals = "".join(
        f'<ellipse rx="{s.width:.4f}" ry="{s.height:.4f}" fill="{s.tint}" '
        f'transform="translate({s.x:.4f} {s.y:.4f}) rotate({s.lean * 57.29578:.2f})"/>'
        for s in draw_motif(look, slug)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0.12 0.16 0.76 0.74" '
        f'width="760" height="740">{ovals}</svg>'
    )
