"""Figures above or below the line: `10` with a raised `2` is 10², not 102.

Unicode has such figures, signs and brackets (Unicode 16, chapter 22.4), and a model that knows
words only keeps them so. Other letters have none worth having; ordinals (1st) need none.
"""

from __future__ import annotations

import re
from typing import Final

_FIGURES: Final = "0123456789+-−–=()"
SUPERSCRIPT: Final = str.maketrans(f"{_FIGURES}ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
SUBSCRIPT: Final = str.maketrans(f"{_FIGURES}n", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₙ")
ON_THE_LINE: Final = re.compile(r"(st|nd|rd|th|er|re|ère|ème|e|de|ste|o|a|tm|sm|mr|c|[\W_])+", re.I)
"""Raised letters that mean the same on the line: ordinals, abbreviations, punctuation."""


def raised(words: str) -> str:
    """`words` above the line; as they are where there are letters among them."""
    return _moved(words, SUPERSCRIPT)


def lowered(words: str) -> str:
    """`words` below the line; as they are where there are letters among them."""
    return _moved(words, SUBSCRIPT)


def is_changed(words: str) -> bool:
    """Whether words lose their meaning on the line, such as the raised x of 2ˣ."""
    return any(map(str.isalnum, words)) and not ON_THE_LINE.fullmatch(words)


def _moved(words: str, table: dict[int, int]) -> str:
    known = all(ord(char) in table or not char.isalnum() for char in words)
    return words.translate(table) if known and any(map(str.isalnum, words)) else words
