"""What the default voice's dictionary knows, and how it will say what it does not know.

The dictionary comes with hibari-tts, which gives every word its sounds; a word that it neither
finds nor can take apart is guessed from its letters.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from leafcast.narration.phonemes import respelt

GUESSED: Final = 2
"""hibari's rating of sounds that come from the letters alone; what is known is rated higher."""
MARKS: Final = ".,;:!?…“”‘’\"'()[]"
KNOWN_ANYWAY: Final = frozenset({"uk", "org"})
"""The ends of so many addresses; the guess is right."""


def has_dictionary() -> bool:
    """Whether the dictionary is on this machine."""
    return all(importlib.util.find_spec(name) for name in ("hibari", "onnxruntime"))


@cache
def _dictionary() -> Any:
    from hibari.g2p import G2P

    return G2P(british=True)


def sounds_of(text: str) -> str:
    """The British sounds of a text as Kokoro writes them; "" where there is no dictionary."""
    return str(_dictionary()(text)) if has_dictionary() else ""


def guessed_words(spoken: Iterable[str]) -> dict[str, str]:
    """The words of `spoken` that no dictionary knows, each with the sounds it will be given.

    In the order in which they are first said. Sounds that the owner gives are no guess.
    """
    told: dict[str, str] = {}
    for text in spoken:
        for word, sounds in _guesses(text):
            bare = word.strip(MARKS)
            # with a quotation mark on it, a word that is known is rated as if it were not
            if bare != word and not any(_guesses(bare)):
                continue
            if bare not in KNOWN_ANYWAY and re.search(r"[^\W\d_]{2}", bare):
                told.setdefault(bare, sounds)
    return told


def _guesses(text: str) -> Iterator[tuple[str, str]]:
    """The words of `text` whose sounds come from their letters alone, with those sounds."""
    from hibari.g2p.normalize import normalize

    dictionary = _dictionary()
    for token in dictionary.phonemize_tokens(dictionary.tokenize(normalize(text))):
        if token.rating == GUESSED and token.phonemes:
            yield token.text, token.phonemes


def as_told(word: str, sounds: str) -> str:
    """A word and how it will be said, for a person: Kooth like “KOOTH”."""
    return f"{word} like “{respelt(sounds)}”"
