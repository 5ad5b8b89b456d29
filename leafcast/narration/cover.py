"""The episode's cover: title and author over the practice's motif, in its colours.

Podcast players ask for 1400 to 3000 pixels, square, RGB, and show it as small as a thumb: the
title is set as large as it fits (Apple, “Show cover”).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont, __version__

from leafcast.cache import Cache, digest
from leafcast.motif import Shape, draw_motif
from leafcast.project import Look, Project
from leafcast.publish.model import Publication

SIDE_PX: Final = 3000
EMBEDDED_PX: Final = 1400
SMALL_PX: Final = 600
"""Published, inside the episode, and inside each section's file."""
QUALITY: Final = 85
MARGIN: Final = 0.08
TITLE_SIZES: Final = range(400, 100, -10)
"""In pixels, the largest first; 240 is 24 pixels high where the cover is shown at 300."""
AUTHOR_SIZES: Final = range(170, 60, -10)
TITLE_HEIGHT, AUTHOR_HEIGHT = 0.36, 0.10
LEADING: Final = 1.12
MOTIF: Final = (0.37, 0.46, 0.62)
"""Left, top and side of the square that the motif is drawn in."""
VERSION: Final = 1

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Covers:
    """The cover as JPEG: to publish, to embed in an episode, to embed in a section."""

    published: bytes
    embedded: bytes
    small: bytes


@dataclass(frozen=True, slots=True)
class Named:
    """What a cover is of: what its motif is drawn from, and the words on it."""

    slug: str
    title: str
    author: str


def cover_of(publication: Publication) -> Covers:
    """The article's cover."""
    article = publication.article
    return covers(publication.project, Named(article.slug, article.title, article.author))


def covers(project: Project, named: Named) -> Covers:
    """A cover in its sizes; each is drawn once."""
    cache = Cache(project.work / "cache")
    font, look = _font_file(project), project.practice.look
    key = digest(VERSION, __version__, asdict(look), asdict(named), font.read_bytes())
    sizes = (SIDE_PX, EMBEDDED_PX, SMALL_PX)
    stored = [cache.read("covers", digest(key, size)) for size in sizes]
    if not all(stored):
        picture = draw_cover(look, named, font)
        stored = [_jpeg(picture, size) for size in sizes]
        for size, jpeg in zip(sizes, stored, strict=True):
            cache.write("covers", digest(key, size), jpeg or b"")
    return Covers(*(each or b"" for each in stored))


def draw_cover(look: Look, named: Named, font: Path) -> Image.Image:
    """The cover, always the same for the same look and words."""
    pixels = np.empty((SIDE_PX, SIDE_PX, 3), np.uint8)
    pixels[:] = _colour(look.accent)
    for shape in draw_motif(look, named.slug):
        _paint(pixels, shape)
    picture = Image.fromarray(pixels)
    pen = ImageDraw.Draw(picture)
    left = top = round(MARGIN * SIDE_PX)
    for words, sizes, height in (
        (named.title, TITLE_SIZES, TITLE_HEIGHT),
        (named.author, AUTHOR_SIZES, AUTHOR_HEIGHT),
    ):
        size, lines = _fitted(words, font, (sizes, height))
        for line in lines:
            pen.text((left, top), line, look.paper, ImageFont.truetype(font, size), anchor="la")
            top += round(size * LEADING)
        top += round(AUTHOR_SIZES[0] * 0.4)
    return picture


def _font_file(project: Project) -> Path:
    """The bold face of the practice's font; the first face there is, where it has none."""
    found = []
    for folder in project.data:
        for path in sorted((folder / "templates/shared/fonts").glob("*.[ot]tf")):
            family, style = ImageFont.truetype(path, 10).getname()
            strange = family != project.practice.look.font
            found.append((strange, style != "Bold", path))
    return min(found, key=lambda each: each[:2])[2]


def _fitted(words: str, font: Path, room: tuple[range, float]) -> tuple[int, list[str]]:
    """The largest size at which words fit into their room, or the smallest, and their lines."""
    sizes, height = room
    for size in sizes:
        face = ImageFont.truetype(font, size)
        lines = list(_wrapped(words, face))
        low = len(lines) * size * LEADING <= height * SIDE_PX
        if low and all(face.getlength(line) <= _width() for line in lines):
            break
    return size, lines


def _wrapped(words: str, face: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Lines as full as they can be, broken between words."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and face.getlength(longer) > _width():
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _width() -> float:
    return SIDE_PX * (1 - 2 * MARGIN)


# ---------------------------------------------------------------- the motif


def _paint(pixels: Pixels, shape: Shape) -> None:
    """One oval of the motif, smooth at its edge; only what lies around it is looked at."""
    left, top, side = (part * SIDE_PX for part in MOTIF)
    middle_x, middle_y = left + shape.x * side, top + shape.y * side
    reach = max(shape.width, shape.height) * side + 2
    columns = np.arange(max(0, int(middle_x - reach)), min(SIDE_PX, int(middle_x + reach)))
    rows = np.arange(max(0, int(middle_y - reach)), min(SIDE_PX, int(middle_y + reach)))
    right, below = (columns - middle_x)[np.newaxis], (rows - middle_y)[:, np.newaxis]
    cosine, sine = np.cos(shape.lean), np.sin(shape.lean)
    across = (right * cosine + below * sine) / (shape.width * side)
    along = (below * cosine - right * sine) / (shape.height * side)
    distance = (np.sqrt(across**2 + along**2) - 1) * shape.height * side
    covered = np.clip(0.5 - distance, 0, 1)[..., np.newaxis]
    here = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    here[:] = np.round(here + (_colour(shape.tint) - here) * covered)


def _colour(written: str) -> npt.NDArray[np.float64]:
    return np.array(list(bytes.fromhex(written.lstrip("#"))), np.float64)


def _jpeg(picture: Image.Image, side_px: int) -> bytes:
    small = (
        picture if side_px == SIDE_PX else picture.resize((side_px, side_px), Image.Resampling.BOX)
    )
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=QUALITY, optimize=True)
    return stream.getvalue()
