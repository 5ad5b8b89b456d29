"""What the glyphs of a font mean, for the ToUnicode map (ISO 32000-1, 9.10.3).

WeasyPrint takes a glyph for the words it was first drawn for. Of a letter and its mark, drawn as
two glyphs for one sign, the letter would mean nothing ever after and the mark both; of a bracket
in words from right to left, which is drawn turned round, the other bracket. The font itself knows
better, by its table of characters (OpenType `cmap`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from typing import Any
from unicodedata import category

from leafcast.design.fonts import number_glyphs
from leafcast.design.glyphs import DOTTED, PRIVATE, SELECTORS, is_drawn_by
from leafcast.document.article import UNSEEN


class Meanings(dict[int, str]):
    """The words of each glyph by its number, put right by the font's own table."""

    def __init__(self, font_file: bytes) -> None:
        super().__init__()
        self._known, self._joined = _characters(font_file)

    def __setitem__(self, glyph: int, drawn_for: str) -> None:
        said = drawn_for.translate(UNSEEN).translate(SELECTORS) or drawn_for
        known = self._known.get(glyph, ())
        if not said:  # the first of several glyphs for one sign
            said = known[0] if known else self._joined.get(glyph, "")
            said = DOTTED.get(said, said)
        elif known and not any(is_drawn_by(each, said) for each in known):
            said = known[0]
        super().__setitem__(glyph, said)


@lru_cache(16)
def _characters(font_file: bytes) -> tuple[Mapping[int, tuple[str, ...]], Mapping[int, str]]:
    """The characters that each glyph is, and those that it stands for together."""
    from fontTools.ttLib import TTFont, TTLibError

    characters: dict[int, tuple[str, ...]] = {}
    joined: dict[int, str] = {}
    try:
        with TTFont(BytesIO(font_file), lazy=True) as font:
            number_glyphs(font)
            for point, name in sorted((font.getBestCmap() or {}).items()):
                glyph = font.getGlyphID(name)
                if category(chr(point)) != PRIVATE:
                    characters[glyph] = (*characters.get(glyph, ()), chr(point))
            joined.update(_joined(font))
    except (TTLibError, KeyError):
        return {}, {}
    return characters, joined


def _joined(font: Any) -> Iterator[tuple[int, str]]:
    """The glyphs that stand for several characters, such as a flag (OpenType `GSUB`, type 4)."""
    said = {name: chr(point) for point, name in (font.getBestCmap() or {}).items()}
    if "GSUB" not in font or not font["GSUB"].table.LookupList:
        return
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            rules = getattr(getattr(table, "ExtSubTable", table), "ligatures", {})
            for first, ligatures in rules.items():
                for ligature in ligatures:
                    parts = [said.get(name, "") for name in (first, *ligature.Component)]
                    if all(parts):
                        text = "".join(parts).translate(SELECTORS)
                        yield font.getGlyphID(ligature.LigGlyph), text
