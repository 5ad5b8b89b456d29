"""The fonts a leaflet may be set in: which characters they have, and how wide those are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from leafcast.practice.project import Project

FOLDER: Final = "templates/shared/fonts"
BEHIND: Final = ("Noto Emoji", "Leafcast DejaVu")
"""Families behind every other, for the letters, signs and pictures that those lack."""

HEADLINES: Final = ("Literata",)
"""Families that leafcast brings along for titles and headings."""


@dataclass(frozen=True, slots=True)
class Font:
    """One font file. `widths` are the advance widths of its characters, in em."""

    path: Path
    family: str
    weight: int
    italic: bool
    widths: Mapping[int, float] = field(hash=False)


def house_fonts(project: Project) -> tuple[Font, ...]:
    """Every font the layout can use: the practice's own first, then leafcast's."""
    return tuple(_read_font(path, path.stat().st_mtime_ns) for path in font_files(project))


def font_folders(project: Project) -> tuple[Path, ...]:
    """Where fonts are: the practice's own folder first, then leafcast's."""
    return tuple(folder / FOLDER for folder in project.data if (folder / FOLDER).is_dir())


def font_files(project: Project) -> Iterator[Path]:
    """The font files of the project, by folder and name."""
    for folder in font_folders(project):
        yield from sorted(folder.glob("*.[ot]tf"))


def families(project: Project) -> Iterator[str]:
    """The family of each font file, one after the other: no more is read than is asked for."""
    for path in font_files(project):
        yield _family_in(path, path.stat().st_mtime_ns)


def font_stack(project: Project) -> tuple[str, ...]:
    """The families that are asked for a character, one after the other: the practice's first.

    That of the headlines is not among them: text is never set in it.
    """
    look = project.practice.look
    there = dict.fromkeys(families(project))
    apart = (*BEHIND, *(family for family in HEADLINES if family != look.font))
    own = [look.font, *(name for name in there if name not in apart)]
    return tuple(dict.fromkeys((*own, *(name for name in BEHIND if name in there))))


@cache
def _read_font(path: Path, _written: int) -> Font:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        number_glyphs(font)
        em, advances = font["head"].unitsPerEm, font["hmtx"].metrics
        widths = {char: advances[name][0] / em for char, name in font.getBestCmap().items()}
        style = font["OS/2"]
        return Font(path, _family(font), style.usWeightClass, bool(style.fsSelection & 1), widths)


@cache
def _family_in(path: Path, _written: int) -> str:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return _family(font)


def number_glyphs(font: Any) -> None:
    """Let a font's glyphs be called by their numbers: fontTools need not find a name for each."""
    font.setGlyphOrder([f"glyph{number:05}" for number in range(font["maxp"].numGlyphs)])


def _family(font: Any) -> str:
    return str(font["name"].getBestFamilyName() or "")


def width_em(word: str, fonts: tuple[Font, ...]) -> float:
    """How wide `word` is at most in any of `fonts`, in em, kerning left aside."""
    return max(
        (sum(font.widths.get(ord(char), 1.0) for char in word) for font in fonts), default=0.0
    )
