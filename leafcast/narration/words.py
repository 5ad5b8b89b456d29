"""The words of a spoken text: what a reader's finger would rest on, one after the other.

A word is what stands between spaces or dashes, without the punctuation around it; a hyphen or an
apostrophe inside it does not part it. Sounds that stand in the text for a voice belong to none.
"""

from __future__ import annotations

import re
from typing import Final

from leafcast.narration.phonemes import MARKED

FILLER: Final = "\u2060"
"""A sign of no width, in the place of each sign that is for the voice alone."""
WORD: Final = re.compile(rf"[\w{FILLER}]+(?:[-'’.:/][\w{FILLER}]+)*")


def without_sounds(spoken: str) -> str:
    """`spoken` as long as it was, with fillers for the sounds that stand in it."""
    return MARKED.sub(
        lambda found: FILLER + found[1] + FILLER * (len(found[0]) - len(found[1]) - 1), spoken
    )


def spoken_words(spoken: str) -> tuple[tuple[int, int], ...]:
    """Where each word of a spoken text starts and ends."""
    places = []
    for found in WORD.finditer(without_sounds(spoken)):
        word = found[0]
        start = found.start() + len(word) - len(word.lstrip(FILLER))
        end = found.end() - len(word) + len(word.rstrip(FILLER))
        if start < end:
            places.append((start, end))
    return tuple(places)
