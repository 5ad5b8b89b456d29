"""The practice's fonts as WOFF 2, for screens: whole, and always the same."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from leafcast.design.fonts import house_fonts
from leafcast.practice.project import Project
from leafcast.state.cache import Cache, digest

KIND: Final = "woff2"


@dataclass(frozen=True, slots=True)
class WebFont:
    """One face: the name of its file, its family and weight (CSS), and the file itself."""

    name: str
    family: str
    weight: int
    content: bytes


TEXT_WEIGHTS: Final = (400, 700)
HEADLINE_WEIGHTS: Final = (600,)


def web_fonts(project: Project) -> Iterator[WebFont]:
    """The regular and the bold of the practice's font, and the headline's semi-bold.

    None of a family that the folder does not have: a reader's device shows one of its own.
    """
    look = project.practice.look
    yield from _faces(project, look.font, TEXT_WEIGHTS)
    if look.headline != look.font:
        yield from _faces(project, look.headline, HEADLINE_WEIGHTS)


def _faces(project: Project, family: str, weights: tuple[int, ...]) -> Iterator[WebFont]:
    """The upright faces of a family, each the nearest to a weight that is wanted."""
    faces = {font.weight: font for font in house_fonts(project) if font.family == family}
    faces |= {f.weight: f for f in house_fonts(project) if f.family == family and not f.italic}
    nearest = {min(faces, key=lambda weight: abs(weight - wanted)) for wanted in weights if faces}
    for weight, font in sorted((weight, faces[weight]) for weight in nearest):
        content = _kept(font.path.read_bytes(), Cache(project.work / "cache"))
        yield WebFont(f"{font.path.stem}.woff2", family, weight, content)


def _kept(font: bytes, store: Cache) -> bytes:
    """A font as WOFF 2, which takes a while, once made for all pages."""
    key = digest(font, version("fonttools"), version("brotli"))
    if (stored := store.read(KIND, key)) is not None:
        return stored
    made = _woff2(font)
    store.write(KIND, key, made)
    return made


def _woff2(content: bytes) -> bytes:
    from fontTools.ttLib import TTFont

    written = io.BytesIO()
    with TTFont(io.BytesIO(content), recalcTimestamp=False) as font:
        font.flavor = "woff2"
        font.save(written)
    return written.getvalue()
