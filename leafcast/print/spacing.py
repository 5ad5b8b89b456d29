"""Fonts whose letters stand wider apart, for editions that promise space between letters.

Space that a style sheet puts between letters is a step between glyphs in the PDF, and every viewer
takes a step of more than a tenth of an em for a space: copied, searched or read out, the words fall
into letters. So the space is put into the advance widths of a copy of each font (OpenType `hmtx`),
under a family name of its own.
"""

from __future__ import annotations

import io
import shutil
import unicodedata
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from leafcast.design.fonts import font_files, font_stack
from leafcast.practice.project import Project
from leafcast.state.cache import digest, write_beside

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

UNSPACED: Final = frozenset({"Noto Emoji"})
"""Families of pictures, which stand apart as they are."""
WORD_SPACE_EM: Final = 0.14
"""What a space has besides, see templates/leaflet/dyslexia.css. CSS's `word-spacing` will not do:
WeasyPrint ends lines early with it."""
FONTS_KEPT: Final = 32
"""Fonts whose copies a process remembers; each is some 100 kB."""
FAMILY_NAMES: Final = (1, 16)
FULL_NAMES: Final = (3, 4)
POSTSCRIPT_NAME: Final = 6
"""Ids of a font's names (OpenType `name`)."""


def spaced_family(family: str) -> str:
    """What the copy of a family with spaced letters is called."""
    return family if family in UNSPACED else f"{family} Spaced"


def families_for(project: Project, letter_space_em: float) -> tuple[str, ...]:
    """The families that a leaflet is set in, with so much space between its letters."""
    stack = font_stack(project)
    return tuple(map(spaced_family, stack)) if letter_space_em else stack


def spaced_fonts(project: Project, letter_space_em: float) -> Path:
    """The folder with a spaced copy of each font, made where it is not there yet.

    It is named by what it is made from; copies of what the fonts were before are taken away.
    """
    files = tuple(font_files(project))
    hashes = (_font_digest(path, path.stat().st_mtime_ns) for path in files)
    key = digest(letter_space_em, WORD_SPACE_EM, version("fonttools"), *hashes)
    folder = project.work / "fonts" / "spaced" / key
    done = folder / "made"
    if done.exists():
        return folder
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    wanted = font_stack(project)
    for at, path in enumerate(files):
        written = path.stat().st_mtime_ns
        if (content := _spaced_copy(path, written, letter_space_em, wanted)) is not None:
            write_beside(folder / f"{at}-{path.name}", content)
    write_beside(done, b"")
    return folder


@lru_cache(FONTS_KEPT)
def _font_digest(path: Path, _written: int) -> str:
    """The hash of a font, read once in a process as long as nobody writes it."""
    return digest(path.read_bytes())


@lru_cache(FONTS_KEPT)
def _spaced_copy(
    path: Path, _written: int, letter_space_em: float, wanted: tuple[str, ...]
) -> bytes | None:
    """A font with spaced letters; None for one that is left as it is, or never set in text.

    A worker of a cluster has a folder for each article, and the same fonts for all.
    """
    from fontTools.ttLib import TTFont

    with TTFont(path, recalcTimestamp=False) as font:
        family = str(font["name"].getBestFamilyName() or "")
        if family not in wanted or spaced_family(family) == family:
            return None
        widen(font, letter_space_em)
        _rename(font, family)
        written = io.BytesIO()
        font.save(written)
        return written.getvalue()


def widen(font: TTFont, letter_space_em: float) -> None:
    """Put space after each glyph that has a width; marks have none, and joined letters no gap."""
    by_letter_space = round(letter_space_em * font["head"].unitsPerEm)
    joined = {glyph for point, glyph in font.getBestCmap().items() if _is_joined(chr(point))}
    metrics = font["hmtx"].metrics
    for glyph, (width, bearing) in metrics.items():
        if width and glyph not in joined:
            metrics[glyph] = (width + by_letter_space, bearing)
    if letter_space_em:
        for point in (0x20, 0xA0):
            if space := font.getBestCmap().get(point):
                width, bearing = metrics[space]
                more = round(WORD_SPACE_EM * font["head"].unitsPerEm)
                metrics[space] = (width + more, bearing)
    font["hhea"].advanceWidthMax += by_letter_space


def _is_joined(char: str) -> bool:
    """Whether a letter is written in one stroke with the next, as those of Arabic are."""
    return unicodedata.bidirectional(char) == "AL"


def _rename(font: Any, family: str) -> None:
    """A family name of its own, so that neither is taken for the other."""
    spaced = spaced_family(family)
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            record.string = record.toUnicode().replace(family, spaced)
        elif record.nameID in FULL_NAMES:
            record.string = f"{record.toUnicode()} Spaced"
        elif record.nameID == POSTSCRIPT_NAME:
            record.string = f"{record.toUnicode()}-Spaced"
