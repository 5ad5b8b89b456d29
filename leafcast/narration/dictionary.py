"""What the default voice's dictionary knows, and how it will say what it does not know.

The dictionary comes with hibari-tts, which gives every word its sounds; a word that it neither
finds nor can take apart is guessed from its letters.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final

from leafcast.narration.phonemes import respelt

GUESSED: Final = 2
"""hibari's rating of sounds that come from the letters alone; what is known is rated higher."""
KNOWN_ANYWAY: Final = frozenset({"uk", "org"})
"""The ends of so many addresses; the guess is right."""


def has_dictionary() -> bool:
    """Whether the dictionary is on this machine."""
    return all(importlib.util.find_spec(name) for name in ("hibari", "onnxruntime"))


@cache
def _dictionary() -> Any:
    from hibari.g2p import G2P

    return G2P(british=True)


def guessed_words(spoken: Iterable[str]) -> dict[str, str]:
    """The words of `spoken` that no dictionary knows, each with the sounds it will be given.

    In the order in which they are first said. Sounds that the owner gives are no guess.
    """
    from hibari.g2p.normalize import normalize

    told: dict[str, str] = {}
    for text in spoken:
        dictionary = _dictionary()
        for token in dictionary.phonemize_tokens(dictionary.tokenize(normalize(text))):
            word = token.text.strip(".,;:!?…")
            if token.rating != GUESSED or not token.phonemes or word in KNOWN_ANYWAY:
                continue
            if re.search(r"[^\W\d_]{2}", word):
                told.setdefault(word, token.phonemes)
    return told


def as_told(word: str, sounds: str) -> str:
    """A word and how it will be said, for a person: Kooth like “KOOTH”."""
    return f"{word} like “{respelt(sounds)}”"
