"""Can the practice's colours be read?

Contrast is WCAG 2.2's ratio of relative luminances (success criterion 1.4.3): 4.5:1 for text,
and 7:1 (1.4.6) for the ink that everything is read in.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from leafcast.publish.model import Publication
from leafcast.report import Finding, Place, Severity

WHITE: Final = "#FFFFFF"
TEXT_CONTRAST: Final = 4.5
INK_CONTRAST: Final = 7.0


def check_colours(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for each colour that falls short, with the nearest one that holds."""
    look = publication.project.practice.look
    for role, colour, grounds, least in (
        ("accent", look.accent, (WHITE, look.paper), TEXT_CONTRAST),
        ("ink", look.ink, (WHITE, look.paper, look.panel), INK_CONTRAST),
    ):
        ratio = min(contrast(colour, ground) for ground in grounds)
        if ratio < least:
            yield Finding(
                "colour-too-faint",
                Severity.WARNING,
                f"The {role} colour {colour} has a contrast of {ratio:.1f}:1, short of {least}:1",
                f'The nearest that can be read: {role} = "{nearest(colour, grounds, least)}"',
                Place("source/practice.toml"),
            )


def contrast(colour: str, ground: str) -> float:
    """The contrast ratio of two #RRGGBB colours, 1.0 to 21.0."""
    lighter, darker = sorted((luminance(colour), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance, 0.0 (black) to 1.0 (white)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def nearest(colour: str, grounds: tuple[str, ...], least: float) -> str:
    """`colour` darkened, its hue and saturation kept, until it holds on every ground."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    while min(contrast(colour, ground) for ground in grounds) < least and lightness > 0:
        lightness = max(0.0, lightness - 0.01)
        channels = colorsys.hls_to_rgb(hue, lightness, saturation)
        colour = "#" + "".join(f"{round(255 * c):02X}" for c in channels)
    return colour


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.lstrip("#"))
    return red / 255, green / 255, blue / 255
