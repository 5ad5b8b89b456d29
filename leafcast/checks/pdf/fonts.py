"""The fonts of a PDF: what each code means, how wide it is, and whether that is true.

A reader that speaks, searches or copies goes by a font's ToUnicode map (ISO 14289-1, 7.21.7);
one that shows goes by its glyphs. The two must say the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final
from unicodedata import category

from leafcast.design.glyphs import PRIVATE, is_drawn_by

FORCE_BOLD: Final = 1 << 18
"""Bit 19 of a font's flags (ISO 32000-1, table 123)."""
BOLD: Final = 700
HEX: Final = r"\s*<\s*([0-9A-Fa-f\s]+)>"
UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A font as a page uses it, itself alone.

    `unicode` and `widths`, in thousandths of an em, are by code.
    """

    name: str
    unicode: Mapping[int, str]
    widths: Mapping[int, float]
    code_bytes: int
    bold: bool
    program: bytes | None
    default_width: float = 1000.0

    def codes(self, string: bytes) -> Sequence[int]:
        """The codes of a string that is shown in this font."""
        if self.code_bytes == 1:
            return string
        return [high << 8 | low for high, low in zip(string[::2], string[1::2], strict=False)]


def read_font(font: Any) -> Font:
    """A font of a page's resources."""
    composite = str(font.get("/Subtype", "")) == "/Type0"
    inner = font.DescendantFonts[0] if composite else font
    descriptor = inner.get("/FontDescriptor", {})
    name = str(font.get("/BaseFont", "?")).lstrip("/")
    bold = (
        "bold" in name.lower()
        or bool(int(descriptor.get("/Flags", 0)) & FORCE_BOLD)
        or float(descriptor.get("/FontWeight", 0)) >= BOLD
    )
    unicode = read_to_unicode(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else {}
    widths = _composite_widths(inner) if composite else _simple_widths(font)
    default = float(inner.get("/DW", 1000)) if composite else 0.0
    return Font(name, unicode, widths, 2 if composite else 1, bold, _program(descriptor), default)


def _program(descriptor: Any) -> bytes | None:
    for key in ("/FontFile2", "/FontFile3", "/FontFile"):
        if key in descriptor:
            return bytes(descriptor[key].read_bytes())
    return None


def _simple_widths(font: Any) -> dict[int, float]:
    first = int(font.get("/FirstChar", 0))
    return {first + at: float(width) for at, width in enumerate(font.get("/Widths", ()))}


def _composite_widths(inner: Any) -> dict[int, float]:
    """The widths of a CIDFont: `first [w w …]` or `first last w` (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    entries = list(inner.get("/W", ()))
    at = 0
    while at + 1 < len(entries):
        first, second = int(entries[at]), entries[at + 1]
        if isinstance(second, int | float) or not hasattr(second, "__len__"):
            widths |= dict.fromkeys(range(first, int(second) + 1), float(entries[at + 2]))
            at += 3
        else:
            widths |= {first + n: float(width) for n, width in enumerate(second)}
            at += 2
    return widths


# ---------------------------------------------------------------- codes to words


@lru_cache(64)
def read_to_unicode(cmap: bytes) -> Mapping[int, str]:
    """A ToUnicode map by code (ISO 32000-1, 9.10.3)."""
    text = cmap.decode("latin-1")
    unicode: dict[int, str] = {}
    for section in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, words in re.findall(HEX + HEX, section):
            unicode[int(code, 16)] = _utf16(words)
    for section in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, words, several in re.findall(
            HEX + HEX + rf"(?:{HEX}|\s*\[([^\]]*)\])", section
        ):
            codes = range(int(first, 16), int(last, 16) + 1)
            each = re.findall(HEX, several) if several else []
            for at, code in enumerate(codes):
                if each:
                    unicode[code] = _utf16(each[at]) if at < len(each) else UNKNOWN
                else:
                    start = _utf16(words)
                    unicode[code] = start[:-1] + chr(ord(start[-1]) + at)
    return unicode


def _utf16(digits: str) -> str:
    digits = "".join(digits.split())
    return bytes.fromhex(digits.zfill(len(digits) + len(digits) % 2)).decode("utf-16-be", "replace")


# ---------------------------------------------------------------- is it true?


def untrue_codes(font: Font, used: frozenset[int]) -> Iterator[tuple[str, str]]:
    """What the map says and what the glyph is, where an embedded TrueType font knows better."""
    characters = _characters(font.program) if font.program and font.code_bytes == 2 else {}
    for code in sorted(used):
        known = characters.get(code, frozenset())
        said = font.unicode.get(code, "")
        if known and said and not any(is_drawn_by(each, said) for each in known):
            yield said, min(known)


@lru_cache(64)
def _characters(program: bytes) -> Mapping[int, frozenset[str]]:
    """The characters of each glyph, by the font program's own table of them."""
    from fontTools.ttLib import TTFont, TTLibError

    characters: dict[int, frozenset[str]] = {}
    try:
        with TTFont(io.BytesIO(program), lazy=True) as font:
            for point, glyph in (font.getBestCmap() or {}).items():
                at = font.getGlyphID(glyph)
                if category(chr(point)) != PRIVATE:
                    characters[at] = characters.get(at, frozenset()) | {chr(point)}
    except (TTLibError, KeyError):  # a bare CFF program has no such table
        return {}
    return characters
