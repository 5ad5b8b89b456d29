"""A motif on a square of its colour: beside a page's title, among a telephone's icons."""

from __future__ import annotations

import io
from typing import Final

from leafcast.design.cover_art import draw_motif
from leafcast.design.motifs import motif_shapes
from leafcast.design.palette import palette_of
from leafcast.practice.project import Look

TOUCH_ICON_PX: Final = 180
"""What a telephone shows on its first screen (Apple, Web Clip icons)."""


def icon_svg(look: Look, motif: str) -> str:
    """A motif on a square of its colour, as a browser shows it beside the title."""
    palette = palette_of(look)
    shapes = motif_shapes(palette, motif)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 148 148">'
        '<clipPath id="a"><rect width="148" height="148" rx="27"/></clipPath>'
        f'<g clip-path="url(#a)"><rect width="148" height="148" fill="{palette.ground}"/>'
        f'<g transform="translate(0 54)">{shapes}</g></g></svg>'
    )


def touch_icon(look: Look, motif: str) -> bytes:
    """The same as a telephone shows it among its own, as PNG."""
    from PIL import Image

    palette = palette_of(look)
    drawn = draw_motif(palette, motif, 4 * TOUCH_ICON_PX)
    side = max(drawn.size)
    square = Image.new("RGB", (side, side), palette.ground)
    square.paste(drawn, ((side - drawn.width) // 2, side - drawn.height))
    written = io.BytesIO()
    small = square.resize((TOUCH_ICON_PX, TOUCH_ICON_PX), Image.Resampling.LANCZOS)
    small.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()
