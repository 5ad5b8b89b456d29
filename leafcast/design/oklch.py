"""Colours by how light, how strong and of which hue they look (OKLCH; Ottosson, 2020).

A step of lightness looks alike in every hue, so one rule serves every owner's colour. CSS Color 4,
section 9.2, has the same numbers.
"""

from __future__ import annotations

from math import atan2, cbrt, cos, degrees, hypot, radians, sin
from typing import Final, NamedTuple

from leafcast.design.colours import contrast

STEP: Final = 0.0025
"""How finely a lightness is sought."""
FAINTER: Final = 0.97
"""By how much a colour that no screen can show is made less strong, again and again."""


class Oklch(NamedTuple):
    """Lightness 0.0 to 1.0, chroma 0.0 to about 0.32, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


def oklch(colour: str) -> Oklch:
    """#RRGGBB as OKLCH."""
    red, green, blue = (_linear(c / 255) for c in bytes.fromhex(colour.lstrip("#")))
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return Oklch(lightness, hypot(a, b), degrees(atan2(b, a)) % 360)


def rgb(colour: Oklch) -> str:
    """OKLCH as #RRGGBB; one that no screen can show is made less strong until one can."""
    lightness = min(1.0, max(0.0, colour.lightness))
    chroma = colour.chroma
    channels = _channels(lightness, chroma, colour.hue)
    while chroma > 0.0005 and not all(-0.0005 <= each <= 1.0005 for each in channels):
        chroma *= FAINTER
        channels = _channels(lightness, chroma, colour.hue)
    return "#" + "".join(f"{round(255 * _encoded(min(1, max(0, c)))):02X}" for c in channels)


def darker_until(colour: Oklch, grounds: tuple[str, ...], least: float) -> str:
    """The lightest colour of this hue, no lighter than given, that holds `least` on each ground."""
    return _until(colour, grounds, least, -STEP)


def lighter_until(colour: Oklch, grounds: tuple[str, ...], least: float) -> str:
    """The darkest colour of this hue, no darker than given, that holds `least` on each ground."""
    return _until(colour, grounds, least, STEP)


def _until(colour: Oklch, grounds: tuple[str, ...], least: float, step: float) -> str:
    found = rgb(colour)
    while min(contrast(found, ground) for ground in grounds) < least:
        colour = colour._replace(lightness=colour.lightness + step)
        found = rgb(colour)
        if not 0 <= colour.lightness <= 1:
            break
    return found


def mixed(colour: str, ground: str, share: float) -> str:
    """So much of `colour` in `ground`, as print and screens mix them (in sRGB)."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(under + (over - under) * share):02X}" for over, under in pairs)


def _channels(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear red, green and blue, which may be out of reach."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _encoded(channel: float) -> float:
    return channel * 12.92 if channel <= 0.0031308 else 1.055 * float(channel ** (1 / 2.4)) - 0.055
