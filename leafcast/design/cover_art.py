"""The episode's cover: title and author over the article's motif, in the practice's colours.

Podcast players ask for 1400 to 3000 pixels, square, RGB, and show it as small as a thumb: the
title is set as large as it fits (Apple, “Show cover”).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from PIL import Image, ImageDraw, ImageFont, ImageOps, __version__

from leafcast.design.fonts import Font, house_fonts
from leafcast.design.motifs import HEIGHT_MM, MOTIFS, WIDTH_MM, motif_of
from leafcast.design.own_pictures import cover_photograph, photograph
from leafcast.design.palette import Palette, look_of, palette_of
from leafcast.design.shapes import Shape, outline_points
from leafcast.document.publication import Publication
from leafcast.practice.project import Look, Project
from leafcast.state.cache import Cache, digest

SIDE_PX: Final = 3000
EMBEDDED_PX: Final = 1400
SMALL_PX: Final = 600
"""Published, inside the episode, and inside each section's file."""
QUALITY: Final = 85
MARGIN: Final = 0.08
TITLE_SIZES: Final = range(660, 120, -10)
"""In pixels, the largest first; 240 is 24 pixels high where the cover is shown at 300."""
UNDER_SIZES: Final = range(180, 60, -10)
UNDER_HEIGHT: Final = 0.12
LEADING: Final = 1.1
FOOT: Final = 0.17
LOGO: Final = 0.125
PHOTOGRAPH_HEIGHT: Final = 0.46
MOTIF_HEIGHT: Final = 0.38
"""Of the side, at most; one that runs across is as large as it must be to do so."""
ACROSS_MM: Final = 200.0
VERSION: Final = 3

_one_at_a_time = Lock()
"""Editions that are written side by side want the same cover."""


@dataclass(frozen=True, slots=True)
class Covers:
    """The cover as JPEG: to publish, to embed in an episode, to embed in a section."""

    published: bytes
    embedded: bytes
    small: bytes


@dataclass(frozen=True, slots=True)
class Named:
    """What a cover shows: a motif by its name, the words on it, and those under them.

    A `photograph` stands in the motif's place; with a `logo`, PNG or JPEG, the cover has a foot in
    which it stands, as a leaflet's has.
    """

    motif: str
    title: str
    under: str
    photograph: Path | None = None
    logo: bytes = b""


def cover_of(publication: Publication) -> Covers:
    """The article's cover."""
    article, project = publication.article, publication.project
    own = cover_photograph(project, article)
    if own and own.suffix.lower() == ".svg":  # a drawing: it has no pixels, and the motif has
        own = None
    motif = motif_of(article.slug, article.face.motif)
    named = Named(motif, article.title, article.author, own)
    return covers(project, look_of(project.practice, article), named)


def covers(project: Project, look: Look, named: Named) -> Covers:
    """A cover in its sizes; each is drawn once."""
    cache = Cache(project.work / "cache")
    faces = faces_of(project)
    letters = [path.read_bytes() for path in (faces.title, faces.under)]
    shown = (named.motif, named.title, named.under, named.logo)
    own = named.photograph.read_bytes() if named.photograph else b""
    key = digest(VERSION, __version__, asdict(look), *shown, own, *letters)
    sizes = (SIDE_PX, EMBEDDED_PX, SMALL_PX)
    with _one_at_a_time:
        stored = [cache.read("covers", digest(key, size)) for size in sizes]
        if not all(stored):
            picture = draw_cover(look, named, faces)
            stored = [_jpeg(picture, size) for size in sizes]
            for size, jpeg in zip(sizes, stored, strict=True):
                cache.write("covers", digest(key, size), jpeg or b"")
    return Covers(*(each or b"" for each in stored))


@dataclass(frozen=True, slots=True)
class Faces:
    """The font files of a cover: of its title, and of the words under it."""

    title: Path
    under: Path


def faces_of(project: Project) -> Faces:
    """The headline font, semi-bold, and the house font; the first there is, where one is not."""
    look, fonts = project.practice.look, house_fonts(project)

    def face(family: str, weight: int) -> Path:
        def strangeness(font: Font) -> tuple[bool, bool, int]:
            return font.family != family, font.italic, abs(font.weight - weight)

        return min(fonts, key=strangeness).path

    return Faces(face(look.headline, 600), face(look.font, 400))


def draw_cover(look: Look, named: Named, faces: Faces) -> Image.Image:
    """The cover, always the same for the same look and words."""
    palette = palette_of(look)
    picture = Image.new("RGB", (SIDE_PX, SIDE_PX), palette.ground)
    pen = ImageDraw.Draw(picture)
    foot = _draw_foot(picture, pen, palette, named.logo) if named.logo else 0
    drawn = _drawn(palette, named)
    field = SIDE_PX - foot - drawn.height
    pen.rectangle((0, 0, SIDE_PX, field), palette.title_field)
    picture.paste(drawn, (0, field))
    left = top = round(MARGIN * SIDE_PX)
    room = (field - 2 * top) / SIDE_PX - (0 if foot else UNDER_HEIGHT)
    size, lines = _fitted(named.title, faces.title, (TITLE_SIZES, room), _width())
    _write(pen, lines, ImageFont.truetype(faces.title, size), (left, top), palette.title)
    beside = LOGO * SIDE_PX + left / 2 if foot else 0.0
    under, below = _fitted(named.under, faces.under, (UNDER_SIZES, UNDER_HEIGHT), _width() - beside)
    top += round(size * LEADING) * len(lines) + 60
    if foot:
        top = SIDE_PX - (foot + round(under * LEADING) * len(below)) // 2
    colour = palette.paper if foot else palette.title
    _write(pen, below, ImageFont.truetype(faces.under, under), (left, top), colour)
    return picture


def _drawn(palette: Palette, named: Named) -> Image.Image:
    """What stands below the words: the owner's photograph, or the motif."""
    if named.photograph:
        return photograph(named.photograph, (SIDE_PX, round(PHOTOGRAPH_HEIGHT * SIDE_PX)))
    return draw_motif(palette, named.motif, SIDE_PX)


def _draw_foot(
    picture: Image.Image, pen: ImageDraw.ImageDraw, palette: Palette, logo: bytes
) -> int:
    """The floor of the cover, with the logo on a plate at its right; gives its height."""
    foot, side = round(FOOT * SIDE_PX), round(LOGO * SIDE_PX)
    pen.rectangle((0, SIDE_PX - foot, SIDE_PX, SIDE_PX), palette.foot)
    left = SIDE_PX - round(MARGIN * SIDE_PX) - side
    top = SIDE_PX - (foot + side) // 2
    pen.rounded_rectangle((left, top, left + side, top + side), side // 11, palette.paper)
    with Image.open(io.BytesIO(logo)) as mark:
        own = mark.convert("RGBA")
    inner = round(0.84 * side)
    own = ImageOps.contain(own, (inner, inner), Image.Resampling.LANCZOS)
    at = (left + (side - own.width) // 2, top + (side - own.height) // 2)
    picture.paste(own, at, own)
    return foot


def _write(
    pen: ImageDraw.ImageDraw,
    lines: list[str],
    face: ImageFont.FreeTypeFont,
    at: tuple[int, int],
    colour: str,
) -> None:
    left, top = at
    for number, line in enumerate(lines):
        down = top + number * round(face.size * LEADING)
        pen.text((left, down), line, colour, face, anchor="la")


def draw_motif(palette: Palette, name: str, side_px: int) -> Image.Image:
    """A motif on its ground, as wide as a square cover, to stand on its lower edge."""
    shapes = MOTIFS[name].shapes
    height_mm = HEIGHT_MM - min(shape.box[1] for shape in shapes)
    scale = min(side_px / WIDTH_MM, max(side_px / ACROSS_MM, MOTIF_HEIGHT * side_px / height_mm))
    size = (2 * side_px, 2 * round(scale * HEIGHT_MM))
    picture = Image.new("RGB", size, palette.ground)
    pen = ImageDraw.Draw(picture)
    shift = side_px / scale / 2 - WIDTH_MM / 2
    for shape in shapes:
        _paint(pen, shape, getattr(palette, shape.role), (shift, 2 * scale))
    return picture.reduce(2).crop(
        (0, round(scale * (HEIGHT_MM - height_mm)), side_px, size[1] // 2)
    )


def _paint(
    pen: ImageDraw.ImageDraw, shape: Shape, colour: str, placed: tuple[float, float]
) -> None:
    """One shape, moved to the right by millimetres and then so many pixels a millimetre."""
    shift, scale = placed
    for part in outline_points(shape.outline):
        points = [((x + shift) * scale, y * scale) for x, y in part]
        if not shape.width:
            pen.polygon(points, colour)
            continue
        width = shape.width * scale
        closed = [*points, points[0]] if shape.outline.endswith("Z") else points
        pen.line(closed, colour, round(width), joint="curve")
        for x, y in (closed[0], closed[-1]):
            pen.circle((x, y), width / 2, colour)


def _fitted(
    words: str, font: Path, room: tuple[range, float], width: float
) -> tuple[int, list[str]]:
    """The largest size at which words fit into their room, or the smallest, and their lines."""
    sizes, height = room
    for size in sizes:
        face = ImageFont.truetype(font, size)
        lines = list(_wrapped(words, face, width))
        low = len(lines) * size * LEADING <= height * SIDE_PX
        if low and all(face.getlength(line) <= width for line in lines):
            break
    return size, lines


def _wrapped(words: str, face: ImageFont.FreeTypeFont, width: float) -> Iterator[str]:
    """Lines as full as they can be, broken between words."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and face.getlength(longer) > width:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _width() -> float:
    return SIDE_PX * (1 - 2 * MARGIN)


def _jpeg(picture: Image.Image, side_px: int) -> bytes:
    small = (
        picture if side_px == SIDE_PX else picture.resize((side_px, side_px), Image.Resampling.BOX)
    )
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=QUALITY, optimize=True)
    return stream.getvalue()
