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


def in_grey(colour: str) -> str:
    """#RRGGBB as a printer without colours prints it (the luma of ITU-R BT.601, table 1)."""
    red, green, blue = _channels(colour)
    grey = round(255 * (0.299 * red + 0.587 * green + 0.114 * blue))
    return f"#{grey:02X}{grey:02X}{grey:02X}"


def nearest(colour: str, grounds: tuple[str, ...], least: float, *, lighter: bool = False) -> str:
    """`colour` darkened, or made lighter, until it holds on every ground.

    Its hue and saturation are kept.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    end, step = (1.0, 0.01) if lighter else (0.0, -0.01)
    while min(contrast(colour, ground) for ground in grounds) < least and lightness != end:
        lightness = min(1.0, max(0.0, lightness + step))
        colour = _hex(hue, lightness, saturation)
    return colour


def toned(colour: str, lightness: float, most: float = 1.0) -> str:
    """`colour` at another lightness, 0.0 (black) to 1.0 (white), and `most` so saturated."""
    hue, _, saturation = colorsys.rgb_to_hls(*_channels(colour))
    return _hex(hue, lightness, min(saturation, most))


def _hex(hue: float, lightness: float, saturation: float) -> str:
    channels = colorsys.hls_to_rgb(hue, lightness, saturation)
    return "#" + "".join(f"{round(255 * c):02X}" for c in channels)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.lstrip("#"))
    return red / 255, green / 255, blue / 255
