"""Colours as #RRGGBB, and whether one can be read on another.

Contrast is WCAG 2.2's ratio of relative luminances (success criterion 1.4.3).
"""

from __future__ import annotations

import colorsys


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
