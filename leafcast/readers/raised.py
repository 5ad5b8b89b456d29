"""Figures above or below the line: `10` with a raised `2` is 10², not 102.

Unicode has such figures, signs and brackets (Unicode 16, chapter 22.4), and a model that knows
words only keeps them so. Other letters have none worth having, and are set in brackets where they
would join a word; ordinals (1st) need none.
"""

from __future__ import annotations

import re
from typing import Final

_FIGURES: Final = "0123456789+-−–=()"
SUPERSCRIPT: Final = str.maketrans(f"{_FIGURES}ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
SUBSCRIPT: Final = str.maketrans(f"{_FIGURES}n", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₙ")
SIGNS: Final = re.compile(r"(tm|sm|mr|[\W_])+", re.I)
"""Raised letters that mean the same on the line behind anything: trade marks, punctuation."""
ENDINGS: Final = re.compile(
    r"(st|nd|rd|th|er|re|ère|ème|de|me|lle|ste|te|t|ie|e|os?|as?|c)\W*", re.I
)
"""Those that mean the same behind a figure (1st) or a capital alone (Mme)."""
SHORTENED: Final = re.compile(r"(?:^|[\W_])[A-Z]$|\d$")
TEXT: Final = re.compile(r"\[.*\]|\(.*\)|.{8,}|.*\s.*", re.S)
"""What is raised to stand by itself: in brackets, or several words."""


def raised(words: str) -> str:
    """`words` above the line; as they are where there are letters among them."""
    return _moved(words, SUPERSCRIPT)


def lowered(words: str) -> str:
    """`words` below the line; as they are where there are letters among them."""
    return _moved(words, SUBSCRIPT)


def is_apart(words: str, before: str) -> bool:
    """Whether raised or lowered letters would change what stands `before` them if they joined it on
    the line, such as the x of 2ˣ; they are set in brackets, and told.
    """
    if not before[-1:].isalnum() or not any(map(str.isalpha, words)):
        return False
    if SIGNS.fullmatch(words) or TEXT.fullmatch(words):
        return False
    return not (ENDINGS.fullmatch(words) and SHORTENED.search(before))


def _moved(words: str, table: dict[int, int]) -> str:
    known = all(ord(char) in table or not char.isalnum() for char in words)
    return words.translate(table) if known and any(map(str.isalnum, words)) else words
