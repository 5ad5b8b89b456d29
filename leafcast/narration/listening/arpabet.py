"""English sounds as CMUdict writes them (ARPAbet without stress), which the aligner was taught.

to_arpabet       Kokoro's letters -> ARPAbet
spelt_out        a word's letters -> ARPAbet, where nothing better is known
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

ARPABET: Final = {
    "A": "EY", "I": "AY", "W": "AW", "Y": "OY", "Q": "OW", "O": "OW", "iː": "IY", "uː": "UW",
    "ɑː": "AA", "ɔː": "AO", "ɜː": "ER", "ɛː": "EH R", "ɪə": "IH R", "ʊə": "UH R", "a": "AE",
    "æ": "AE", "ɑ": "AA", "ɒ": "AA", "ɔ": "AO", "ə": "AH", "ɛ": "EH", "ɜ": "ER", "ɪ": "IH",
    "ᵻ": "IH", "i": "IY", "u": "UW", "ʊ": "UH", "ʌ": "AH", "ɐ": "AH", "ᵊ": "AH", "b": "B",
    "d": "D", "f": "F", "ɡ": "G", "h": "HH", "j": "Y", "k": "K", "l": "L", "m": "M", "n": "N",
    "ŋ": "NG", "p": "P", "ɹ": "R", "s": "S", "ʃ": "SH", "t": "T", "T": "T", "θ": "TH", "ð": "DH",
    "v": "V", "w": "W", "z": "Z", "ʒ": "ZH", "ʤ": "JH", "ʧ": "CH",
}  # fmt: skip
"""British sounds in the American set that is nearest; the r that is not said is written, because
the aligner knows no vowel without it."""
SPELT: Final = {
    "tion": "SH AH N", "igh": "AY", "ch": "CH", "sh": "SH", "th": "TH", "ph": "F", "wh": "W",
    "ck": "K", "ng": "NG", "qu": "K W", "ee": "IY", "ea": "IY", "oo": "UW", "ou": "AW",
    "ow": "OW", "ai": "EY", "ay": "EY", "oa": "OW", "oi": "OY", "oy": "OY", "au": "AO",
    "aw": "AO", "ar": "AA R", "er": "ER", "ir": "ER", "or": "AO R", "ur": "ER", "a": "AE",
    "b": "B", "c": "K", "d": "D", "e": "EH", "f": "F", "g": "G", "h": "HH", "i": "IH", "j": "JH",
    "k": "K", "l": "L", "m": "M", "n": "N", "o": "AA", "p": "P", "q": "K", "r": "R", "s": "S",
    "t": "T", "u": "AH", "v": "V", "w": "W", "x": "K S", "y": "IH", "z": "Z",
}  # fmt: skip
"""A rough reading of English spelling; enough to find a word's place between its neighbours."""


def to_arpabet(signs: str) -> str:
    """Kokoro's letters as ARPAbet, sounds apart by spaces; what is no sound is left out."""
    return " ".join(_translated(signs, ARPABET))


def spelt_out(word: str) -> str:
    """A word's letters as ARPAbet; "" where it has none."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    doubles_once = re.sub(r"([^aeiou])\1", r"\1", plain)
    return " ".join(_translated(re.sub(r"(?<=[^aeiou])e$", "", doubles_once), SPELT))


def _translated(signs: str, table: dict[str, str]) -> Iterator[str]:
    longest_first = "|".join(sorted(table, key=lambda sign: -len(sign)))
    return (table[found] for found in re.findall(longest_first, signs))
