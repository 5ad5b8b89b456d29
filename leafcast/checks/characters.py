"""Can every character be printed? What no font here has is shown as a box, and said so."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from leafcast.design.fonts import FOLDER
from leafcast.document.publication import Publication
from leafcast.document.report import Finding, Severity
from leafcast.print.stand_ins import missing_characters, printed_words

NAMED: Final = 4
"""So many characters of a paragraph are named; a whole paragraph in another script has dozens."""


def check_characters(publication: Publication, folder: Path) -> Iterator[Finding]:
    """A finding for each place with characters that its readers would see as boxes."""
    for place, text in printed_words(publication):
        missing = missing_characters(text, publication.project)
        if missing:
            yield Finding(
                "character-not-in-font",
                Severity.ERROR,
                f"{_listed(missing)} cannot be printed: no font here has "
                f"{'it' if len(missing) == 1 else 'them'}, so a reader sees a box",
                f"Write it in other words, or put a font that has it into {FOLDER}",
                place,
            )


def _listed(characters: tuple[str, ...]) -> str:
    named = ", ".join(f"“{c}” ({_name(c)})" for c in characters[:NAMED])
    others = len(characters) - NAMED
    return f"{named} and {others} more" if others > 0 else named


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()
