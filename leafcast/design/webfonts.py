"""The practice's fonts as WOFF 2, for screens, and always the same.

The text's are whole. Of the headline's and of the italic, few words are set on a page: there they
have the letters of those alone, which is a tenth of them.
"""

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
    """One face: the name of its file, its family, weight and style (CSS), and the file itself."""

    name: str
    family: str
    weight: int
    content: bytes
    style: str = "normal"


TEXT_WEIGHTS: Final = (400, 700)
HEADLINE_WEIGHTS: Final = (600,)


def web_fonts(project: Project, headline: str = "", italic: str = "") -> Iterator[WebFont]:
    """The regular and the bold of the practice's font, and the headline's semi-bold.

    `headline` are words that are set in it, of whose letters it then consists; without any it is
    whole. `italic` are those that are set in italics: without any there are none. There is nothing
    of a family that the folder does not have: a reader's device shows one of its own.
    """
    look = project.practice.look
    yield from _faces(project, look.font, TEXT_WEIGHTS)
    if italic:
        yield from _italic(project, look.font, italic)
    if look.headline != look.font:
        yield from _faces(project, look.headline, HEADLINE_WEIGHTS, headline)


def _faces(
    project: Project, family: str, weights: tuple[int, ...], words: str = ""
) -> Iterator[WebFont]:
    """The upright faces of a family, each the nearest to a weight that is wanted."""
    faces = {font.weight: font for font in house_fonts(project) if font.family == family}
    faces |= {f.weight: f for f in house_fonts(project) if f.family == family and not f.italic}
    nearest = {min(faces, key=lambda weight: abs(weight - wanted)) for wanted in weights if faces}
    for weight, font in sorted((weight, faces[weight]) for weight in nearest):
        content = _kept(font.path.read_bytes(), words, Cache(project.work / "cache"))
        yield WebFont(f"{font.path.stem}.woff2", family, weight, content)


def _italic(project: Project, family: str, words: str) -> Iterator[WebFont]:
    """The regular italic of a family, with the letters of some words."""
    found = [f for f in house_fonts(project) if f.family == family and f.italic]
    if found:
        font = min(found, key=lambda each: abs(each.weight - TEXT_WEIGHTS[0]))
        content = _kept(font.path.read_bytes(), words, Cache(project.work / "cache"))
        yield WebFont(f"{font.path.stem}.woff2", family, font.weight, content, "italic")


def _kept(font: bytes, words: str, store: Cache) -> bytes:
    """A font as WOFF 2, with the letters of some words or all; that takes a while, and is done
    once for all pages.
    """
    letters = "".join(sorted(set(words)))
    key = digest(font, letters, version("fonttools"), version("brotli"))
    if (stored := store.read(KIND, key)) is not None:
        return stored
    made = _woff2(_of_letters(font, letters) if letters else font)
    store.write(KIND, key, made)
    return made


def _of_letters(content: bytes, letters: str) -> bytes:
    """A font of these letters alone, with what joins and kerns them."""
    from fontTools import subset

    options = subset.Options(recalc_timestamp=False, hinting=False, notdef_outline=True)
    cut = subset.Subsetter(options)
    cut.populate(text=letters)
    written = io.BytesIO()
    with subset.load_font(io.BytesIO(content), options) as font:
        cut.subset(font)
        font.save(written)
    return written.getvalue()


def _woff2(content: bytes) -> bytes:
    from fontTools.ttLib import TTFont

    written = io.BytesIO()
    with TTFont(io.BytesIO(content), recalcTimestamp=False) as font:
        font.flavor = "woff2"
        font.save(written)
    return written.getvalue()
