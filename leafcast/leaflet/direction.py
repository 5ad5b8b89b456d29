"""Which way a text runs: Arabic and Hebrew from right to left."""

from __future__ import annotations

import unicodedata


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
