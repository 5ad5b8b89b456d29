"""What the glyphs of a font mean, for the ToUnicode map (ISO 32000-1, 9.10.3).

WeasyPrint takes a glyph for the words it was first drawn for. Of a letter and its mark, drawn as
two glyphs for one sign, the letter would mean nothing ever after and the mark both; of a bracket
in words from right to left, which is drawn turned round, the other bracket. The font itself knows
better, by its table of characters (OpenType `cmap`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from io import BytesIO
from typing import Final
from unicodedata import category, normalize

from leafcast.model import UNSEEN

SELECTORS: Final = dict.fromkeys(range(0xFE00, 0xFE10))
"""For `str.translate`: what chooses a picture or a letter, and is not read itself."""
PRIVATE: Final = "Co"
"""The category of characters that mean what a font wants them to: flags, in one of pictures."""


class Meanings(dict[int, str]):
    """The words of each glyph by its number, put right by the font's own table."""

    def __init__(self, font_file: bytes) -> None:
        super().__init__()
        self._known = _characters(font_file)

    def __setitem__(self, glyph: int, drawn_for: str) -> None:
        said = drawn_for.translate(UNSEEN).translate(SELECTORS) or drawn_for
        known = self._known.get(glyph, ())
        if known and not any(same_letters(said, each) for each in known):
            said = known[0]
        super().__setitem__(glyph, said)


def same_letters(one: str, other: str) -> bool:
    """Whether two spellings are the same letters; a form of a letter, or two joined, are those."""
    return normalize("NFKC", one) == normalize("NFKC", other)


@lru_cache(16)
def _characters(font_file: bytes) -> Mapping[int, tuple[str, ...]]:
    from fontTools.ttLib import TTFont, TTLibError

    characters: dict[int, tuple[str, ...]] = {}
    try:
        with TTFont(BytesIO(font_file), lazy=True) as font:
            for point, name in sorted((font.getBestCmap() or {}).items()):
                glyph = font.getGlyphID(name)
                if category(chr(point)) != PRIVATE:
                    characters[glyph] = (*characters.get(glyph, ()), chr(point))
    except (TTLibError, KeyError):
        return {}
    return characters
