"""What the lexicon says is held out of the rules' reach."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from leafcast.narration.lexicon import Lexicon

FIRST: Final = 0x17000
MOST: Final = 6136
"""Tangut ideographs: letters to a pattern, and in nobody's leaflet; should one stand there, it is
held like any other word."""
PLACES: Final = re.compile(f"[{chr(FIRST)}-{chr(FIRST + MOST - 1)}]")


@dataclass(slots=True)
class Held:
    """Words in safe keeping, a letter in the place of each."""

    words: list[str] = field(default_factory=list)

    def hold(self, text: str, lexicon: Lexicon) -> str:
        """`text` with a place for everything that the lexicon says."""
        text = PLACES.sub(lambda found: self.place(found[0]), text)
        return lexicon.say(text, self.place)

    def place(self, said: str) -> str:
        """A letter that stands for `said`."""
        if said not in self.words:
            if len(self.words) >= MOST:
                return said
            self.words.append(said)
        return chr(FIRST + self.words.index(said))

    def restore(self, text: str) -> str:
        """`text` with its words back."""
        return PLACES.sub(lambda found: self.words[ord(found[0]) - FIRST], text)
