"""What printed colours are mixed of: the four inks of coated paper in Europe, FOGRA39.

Text of a colour that is mixed of four inks, one over the other, has fringes where one of them slips
by a hair. So black text is black ink alone, a colour is mixed of three inks at most, and only
photographs take four. `coated/LICENSE-FOGRA39L.txt` says whose the profile is.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from leafcast.design.oklch import oklch

Colour = tuple[float, float, float]
"""Red, green and blue of sRGB, each 0 to 1."""
Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each 0 to 1."""

PROFILE: Final = Path(__file__).with_name("coated") / "FOGRA39L_coated.icc"
CONDITION: Final = "FOGRA39"
"""The printing condition by its name in the registry of www.color.org."""
GREYEST: Final = 0.004
"""Chroma (OKLCH) up to which a colour is printed with black ink alone,"""
DARK: Final = (0.4, 0.04)
"""and so is one of this lightness and chroma at the most: that of text."""
STEPS: Final = 13
"""Of an ink, in each of the three rounds of the search for a mixture."""


@lru_cache(maxsize=4096)
def inks_of(colour: Colour) -> Ink:
    """The inks that give this colour on coated paper: as few as can be, to the whole per cent."""
    look = oklch("#" + "".join(f"{round(255 * part):02X}" for part in colour))
    dark = look.lightness <= DARK[0] and look.chroma <= DARK[1]
    if look.chroma <= GREYEST or dark:
        return 0.0, 0.0, 0.0, _black_for(colour)
    wanted = _seen_as(Image.new("RGB", (1, 1), tuple(round(255 * p) for p in colour)), "RGB")[0]
    found = [_mixed(wanted, without) for without in range(3)]
    return min(found, key=lambda each: each[0])[1]


def _black_for(colour: Colour) -> float:
    """So much black ink as is as light as this grey, and all of it for what is darker than that."""
    ramp = np.zeros((101, 4), np.uint8)
    ramp[:, 3] = np.round(np.arange(101) * 2.55)
    lightness = _seen(ramp)[:, 0]
    grey = tuple(round(255 * part) for part in colour)
    wanted = _seen_as(Image.new("RGB", (1, 1), grey), "RGB")[0][0]
    return float(np.argmin(np.abs(lightness - wanted))) / 100


def _mixed(wanted: NDArray[np.float64], without: int) -> tuple[float, Ink]:
    """The nearest mixture that lacks one of the three colours, and how far off it is (ΔE*ab).

    The whole gamut is tried in a coarse grid, and what lies about the best of it in finer ones.
    """
    least, most = np.zeros(4), np.full(4, 100.0)
    least[without] = most[without] = 0.0
    best, off = least, np.inf
    for _ in range(3):
        axes = [
            np.unique(np.round(np.linspace(low, high, STEPS)))
            for low, high in zip(least, most, strict=True)
        ]
        grid = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 4)
        apart = np.linalg.norm(_seen(np.round(grid * 2.55).astype(np.uint8)) - wanted, axis=1)
        at = int(np.argmin(apart))
        best, off = grid[at], float(apart[at])
        reach = (most - least) / (STEPS - 1)
        least, most = np.maximum(best - reach, 0), np.minimum(best + reach, 100)
    cyan, magenta, yellow, black = (float(part) / 100 for part in best)
    return off, (cyan, magenta, yellow, black)


def _seen(inks: NDArray[np.uint8]) -> NDArray[np.float64]:
    """What mixtures look like on their paper: CIE L*a*b*, a row for each."""
    return _seen_as(Image.frombytes("CMYK", (len(inks), 1), inks.tobytes()), "CMYK")


def _seen_as(picture: Image.Image, mode: str) -> NDArray[np.float64]:
    """The L*a*b* of each pixel, against the paper's own white; Pillow writes it in bytes."""
    seen = ImageCms.applyTransform(picture, _to_lab(mode))
    assert seen is not None
    lab = np.asarray(seen).reshape(-1, 3).astype(np.float64)
    lab[:, 0] *= 100 / 255
    lab[:, 1:] = (lab[:, 1:] + 128) % 256 - 128
    return lab


@lru_cache(maxsize=4096)
def seen_as(inks: Ink) -> Colour:
    """The colour that these inks have on coated paper, on a screen."""
    cyan, magenta, yellow, black = (round(255 * part) for part in inks)
    picture = Image.new("CMYK", (1, 1), (cyan, magenta, yellow, black))
    shown = ImageCms.applyTransform(picture, _transform("CMYK", "RGB"))
    assert shown is not None
    red, green, blue = np.asarray(shown).reshape(3) / 255
    return float(red), float(green), float(blue)


@cache
def _profile(mode: str) -> Any:
    if mode == "CMYK":
        return ImageCms.getOpenProfile(str(PROFILE))
    return ImageCms.createProfile("sRGB" if mode == "RGB" else "LAB")


@cache
def _to_lab(mode: str) -> Any:
    return ImageCms.buildTransform(
        _profile(mode), _profile("LAB"), mode, "LAB", ImageCms.Intent.RELATIVE_COLORIMETRIC
    )


def inks_in(picture: Image.Image) -> Image.Image:
    """A picture in RGB as one in inks."""
    inks = ImageCms.applyTransform(picture, _transform("RGB", "CMYK"))
    assert inks is not None
    return inks


@cache
def _transform(before: str, after: str) -> Any:
    """For pictures: what the inks cannot reach is drawn nearer as a whole, shadows keep apart."""
    return ImageCms.buildTransform(
        _profile(before),
        _profile(after),
        before,
        after,
        ImageCms.Intent.PERCEPTUAL,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
