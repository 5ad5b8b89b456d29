"""Which letters are the same for who reads them, however they are drawn."""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

SELECTORS: Final = dict.fromkeys(range(0xFE00, 0xFE10))
"""For `str.translate`: what chooses a picture or a letter, and is not read itself."""
DOTTED: Final = {"ı": "i", "ȷ": "j"}
"""Letters whose dot gives way to a mark."""
PRIVATE: Final = "Co"
"""The category of characters that mean what a font wants them to: flags, in one of pictures."""
LONGEST_HELD: Final = 15
"""Letters of the two words at the end of a paragraph that no line parts."""


def is_drawn_by(char: str, said: str) -> bool:
    """Whether the glyph of `char` may be what `said` is drawn with."""
    return same_letters(said, char) or same_letters(said, DOTTED.get(char, char))


def same_letters(one: str, other: str) -> bool:
    """Whether two spellings are the same letters; a form of a letter, or two joined, are those."""
    return normalize("NFKC", one) == normalize("NFKC", other)
