"""What makes a text's glyphs other than its letters, one after the other.

Arabic and Hebrew run from right to left; a letter may have marks that are no part of it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from leafcast.document.article import UNSEEN

MARKS: Final = frozenset({"Mn", "Me", "Cf"})
SKIN_TONES: Final = frozenset(map(chr, range(0x1F3FB, 0x1F400)))


def direction(text: str) -> str:
    """`rtl` or `ltr`, by the first letter that says so (Unicode annex 9, rules P2 and P3)."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"


def runs_backwards(text: str) -> bool:
    """Whether any of `text` runs from right to left, so that it is drawn in another order."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def has_marks(text: str) -> bool:
    """Whether any sign of `text` is made of several characters: a letter and its marks, or a
    picture with what chooses or joins it (Unicode standard 51).
    """
    return any(
        unicodedata.category(char) in MARKS or char in SKIN_TONES
        for char in unicodedata.normalize("NFC", text.translate(UNSEEN))
    )
